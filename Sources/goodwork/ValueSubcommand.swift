import ArgumentParser
import Bootstrap

struct Value: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what a programme cost and what came of it, in money.",
        discussion: """
            Reads an appraisal of the folder costs/ (or GOODWORK_COSTS), and the counts of the \
            programme's report. docs/cost-benefit.md explains each figure.
            """
    )
    @Argument(help: "The programme's id, or an appraisal's file (.yaml).")
    var appraisal: String

    @Option(help: "The day described (YYYY-MM-DD); else the programme file's, or today.")
    var asAt: String?

    @Option(help: "Who it is for: board, published or operational (nothing kept back).")
    var audience: String?

    @Option(
        name: .customLong("set"),
        help: "Put an assumption at another value: entered-work.deadweight=50. May be repeated."
    )
    var settings: [String] = []

    @Option(help: "text, csv, json, markdown or html.")
    var format: ReportFormat = .text

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { configuration, terminal in
            try await Commands.value(
                configuration,
                appraisal,
                asAt: asAt,
                audience: audience,
                settings: settings,
                format: format,
                terminal
            )
        }
    }
}
