import Foundation

/// A part of the benchmark that runs in a process of its own and leaves its figures in a file.
enum Phase: String, CaseIterable {
    case list
    case importing = "import"
    case bare
    case replay
    case facts
    case report
    case disclosure
    case dashboard
    case sqlite
    case limits
    case serving
    case handling
    case claiming
    case practice
    case coding

    /// Runs the phase in this process.
    func run(_ options: BenchOptions) async throws {
        var figures: Figures
        switch self {
        case .list: figures = try ClientList.make(options)
        case .importing: figures = try await Importing.run(options)
        case .bare: figures = try BareInserts.run(options)
        case .replay: figures = try await Replay.run(options)
        case .facts: figures = try await ManyFacts.make(options)
        case .report: figures = try await Reporting.run(options)
        case .disclosure: figures = Disclosing.run()
        case .dashboard: figures = try await DashboardCounting.run(options)
        case .sqlite: figures = try SQLiteReport.run(options)
        case .limits: figures = try Limits.run(options)
        case .serving: figures = try await Serving.run(options)
        case .handling: figures = try await Handling.run(options)
        case .claiming: figures = try await Claiming.run(options)
        case .practice: figures = try await PracticeReporting.run(options)
        case .coding: figures = try Coding.run(options)
        }
        try figures.notePeak()
        try figures.write(to: options.path("\(rawValue).figures"))
    }

    /// Runs the phase in a process of its own and reads its figures.
    func figures(_ options: BenchOptions) throws -> Figures {
        try Process.finish(
            CommandLine.arguments[0],
            ["--phase", rawValue, "--folder", options.folder, "--python", options.python],
            quietly: true
        )
        return try Figures(path: options.path("\(rawValue).figures"))
    }
}

extension Process {
    /// Runs a program to its end.
    ///
    /// - Parameter quietly: whether what it prints, but for errors, is not shown.
    static func finish(
        _ path: String,
        _ arguments: [String],
        environment: [String: String] = [:],
        quietly: Bool
    ) throws {
        let process = Process()
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if quietly { process.standardOutput = FileHandle.nullDevice }
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchError("\(path) \(arguments.joined(separator: " ")) failed")
        }
    }
}
