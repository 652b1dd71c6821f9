import ArgumentParser
import Bootstrap

struct Areas: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Which area a postcode lies in, and how deprived that is.",
        subcommands: [ImportAreas.self]
    )
}

struct ImportAreas: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take in a table of postcodes, areas and deprivation.",
        discussion: """
            Reads a CSV file with the columns postcode, lsoa and imd_decile, or pcds, lsoa21 and imd (a \
            rank) of the National Statistics Postcode Lookup. Every fault is told at once.
            """
    )
    @Argument(help: "The CSV file.")
    var file: String

    @Option(help: "How many areas the index ranks; 32844 in that of 2019, 33755 in that of 2025.")
    var ranks: Int?

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.importAreas(settings, path: file, ranks: ranks, terminal)
        }
    }
}
