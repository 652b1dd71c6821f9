import Foundation
import Kernel
import TestSupport

/// Spoils texts at random, as hands, spreadsheets and disks do.
struct Mutator {
    private var random: RandomGenerator

    init(seed: UInt64) {
        random = RandomGenerator(seed: seed)
        print("fuzzing with seed \(seed)")
    }

    mutating func below(_ count: Int) -> Int { random.below(count) }

    private static let words = [
        "", " ", "yes", "no", "2014-02-30", "2014-03-05", "05/03/2014", "31/12/9999", "-1", "0",
        "99999999999999999999", "gp", "other", "Zoë", "=1+1", "\"", "a,b", "🧑‍🌾", "in-work",
        "9993000019", "M1 1AA", "started", "job", "null", "0001-01-01",
    ]

    /// Changes a few cells, lines or bytes of the files in a folder.
    mutating func mutate(_ folder: String, _ list: ClientList) throws {
        for _ in 0...random.below(3) {
            let names = list.files.keys.sorted()
            guard let name = random.pick(names) else { return }
            let url = URL(fileURLWithPath: "\(folder)/\(name)")
            let bytes = Array(try Data(contentsOf: url))
            switch random.below(4) {
            case 0: try Data(mutated(bytes, times: 2)).write(to: url)
            case 1: try Data(withLinesMoved(bytes)).write(to: url)
            default: try Data(withACellChanged(bytes)).write(to: url)
            }
        }
    }

    /// Flips, drops, doubles and adds bytes.
    mutating func mutated(_ bytes: [UInt8], times: Int) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<times where !bytes.isEmpty {
            let place = random.below(bytes.count)
            switch random.below(5) {
            case 0: bytes[place] ^= UInt8(1 << random.below(8))
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(bytes[place], at: place)
            case 3: bytes.insert(Array(",\"\n\r0:-{}[] ".utf8)[random.below(12)], at: place)
            default:
                let end = min(bytes.count, place + random.below(20))
                bytes.removeSubrange(place..<end)
            }
        }
        return bytes
    }

    private mutating func withLinesMoved(_ bytes: [UInt8]) -> [UInt8] {
        var lines = bytes.split(separator: UInt8(ascii: "\n"))
        guard lines.count > 2 else { return bytes }
        let (one, other) = (1 + random.below(lines.count - 1), 1 + random.below(lines.count - 1))
        switch random.below(3) {
        case 0: lines.swapAt(one, other)
        case 1: lines.insert(lines[one], at: other)
        default: lines.remove(at: one)
        }
        return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    private mutating func withACellChanged(_ bytes: [UInt8]) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        var lines = text.split(separator: "\n").map { String($0) }
        guard lines.count > 1 else { return bytes }
        let line = 1 + random.below(lines.count - 1)
        var cells = lines[line].split(separator: ",", omittingEmptySubsequences: false).map {
            String($0)
        }
        cells[random.below(cells.count)] = random.pick(Self.words) ?? ""
        lines[line] = cells.joined(separator: ",")
        return Array(lines.joined(separator: "\n").utf8)
    }

    /// Another text in the place of a JSON payload: bytes spoilt, or numbers and words replaced.
    mutating func damaged(_ payload: String) -> String {
        if random.below(3) == 0 {
            let words = [
                "9223372036854775807", "-9223372036854775808", "1e999", "true", "[]", "{}",
            ]
            let word = random.pick(words) ?? ""
            let digits = payload.firstRange(of: #/:[0-9]+/#)
            let text = payload.firstRange(of: #/:"[^"]*"/#)
            if let place = random.below(2) == 0 ? digits ?? text : text ?? digits {
                return payload.replacingCharacters(in: place, with: ":" + word)
            }
        }
        let bytes = mutated(Array(payload.utf8), times: 1 + random.below(3)).filter { $0 != 0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}
