import Casework
import Kernel
import Programmes

/// What will have become of a case in the end, whether or not that has come yet.
enum DemonstrationCourse: Sendable, Hashable {
    case ineligible
    case notAccepted
    case withdrawn
    case duplicate
    case deferred
    case unableToContact
    case noLongerWanted
    case disengaged
    case movedAway
    case transferred
    case consentWithdrawn
    case died
    case completed
    /// Nobody has taken it yet.
    case waiting

    static func draw(_ random: inout RandomGenerator) -> DemonstrationCourse {
        random.weighted(
            (.completed, 640),
            (.ineligible, 35),
            (.notAccepted, 20),
            (.withdrawn, 20),
            (.duplicate, 10),
            (.deferred, 15),
            (.unableToContact, 90),
            (.noLongerWanted, 45),
            (.disengaged, 75),
            (.movedAway, 17),
            (.transferred, 15),
            (.consentWithdrawn, 12),
            (.died, 6)
        )
    }
}

/// One case, told from its referral to its end, also where the end is still to come.
///
/// Told on and on, everything is done on the day on which it is due or before; what was done late
/// lies in the past. So a story that is cut off yesterday leaves nothing overdue, and one that is
/// cut off earlier leaves what a coach has not done.
struct DemonstrationStory: Sendable {
    /// Whoever takes a step; who that is is known once the case has a coach.
    enum Voice: Sendable, Hashable {
        case referrer
        /// The manager of the strand's provider.
        case leadManager
        /// The manager of the provider that holds the case in the end.
        case manager
        case coach
    }

    struct Step: Sendable {
        var day: CivilDate
        /// Minutes after midnight, UTC.
        var minute: Int
        var by: Voice
        var bodies: [EventBody]
        /// The onward referral that this answers.
        var answers: String?
    }

    let person: DemonstrationPerson
    let strand: String
    /// The provider of the strand, and who holds the case in the end.
    let lead: String
    let provider: String
    let source: String
    let referrer: String?
    let course: DemonstrationCourse
    let referred: CivilDate
    /// The last day that is told; later days may still be changed.
    let lastTold: CivilDate
    let calendar = WorkingDayCalendar.englandAndWales
    var random: RandomGenerator

    var steps: [Step] = []
    var consents: [ConsentScope: Bool] = [:]
    var status: EmploymentStatus
    /// Whether questions of the referral are left open.
    var isPartial = false
    /// Whether what was left open stays so.
    var staysPartial = false
    /// Whether it is the case of the resident who has an account: one with a plan, in support.
    var isResident = false
    /// The day on which the case came, or comes, to its end.
    var closedOn: CivilDate?
    var made = 0

    init(
        person: DemonstrationPerson,
        strand: String,
        lead: String,
        provider: String,
        source: String,
        referrer: String?,
        course: DemonstrationCourse,
        referred: CivilDate,
        lastTold: CivilDate,
        random: RandomGenerator
    ) {
        self.person = person
        self.strand = strand
        self.lead = lead
        self.provider = provider
        self.source = source
        self.referrer = referrer
        self.course = course
        self.referred = referred
        self.lastTold = lastTold
        self.random = random
        status = person.status
    }

    // MARK: - Days

    func workingDay(after day: CivilDate, _ count: Int) -> CivilDate {
        calendar.date(after: day, workingDays: count)
    }

    /// The first working day that is not before a day.
    func workingDay(from day: CivilDate) -> CivilDate {
        calendar.isWorkingDay(day) ? day : workingDay(after: day, 1)
    }

    /// A working day by which something is due, now and then some days late, if that is past.
    mutating func day(
        after start: CivilDate,
        within days: ClosedRange<Int>,
        latePercent: Int
    ) -> CivilDate {
        let inTime = workingDay(after: start, random.of(days))
        let late = workingDay(after: start, days.upperBound + random.of(1...5))
        return random.chance(latePercent) && late <= lastTold ? late : inTime
    }

    // MARK: - Steps

    /// A name within the case, such as `visit-3`.
    mutating func name(_ kind: String) -> String {
        made += 1
        return "\(kind)-\(made)"
    }

    mutating func tell(
        _ day: CivilDate,
        _ by: Voice,
        at minute: Int? = nil,
        answers: String? = nil,
        _ bodies: EventBody...
    ) {
        tell(day, by, at: minute, answers: answers, bodies)
    }

    mutating func tell(
        _ day: CivilDate,
        _ by: Voice,
        at minute: Int? = nil,
        answers: String? = nil,
        _ bodies: [EventBody]
    ) {
        if bodies.isEmpty { return }
        let minute = minute ?? random.of(9 * 60...16 * 60)
        steps.append(Step(day: day, minute: minute, by: by, bodies: bodies, answers: answers))
    }

    /// The steps in the order in which they were told, up to a day; nothing follows the end.
    func told(until day: CivilDate) -> [Step] {
        let last = min(day, closedOn ?? day)
        return steps.enumerated().filter { $0.element.day <= last }
            .sorted {
                ($0.element.day, $0.element.minute, $0.offset)
                    < ($1.element.day, $1.element.minute, $1.offset)
            }
            .map(\.element)
    }

    mutating func close(_ day: CivilDate, _ reason: ClosureReason, by voice: Voice = .coach) {
        closedOn = day
        tell(day, voice, at: 16 * 60 + 30, .closed(Closed().with { $0.reason = reason }))
    }
}

extension EventFields {
    /// The same with some fields set.
    func with(_ set: (inout Self) -> Void) -> Self {
        var changed = self
        set(&changed)
        return changed
    }
}
