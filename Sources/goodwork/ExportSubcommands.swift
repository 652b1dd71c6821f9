import ArgumentParser
import Bootstrap

struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Export facts, a report, or the journal; each export is logged with its purpose.",
        subcommands: [Facts.self, ReportFile.self, Journal.self]
    )

    struct Facts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The facts of a programme, with a file that describes each column."
        )
        @Argument(help: "The programme's id.")
        var programme: String

        @Option(help: "csv, json, xlsx or parquet.")
        var format = "csv"

        @OptionGroup var target: Target

        func run() async throws {
            try await target.common.run { settings, terminal in
                if format == "csv" {
                    try await Commands.export(
                        settings,
                        programme: programme,
                        to: target.to,
                        reason: target.purpose,
                        terminal
                    )
                } else {
                    try await Commands.exportFacts(
                        settings,
                        programme: programme,
                        format: format,
                        to: target.to,
                        purpose: target.purpose ?? "",
                        terminal
                    )
                }
            }
        }
    }

    struct ReportFile: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "report",
            abstract: "A programme's report; unless it is operational, it enters the register."
        )
        @OptionGroup var asked: Asked

        @Option(help: "csv, json, xlsx or parquet.")
        var format = "xlsx"

        @OptionGroup var target: Target

        func run() async throws {
            try await target.common.run { settings, terminal in
                try await Commands.exportReport(
                    settings,
                    asked.options,
                    format: format,
                    to: target.to,
                    purpose: target.purpose ?? "",
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
                try await Commands.export(
                    settings,
                    programme: nil,
                    to: target.to,
                    reason: target.purpose,
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
