import Kernel
import Programmes

@testable import Casework

/// A random history of a case that obeys the rules: what would break one is refused and left out.
struct RandomStory {
    var situation: Situation
    /// The commands that were carried out, in the order of telling.
    private(set) var commands: [Command] = []

    /// What may happen, as tables say it; names come from small sets, so that they meet.
    static let words = [
        "accepted", "accepted", "returned not-accepted", "withdrawn", "rerouted msk",
        "rerouted be-well", "coach ann", "coach bob", "transfer-asked mft",
        "transfer-accepted mft", "transfer-declined mft full", "supplied age=40",
        "supplied outward_code=M8 employment_status=off-sick", "note audience=referrer",
        "cancel-asked",
        "consent share-with-referrer", "paused contact in-hospital", "resumed contact",
        "contact reached", "contact no-answer", "booked first-appointment a 2025-02-03",
        "booked job-interview b 2025-03-03", "attended first-appointment a",
        "attended job-interview b result=awaited", "missed first-appointment a",
        "cancelled job-interview b", "consent referral", "consent-refused referral",
        "consent-withdrawn referral", "consent employer", "consent-refused employer",
        "consent-withdrawn employer", "prefers text language=ur", "prefers none",
        "details phone,email",
        "consent evaluation", "assessed high barriers=debt",
        "assessed low", "measure phq-9 baseline score=12", "measure phq-9 exit score=3",
        "measure ons4 review answers.ons4-anxiety=4",
        "measure phq-9 exit "
            + (1...9).map { "answers.phq9-\($0)=several-days" }.joined(separator: " "),
        "measure exit-questions exit answers.felt-helped=yes", "started", "started",
        "plan move-into-work", "plan thrive-in-work", "goal walk", "goal-done walk",
        "goal-dropped walk", "action call 2025-02-10 coach", "action-done call",
        "action-dropped call", "reviewed", "delivered cbt 2", "delivered cbt",
        "delivered physiotherapy 3", "onward ips", "onward talking-therapies tt",
        "answered ips received", "answered ips accepted", "answered ips started",
        "answered tt declined deferred", "answered ips ended job-found", "status out-of-work",
        "status in-work", "fit-note 2025-01-06 2025-01-20 not-fit", "return-agreed 2025-03-03",
        "adjustment altered-hours", "job shop hours_per_week=16 weekly_pay_pence=18304",
        "job stall kind=placement", "job mill since=2024-01-08 hours_per_week=30",
        "job-changed shop hours_per_week=6", "job-changed shop weekly_pay_pence=20000",
        "job-ended shop", "job-ended stall", "risk fall safeguarding", "risk-resolved fall",
        "note", "discharged in-work improved=yes", "discharged off-sick",
        "tracking reached in-work",
        "tracking no-answer", "tracking-ended", "closed disengaged", "closed completed", "reopened",
        "reopened support", "started", "started", "discharged out-of-work",
        "tracking reached off-sick",
        "tracking reached", "tracking left-message",
    ]

    static let referrals = [
        "referral gp strand=be-well outward_code=M8 age=40 employment_status=out-of-work",
        "referral self outward_code=OL4 gender=female ethnicity=M answers.wants-work=yes",
        "referral community strand=msk condition=msk gp_practice=P84001 age=30 benefit=uc",
    ]

    /// The pool, read once.
    struct Pool {
        let programme: Programme
        let referrals: [EventBody]
        let bodies: [EventBody]

        init() throws {
            programme = try Shipped.programme("example")
            referrals = try RandomStory.referrals.map { try EntryWords.body($0) }
            bodies = try RandomStory.words.map { try EntryWords.body($0) }
        }

        func body(_ random: inout RandomGenerator) -> EventBody {
            bodies[random.below(bodies.count)]
        }
    }

    /// - Parameter corrects: whether entries are withdrawn and replaced on the way.
    init(_ pool: Pool, seed: UInt64, tries: Int = 60, corrects: Bool = true) {
        var random = RandomGenerator(seed: seed)
        situation = Situation(pool.programme, seed: seed)
        var day = CivilDate(iso: "2024-12-02") ?? Situation.today
        tell(Command(pool.referrals[random.below(pool.referrals.count)], on: day))
        for _ in 0..<tries {
            day = day.adding(days: random.below(4))
            // One in five is told late.
            let on = random.below(5) == 0 ? day.adding(days: -random.below(12)) : day
            var command = Command(pool.body(&random), on: on)
            if random.below(8) == 0 {
                command.entries.append(Command.Entry(body: pool.body(&random), on: day))
            }
            if corrects, random.below(10) == 0, let event = anEntry(&random) {
                command.voids = [Command.Void(event: event.id, reason: "entered-in-error")]
                command.entries[0].replaces = event.id
                if random.below(3) > 0 { command.entries[0].on = event.occurredOn }
                if random.below(4) == 0 { command.entries = [] }
            }
            tell(command)
        }
    }

    private mutating func tell(_ command: Command) {
        if situation.tell(command) == "ok" { commands.append(command) }
    }

    /// An entry that holds, and could be withdrawn.
    func anEntry(_ random: inout RandomGenerator) -> CaseEvent? {
        random.pick(situation.history.effective().filter { $0.cause == nil })
    }
}

extension Facts {
    /// Without when we were told, and how often.
    var untold: Facts {
        var facts = self
        facts.version = 0
        facts.lastRecordedAt = Instant(milliseconds: 0)
        return facts
    }
}

extension Situation {
    /// What a correction must not change: the case and its facts.
    func isSame(as other: Situation) -> Bool {
        folded == other.folded && facts()?.untold == other.facts()?.untold
    }
}
