import ArgumentParser
import Bootstrap

struct Initialise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a database and its key."
    )
    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.initialise(settings, terminal)
        }
    }
}

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Import a client list, or write an empty one.",
        discussion: """
            Reads referrals.csv and, if there, onward.csv, jobs.csv and activities.csv. The same list \
            again changes nothing; a corrected list changes only what differs.
            """
    )
    @Argument(help: "The folder of the list.")
    var directory: String?

    @Option(help: "The programme's id.")
    var programme: String?

    @Option(help: "Write an empty list for this programme instead, into DIRECTORY if given.")
    var template: String?

    @Flag(help: "Import the sound rows, and write the faulty ones with the reasons to a file.")
    var skipFaulty = false

    @Option(help: "Where faulty rows are written; else PROGRAMME.faulty.csv.")
    var faultyFile: String?

    @OptionGroup var common: Common

    func validate() throws {
        if template == nil, directory == nil || programme == nil {
            throw ValidationError("Say the list's folder and --programme ID, or --template ID.")
        }
    }

    func run() async throws {
        try await common.run { settings, terminal in
            if let template {
                return try Commands.template(
                    settings,
                    programme: template,
                    directory: directory,
                    terminal
                )
            }
            let options = ImportOptions(
                directory: directory ?? ".",
                programme: programme ?? "",
                skipsFaulty: skipFaulty,
                faultyFile: faultyFile
            )
            try await Commands.importList(settings, options, terminal)
        }
    }
}

struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print a programme's report.")
    @OptionGroup var asked: Asked

    @Option(help: "text, csv, json, markdown or html.")
    var format: ReportFormat = .text

    @Flag(help: "Release it, and enter it in the register; needs --purpose.")
    var release = false

    @Option(help: "What it is released for.")
    var purpose: String?

    @OptionGroup var common: Common

    func validate() throws {
        if release, purpose == nil { throw ValidationError("Say --purpose with --release.") }
    }

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.report(
                settings,
                asked.options,
                format: format,
                release: release ? purpose ?? "" : nil,
                terminal
            )
        }
    }
}

struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the cases behind a figure of a report."
    )
    @OptionGroup var asked: Asked

    @Argument(help: "The row, by its label or its number.")
    var row: String

    @Option(help: "numerator, denominator or left-out.")
    var part = "numerator"

    @Option(help: "One group of --by, for example mental-health.")
    var group: String?

    @Option(help: "List at most so many cases.")
    var limit = 1_000

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.open(
                settings,
                asked.options,
                row: row,
                part: part,
                group: group,
                limit: limit,
                terminal
            )
        }
    }
}

struct Story: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "case",
        abstract: "Tell a case's story."
    )
    @OptionGroup var named: NamedCase

    @Flag(help: "Also who the person is, and free text; needs --reason.")
    var identify = false

    @Option(help: "Why; kept in the access log.")
    var reason: String?

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.story(
                settings,
                reference: named.reference,
                programme: named.programme,
                identifies: identify,
                reason: reason,
                terminal
            )
        }
    }
}

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check programme files, board packs, unit costs and appraisals.",
        discussion: "Every fault is listed with its place."
    )
    @Argument(help: "Files.")
    var files: [String]

    @OptionGroup var common: Common

    func run() async throws {
        try await common.judge { settings, terminal in
            try Commands.check(settings, files, terminal)
        }
    }
}

struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rebuild state from the journal, compare, and check the hash chains."
    )
    @OptionGroup var common: Common

    func run() async throws {
        try await common.judge { settings, terminal in try await Commands.verify(settings, terminal)
        }
    }
}

struct Erase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Erase the person of a case, everywhere and for good."
    )
    @OptionGroup var named: NamedCase

    @Option(help: "Why; kept in the access log.")
    var reason: String

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try await Commands.erase(
                settings,
                reference: named.reference,
                programme: named.programme,
                reason: reason,
                terminal
            )
        }
    }
}

extension ReportFormat: ExpressibleByArgument {}
