import Kernel
import Testing

@Suite("JSON under random input")
struct JSONFuzzTests {
    /// A random value, less deep as `room` shrinks.
    private func value(_ random: inout RandomGenerator, room: Int) -> JSONValue {
        switch random.below(room > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(random.below(2) == 0)
        case 2: return .int(Int(bitPattern: UInt(random.next())))
        case 3: return .number("\(random.unit())")
        case 4: return .string(text(&random))
        case 5:
            return .array((0..<random.below(5)).map { _ in value(&random, room: room - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<random.below(20) { object[text(&random)] = value(&random, room: room - 1) }
            return .object(object)
        }
    }

    /// A random string with quotes, escapes, control characters and characters of every length.
    private func text(_ random: inout RandomGenerator) -> String {
        let parts = ["a", "key", "\"", "\\", "\n", "\u{1}", "é", "€", "😀", "plain text ", "/", "u"]
        return (0..<random.below(8)).map { _ in random.pick(parts) ?? "" }.joined()
    }

    @Test("Random values are written and read back the same", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var random = RandomGenerator(seed: seed)
        for round in 0..<1_000 {
            let value = value(&random, room: 4)
            #expect(try JSONValue(parsing: value.text) == value, "seed \(seed), round \(round)")
            let skipped = try Array(value.text.utf8).withUnsafeBufferPointer { bytes in
                var parser = JSONParser(bytes: bytes)
                try parser.skipValue()
                return (index: parser.index, depth: parser.depth)
            }
            #expect(skipped.index == value.text.utf8.count, "seed \(seed), round \(round)")
            #expect(skipped.depth == 0)
        }
    }

    @Test(
        "Mutated texts are refused with a fault or read to a value that reads back the same",
        arguments: [10, 11, 12, 13] as [UInt64]
    )
    func mutations(seed: UInt64) {
        var random = RandomGenerator(seed: seed)
        let alphabet = Array("{}[]\":,\\u0d8e-+.1tfn \n\u{1}é".utf8) + [0xFF, 0xC0, 0xED, 0xA0, 0]
        for round in 0..<3_000 {
            var bytes = Array(value(&random, room: 3).text.utf8)
            for _ in 0...random.below(4) {
                let byte = random.pick(alphabet) ?? 0
                let index = random.below(bytes.count)
                switch random.below(4) {
                case 0 where !bytes.isEmpty: bytes[index] = byte
                case 1 where !bytes.isEmpty: bytes.remove(at: index)
                case 2 where !bytes.isEmpty: bytes.removeSubrange(index...)
                default: bytes.insert(byte, at: index)
                }
            }
            do throws(JSONFault) {
                let value = try JSONValue(parsing: bytes)
                let again = try JSONValue(parsing: value.text)
                #expect(again == value, "seed \(seed), round \(round)")
            } catch {
                let inside = error.offset >= 0 && error.offset <= bytes.count
                #expect(inside && error.line >= 1, "seed \(seed), round \(round)")
            }
        }
    }
}
