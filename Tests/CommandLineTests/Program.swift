import Foundation
import TestSupport
import Testing

/// The built `goodwork`, run as people run it, in a folder of its own.
struct Program {
    let folder: String
    /// What is set in the environment besides the path.
    var environment: [String: String] = [:]

    /// What a run printed, and how it ended.
    struct Outcome: Sendable {
        var exit: Int32
        var output: String
        var errors: String

        /// Standard output as JSON.
        func json() throws -> Any {
            try JSONSerialization.jsonObject(
                with: Data(output.utf8),
                options: [.fragmentsAllowed]
            )
        }

        /// A member of the object on standard output.
        func member<T>(_ name: String) throws -> T {
            let object = try #require(try json() as? [String: Any])
            return try #require(object[name] as? T)
        }

        /// The failure on the last line of standard error, as JSON.
        func failure() throws -> [String: Any] {
            let line = try #require(errors.split(separator: "\n").last)
            let json = try JSONSerialization.jsonObject(with: Data(line.utf8))
            return try #require((json as? [String: Any])?["error"] as? [String: Any])
        }
    }

    /// The executable beside the one that runs the tests.
    static func executable() throws -> String {
        let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let places = [own.path, CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath)
        let found = places.map {
            URL(fileURLWithPath: $0).deletingLastPathComponent().path + "/goodwork"
        }
        .first { FileManager.default.isExecutableFile(atPath: $0) }
        return try #require(found, "goodwork is not built beside the tests")
    }

    /// Starts a run, its output going to files in the folder.
    func start(_ arguments: [String], output: String, errors: String) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try Self.executable())
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        var all = ["PATH": "/usr/bin:/bin", "GOODWORK_PROGRAMMES": Fixtures.programmes]
        all.merge(environment) { $1 }
        process.environment = all
        process.standardInput = FileHandle.nullDevice
        for path in [output, errors] {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        return process
    }

    /// Runs it to its end, or for five minutes.
    func run(_ arguments: String...) async throws -> Outcome {
        try await run(arguments)
    }

    func run(_ arguments: [String]) async throws -> Outcome {
        let run = UUID().uuidString
        let (output, errors) = ("\(folder)/.\(run).out", "\(folder)/.\(run).err")
        let process = try start(arguments, output: output, errors: errors)
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(300)
        while process.isRunning, clock.now < deadline {
            try await Task.sleep(for: .milliseconds(5))
        }
        if process.isRunning {
            kill(process.processIdentifier, SIGKILL)
            Issue.record("goodwork \(arguments.joined(separator: " ")) did not end")
        }
        process.waitUntilExit()
        return Outcome(
            exit: process.terminationStatus,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8)
        )
    }
}

/// Lends the program in an empty folder.
func withProgram(_ body: (Program) async throws -> Void) async throws {
    try await withTemporaryDirectory { try await body(Program(folder: $0)) }
}
