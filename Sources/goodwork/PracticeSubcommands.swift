import ArgumentParser
import Bootstrap

struct Practice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Employment status in practices' records: import it, count it, give it back.",
        discussion: "docs/primary-care.md explains the columns, the codes and the rules.",
        subcommands: [ImportExtract.self]
    )

    struct ImportExtract: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract: "Import a practice's extract: CSV, a FHIR bundle (.json) or NDJSON (.ndjson).",
            discussion: """
                All of it is imported, or nothing. The same extract again adds nothing; what it says \
                otherwise is a correction, and what was said before is kept.
                """
        )
        @Argument(help: "The files of the extract.")
        var files: [String]

        @Option(help: "The day that the extract describes (YYYY-MM-DD); else today.")
        var takenOn: String?

        @Option(help: "The ODS code of the practice, for rows that name none.")
        var practice: String?

        @Option(help: "A column: THEIRS=OURS, or THEIRS=- to pass over it. May be repeated.")
        var map: [String] = []

        @Option(help: "A file of such lines.")
        var mapFile: String?

        @Flag(help: "Import the sound rows, and write the faulty ones with the reasons to a file.")
        var skipFaulty = false

        @Option(help: "Where faulty rows are written; else practice.faulty.csv.")
        var faultyFile: String?

        @OptionGroup var common: Common

        func run() async throws {
            let options = ExtractOptions(
                files: files,
                day: takenOn,
                practice: practice,
                map: map,
                mapFile: mapFile,
                skipsFaulty: skipFaulty,
                faultyFile: faultyFile
            )
            try await common.run { settings, terminal in
                try await Commands.importExtract(settings, options, terminal)
                return true
            }
        }
    }
}
