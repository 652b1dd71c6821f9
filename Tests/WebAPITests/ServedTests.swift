import Foundation
import TestSupport
import Testing

/// A real server, asked by programs that others wrote: `check/check.py`.
@Suite(.serialized, .timeLimit(.minutes(15))) struct ServedTests {
    /// What was wrong, by the name of the check.
    private struct Run: Sendable {
        var faults: [String: [String]] = [:]
        /// Why there are no more lines; nil when it came to its end.
        var stopped: String?
    }

    private struct Line: Decodable {
        var check: String
        var faults: [String]
    }

    /// The run that all checks read; it begins when the first one asks.
    private static let run = Task { try await started("check.py") }
    /// The same for what leaves by itself: `check/told.py`.
    private static let told = Task { try await started("told.py") }
    private static let limitSeconds: Double = 840

    @Test(
        "Programs of others work with it",
        arguments: [
            "examples", "tokens", "shown_keys", "document", "directory", "schemathesis",
            "errors", "verified", "fhir_examples", "fhirclient", "fhirpy", "parsed",
        ]
    )
    func check(_ name: String) async throws {
        let run = try await Self.run.value
        let faults = try #require(run.faults[name], "\(run.stopped ?? "it was not checked")")
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    @Test(
        "Programs of others are told, and take records away",
        arguments: ["webhooks", "subscriptions", "smart_fetch", "restart", "cloaked", "private"]
    )
    func leaving(_ name: String) async throws {
        let run = try await Self.told.value
        let faults = try #require(run.faults[name], "\(run.stopped ?? "it was not checked")")
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    private static func started(_ script: String) async throws -> Run {
        let python = Fixtures.root + "/.venv/bin/python"
        guard FileManager.default.isExecutableFile(atPath: python) else {
            return Run(stopped: ".venv is missing: run `make venv` (Debian's python3-venv)")
        }
        var run = Run()
        try await withTemporaryDirectory { folder in
            let (output, errors) = ("\(folder)/lines", "\(folder)/errors")
            for path in [output, errors] {
                _ = FileManager.default.createFile(atPath: path, contents: nil)
            }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: python)
            process.arguments = [
                Fixtures.root + "/Tests/WebAPITests/check/\(script)", try program(),
                Fixtures.programmes, Fixtures.root,
            ]
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle(forWritingAtPath: output)
            process.standardError = FileHandle(forWritingAtPath: errors)
            try process.run()
            let deadline = Date(timeIntervalSinceNow: limitSeconds)
            while process.isRunning, Date() < deadline {
                try await Task.sleep(for: .milliseconds(100))
            }
            if process.isRunning {
                run.stopped = "the checks did not end in \(Int(limitSeconds)) seconds"
                // The script ends its server itself when it is told to end.
                process.terminate()
            }
            process.waitUntilExit()
            for line in try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n") {
                let read = try JSONDecoder().decode(Line.self, from: Data(line.utf8))
                run.faults[read.check, default: []] += read.faults
            }
            if process.terminationStatus != 0, run.stopped == nil {
                run.stopped = try String(contentsOfFile: errors, encoding: .utf8)
            }
        }
        return run
    }

    /// The executable beside the one that runs the tests.
    private static func program() throws -> String {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let places = [own.path, CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath)
        let found = places.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().path + "/goodwork"
        }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
        return try #require(found, "goodwork is not built beside the tests")
    }
}
