import Foundation

/// `goodwork-bench`: prints the speed of imports, reports and replay as ratios, in one run.
///
/// Each phase runs in a process of its own, so that the peaks of memory are separate. Run it in the
/// package's folder, which has `programmes`, `fixtures` and `Bench`.
@main
struct Main {
    static func main() async {
        do {
            let options = try BenchOptions(CommandLine.arguments)
            if let phase = options.phase {
                try await phase.run(options)
            } else {
                try Bench(options).run()
            }
        } catch {
            FileHandle.standardError.write(Data("goodwork-bench: \(error)\n".utf8))
            exit(1)
        }
    }
}

/// What the benchmark was asked for.
struct BenchOptions {
    /// The Python that has duckdb.
    var python = ".venv/bin/python"
    /// The Python that has fhirstarter, which wants an older FastAPI.
    var starterPython = ".venv-fhirstarter/bin/python"
    /// In which folder the benchmark makes one for its files while it runs.
    var folder = ".build"
    /// The phase to run in this process; nil runs all of them, each in its own.
    var phase: Phase?
    /// Whether the imports and reports are left out.
    var onlyServing = false
    /// Cases in the imported list.
    var casesToImport = 100_000
    /// Cases in the report.
    var casesToReport = 1_000_000
    /// Cases in the claim.
    var casesToClaim = 200_000

    init(_ arguments: [String]) throws {
        var words = arguments.dropFirst()
        while let option = words.popFirst() {
            if option == "--only-serving" {
                onlyServing = true
                continue
            }
            guard let value = words.popFirst() else { throw BenchError("\(option) has no value") }
            switch option {
            case "--python": python = value
            case "--starter-python": starterPython = value
            case "--folder": folder = value
            case "--phase": phase = Phase(rawValue: value)
            default:
                throw BenchError(
                    "\(option) is not known: --python, --starter-python, --folder, --phase, "
                        + "--only-serving"
                )
            }
        }
        casesToImport = try Self.number("BENCH_CASES_IMPORT") ?? casesToImport
        casesToReport = try Self.number("BENCH_CASES_REPORT") ?? casesToReport
        casesToClaim = try Self.number("BENCH_CASES_CLAIM") ?? casesToClaim
    }

    private static func number(_ name: String) throws -> Int? {
        guard let text = ProcessInfo.processInfo.environment[name] else { return nil }
        guard let number = Int(text), number > 0 else {
            throw BenchError("\(name)=\(text) is not a number of cases")
        }
        return number
    }

    /// The program that serves, built beside this one.
    var goodwork: String {
        let own = URL(fileURLWithPath: CommandLine.arguments[0])
        return own.deletingLastPathComponent().appendingPathComponent("goodwork").path
    }

    /// What a phase in a process of its own is told.
    var places: [String] {
        ["--folder", folder, "--python", python, "--starter-python", starterPython]
    }

    /// The folder of the benchmark's files.
    var files: String { "\(folder)/bench-files" }

    /// The path of a file of the benchmark.
    func path(_ name: String) -> String { "\(files)/\(name)" }

    /// Removes a database that an earlier run left.
    func removeDatabase(_ name: String) {
        for end in ["", "-wal", "-shm", ".key"] {
            try? FileManager.default.removeItem(atPath: path(name) + end)
        }
    }
}

/// Why the benchmark cannot go on.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
