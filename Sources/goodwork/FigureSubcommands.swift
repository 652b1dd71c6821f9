import ArgumentParser
import Bootstrap

struct RunCharts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spc",
        abstract: "Judge series of figures as run charts (XmR, plot-the-dots).",
        discussion: """
            Reads a CSV file with the columns series, point and value; needs no database. \
            docs/spc.md explains the rules.
            """
    )
    @Argument(help: "The CSV file.")
    var file: String

    @Option(help: "Which way is better: up, down or neither.")
    var better = "neither"

    @Option(help: "The target that the figures are held to.")
    var target: Double?

    @Option(help: "The point from which limits are reckoned anew; needs --reason.")
    var rebase: String?

    @Option(help: "What changed at the point of --rebase.")
    var reason: String?

    @Option(help: "Only the first so many points of each part make its limits.")
    var baseline: Int?

    @Flag(name: .customLong("no-screening"), help: "Keep outlying moving ranges.")
    var keepsAll = false

    @Option(help: "text, csv or json.")
    var format: RunChartOptions.Format = .text

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { _, terminal in
            let options = RunChartOptions(
                file: file,
                better: better,
                target: target,
                rebase: rebase,
                reason: reason,
                baseline: baseline,
                screens: !keepsAll
            )
            try Commands.spc(options, format: format, terminal)
        }
    }
}

struct Trajectories: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trajectory",
        abstract: "Set a programme's plan beside what came about, with a forecast."
    )
    @Argument(help: "The programme's id.")
    var programme: String

    @Option(help: "The day described (YYYY-MM-DD); else the programme file's, or today.")
    var asAt: String?

    @Option(help: "Also each strand, provider or locality.")
    var by: String?

    @Option(help: "text, csv or json.")
    var format: TrajectoryFormat = .text

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            let options = ReportOptions(programme: programme, asAt: asAt, knownAt: nil, by: nil)
            try await Commands.trajectory(settings, options, by: by, format: format, terminal)
        }
    }
}

extension TrajectoryFormat: ExpressibleByArgument {}
extension RunChartOptions.Format: ExpressibleByArgument {}
