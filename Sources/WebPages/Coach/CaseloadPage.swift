import Application
import Casework
import HTML
import Kernel
import Programmes
import Store
import Web

/// The cases that a coach, or their organisation, holds.
enum CaseloadPage {
    static func show(_ visit: Visit) async throws -> Response {
        let filter = CaseloadFilter(visit)
        let caseload = try await visit.goodwork.caseload(filter, by: visit.actor)
        return try await page(visit, filter, caseload)
    }

    /// What somebody searches for stands in the form that is sent, never in an address.
    static func search(_ visit: Visit) async throws -> Response {
        guard let words = visit.request.form["words"], words.count <= 100 else {
            let problem = Problem("words", "Write a name, an NHS number or a reference")
            let filter = CaseloadFilter(visit)
            let caseload = try await visit.goodwork.caseload(filter, by: visit.actor)
            return try await page(visit, filter, caseload, [problem])
        }
        var filter = CaseloadFilter()
        filter.isOwn = false
        filter.words = words
        let caseload = try await visit.goodwork.caseload(filter, by: visit.actor)
        return try await page(visit, filter, caseload)
    }

    private static func page(
        _ visit: Visit,
        _ filter: CaseloadFilter,
        _ caseload: Caseload,
        _ problems: [Problem] = []
    ) async throws -> Response {
        let rules = try await visit.goodwork.rules(ofCases: caseload.rows.map(\.row.header))
        let strands = try await named(caseload.strands, rules, visit)
        let title = filter.words == nil ? "Caseload" : "Cases found"
        return visit.page(title, width: .full, problems: problems) {
            h1 { title }
            searchForm(visit, problems)
            if filter.words == nil { filterForm(visit, filter, strands) }
            p(.role("status")) { counted(caseload, filter) }
            if caseload.rows.isEmpty {
                empty(filter)
            } else {
                table(visit, caseload.rows, rules)
            }
            if filter.words == nil {
                pagination(page: caseload.page, of: caseload.pages) { filter.path(page: $0) }
            }
        }
    }

    private static func counted(_ caseload: Caseload, _ filter: CaseloadFilter) -> String {
        let total = CaseWords.count(caseload.total, "case")
        guard filter.words != nil, caseload.total > Caseload.rowsMax else { return total }
        return "\(total). The first \(Caseload.rowsMax) are shown: write more of the name."
    }

    private static func searchForm(_ visit: Visit, _ problems: [Problem]) -> HTML {
        visit.sentForm(to: "/caseload") {
            div(.class("gw-search")) {
                Fields(visit.request.form, problems).text(
                    "words",
                    "Find a case of your organisation",
                    hint: "A name, an NHS number or a reference. Closed cases are searched too.",
                    width: 20
                )
                submit("Find", isSecondary: true)
            }
        }
    }

    private static func filterForm(
        _ visit: Visit,
        _ filter: CaseloadFilter,
        _ strands: [Choice]
    ) -> HTML {
        let fields = Fields(visit.request.query)
        let states = CaseState.allCases.map { Choice($0.rawValue, Words.capital($0.rawValue)) }
        return form(.method("get"), .action("/caseload"), .class("gw-filters")) {
            fields.choose(
                "whose",
                "Whose",
                [Choice("mine", "My cases"), Choice("all", "My organisation's")],
                or: filter.isOwn ? "mine" : "all",
                blank: nil
            )
            fields.choose("state", "State", states, blank: "All open")
            fields.choose("strand", "Strand", strands, blank: "All")
            fields.choose(
                "only",
                "Only",
                [Choice("overdue", "Overdue"), Choice("risk", "At risk")],
                blank: "All"
            )
            submit("Show", isSecondary: true)
        }
    }

