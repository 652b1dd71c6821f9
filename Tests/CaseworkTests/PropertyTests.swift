import Kernel
import Programmes
import Testing

@testable import Casework

/// What holds for every history.
///
/// Each failure names the seed of its history.
@Suite("Properties of histories") struct PropertyTests {
    static let seeds: [UInt64] = (1...30).map { $0 }
    let pool: RandomStory.Pool

    init() throws { pool = try RandomStory.Pool() }

    @Test("Random histories are long and various enough to prove something")
    func theyAreVarious() {
        var kinds: Set<EventKind> = []
        var events = 0
        var states: Set<CaseState> = []
        let seeds = UInt64(1)...90
        for seed in seeds {
            let story = RandomStory(pool, seed: seed)
            kinds.formUnion(story.situation.history.events.map(\.body.kind))
            states.insert(story.situation.state)
            events += story.situation.history.events.count
        }
        let missing = EventKind.allCases.filter { !kinds.contains($0) }
        #expect(missing == [])
        #expect(events / seeds.count >= 15)
        #expect(states.count >= 5)
    }

    @Test("Replaying the stored events gives the state built step by step", arguments: seeds)
    func replay(_ seed: UInt64) throws {
        let history = RandomStory(pool, seed: seed).situation.history
        var steps = History(header: history.header)
        for event in history.events {
            steps.append([try Self.stored(event)])
            // A new event at the end of time changes the case as folding everything does.
            let order = steps.effective()
            if order.last?.id == event.id {
                var before = Case(header: history.header)
                for earlier in order.dropLast() { before.evolve(earlier) }
                before.evolve(event)
                #expect(before == steps.fold(), "seed \(seed), event \(event.sequence)")
            }
        }
        #expect(steps == history, "seed \(seed)")
        #expect(steps.fold() == history.fold(), "seed \(seed)")
        #expect(history.events.map(\.sequence) == Array(1...history.version), "seed \(seed)")
    }

    @Test("An entry withdrawn and entered again leaves the case as it was", arguments: seeds)
    func voidAndReenter(_ seed: UInt64) {
        let story = RandomStory(pool, seed: seed)
        for event in story.situation.history.effective() where event.cause == nil {
            var corrected = story.situation
            let entry = Command.Entry(body: event.body, on: event.occurredOn, replaces: event.id)
            let void = Command.Void(event: event.id, reason: "entered-in-error")
            let told = corrected.tell(Command(entries: [entry], voids: [void]))
            if Self.isOnlyRecorded(told) { continue }
            let place = "seed \(seed), \(event.body.kind) of \(event.occurredOn)"
            #expect(told == "ok", "\(place)")
            #expect(corrected.isSame(as: story.situation), "\(place)")
        }
    }

    @Test("A wrong entry put right later leaves the case as if told right", arguments: seeds)
    func neverErred(_ seed: UInt64) {
        var random = RandomGenerator(seed: seed &+ 1_000)
        let story = RandomStory(pool, seed: seed, corrects: false)
        for _ in 0..<20 {
            let place = random.below(story.commands.count)
            let right = story.commands[place]
            guard right.entries.count == 1, let entry = right.entries.first else { continue }
            // The error: another day, or another thing altogether.
            let wrong =
                random.below(2) == 0
                ? Command(entry.body, on: entry.on.adding(days: random.below(5) - 2))
                : Command(pool.body(&random), on: entry.on)
            var erring = Situation(pool.programme, seed: seed)
            var isTold = true
            var event: EventID?
            for (number, command) in story.commands.enumerated() where isTold {
                isTold = erring.tell(number == place ? wrong : command, row: number) == "ok"
                if number == place { event = erring.entered[number]?.first }
            }
            guard isTold, let event else { continue }
            let again = Command.Entry(body: entry.body, on: entry.on, replaces: event)
            let void = Command.Void(event: event, reason: "entered-in-error")
            let told = erring.tell(Command(entries: [again], voids: [void]))
            if Self.isOnlyRecorded(told) { continue }
            let what = "seed \(seed), command \(place): \(wrong.entries) for \(entry)"
            #expect(told == "ok", "\(what)")
            #expect(erring.isSame(as: story.situation), "\(what)")
        }
    }

