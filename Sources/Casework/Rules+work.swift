import Kernel
import Programmes

extension Rules {
    /// The kinds of spell that are known.
    package static let jobKinds = ["job", "self-employment", "placement", "apprenticeship"]

    func judgeFitNote(_ fields: FitNoteRecorded) throws(Refusal) {
        if fields.to < fields.from {
            throw Refusal(
                .wrongOrder,
                field: "to",
                "The fit note ends on \(fields.to.uk), before it begins on \(fields.from.uk)."
            )
        }
        try known(fields.advice, in: ["not-fit", "may-be-fit"], "advice")
    }

    func judgeJobStart(_ fields: JobStarted, _ day: CivilDate) throws(Refusal) {
        try unused(fields.spell, among: `case`.spells.map(\.id), "spell")
        try known(fields.jobKind, in: Self.jobKinds, "kind")
        if let since = fields.since, since > day {
            throw Refusal(
                .wrongOrder,
                field: "since",
                "The job cannot begin on \(since.uk), after it was recorded for \(day.uk)."
            )
        }
        try judgeTerms(fields.hoursPerWeek, fields.weeklyPay)
    }

    func judgeSpell(_ id: String) throws(Refusal) {
        guard let spell = `case`.spells.first(where: { $0.id == id }) else {
            throw Refusal(
                .notFound,
                subject: "spell",
                field: "spell",
                "No job \(id) had begun by then."
            )
        }
        if let ended = spell.to {
            throw Refusal(
                .alreadyOver,
                subject: "spell",
                field: "spell",
                "This job ended on \(ended.uk)."
            )
        }
    }

    /// The most that a week may pay, in pence: more is a slip of the pen.
    private static let weeklyPayMax = 10_000_000

    func judgeTerms(_ hours: Int?, _ pay: Int?) throws(Refusal) {
        if let hours, !(0...100).contains(hours) {
            throw Refusal(
                .outOfRange,
                field: "hours_per_week",
                "Hours a week are 0 to 100, not \(hours)."
            )
        }
        if let pay, !(0...Self.weeklyPayMax).contains(pay) {
            throw Refusal(
                .outOfRange,
                field: "weekly_pay_pence",
                "Pay for a week is nought to £100,000."
            )
        }
    }
}
