import Foundation

/// Named numbers that a phase hands to the process that started it, by way of a file.
struct Figures {
    private(set) var values: [String: Double] = [:]

    init() {}

    /// Reads what a phase wrote: a name and a number a line.
    init(path: String) throws {
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let value = Double(words[1]) else {
                throw BenchError("\(path) has a line that is no figure: \(line)")
            }
            values[String(words[0])] = value
        }
    }

    subscript(_ name: String) -> Double? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// A figure that has to be there.
    func need(_ name: String) throws -> Double {
        guard let value = values[name] else { throw BenchError("there is no figure \(name)") }
        return value
    }

    /// These or those of another run, whichever took fewer `seconds`.
    func fastest(_ other: Figures) throws -> Figures {
        guard let seconds = values["seconds"] else { return other }
        return try other.need("seconds") < seconds ? other : self
    }

    func write(to path: String) throws {
        let lines = values.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }
        try lines.joined().write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// Notes the most memory that this process has held, in MB, as `peak`.
    mutating func notePeak() throws {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(separator: " ").compactMap { Double($0) }.first
        guard let kilobytes else { throw BenchError("/proc/self/status has no VmHWM") }
        values["peak"] = kilobytes * 1_024 / 1_000_000
    }
}

/// Times work by a clock that does not go back.
enum Stopwatch {
    /// Seconds that some work takes.
    static func seconds<Result>(_ work: () throws -> Result) rethrows -> (Double, Result) {
        let start = ContinuousClock.now
        let result = try work()
        return ((ContinuousClock.now - start).seconds, result)
    }

    /// Seconds that some work takes.
    static func seconds<Result>(
        _ work: () async throws -> Result
    ) async rethrows -> (Double, Result) {
        let start = ContinuousClock.now
        let result = try await work()
        return ((ContinuousClock.now - start).seconds, result)
    }

    /// The median of the seconds that some work takes, after runs that are not counted.
    static func median(
        of runs: Int,
        after warmUps: Int,
        _ work: () throws -> Void
    ) rethrows -> Double {
        for _ in 0..<warmUps { try work() }
        let times = try (0..<runs).map { _ in try seconds(work).0 }
        return times.sorted()[runs / 2]
    }
}

extension Duration {
    /// The duration in seconds.
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
