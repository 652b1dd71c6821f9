import Casework
import Kernel
import Programmes

extension Demonstration {
    /// What happens once: a risk that is open, and transfers that wait for an answer, one each way.
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
            cases[place].ask(last, transferTo: "pathways-cic")
        }
        let elsewhere = cases.lastIndex { $0.story.provider == "pathways-cic" && $0.isInSupport }
        if let elsewhere { cases[elsewhere].ask(last, transferTo: "big-life") }
    }
}

extension DemonstrationCase {
    /// Whether support goes on.
    var isInSupport: Bool {
        let kinds = Set(steps.flatMap(\.bodies).map(\.kind))
        return isOpen && kinds.contains(.planAgreed) && !kinds.contains(.discharged)
    }

    fileprivate mutating func ask(_ day: CivilDate, transferTo provider: String) {
        add(day, .manager, .transferAsked(Transfer().with { $0.provider = provider }))
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
