import Application
import HTML
import Kernel
import Measures
import Programmes
import Web

/// Under a run chart: from where its limits are reckoned anew, for those who may say so.
struct RebaseForm {
    private let visit: Visit
    /// The dashboard with what was asked, to which the form is sent.
    private let path: String
    private let typed: Form
    private let problems: [Problem]

    init(_ visit: Visit, to path: String, _ typed: Form, _ problems: [Problem]) {
        self.visit = visit
        self.path = path
        self.typed = typed
        self.problems = problems
    }

    /// A field of one chart's form; each chart on the page has its own.
    private static func field(_ name: String, of chart: String) -> String { "\(name)-\(chart)" }

    /// Keeps what was said, or takes it back.
    static func send(_ visit: Visit) async throws -> Response {
        let (question, _) = DashboardPages.question(visit)
        let (goodwork, form) = (visit.goodwork, visit.request.form)
        let chart = form["chart"] ?? ""
        do {
            if let id = form["withdraw"] {
                let programme = question.programme
                _ = try await goodwork.withdrawRebase(id, of: programme, by: visit.actor)
            } else {
                let (month, reason) = (field("month", of: chart), field("reason", of: chart))
                var blanks: [Problem] = []
                if form[month] == nil { blanks.append(Problem(month, "Choose a month")) }
                if form[reason] == nil { blanks.append(Problem(reason, "Say what changed")) }
                guard blanks.isEmpty else {
                    return try await DashboardPages.show(visit, form, blanks)
                }
                let new = NewRebase(
                    chart: chart,
                    month: form[month] ?? "",
                    reason: form[reason] ?? ""
                )
                _ = try await goodwork.rebase(new, of: question, by: visit.actor)
            }
        } catch let error as ServiceError where error.kind == .refused {
            let named = error.problems.map { problem in
                Problem(problem.field.map { field($0, of: chart) }, problem.says)
            }
            return try await DashboardPages.show(visit, form, named)
        }
        let links = DashboardLinks(visit, question.programme, mayOpen: false)
        return .redirect(to: links.dashboard + "#runs")
    }

    /// What stands under a chart.
    func under(_ run: Dashboard.Run) -> HTML {
        let chart = run.kind.rawValue
        let months = run.monthsToRebase
        guard !months.isEmpty || !run.rebases.isEmpty else { return HTML() }
        let names = ["month", "reason"].map { Self.field($0, of: chart) }
        // What was typed before a session ended is in sight too.
        let isBegun =
            problems.contains { $0.field.map(names.contains) ?? false }
            || names.contains { typed[$0] != nil }
        return div(.class("gw-no-print"), .id("rebase-\(chart)")) {
            reveal("Reckon limits anew: \(run.title.lowercased())", isOpen: isBegun) {
                if !run.rebases.isEmpty { standing(run) }
                if !months.isEmpty { form(chart, months) }
            }
        }
    }

    private func standing(_ run: Dashboard.Run) -> HTML {
        var table = ListTable(
            "Limits of \(run.title.lowercased()) are reckoned anew",
            ["From", "Reason", "Said", "By", "Withdraw"]
        )
        for rebase in run.rebases {
            table.add(
                HTML(rebase.month.uk),
                HTML(rebase.reason),
                HTML(rebase.saidOn.uk),
                HTML(visit.names[rebase.saidFor]),
                Goodwork.mayWithdraw(rebase, by: visit.actor) ? withdraw(rebase) : HTML()
            )
        }
        return table.html
    }

    private func withdraw(_ rebase: RunRebase) -> HTML {
        visit.sentForm(to: path) {
            Fields.hidden("withdraw", rebase.id)
            button(.class("nhsuk-button nhsuk-button--secondary"), .type("submit")) {
                "Withdraw"
                span(.class("nhsuk-u-visually-hidden")) { " the limits from \(rebase.month.uk)" }
            }
        }
    }

    private func form(_ chart: String, _ months: [CivilMonth]) -> HTML {
        let fields = Fields(typed, problems)
        return visit.sentForm(to: path) {
            p {
                "Do this only when you know what changed. The reason stands on the chart, for everybody "
                "who sees it."
            }
            Fields.hidden("chart", chart)
            fields.choose(
                Self.field("month", of: chart),
                "From which month?",
                months.reversed().map { Choice($0.iso, $0.uk) }
            )
            fields.text(
                Self.field("reason", of: chart),
                "What changed?",
                hint: "For example: a second clinic opened. Name nobody in it.",
                width: 30
            )
            submit("Reckon limits anew", isSecondary: true)
        }
    }
}
