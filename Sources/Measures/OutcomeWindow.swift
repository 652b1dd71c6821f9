import Kernel
import Programmes

/// How long must pass before it can be said of a case that it will not reach an outcome.
///
/// - A rule with `within_days` is settled so many days after support started.
/// - Otherwise a rule over job spells is settled when its own length (the window of *13 weeks within
///   16*, the days of a cumulative rule, the weeks of an earnings rule) has passed since the job
///   started or, for a case with no job, since support started.
/// - A rule that only asks for a job to start, and sets no days, is settled at once.
///
/// A case that reaches it if nothing changes is not settled by its window: a first job may have been
/// lost, and a later one go on.
struct OutcomeWindow: Hashable {
    let days: Int
    /// Whether it runs from the job start, where there is one.
    let fromJobStart: Bool

    /// The cases for which the window has passed by the day of the report.
    func passed(_ plan: inout Plan) -> Int {
        let day = plan.asAt.adding(days: -days)
        let sinceStart = plan.reached(.started, by: day)
        guard fromJobStart else { return sinceStart }
        let job = plan.rows(.reached(.jobStarted))
        let sinceJob = plan.reached(.jobStarted, by: day)
        return plan.any([sinceJob, plan.all([plan.not(job), sinceStart])])
    }

    /// The window in words, to follow "once".
    var words: String {
        let job = fromJobStart ? "the job started or, with no job, " : ""
        let later = fromJobStart ? ", and not while a job that goes on would still reach it" : ""
        return "\(days) days have passed since \(job)support started\(later)"
    }
}

extension OutcomeRule {
    /// The window of the rule; nil if it is settled at once.
    var window: OutcomeWindow? {
        if let withinDays { return OutcomeWindow(days: withinDays, fromJobStart: false) }
        switch test {
        case .started:
            return nil
        case .sustained(_, let withinWeeks):
            return OutcomeWindow(days: withinWeeks * 7, fromJobStart: true)
        case .cumulative(let days):
            return OutcomeWindow(days: days, fromJobStart: true)
        case .earnings(let earnings):
            return OutcomeWindow(days: earnings.weeks * 7, fromJobStart: true)
        }
    }
}