    /// Strands with their names, from the rules of the cases shown, or from those of today.
    private static func named(
        _ strands: [String],
        _ rules: [RulesKey: Programme],
        _ visit: Visit
    ) async throws -> [Choice] {
        func name(_ id: String, _ programmes: some Sequence<Programme>) -> String? {
            programmes.lazy.flatMap(\.strands).first { $0.id == id }?.name
        }
        let shown = strands.map { name($0, rules.values) }
        let current = shown.contains(nil) ? try await visit.goodwork.currentProgrammes() : []
        return zip(strands, shown).map { id, known in
            Choice(id, known ?? name(id, current) ?? Words.capital(id))
        }
    }

    private static func table(
        _ visit: Visit,
        _ rows: [ListedRow],
        _ rules: [RulesKey: Programme]
    ) -> HTML {
        var table = ListTable(
            "Cases, the soonest next step first",
            ["Name", "Reference", "State", "Strand", "Next step", "Coach", "Last contact"]
        )
        table.rowHeading = 0
        var strands: [RulesKey: [String: HTML]] = [:]
        let states = Dictionary(
            uniqueKeysWithValues: CaseState.allCases.map { ($0, CaseWords.state($0)) }
        )
        // Most rows wait for the same few things, and have the same few coaches.
        var steps: [WorkItem?: HTML] = [:]
        var coaches: [String?: HTML] = [:]
        for listed in rows {
            let row = listed.row
            let step = steps[row.next] ?? next(row, visit)
            steps[row.next] = step
            let coach = coaches[row.coach] ?? HTML(row.coach.map { visit.names[$0] } ?? "None yet")
            coaches[row.coach] = coach
            let key = RulesKey(row.header)
            let strand = row.strand.map { id in
                if let known = strands[key]?[id] { return known }
                let made = HTML(CaseWords.strand(id, in: rules[key]) ?? id)
                strands[key, default: [:]][id] = made
                return made
            }
            table.add(
                a(.href("/cases/\(row.header.id.text)")) { listed.name ?? "Name not shown" },
                span(.class("gw-whole")) { row.header.reference },
                (states[row.state] ?? CaseWords.state(row.state))
                    + (row.isAtRisk ? HTML(" ") + tag("At risk", .red) : HTML()),
                strand ?? HTML("None yet"),
                step,
                coach,
                HTML(row.lastContactOn?.uk ?? "None yet")
            )
        }
        return table.html
    }

    private static func next(_ row: CaseRow, _ visit: Visit) -> HTML {
        guard let next = row.next else { return HTML("Nothing") }
        let waiting = CaseWords.waiting(for: next.owner, visit.names).map { " (\($0))" } ?? ""
        return HTML(next.says + waiting) + br() + dueDay(next.dueOn, today: visit.today)
    }

    private static func empty(_ filter: CaseloadFilter) -> HTML {
        inset {
            if filter.words != nil {
                p {
                    "Your organisation holds no such case. Try fewer letters, or the NHS number. "
                    "In an emergency you can "
                    a(.href("/glass")) { "open another organisation's case" }
                    "."
                }
            } else {
                p {
                    "No cases here. "
                    a(.href("/caseload?whose=all")) { "Show all of your organisation's cases" }
                    "."
                }
            }
        }
    }
}

extension CaseloadFilter {
    /// What the address asks for; codes only.
    fileprivate init(_ visit: Visit) {
        self.init()
        let query = visit.request.query
        let isCoach = visit.actor.roles.contains(.coach)
        isOwn = query["whose"].map { $0 == "mine" } ?? isCoach
        state = query["state"].flatMap(CaseState.init(rawValue:))
        strand = query["strand"]
        isOverdue = query["only"] == "overdue"
        isAtRisk = query["only"] == "risk"
        page = query["page"].flatMap { Int($0) } ?? 1
    }

    fileprivate func path(page: Int) -> String {
        var query = Form(["whose": isOwn ? "mine" : "all", "page": String(page)])
        query.set("state", state?.rawValue)
        query.set("strand", strand)
        if isOverdue || isAtRisk { query.set("only", isOverdue ? "overdue" : "risk") }
        return "/caseload?" + URLEncoding.encode(query)
    }
}
