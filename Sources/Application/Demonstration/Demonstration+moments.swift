import Casework
import Kernel
import Programmes

extension Demonstration {
    /// What happens once: a risk that is open, and a transfer that waits for its answer.
    func addMoments(
        _ cases: inout [DemonstrationCase],
        _ cast: DemonstrationCast,
        today: CivilDate
    ) {
        let coach = cast.worker(login: DemonstrationCast.login("coach"))
        let last = WorkingDayCalendar.englandAndWales.date(after: today, workingDays: -1)
        let held = cases.indices.filter {
            cases[$0].coach == coach && cases[$0].isInSupport && !cases[$0].story.isResident
        }
        // Neither is the resident's who has an account.
        if let place = held.first {
            var story = cases[place].story
            let answers = story.phq(170, isAlarming: true)
            cases[place].add(last, .coach, story.taken("phq-9", .review, answers: answers))
        }
        if held.count > 1, let place = held.last {
            let transfer = Transfer().with { $0.provider = "pathways-cic" }
            cases[place].add(last, .manager, .transferAsked(transfer))
        }
    }
}

extension DemonstrationCase {
    /// Whether support goes on.
    var isInSupport: Bool {
        let kinds = Set(steps.flatMap(\.bodies).map(\.kind))
        return isOpen && kinds.contains(.planAgreed) && !kinds.contains(.discharged)
    }

    fileprivate mutating func add(
        _ day: CivilDate,
        _ voice: DemonstrationStory.Voice,
        _ body: EventBody
    ) {
        let step = DemonstrationStory.Step(
            day: day,
            minute: 16 * 60 + 40,
            by: voice,
            bodies: [body]
        )
        steps.append(step)
    }
}
