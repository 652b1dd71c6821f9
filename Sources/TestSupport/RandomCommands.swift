import Casework
import Kernel
import Programmes

/// Makes commands as people at work give them, sensible and not.
package struct RandomCommands {
    private var random: RandomGenerator
    private var count = 0

    package init(seed: UInt64) {
        random = RandomGenerator(seed: seed)
    }

    /// A command for a case with a history: an entry, or the withdrawal of one.
    package mutating func next(for history: History) -> Command {
        count += 1
        let holding = history.effective().filter { $0.cause == nil }
        if random.below(6) == 0, let event = random.pick(holding) {
            return Command(voids: [Command.Void(event: event.id, reason: "mistaken")])
        }
        let first = holding.first?.occurredOn ?? CivilDate(day: 16_000)
        let day = first.adding(days: random.below(200))
        return Command(body(on: day, history), on: day)
    }

    private mutating func body(on day: CivilDate, _ history: History) -> EventBody {
        switch random.below(18) {
        case 0:
            var note = NoteWritten()
            note.text = "Note \(count)"
            return .noteWritten(note)
        case 1: return .contactAttempted(ContactAttempted())
        case 2:
            var coach = CoachAssigned()
            coach.coach = "coach-\(random.below(4))"
            return .coachAssigned(coach)
        case 3, 4:
            var job = JobStarted()
            job.spell = "spell-\(count)"
            job.hoursPerWeek = random.below(45)
            job.employer = "Employer \(count)"
            return .jobStarted(job)
        case 5:
            var ended = JobEnded()
            ended.spell = random.pick(spells(history)) ?? "none"
            return .jobEnded(ended)
        case 6:
            var changed = JobChanged()
            changed.spell = random.pick(spells(history)) ?? "none"
            changed.hoursPerWeek = random.below(45)
            return .jobChanged(changed)
        case 7:
            var risk = RiskRaised()
            risk.risk = "risk-\(count)"
            risk.about = "safeguarding"
            return .riskRaised(risk)
        case 8: return .supportStarted(Plain())
        case 9:
            var goal = GoalAdded()
            goal.goal = "goal-\(count)"
            goal.text = "Goal \(count)"
            return .goalAdded(goal)
        case 10:
            var action = ActionAdded()
            action.action = "action-\(count)"
            action.owner = "coach"
            action.dueOn = day.adding(days: 14)
            return .actionAdded(action)
        case 11:
            var delivered = InterventionDelivered()
            delivered.intervention =
                random.pick(["cbt", "physiotherapy", "work-progression"]) ?? ""
            delivered.sessions = 1 + random.below(3)
            return .interventionDelivered(delivered)
        case 12:
            var status = EmploymentStatusRecorded()
            status.status = random.pick(EmploymentStatus.allCases)?.rawValue ?? ""
            return .employmentStatusRecorded(status)
        case 13:
            var discharged = Discharged()
            discharged.status = random.pick(["in-work", "out-of-work", "off-sick"])
            return .discharged(discharged)
        case 14:
            var closed = Closed()
            // A withdrawal of consent is told as such.
            let reasons = ClosureReason.allCases.filter { $0 != .consentWithdrawn }
            closed.reason = random.pick(reasons) ?? .completed
            return .closed(closed)
        case 15: return .reopened(Reopened())
        case 16: return .trackingEnded(Plain())
        default:
            var consent = Consent()
            consent.scope = random.pick(ConsentScope.allCases) ?? .referral
            return random.below(4) == 0 ? .consentWithdrawn(consent) : .consentGiven(consent)
        }
    }

    private func spells(_ history: History) -> [String] {
        history.effective().compactMap { event in
            if case .jobStarted(let fields) = event.body { fields.spell } else { nil }
        }
    }
}
