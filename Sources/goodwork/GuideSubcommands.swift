import ArgumentParser
import Bootstrap

struct GuideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "guide",
        abstract: "The service guide, as Open Referral UK 3.0.",
        subcommands: [ImportGuide.self, ExportGuide.self]
    )
}

struct ImportGuide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take services into the guide: all of them, or none.",
        discussion: """
            Reads Open Referral UK JSON (a service, a list, a page, or an object with lists), or a \
            folder of its tables as CSV. Services that are there, by their ids, are replaced; the \
            others stay. Every fault is told at once.
            """
    )
    @Argument(help: "A JSON file, a CSV file, or a folder of CSV files.")
    var path: String

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.importGuide(settings, path: path, terminal)
        }
    }
}

struct ExportGuide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the services that are kept here as JSON, or as a folder of tables."
    )
    @Option(help: "json, or csv: then --to is a folder; else as --to ends.")
    var format: String?

    @Option(help: "Where it is written; JSON goes to standard output without it.")
    var to: String?

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.exportGuide(
                settings,
                to: Destination(to, format: format),
                terminal
            )
        }
    }
}
