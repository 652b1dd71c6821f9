import ArgumentParser
import Bootstrap
import Foundation

@main
struct Main: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "goodwork",
        abstract: "Runs integrated work-and-health programmes.",
        discussion: """
            The database is --database, or GOODWORK_DATABASE, or goodwork.db. \
            docs/command-line.md explains each command and the exit codes.
            """,
        subcommands: [
            Initialise.self, Import.self, Areas.self, Report.self, Open.self, Story.self,
            Check.self,
            Verify.self, CopyRecord.self, Erase.self, Export.self, Releases.self, Funding.self,
            Claim.self, RunCharts.self, Rebase.self, Trajectories.self, Board.self, Value.self,
            Serve.self,
            Demo.self, Organisations.self, Users.self, Clients.self, Practice.self,
            Messages.self, GuideCommand.self,
        ]
    )
}

/// Options that every command takes.
struct Common: ParsableArguments {
    @Option(help: "A SQLite file, or postgres://user@host/database.")
    var database: String?

    @Flag(help: "Print the result, and any failure, as JSON.")
    var json = false

    var settings: Bootstrap.Configuration { Bootstrap.Configuration(database: database) }

    /// Runs a command; a failure is put into words, and ends the program with its exit code.
    func run(_ body: (Bootstrap.Configuration, Terminal) async throws -> Void) async throws {
        let settings = settings
        do {
            try await body(settings, Terminal(json: json))
        } catch {
            let failure = CommandError(error, configuration: settings)
            FileHandle.standardError.write(Data(((json ? failure.json : failure.text) + "\n").utf8))
            throw ExitCode(failure.exit.rawValue)
        }
    }

    /// Runs a command that says whether all is well, and ends the program as failed if it is not.
    func judge(_ body: (Bootstrap.Configuration, Terminal) async throws -> Bool) async throws {
        var isWell = true
        try await run { isWell = try await body($0, $1) }
        if !isWell { throw ExitCode(CommandError.Exit.failed.rawValue) }
    }
}

/// The case that is asked about.
struct NamedCase: ParsableArguments {
    @Argument(help: "The sender's reference, or the case's id.")
    var reference: String

    @Option(help: "The programme's id, where several use the reference.")
    var programme: String?
}

/// The report that is asked about.
struct Asked: ParsableArguments {
    @Argument(help: "The programme's id.")
    var programme: String

    @Option(help: "The day described (YYYY-MM-DD); else the programme file's, or today.")
    var asAt: String?

    @Option(help: "Use only what had been told by this moment (2025-03-31T17:00:00Z) or day.")
    var knownAt: String?

    @Option(
        help: """
            Set cases apart by strand, month, referrer, condition, ethnicity, gender, age-band, \
            provider or locality.
            """
    )
    var by: String?

    @Option(help: "Who it is for: board, published or operational (nothing kept back).")
    var audience: String?

    var options: ReportOptions {
        ReportOptions(
            programme: programme,
            asAt: asAt,
            knownAt: knownAt,
            by: by,
            audience: audience
        )
    }
}
