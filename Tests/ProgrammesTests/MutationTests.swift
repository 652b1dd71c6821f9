import Kernel
import Testing

@testable import Programmes

/// Programme files changed at random, to see that whatever is written is answered with faults.
@Suite("Programme files changed at random") struct MutationTests {
    static let seed: UInt64 = 20_241_022
    static let rounds = 60

    private static let scraps = [
        "{", "}", "[", "]", ":", ",", "-", "\n", "  ", "#", "'", "\"", "&a ", "*a", "!!int ", "|",
        ">",
        "%", "@", "\t", "\u{0}", "\u{E000}", "é", "999999999999999999999", "-1", "null", "{}", "[]",
        "everyone", "blank", "not", "from", "2024-02-30", "<<: ", "? ", "---\n", "...\n",
    ]

    @Test(
        "Nothing crashes, and a file is either sound or has faults",
        arguments: Repository.programmes
    )
    func nothingCrashes(_ name: String) throws {
        var random = SmallRandom(state: Self.seed)
        let text = try Array(Repository.programme(name).unicodeScalars)
        for round in 0..<Self.rounds {
            let changed = Self.change(text, &random)
            let faults = Programme.check(yaml: changed, file: name)
            let programme = try? Programme(yaml: changed, file: name)
            #expect((programme == nil) == !faults.isEmpty, "seed \(Self.seed), round \(round)")
            #expect(faults.allSatisfy { $0.line != nil && !$0.problem.isEmpty })
        }
    }

    /// The text with one to four changes: a piece taken out, doubled, moved or a scrap put in.
    private static func change(
        _ text: [Unicode.Scalar],
        _ random: inout SmallRandom
    ) -> String {
        var text = text
        for _ in 0...random.below(4) {
            let start = random.below(text.count)
            let piece = start..<min(text.count, start + 1 + random.below(40))
            switch random.below(4) {
            case 0: text.removeSubrange(piece)
            case 1: text.insert(contentsOf: text[piece], at: start)
            case 2: text.insert(contentsOf: text[piece], at: random.below(text.count))
            default:
                let scrap = scraps[random.below(scraps.count)]
                text.insert(contentsOf: scrap.unicodeScalars, at: start)
            }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: text)
        return String(view)
    }
}

/// SplitMix64: small, and the same on every machine.
struct SmallRandom {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(max(limit, 1)))
    }
}
