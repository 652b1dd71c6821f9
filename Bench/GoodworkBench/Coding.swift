import FHIRModel
import Foundation
import Kernel

/// Decodes and encodes a resource of 3 kB, beside Python's orjson and Foundation's coders.
///
/// Ours reads the text as FHIR: types, cardinality and required codes are checked, and what stands
/// where is kept. The others read JSON and check nothing, but for `fhir.resources`.
enum Coding {
    private static let times = 2_000

    static func run(_ options: BenchOptions) throws -> Figures {
        let path = options.path("resource.json")
        try Process.finish(options.python, ["Bench/json/resource.py", path], quietly: true)
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let bytes = [UInt8](data)
        let resource = try FHIRResource(parsing: bytes)
        let value = try JSONValue(parsing: bytes)
        guard try JSONValue(parsing: resource.encoded) == value else {
            throw BenchError("the resource is not the same after it was read and written")
        }
        let any = try JSONSerialization.jsonObject(with: data)
        let tree = try JSONDecoder().decode(Tree.self, from: data)
        let (decoder, encoder) = (JSONDecoder(), JSONEncoder())
        var figures = Figures()
        figures["bytes"] = Double(bytes.count)
        figures["fhir_decode"] = try each { _ = try FHIRResource(parsing: bytes) }
        figures["fhir_encode"] = each { _ = resource.encoded }
        figures["value_decode"] = try each { _ = try JSONValue(parsing: bytes) }
        figures["value_encode"] = each { _ = value.text }
        figures["serialization_decode"] = try each {
            _ = try JSONSerialization.jsonObject(with: data)
        }
        figures["serialization_encode"] = try each {
            _ = try JSONSerialization.data(withJSONObject: any)
        }
        figures["codable_decode"] = try each { _ = try decoder.decode(Tree.self, from: data) }
        figures["codable_encode"] = try each { _ = try encoder.encode(tree) }
        let others = options.path("codecs.figures")
        try Process.finish(options.python, ["Bench/json/codecs.py", path, others], quietly: true)
        for (name, seconds) in try Figures(path: others).values { figures[name] = seconds }
        return figures
    }

    /// Seconds for one of many.
    private static func each(_ work: () throws -> Void) rethrows -> Double {
        try Stopwatch.median(of: 21, after: 2) {
            for _ in 0..<times { try work() }
        } / Double(times)
    }

    /// Any JSON, by Codable.
    private indirect enum Tree: Codable {
        case text(String)
        case list([Tree])
        case object([String: Tree])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let list = try? container.decode([Tree].self) {
                self = .list(list)
            } else {
                self = .object(try container.decode([String: Tree].self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .text(let text): try container.encode(text)
            case .list(let list): try container.encode(list)
            case .object(let object): try container.encode(object)
            }
        }
    }
}

extension Results {
    /// How coding went, in words.
    func codingText() throws -> String {
        func line(_ words: String, _ name: String) throws -> String {
            let decode = try coding.need("\(name)_decode")
            let encode = try coding.need("\(name)_encode")
            let name = words.padding(toLength: 42, withPad: " ", startingAt: 0)
            return "  \(name)decoded in \((decode * 1e6).places(1)) µs, "
                + "encoded in \((encode * 1e6).places(1)) µs"
        }
        return try [
            "A ServiceRequest of \(coding.need("bytes").whole) bytes",
            line("Goodwork, as FHIR, checked", "fhir"),
            line("Goodwork, as JSON", "value"),
            line("Python's orjson, as JSON", "orjson"),
            line("Python's json, as JSON", "json"),
            line("Python's fhir.resources, as FHIR, checked", "model"),
            line("Foundation's JSONSerialization, as JSON", "serialization"),
            line("Foundation's JSONDecoder and -Encoder", "codable"),
        ].joined(separator: "\n")
    }
}
