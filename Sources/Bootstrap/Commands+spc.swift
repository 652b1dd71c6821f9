import Application
import Foundation
import Kernel
import Measures

/// Run charts as they are asked for on the command line.
public struct RunChartOptions: Sendable {
    /// How they are printed.
    public enum Format: String, CaseIterable, Sendable {
        case text
        case csv
        case json
    }

    var file: String
    var better: String
    var target: Double?
    var rebase: String?
    var reason: String?
    var baseline: Int?
    var screens: Bool

    /// Takes the options as they were written.
    public init(
        file: String,
        better: String,
        target: Double?,
        rebase: String?,
        reason: String?,
        baseline: Int?,
        screens: Bool
    ) {
        self.file = file
        self.better = better
        self.target = target
        self.rebase = rebase
        self.reason = reason
        self.baseline = baseline
        self.screens = screens
    }

    fileprivate func options() throws -> RunChart.Options {
        guard let better = RunChart.Better(rawValue: better) else {
            let known = RunChart.Better.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError("--better \(better) is not known: \(known).", exit: .usage)
        }
        var rebases: [RunChart.Rebase] = []
        if let rebase {
            guard let sound = RunChart.Rebase(from: rebase, reason: reason ?? "") else {
                let says = "--rebase needs --reason: say what changed on \(rebase)."
                throw CommandError(says, exit: .usage)
            }
            rebases = [sound]
        } else if reason != nil {
            throw CommandError("--reason goes with --rebase POINT.", exit: .usage)
        }
        if let baseline, baseline < RunChart.pointsMin {
            let says = "--baseline is at least \(RunChart.pointsMin) points."
            throw CommandError(says, exit: .usage)
        }
        return RunChart.Options(
            better: better,
            target: target,
            rebases: rebases,
            baseline: baseline,
            screens: screens
        )
    }
}

extension Commands {
    /// Judges the series of a CSV file as run charts.
    public static func spc(
        _ asked: RunChartOptions,
        format: RunChartOptions.Format,
        _ terminal: Terminal
    ) throws {
        let options = try asked.options()
        guard FileManager.default.fileExists(atPath: asked.file) else {
            throw CommandError.noFile(asked.file)
        }
        let series: [RunSeries]
        do throws(Faults) {
            series = try RunSeriesFile.read(path: asked.file)
        } catch {
            let says = "\(counted(error.faults.count, "fault")) in \(asked.file)."
            throw CommandError(says, exit: .faults, faults: error.faults)
        }
        if let rebase = asked.rebase,
            !series.contains(where: { $0.points.contains { $0.label == rebase } })
        {
            throw CommandError("No series has the point \(rebase).", exit: .notFound)
        }
        let report = RunReport(series, options)
        switch terminal.json ? .json : format {
        case .text: terminal.print(report.text)
        case .csv: terminal.print(report.csv)
        case .json: terminal.print(String(decoding: report.json, as: UTF8.self))
        }
    }
}
