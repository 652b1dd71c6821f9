import Kernel
import Programmes
import Testing

@testable import Casework

/// Whatever is said, the answer is a refusal or a sound case; never a crash.
@Suite("Fuzzing") struct FuzzTests {
    @Test("Random commands never bring the rules down", arguments: [1, 2, 3, 4])
    func randomCommands(_ seed: UInt64) throws {
        var random = RandomGenerator(seed: seed &+ 9_000)
        let pool = try RandomStory.Pool()
        var scrambler = FieldScrambler(random: random, words: Self.words(pool.programme))
        var situation = Situation(pool.programme, seed: seed)
        var accepted = 0
        for round in 0..<5_000 {
            if round.isMultiple(of: 40) {
                situation = Situation(pool.programme, seed: seed)
                let day = CivilDate(iso: "2025-01-06") ?? Situation.today
                situation.tell(Command(pool.referrals[round / 40 % 3], on: day))
            }
            let command = try Self.command(&random, &scrambler, pool, situation)
            if situation.tell(command) == "ok" { accepted += 1 }
            if round % 40 == 39 {
                let folded = situation.folded
                let items = folded.workItems(in: pool.programme)
                #expect(!folded.isOpen || !items.isEmpty, "seed \(seed), round \(round)")
                _ = situation.facts()
                _ = folded.outcomes(in: pool.programme, on: Situation.today)
                for event in situation.history.events {
                    #expect(!event.body.sentence(in: pool.programme).isEmpty)
                }
            }
        }
        #expect(accepted > 200, "seed \(seed)")
    }

    private static func command(
        _ random: inout RandomGenerator,
        _ scrambler: inout FieldScrambler,
        _ pool: RandomStory.Pool,
        _ situation: Situation
    ) throws -> Command {
        var command = Command()
        for _ in 0..<(random.below(8) == 0 ? 3 : 1) {
            var body = pool.body(&random)
            if random.below(2) == 0 {
                body = EventBody(EventKind.allCases[random.below(EventKind.allCases.count)])
                try body.visit(&scrambler)
            }
            var day = CivilDate(day: 20_094 + Int32(random.below(400)))
            if random.below(20) == 0 { day = CivilDate(day: random.below(2) == 0 ? .min : .max) }
            command.entries.append(Command.Entry(body: body, on: day))
        }
        if random.below(6) == 0 {
            let event = random.pick(situation.history.events)?.id ?? EventID(high: 1, low: 1)
            command.voids.append(Command.Void(event: event, reason: "entered-in-error"))
            if random.below(2) == 0 { command.entries[0].replaces = event }
        }
        return command
    }

    /// Every word of the programme, and the names that entries use.
    private static func words(_ programme: Programme) -> [String] {
        let text = RandomStory.words.flatMap { $0.split(whereSeparator: { " =".contains($0) }) }
        return Array(Set(text.map(String.init))).sorted()
            + programme.strands.map(\.id) + programme.pathway.onward.map(\.id)
    }

    @Test("Random and damaged bytes never bring the reader down", arguments: [1, 2, 3, 4])
    func damagedBytes(_ seed: UInt64) throws {
        var random = RandomGenerator(seed: seed)
        let stored = try EventKind.allCases.map { kind in
            (type: kind.rawValue, encoded: try EventCodingTests.filled(kind).encoded())
        }
        var sound = 0
        for _ in 0..<4_000 {
            let (type, encoded) = stored[random.below(stored.count)]
            var (payload, sealed) = (encoded.payload, encoded.sealed)
            switch random.below(4) {
            case 0: payload = (0..<random.below(60)).map { _ in UInt8(random.below(256)) }
            case 1: payload.removeLast(random.below(payload.count + 1))
            default: break
            }
            for _ in 0..<random.below(4) where !payload.isEmpty {
                payload[random.below(payload.count)] = UInt8(random.below(256))
            }
            if !sealed.isEmpty, random.below(2) == 0 {
                sealed[random.below(sealed.count)] = UInt8(random.below(256))
            }
            let body = try? EventCodingTests.read(type, payload, sealed: sealed)
            guard let body else { continue }
            sound += 1
            let again = body.encoded()
            #expect(try EventCodingTests.read(type, again.payload, sealed: again.sealed) == body)
            _ = try? Identity(encoded: sealed)
        }
        #expect(sound > 400, "seed \(seed)")
    }
}
