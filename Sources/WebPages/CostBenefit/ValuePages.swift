import Application
import Charts
import CostBenefit
import HTML
import Kernel
import Measures
import Web

/// What a programme cost and what came of it, with every assumption open to be changed.
///
/// What is changed stands in the address and is kept nowhere.
package enum ValuePages {
    package static let routes: [PageRoute] = [
        .get("/reports/:programme/value", .action(.report)) { try await show($0) }
    ]

    /// Where a programme's cost and benefit is.
    static func path(_ programme: String) -> String { "/reports/\(programme)/value" }

    private static func show(_ visit: Visit) async throws -> Response {
        let programme = visit.part("programme")
        var question = ValueQuestion(programme)
        var problems: [Problem] = []
        for field in visit.request.query.fields where field.name != "as-at" {
            question.settings.append((field.name, field.value))
        }
        // Those outside the case team are shown the settled day of the report.
        if mayChooseDay(visit), let text = visit.request.query["as-at"] {
            question.asAt = CivilDate(text: text)
            if question.asAt == nil {
                problems.append(Problem("as-at", "Write a date such as 31/3/2025"))
            }
        }
        let found: Valuation
        do {
            found = try await visit.goodwork.value(question, by: visit.actor)
        } catch let error as ServiceError where error.kind == .invalid && !error.faults.isEmpty {
            problems += error.problems
            let faulty = Set(error.faults.compactMap(\.field))
            question.settings.removeAll { faulty.contains($0.id) }
            found = try await visit.goodwork.value(question, by: visit.actor)
        }
        return page(visit, found, problems)
    }

    static func mayChooseDay(_ visit: Visit) -> Bool {
        Audience.usual(for: visit.actor) == .operational
    }

    private static func page(
        _ visit: Visit,
        _ found: Valuation,
        _ problems: [Problem]
    ) -> Response {
        let report = ("Report", "/reports/\(found.appraisal.programme)")
        return visit.page("Cost and benefit", width: .full, problems: problems, back: report) {
            h1 {
                "Cost and benefit"
                span(.class("nhsuk-caption-l")) { found.appraisal.name }
            }
            for sentence in found.preamble where sentence != found.caution { p { sentence } }
            if let caution = found.caution { warning("Examples") { p { caution } } }
            p(.class("gw-no-print")) { a(.href("#assumptions")) { "Change the assumptions" } }
            for table in found.results { part(table) }
            sensitivity(found)
            ValueForm(visit, found, problems).html
            printed(found.assumptionTable)
        }
    }

    /// A table under its heading.
    private static func part(_ table: ValueTable) -> HTML {
        section(.id(table.id)) {
            h2 { table.title }
            for sentence in table.says { p { sentence } }
            table.list
        }
    }

    /// How far the ratio moves, as a picture and as tables.
    private static func sensitivity(_ found: Valuation) -> HTML {
        let swings = found.swings
        guard let base = found.publicValue.ratio.number, !swings.isEmpty else { return HTML() }
        let moving = swings.prefix(shown).filter { $0.span >= 0.005 }
        let chart = Tornado(
            title: "The benefit-cost ratio at each end",
            base: base,
            resultHeading: "The ratio",
            assumptions: moving.map { swing in
                let unit = swing.assumption.unit
                return Tornado.Assumption(
                    swing.assumption.name,
                    low: unit.text(swing.low),
                    high: unit.text(swing.high),
                    atLow: swing.atLow,
                    atHigh: swing.atHigh
                )
            },
            form: .decimals(2)
        )
        return section(.id("sensitivity")) {
            h2 { "If one assumption were otherwise" }
            p { "The benefit-cost ratio of public value, all other assumptions staying." }
            chart.figure(id: "tornado")
        } + part(found.breakEvenTable)
    }

    /// So many assumptions are drawn, those that move the ratio most.
    private static let shown = 12

    /// The assumptions as a table, which takes the place of the form on paper.
    private static func printed(_ table: ValueTable) -> HTML {
        section(.class("gw-print-only")) {
            h2 { table.title }
            table.list
        }
    }
}

extension ValueTable {
    /// The table, whose rows become cards on a narrow screen.
    fileprivate var list: HTML {
        var list = ListTable(title, headings, hidesCaption: true)
        list.numeric = numeric
        list.rows = rows.map { $0.map { HTML($0) } }
        return list.html
    }
}
