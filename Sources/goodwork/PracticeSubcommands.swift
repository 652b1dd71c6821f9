import ArgumentParser
import Bootstrap

struct Practice: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Employment status in practices' records: import it, count it, give it back.",
        discussion: "docs/primary-care.md explains the columns, the codes and the rules.",
        subcommands: [
            ImportExtract.self, Figures.self, Worklist.self, Sheet.self, Return.self, Audit.self,
        ]
    )

    struct ImportExtract: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import",
            abstract:
                "Import a practice's extract: CSV, a FHIR bundle (.json) or NDJSON (.ndjson).",
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
            }
        }
    }

    struct Figures: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "report",
            abstract: "Print coverage, people off sick, fit notes, referrals and the 5Rs."
        )
        @Option(help: "One practice, by its ODS code; else all.")
        var practice: String?

        @Option(help: "coverage, months, off-sick, fit-notes, baseline or five-rs; else all.")
        var part: String?

        @Option(help: "The day described (YYYY-MM-DD); else today.")
        var asAt: String?

        @Option(help: "Use only what extracts up to this day had told.")
        var knownOn: String?

        @Option(help: "Who it is for: board, published or operational (nothing kept back).")
        var audience: String?

        @Option(help: "How many month ends coverage is followed over, up to 60.")
        var months = 25

        @Option(help: "text, csv, json or html.")
        var format: PracticeFormat = .text

        @OptionGroup var common: Common

        func run() async throws {
            let options = PracticeReportOptions(
                practice: practice,
                part: part,
                asAt: asAt,
                knownOn: knownOn,
                audience: audience,
                months: months
            )
            try await common.run { settings, terminal in
                try await Commands.practiceReport(settings, options, format: format, terminal)
            }
        }
    }

    struct Worklist: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List a practice's patients who might be offered support, for it alone."
        )
        @Argument(help: "The practice's ODS code.")
        var practice: String

        @Option(help: "The day described (YYYY-MM-DD); else today.")
        var asAt: String?

        @Option(help: "text, csv or json.")
        var format: PracticeFormat = .text

        @Option(help: "Why; kept in the access log.")
        var reason: String

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.practiceWorklist(
                    settings,
                    practice: practice,
                    asAt: asAt,
                    format: format,
                    reason: reason,
                    terminal
                )
            }
        }
    }

    struct Sheet: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write a practice's feedback sheet as HTML or PDF."
        )
        @Argument(help: "The practice's ODS code.")
        var practice: String

        @Option(help: "The day described (YYYY-MM-DD); else today.")
        var asAt: String?

        @Option(help: "A file, .html or .pdf; else HTML to standard output.")
        var to: String?

        @Option(help: "html or pdf, where the file's ending does not say it.")
        var format: String?

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.practiceSheet(
                    settings,
                    practice: practice,
                    asAt: asAt,
                    to: Destination(to, format: format),
                    terminal
                )
            }
        }
    }

    struct Return: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write what a practice is to enter in its records, as CSV or FHIR."
        )
        @OptionGroup var asked: Returned

        func run() async throws { try await asked.run(audits: false) }
    }

    struct Audit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say whether a practice entered what it was asked to."
        )
        @OptionGroup var asked: Returned

        func run() async throws { try await asked.run(audits: true) }
    }

    struct Returned: ParsableArguments {
        @Argument(help: "The practice's ODS code.")
        var practice: String

        @Option(help: "A file, .csv or .json (FHIR); else CSV to standard output.")
        var to: String?

        @Option(help: "csv or json (FHIR), where the file's ending does not say it.")
        var format: String?

        @Option(help: "Why; kept in the access log.")
        var reason: String

        @OptionGroup var common: Common

        func run(audits: Bool) async throws {
            try await common.run { settings, terminal in
                try await Commands.practiceReturn(
                    settings,
                    practice: practice,
                    audits: audits,
                    to: Destination(to, format: format),
                    reason: reason,
                    terminal
                )
            }
        }
    }
}

extension PracticeFormat: ExpressibleByArgument {}
