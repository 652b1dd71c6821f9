import Application
import Kernel
import Measures

/// How a trajectory is printed.
public enum TrajectoryFormat: String, CaseIterable, Sendable {
    case text
    case csv
    case json
}

extension Commands {
    /// Prints what was planned beside what came about.
    public static func trajectory(
        _ configuration: Configuration,
        _ options: ReportOptions,
        by: String?,
        format: TrajectoryFormat,
        _ terminal: Terminal
    ) async throws {
        let question = try options.question()
        let parts = try by.map { word in
            guard let by = Trajectory.By(rawValue: word) else {
                let known = Trajectory.By.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError("--by \(word) is not known: \(known).", exit: .usage)
            }
            return by
        }
        let installation = try await Installation.open(configuration)
        let found = try await installation.goodwork.trajectory(
            question,
            by: parts,
            for: installation.actor
        )
        try await installation.close()
        switch terminal.json ? .json : format {
        case .text: terminal.print(found.text)
        case .csv: terminal.print(found.csv)
        case .json: terminal.print(String(decoding: found.json, as: UTF8.self))
        }
    }
}
