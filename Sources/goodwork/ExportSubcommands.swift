import ArgumentParser
import Bootstrap

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Export facts, a report, or the journal; each export is logged with its purpose.",
        subcommands: [Facts.self, ReportFile.self, Journal.self]
    )

    struct Facts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "The facts of a programme; CSV has a file beside it that describes each column."
        )
        @Argument(help: "The programme's id.")
        var programme: String

        @Option(help: "csv, json, xlsx or parquet; else as --to ends, or csv.")
        var format: String?

        @OptionGroup var target: Target

        func run() async throws {
            try await target.common.run { settings, terminal in
                try await Commands.exportFacts(
                    settings,
                    programme: programme,
                    to: Destination(target.to, format: format),
                    purpose: target.purpose,
                    terminal
                )
            }
        }
    }

    struct ReportFile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "report",
            abstract: "A programme's report; unless it is operational, it enters the register."
        )
        @OptionGroup var asked: Asked

        @Option(help: "csv, json, xlsx or parquet; else as --to ends.")
        var format: String?

        @OptionGroup var target: Target

        func run() async throws {
            try await target.common.run { settings, terminal in
                try await Commands.exportReport(
                    settings,
                    asked.options,
                    to: Destination(target.to, format: format),
                    purpose: target.purpose,
                    terminal
                )
            }
        }
    }

    struct Journal: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every event, one line of JSON each; what is sealed stays sealed."
        )
        @OptionGroup var target: Target

        func run() async throws {
            try await target.common.run { settings, terminal in
                try await Commands.exportJournal(
                    settings,
                    to: Destination(target.to),
                    purpose: target.purpose,
                    terminal
                )
            }
        }
    }

    struct Target: ParsableArguments {
        @Option(help: "A file; else standard output.")
        var to: String?

        @Option(
            name: [.customLong("purpose"), .customLong("reason")],
            help: "What it is for; required, and kept in the access log."
        )
        var purpose: String?

        @OptionGroup var common: Common
    }
}

struct Releases: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List what has left the case team, newest first."
    )
    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.releases(settings, terminal)
        }
    }
}
