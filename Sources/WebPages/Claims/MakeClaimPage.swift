import Application
import Funding
import HTML
import Kernel
import Programmes
import Store
import Web

/// Drafting a quarter's claims.
enum MakeClaimPage {
    static let routes: [PageRoute] = [
        .get("/claims/make", .action(.makeClaim)) { try await show($0, $0.typed, []) },
        .post("/claims/make", .action(.makeClaim)) { try await send($0) },
    ]

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let programmes = try await ClaimPages.funded(visit)
        let fields = Fields(typed, problems)
        return visit.page("Make a claim", problems: problems, back: ClaimPages.back) {
            h1 { "Make a claim" }
            p {
                "This drafts what is due by the end of a quarter and not claimed yet. "
                "What was claimed too much is given back with it."
            }
            visit.sentForm(to: "/claims/make") {
                fields.choose(
                    "programme",
                    "Programme",
                    programmes.map { Choice($0.id, $0.name) }
                )
                fields.choose("quarter", "Quarter", quarters(visit, programmes))
                for measure in reported(programmes, visit.today) {
                    fields.text(
                        measure.field,
                        measure.label,
                        hint: "A whole number. Leave it blank if it is not known yet.",
                        width: 5,
                        inputmode: "numeric",
                        isOptional: true
                    )
                }
                submit("Make the draft")
            }
        }
    }

    /// The quarters that are over, the latest first.
    private static func quarters(_ visit: Visit, _ programmes: [Programme]) -> [Choice] {
        let starts = programmes.compactMap(\.runs.from).map { Quarter(holding: $0) }
        guard let first = starts.min() else { return [] }
        var choices: [Choice] = []
        var quarter = Quarter(holding: visit.today).previous
        while quarter >= first, choices.count < 60 {
            let year = "\(quarter.financialYearText)"
            choices.append(Choice(quarter.text, "\(quarter.uk) (financial year \(year))"))
            quarter = quarter.previous
        }
        return choices
    }

    /// A figure that somebody must tell.
    private struct Reported {
        var figure: ReportedFigure
        var label: String
        var field: String { "\(figure.measure)-\(figure.year)" }
    }

    private static func reported(_ programmes: [Programme], _ today: CivilDate) -> [Reported] {
        programmes.flatMap { programme in
            (programme.funding?.incentives ?? []).flatMap { scheme in
                scheme.measures.filter { $0.source == .reported }.flatMap { measure in
                    scheme.years.compactMap { year -> Reported? in
                        guard let last = Quarter(year: year + 1, number: 1), last.lastDay < today
                        else { return nil }
                        return Reported(
                            figure: ReportedFigure(measure: measure.id, year: year),
                            label: "\(programme.name): \(measure.name), "
                                + "\(last.financialYearText)"
                        )
                    }
                }
            }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        let programmes = try await ClaimPages.funded(visit)
        var reader = FormReader(form, today: visit.today)
        let programme = reader.choice(
            "programme",
            "Choose the programme",
            among: programmes.map(\.id)
        )
        let quarter = reader.text("quarter", "Choose the quarter").flatMap { Quarter(text: $0) }
        if quarter == nil, reader.problems.isEmpty {
            reader.fault("quarter", "Choose the quarter")
        }
        var figures: [ReportedFigure: Int] = [:]
        for one in reported(programmes, visit.today) {
            let isAsked = programmes.first { $0.id == programme }?.funding?.incentives
                .contains { $0.measures.contains { $0.id == one.figure.measure } }
            guard isAsked == true else { continue }
            figures[one.figure] = reader.number(one.field, one.label, in: 0...1_000_000)
        }
        guard let programme, let quarter, reader.problems.isEmpty else {
            return try await show(visit, form, reader.problems)
        }
        var made: MadeClaims?
        let problems = try await visit.refusals {
            made = try await visit.goodwork.makeClaims(
                programme,
                quarter: quarter,
                figures: figures,
                by: visit.actor,
                seed: .random(in: .min ... .max)
            )
        }
        guard let made, problems.isEmpty else { return try await show(visit, form, problems) }
        if made.claims.count == 1, let claim = made.claims.first {
            return .redirect(to: ClaimPages.path(claim))
        }
        return result(visit, made, quarter)
    }

    private static func result(
        _ visit: Visit,
        _ made: MadeClaims,
        _ quarter: Quarter
    ) -> Response {
        var table = ListTable("Drafts", ["Who claims", "Lines", "Amount"])
        table.numeric = [1, 2]
        for claim in made.claims {
            table.add(
                a(.href(ClaimPages.path(claim))) { visit.names[claim.claimant] },
                HTML(grouped(claim.lineCount)),
                HTML(claim.total.text)
            )
        }
        let title = made.claims.isEmpty ? "There is nothing to claim" : "Claims made"
        return visit.page(title, width: .full, back: ClaimPages.back) {
            h1 { title }
            p { "For \(quarter.uk), by what is known now." }
            if !made.claims.isEmpty { table.html }
            ClaimPage.leftOut(made.leftOut, waiting: made.waiting)
        }
    }
}
