import Casework
import Kernel

extension DemonstrationStory {
    /// A plan with its goals, and actions that are done when the person next comes.
    mutating func agreePlan(_ meetings: inout [Meeting], at place: Int) {
        let kind = status.isEmployed ? "thrive-in-work" : "move-into-work"
        var bodies: [EventBody] = [.planAgreed(PlanAgreed().with { $0.plan = kind })]
        let choices = status.isEmployed ? DemonstrationTexts.thriving : DemonstrationTexts.moving
        let count = random.of(1...2)
        let first = random.below(choices.count)
        for offset in 0..<count {
            let choice = choices[(first + offset) % choices.count]
            let goal = name("goal")
            bodies.append(
                .goalAdded(
                    GoalAdded().with {
                        $0.goal = goal
                        $0.text = choice.goal
                    }
                )
            )
            for text in choice.actions {
                bodies.append(act(text, for: goal, &meetings, after: place))
            }
            if course == .completed, random.chance(65), let last = meetings.indices.last,
                last > place
            {
                meetings[last].bodies.append(.goalDone(GoalRef().with { $0.goal = goal }))
            }
        }
        meetings[place].bodies += bodies
    }

    /// An action that is due when it will have been done.
    private mutating func act(
        _ text: String,
        for goal: String,
        _ meetings: inout [Meeting],
        after place: Int
    ) -> EventBody {
        let action = name("action")
        let coming = meetings.indices.filter { $0 > place && meetings[$0].comes }
        let done = random.pick(Array(coming.prefix(4)))
        var due = (meetings.last?.day ?? referred).adding(days: 14)
        if let done {
            due = meetings[done].day.adding(days: random.of(0...3))
            let ref = ActionRef().with { $0.action = action }
            let isDropped = random.chance(8)
            meetings[done].bodies.append(isDropped ? .actionDropped(ref) : .actionDone(ref))
        }
        let owner = random.chance(90) ? "person" : "coach"
        return .actionAdded(
            ActionAdded().with {
                $0.action = action
                $0.goal = goal
                $0.owner = owner
                $0.dueOn = due
                $0.text = text
            }
        )
    }

    /// Refers on to another service, which answers in time.
    mutating func referOn(_ meetings: [Meeting], from planAt: Int) {
        guard random.chance(42) else { return }
        let coming = meetings.indices.filter { $0 >= planAt && meetings[$0].comes }
        guard let place = random.pick(Array(coming.prefix(4))) else { return }
        let day = meetings[place].day
        let service = service()
        let onward = name("onward")
        tell(
            day,
            .coach,
            at: 16 * 60 + 5,
            .onwardSent(
                OnwardSent().with {
                    $0.onward = onward
                    $0.service = service
                }
            )
        )
        let within = service == "be-well" ? 1...5 : 2...10
        let answered = self.day(after: day, within: within, latePercent: 20)
        let isTaken = random.chance(82)
        let reason = random.text(["ineligible", "unable-to-contact", "no-longer-wanted"])
        move(onward, isTaken ? .accepted : .declined, isTaken ? nil : reason, on: answered)
        guard isTaken, random.chance(85) else { return }
        let began = workingDay(after: answered, random.of(3...15))
        move(onward, .started, nil, on: began)
        if random.chance(60) {
            move(
                onward,
                .ended,
                random.chance(80) ? "completed" : "disengaged",
                on: workingDay(after: began, random.of(15...50))
            )
        }
    }

    private mutating func service() -> String {
        if strand == "rmg", random.chance(45) { return "be-well" }
        if !status.isEmployed, random.chance(45) { return "ips-primary-care" }
        if person.condition == "mental-health" {
            return random.weighted(
                ("talking-therapies", 60),
                ("living-well-hub", 25),
                ("peer-support", 15)
            )
        }
        return random.weighted(
            ("peer-support", 45),
            ("talking-therapies", 35),
            ("living-well-hub", 20)
        )
    }

    private mutating func move(
        _ onward: String,
        _ to: OnwardStatus,
        _ reason: String?,
        on day: CivilDate
    ) {
        let moved = OnwardMoved().with {
            $0.onward = onward
            $0.to = to
            $0.reason = reason
        }
        tell(day, .coach, answers: onward, .onwardMoved(moved))
    }
}
