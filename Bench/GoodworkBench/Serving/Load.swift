import Foundation

/// Requests by `wrk`, over 32 connections from two threads.
struct Load {
    private let script: String
    private let url: String
    private let arguments: [String]

    init(script: String, url: String, _ arguments: [String]) {
        self.script = script
        self.url = url
        self.arguments = arguments
    }

    /// What came of it.
    struct Result {
        var perSecond: Double
        /// Milliseconds.
        var median: Double
        var p99: Double

        func note(as name: String, in figures: inout Figures) {
            figures["\(name)_per_second"] = perSecond
            figures["\(name)_median"] = median
            figures["\(name)_p99"] = p99
        }
    }

    /// Asks for so many seconds, after two that are not counted.
    ///
    /// - Throws: when any answer is not what it should be.
    func run(seconds: Int, warmUp: Bool) throws -> Result {
        if warmUp { _ = try once(seconds: 2, run: 0) }
        return try once(seconds: seconds, run: 1)
    }

    private func once(seconds: Int, run: Int) throws -> Result {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            [
                "wrk", "-t2", "-c32", "-d\(seconds)s", "--timeout", "10s", "-s",
                "Bench/\(script).lua", url, "--",
            ] + arguments + [String(run)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        let line = text.split(separator: "\n").last { $0.hasPrefix("figures ") }
        let numbers = line?.split(separator: " ").dropFirst().compactMap { Double($0) } ?? []
        guard process.terminationStatus == 0, numbers.count == 5, numbers[1] > 0 else {
            throw BenchError("wrk of \(url) failed: \(text)")
        }
        guard numbers[0] > 0, numbers[4] == 0 else {
            let (bad, all) = (numbers[4].whole, numbers[0].whole)
            throw BenchError("\(bad) of \(all) answers of \(url) are not what they should be")
        }
        return Result(
            perSecond: numbers[0] / numbers[1] * 1e6,
            median: numbers[2] / 1_000,
            p99: numbers[3] / 1_000
        )
    }
}
