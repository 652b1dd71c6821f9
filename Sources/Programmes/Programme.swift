import Kernel

/// A funded offer with its own rules, as its programme file tells them.
///
/// A value of this type has been checked: every name that it uses is defined. The file's format is
/// described in `docs/programme-file.md`. A copy shares its parts until one of the two is changed.
package struct Programme: Sendable, Hashable {
    private(set) var shared: Shared

    init(_ parts: ProgrammeParts) {
        shared = Shared(parts)
    }

    /// What it shares with its copies.
    final class Shared: Sendable {
        let parts: ProgrammeParts

        init(_ parts: ProgrammeParts) { self.parts = parts }
    }

    package static func == (one: Programme, other: Programme) -> Bool {
        one.shared === other.shared || one.shared.parts == other.shared.parts
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(shared.parts)
    }

    /// Its parts with one of them changed, shared with nobody yet.
    mutating func change(_ change: (inout ProgrammeParts) -> Void) {
        var parts = shared.parts
        change(&parts)
        shared = Shared(parts)
    }

    /// The days on which it works; that the calendar is known was checked with the file.
    package var workingDays: WorkingDayCalendar {
        WorkingDayCalendar.named(calendar) ?? .englandAndWales
    }
}

/// What a programme file tells.
struct ProgrammeParts: Sendable, Hashable {
    var id: String
    /// Counts up with each change; a case keeps the version that it was decided under.
    var version: Int
    var name: String
    var runs: DateRange
    /// The paper and paragraph that the file is written from.
    var source: String
    /// The id of the working-day calendar, for example `england-and-wales`.
    var calendar: String
    /// Whole years for which a closed case's identity is kept.
    var retentionYears: Int
    var areas: [Area]
    var referral: ReferralRules
    var eligibility: [EligibilityRule]
    var strands: [Strand]
    var targets: [Target]
    var trajectory: TrajectoryRules?
    var runCharts: [RunChartRule]
    var clocks: [Clock]
    var pathway: Pathway
    /// Who is seen first of those who wait, the most urgent rule first.
    var priority: [PriorityRule]
    var measures: [Instrument]
    /// Messages that it words itself.
    var messages: [MessageTemplate]
    var outcomes: [OutcomeRule]
    var populations: [NamedPopulation]
    var indicators: [NamedIndicator]
    var report: Report?
    /// What is paid for; nil where the file does not say.
    var funding: FundingRules?
}

/// The days from `from` to `to`, both included; nil is open.
package struct DateRange: Sendable, Hashable {
    package var from: CivilDate?
    package var to: CivilDate?

    package init(from: CivilDate? = nil, to: CivilDate? = nil) {
        self.from = from
        self.to = to
    }

    /// Whether the day lies within the range.
    package func contains(_ day: CivilDate) -> Bool {
        if let from, day < from { return false }
        if let to, day > to { return false }
        return true
    }
}

/// A named set of places, by outward code, general practice and Jobcentre.
package struct Area: Sendable, Hashable {
    package var id: String
    package var name: String
    /// Outward codes (`M8`), or postcode areas when they have no digit (`OL`).
    package var outward: [String]
    /// ODS codes of practices; a trailing `*` stands for any ending (`P84*`).
    package var practices: [String]
    /// Codes of Jobcentres, as they are written in `jobcentre` or `referrer`.
    package var jobcentres: [String]
}

/// Who may refer and what each is asked.
package struct ReferralRules: Sendable, Hashable {
    package var sources: [ReferralSource]
    /// Coded questions, beyond the standard ones, that a referral may answer.
    package var asks: [Question]
}

/// One kind of referrer, for example `gp`.
package struct ReferralSource: Sendable, Hashable {
    package var id: String
    package var name: String
    /// The questions of `ReferralRules.asks` put to this source.
    package var asks: [String]
}

/// A coded question and the answers that it takes.
package struct Question: Sendable, Hashable {
    package var id: String
    package var question: String
    package var answers: [String]
    /// What each answer scores, in the order of the answers; empty when it does not score.
    package var scores: [Int] = []
    /// Whether a lower score is better; nil is as the instrument says.
    package var lowerIsBetter: Bool?
}

/// A named requirement, with the sentence that a person is told.
package struct EligibilityRule: Sendable, Hashable {
    package var id: String
    package var require: Condition
    package var says: String

    package init(id: String, require: Condition, says: String) {
        self.id = id
        self.require = require
        self.says = says
    }
}

/// A reason to be seen before others who wait, with the sentence that says so.
package struct PriorityRule: Sendable, Hashable {
    package var id: String
    package var when: Condition
    package var says: String
}

/// What must hold for a person to be eligible; judged as met, not met or not known.
package indirect enum Condition: Sendable, Hashable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    /// Completed years on the day of referral; nil is open.
    case age(from: Int?, to: Int?)
    case residence([String])
    case practiceArea([String])
    case jobcentreArea([String])
    case employmentStatus([String])
    case benefit([String])
    case condition([String])
    case source([String])
    case answer(question: String, answers: [String])
}

/// A part of a programme with its own provider, target and money.
package struct Strand: Sendable, Hashable {
    package var id: String
    package var name: String
    package var provider: String
    /// Organisations that hold cases beside the provider.
    package var partners: [String]
    package var runs: DateRange
    package var target: Int?
    package var funding: Pence?
    /// Wanted share of participants by employment status, in whole percent.
    package var mix: [MixTarget]
    /// Parts of the target and the funding that belong to one locality.
    package var localities: [LocalityTarget]
    /// How long support lasts here; nil means as long as the pathway says.
    package var support: SupportRules?
    /// Rules for this strand beyond the programme's own.
    package var eligibility: [EligibilityRule]
}

/// A wanted share, in whole percent, of an employment status (`in-work` or `out-of-work`).
package struct MixTarget: Sendable, Hashable {
    package var status: String
    package var percent: Int
}

/// A locality's part of a strand's target and money.
package struct LocalityTarget: Sendable, Hashable {
    package var id: String
    package var target: Int
    package var funding: Pence?
}

/// A number that the programme is held to, for example `participants: 1620`.
package struct Target: Sendable, Hashable {
    package var id: String
    package var value: Int
}

/// A promise about time, from one milestone to another.
package struct Clock: Sendable, Hashable {
    package var id: String
    package var name: String
    package var from: Milestone
    package var to: Milestone
    package var within: Period
    /// Reasons for which the clock may be paused.
    package var pauses: [String]
    /// Who must act: `coach`, `manager`, `provider` or `referrer`.
    package var owner: String
    /// Only for these strands; empty means all.
    package var strands: [String]
}

/// A length of time in one unit.
package struct Period: Sendable, Hashable {
    package enum Unit: String, Sendable, CaseIterable {
        case days
        case weeks
        case workingDays = "working_days"
    }

    package var unit: Unit
    package var count: Int

    package init(unit: Unit, count: Int) {
        self.unit = unit
        self.count = count
    }
}
