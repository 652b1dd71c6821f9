import Application
import Casework
import Charts
import HTML
import Kernel
import Measures
import Programmes
import Web

/// How a programme does: for the provider's manager, and for those who count and pay.
///
/// Outside the case team small counts are kept back, and figures do not lead to their cases.
package enum DashboardPages {
    package static let routes: [PageRoute] = [
        .get("/dashboards", .action(.report)) { try await list($0) },
        .get("/dashboards/:programme", .action(.report)) { try await show($0, $0.typed, []) },
        .post("/dashboards/:programme", .action(.rebaseChart)) { try await RebaseForm.send($0) },
        .get("/dashboards/:programme/cases", .action(.openFigure)) { try await cases($0) },
    ]

    private static func list(_ visit: Visit) async throws -> Response {
        let goodwork = visit.goodwork
        var programmes: [Programme] = []
        for id in goodwork.library.ids() {
            programmes.append(try await goodwork.reportProgramme(id))
        }
        return visit.page("Dashboards") {
            h1 { "Dashboards" }
            if programmes.isEmpty { p { "There is no programme yet. Add its file first." } }
            ul(.class("nhsuk-list")) {
                for programme in programmes {
                    li { a(.href("/dashboards/\(programme.id)")) { programme.name } }
                }
            }
        }
    }

    /// - Parameter mending: what is wrong with what was said of a run chart.
    static func show(
        _ visit: Visit,
        _ typed: Form,
        _ mending: [Problem]
    ) async throws -> Response {
        let (question, problems) = question(visit)
        let (dashboard, programme) = try await visit.goodwork.dashboard(question, by: visit.actor)
        let links = DashboardLinks(visit, programme.id, mayOpen: dashboard.keptBack == nil)
        var rebases: RebaseForm?
        if Goodwork.mayRebase(question, by: visit.actor) {
            rebases = RebaseForm(visit, to: links.dashboard, typed, mending)
        }
        return visit.page(
            visit.names[dashboard.name],
            width: .full,
            problems: problems + mending,
            back: ("Dashboards", "/dashboards")
        ) {
            h1 {
                // A provider's own name; a strand or a locality has it already.
                visit.names[dashboard.name]
                if dashboard.name != programme.name {
                    span(.class("nhsuk-caption-l")) { programme.name }
                }
            }
            p { "As at \(dashboard.question.asAt.uk)." }
            if let keptBack = dashboard.keptBack { said(keptBack, question) }
            filters(visit, programme, problems, isKeptBack: dashboard.keptBack != nil)
            contents(dashboard)
            for panel in dashboard.panels {
                section(.id(panel.id), .class("gw-panel")) {
                    h2 { panel.title }
                    DashboardPanels.content(panel, programme, links, rebases)
                }
            }
        }
    }

    /// The cases behind a figure: where each stands, and nobody's name.
    private static func cases(_ visit: Visit) async throws -> Response {
        let (question, _) = question(visit)
        let query = visit.request.query
        let part = query["part"].flatMap(CellPart.init(rawValue:)) ?? .numerator
        let opened = try await visit.goodwork.open(
            query["figure"] ?? "",
            part,
            of: question,
            by: visit.actor
        )
        let programme = try await visit.goodwork.reportProgramme(question.programme)
        let back = DashboardLinks(visit, programme.id, mayOpen: true).dashboard
        return visit.page("Cases behind a figure", width: .full, back: ("Dashboard", back)) {
            h1 { "Cases behind a figure" }
            p(.role("status")) { said(opened) }
            if !opened.cases.isEmpty { table(opened.cases, visit, programme).html }
        }
    }

    /// What was done to the figures of those outside the case team, and why.
    private static func said(_ keptBack: KeptBack, _ question: DashboardQuestion) -> HTML {
        div(.class("nhsuk-inset-text")) {
            for sentence in keptBack.sentences(of: "dashboard") { p { sentence } }
            p {
                "It describes the end of a month, and stays as it was when it was first looked at."
            }
            if question.part.strand != nil {
                p {
                    "Groups, months, the caseload and what people say are shown of the whole programme "
                    "alone: of one strand they would be too few to say anything."
                }
            }
        }
    }

    private static func said(_ opened: OpenedDashboard) -> String {
        let total = CaseWords.count(opened.total, "case")
        guard opened.total > opened.cases.count else { return "\(total)." }
        return "\(total). The first \(opened.cases.count) are shown."
    }

    private static func table(
        _ cases: [OpenedDashboard.Case],
        _ visit: Visit,
        _ programme: Programme
    ) -> ListTable {
        var table = ListTable(
            "Cases, without names",
            ["Case", "State", "Strand", "Referred", "Support started", "Discharged"]
        )
        for found in cases {
            // The end of the id tells cases apart and says nothing of the person.
            let short = String(found.id.text.suffix(8))
            let isOwn = found.provider == visit.actor.organisation && visit.may(.listCases)
            let strand = found.strand.flatMap { id in programme.strands.first { $0.id == id }?.name
            }
            table.add(
                isOwn ? a(.href("/cases/\(found.id.text)")) { short } : HTML(short),
                HTML(Words.capital(found.state ?? "")),
                HTML(strand ?? ""),
                HTML(found.referredOn?.uk ?? ""),
                HTML(found.startedOn?.uk ?? ""),
                HTML(found.dischargedOn?.uk ?? "")
            )
        }
        return table
    }

    /// What the query asks, and what of it cannot be read.
    static func question(_ visit: Visit) -> (DashboardQuestion, [Problem]) {
        let query = visit.request.query
        var question = DashboardQuestion(programme: visit.part("programme"))
        question.part = ProgrammePart(
            strand: query["strand"],
            provider: query["provider"],
            locality: query["locality"]
        )
        var problems: [Problem] = []
        if let text = query["as-at"] {
            question.asAt = CivilDate(text: text)
            if question.asAt == nil {
                problems.append(Problem("as-at", "Write a date such as 31/3/2025"))
            }
        }
        return (question, problems)
    }

    private static func filters(
        _ visit: Visit,
        _ programme: Programme,
        _ problems: [Problem],
        isKeptBack: Bool
    ) -> HTML {
        let fields = Fields(visit.request.query, problems)
        let strands = programme.strands.map { Choice($0.id, $0.name) }
        var providers: [String] = []
        for id in programme.strands.flatMap({ [$0.provider] + $0.partners })
        where !providers.contains(id) {
            providers.append(id)
        }
        let areas = programme.areas.map { Choice($0.id, $0.name) }
        return form(
            .method("get"),
            .action("/dashboards/\(programme.id)"),
            .class("gw-filters gw-no-print")
        ) {
            if strands.count > 1 { fields.choose("strand", "Strand", strands, blank: "All") }
            if !isKeptBack, Goodwork.seesAllProviders(visit.actor), providers.count > 1 {
                fields.choose(
                    "provider",
                    "Provider",
                    providers.map { Choice($0, visit.names[$0]) },
                    blank: "All"
                )
            }
            if !isKeptBack, areas.count > 1 {
                fields.choose("locality", "Locality", areas, blank: "All")
            }
            fields.text(
                "as-at",
                isKeptBack ? "As at the end of a month" : "As at",
                hint: "For example 31/3/2025",
                width: 10
            )
            submit("Show", isSecondary: true)
        }
    }

    private static func contents(_ dashboard: Dashboard) -> HTML {
        nav(.class("gw-no-print"), .aria("label", "On this page")) {
            ul(.class("nhsuk-list")) {
                for panel in dashboard.panels {
                    li { a(.href("#\(panel.id)")) { panel.title } }
                }
            }
        }
    }
}

/// Where the numbers of one dashboard lead.
struct DashboardLinks {
    /// The dashboard itself, with what was asked.
    let dashboard: String
    private let cases: String
    private let query: Form
    private let mayOpen: Bool

    /// - Parameter mayOpen: whether figures lead to their cases, for those who may see them.
    init(_ visit: Visit, _ programme: String, mayOpen: Bool) {
        var query = Form()
        for name in ["strand", "provider", "locality", "as-at", "for"] {
            if let value = visit.request.query[name] { query.set(name, value) }
        }
        self.query = query
        let asked = URLEncoding.encode(query)
        dashboard = "/dashboards/\(programme)" + (asked.isEmpty ? "" : "?\(asked)")
        cases = "/dashboards/\(programme)/cases"
        self.mayOpen = mayOpen && visit.may(.openFigure)
    }

    /// Words that lead to the cases behind a figure, for those who may see them.
    func link(_ words: String, _ figure: String) -> HTML? {
        guard mayOpen else { return nil }
        var asked = query
        asked.set("figure", figure)
        return a(.class("nhsuk-link"), .href("\(cases)?\(URLEncoding.encode(asked))")) { words }
    }
}