    @Test("An entry too many, withdrawn, leaves the case as it was", arguments: seeds)
    func oneTooMany(_ seed: UInt64) {
        var random = RandomGenerator(seed: seed &+ 2_000)
        let story = RandomStory(pool, seed: seed)
        for _ in 0..<20 {
            var erring = story.situation
            let day = CivilDate(iso: "2024-12-02") ?? Situation.today
            let on = day.adding(days: random.below(90))
            guard erring.tell(Command(pool.body(&random), on: on), row: 99) == "ok",
                let event = erring.entered[99]?.first
            else { continue }
            let void = Command.Void(event: event, reason: "entered-in-error")
            #expect(erring.tell(Command(voids: [void])) == "ok", "seed \(seed)")
            #expect(erring.isSame(as: story.situation), "seed \(seed)")
        }
    }

    @Test("The entries of one command come to the same in any order", arguments: seeds)
    func anyOrder(_ seed: UInt64) {
        var random = RandomGenerator(seed: seed &+ 3_000)
        let story = RandomStory(pool, seed: seed)
        let history = story.situation.history
        let order = History.Order(history.events)
        let events = history.effective().filter { $0.cause == nil }
            .sorted { order.place(of: $0) < order.place(of: $1) }
        for _ in 0..<5 {
            var once = Situation(pool.programme, seed: seed)
            let entries = Self.shuffled(events, &random).map {
                Command.Entry(body: $0.body, on: $0.occurredOn)
            }
            let told = once.tell(Command(entries: entries))
            // Nor is what stands after a withdrawal of consent that we were told of late.
            if Self.isOnlyRecorded(told) || told == "case-closed" { continue }
            #expect(told == "ok", "seed \(seed): \(once.refusal?.says ?? "")")
            #expect(once.isSame(as: story.situation), "seed \(seed)")
        }
    }

    /// Whether it is refused because of what we were told after it: what was recorded before that
    /// stands, and is not entered anew.
    ///
    /// So it is with what was done before we were told that consent had been withdrawn, and with
    /// what came of an appointment before we were told that it was made for a later day, or that
    /// something else had come of it.
    private static func isOnlyRecorded(_ told: String) -> Bool {
        told.hasSuffix("no-consent") || told.hasPrefix("appointment-")
    }

    private static let contraries: Set<EventKind> = [
        .consentGiven, .consentRefused, .consentWithdrawn, .referralReturned, .referralWithdrawn,
        .trackingEnded, .closed,
    ]

    /// In any order, but that things of one kind on one day, consents and endings of a day, and all
    /// things of a day on which the case was reopened, stay as they were: there the order of
    /// telling is what happened.
    private static func shuffled(
        _ events: [CaseEvent],
        _ random: inout RandomGenerator
    ) -> [CaseEvent] {
        let reopened = Set(events.filter { $0.body.kind == .reopened }.map(\.occurredOn))
        var shuffled = events.indices.shuffled(using: &random).map { events[$0] }
        func group(_ event: CaseEvent) -> [Int] {
            let day = Int(event.occurredOn.day)
            if reopened.contains(event.occurredOn) { return [day] }
            return [day, contraries.contains(event.body.kind) ? -1 : event.body.kind.rank]
        }
        let groups = Dictionary(grouping: shuffled.indices) { group(shuffled[$0]) }
        for (key, places) in groups {
            for (place, event) in zip(places.sorted(), events.filter { group($0) == key }) {
                shuffled[place] = event
            }
        }
        return shuffled
    }

    private static func stored(_ event: CaseEvent) throws -> CaseEvent {
        let encoded = event.body.encoded()
        var event = event
        event.body = try encoded.payload.withUnsafeBufferPointer {
            try EventBody(type: event.body.kind.rawValue, payload: $0, sealed: encoded.sealed)
        }
        return event
    }
}
