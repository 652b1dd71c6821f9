import Casework
import Kernel
import Programmes

/// A story with those who take its steps, on its way into the journal.
struct DemonstrationCase: Sendable {
    let story: DemonstrationStory
    /// The steps that are told; those that nobody has taken are left out.
    var steps: [DemonstrationStory.Step]
    let referrer: Recorder
    let leadManager: Recorder
    let manager: Recorder
    var coach: DemonstrationCast.Worker?
    let header: CaseHeader
    let seed: UInt64

    var isOpen: Bool {
        story.closedOn.map { $0 > story.lastTold } ?? true
    }

    var isAssigned: Bool {
        steps.contains { step in step.bodies.contains { $0.kind == .coachAssigned } }
    }

    /// Every command in turn, each decided on the day and by whom it would have been given.
    ///
    /// - Throws: `Refusal`, which is a fault of the generator.
    func history(_ programme: Programme) throws(Refusal) -> History {
        var history = History(header: header)
        var ids = IDMaker(seed: seed &+ 1)
        for step in steps {
            let now = step.instant
            var context = Context(now: now, today: now.civilDateUK, by: recorder(step.by), ids: ids)
            let entries = step.bodies.map { Command.Entry(body: completed($0), on: step.day) }
            let events = try Casework.decide(
                Command(entries: entries),
                history: history,
                programme: programme,
                context: &context
            )
            ids = context.ids
            history.append(events)
        }
        return history
    }

    private func recorder(_ voice: DemonstrationStory.Voice) -> Recorder {
        switch voice {
        case .referrer: referrer
        case .leadManager: leadManager
        case .manager: manager
        case .coach: coach.map(Recorder.init) ?? manager
        }
    }

    private func completed(_ body: EventBody) -> EventBody {
        guard case .coachAssigned = body, let coach else { return body }
        return .coachAssigned(CoachAssigned().with { $0.coach = coach.id.text })
    }
}

extension DemonstrationStory.Step {
    var instant: Instant {
        Instant(midnightUTC: day).adding(milliseconds: Int64(minute) * 60_000)
    }
}

extension Recorder {
    init(_ worker: DemonstrationCast.Worker) {
        self.init(user: worker.id.text, organisation: worker.organisation)
    }
}

extension CaseHeader {
    /// The header of a case that is referred at a moment.
    init(demonstration programme: Programme, at instant: Instant, seed: UInt64) {
        var ids = IDMaker(seed: seed)
        let id: CaseID = ids.make(at: instant)
        self.init(opening: id, in: programme, of: ids.make(at: instant))
    }
}
