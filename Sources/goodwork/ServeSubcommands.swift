import ArgumentParser
import Bootstrap

/// Where pages are served.
struct Listening: ParsableArguments {
    @Option(help: "The address to listen at; 0.0.0.0 for all. Else GOODWORK_HOST or 127.0.0.1.")
    var host: String?

    @Option(help: "The port; 0 takes a free one. Else GOODWORK_PORT or 8080.")
    var port: Int?
}

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve the pages until stopped.",
        discussion: "docs/running.md says how to run it for others: TLS, a proxy, backups."
    )
    @OptionGroup var listening: Listening

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { configuration, terminal in
            let settings = try ServeSettings(host: listening.host, port: listening.port)
            try await Commands.serve(configuration, settings, terminal)
        }
    }
}

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Set up a fresh demonstration and serve it.",
        discussion: """
            Imports the four lists of the papers and prints their tables, makes a year of cases in \
            which nobody is real, says who can sign in, and serves it on this machine. The database \
            is --database, a file that is not there yet, or demo.db, where it takes the place of an \
            earlier demonstration; GOODWORK_DATABASE is left alone.
            """
    )
    @Option(help: "The folder of the lists.")
    var lists = "fixtures"

    @Option(help: "How many cases the year has; 2000 if not said.")
    var cases: Int?

    @Option(help: "Write its board pack into this folder, as HTML, PDF and DOCX.")
    var board: String?

    @Flag(help: "Do not serve it.")
    var noServe = false

    @Option(help: "Only print the code that signs this user of a demonstration in now.")
    var code: String?

    @OptionGroup var listening: Listening

    @OptionGroup var common: Common

    func validate() throws {
        if let cases, !(20...100_000).contains(cases) {
            throw ValidationError("A year has 20 to 100000 cases.")
        }
    }

    func run() async throws {
        try await common.run { _, terminal in
            if let code {
                return try await Commands.demoCode(login: code, database: common.database, terminal)
            }
            let settings =
                noServe ? nil : try ServeSettings(host: listening.host, port: listening.port)
            try await Commands.demo(
                lists: lists,
                database: common.database,
                cases: cases,
                board: board,
                serving: settings,
                terminal
            )
        }
    }
}
