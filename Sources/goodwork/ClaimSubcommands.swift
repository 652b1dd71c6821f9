import ArgumentParser
import Bootstrap

struct Funding: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print how a programme's money is divided, from its file."
    )
    @Argument(help: "The programme's id.")
    var programme: String

    @Option(help: "text, csv or json.")
    var format: ClaimFormat = .text

    @OptionGroup var common: Common

    func run() async throws {
        try await common.run { settings, terminal in
            try Commands.funding(settings, programme: programme, format: format, terminal)
        }
    }
}

struct Claim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make, look at and settle claims.",
        discussion: "A claim is named by its id or its name: workwell-manchester/2025-Q1/mft/1.",
        subcommands: [
            Make.self, List.self, Show.self, Submit.self, Query.self, Answer.self, Accept.self,
            Reject.self, Pay.self, Sample.self, ExportLines.self,
        ]
    )

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draft a quarter's claims, one for each organisation."
        )
        @Argument(help: "The programme's id.")
        var programme: String

        @Option(help: "A quarter of a calendar year: 2025-Q1 is January to March 2025.")
        var quarter: String

        @Option(help: "A figure that no case can give: measure/2015-16=85. May be repeated.")
        var figure: [String] = []

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.makeClaims(
                    settings,
                    programme: programme,
                    quarter: quarter,
                    figures: figure,
                    terminal
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the claims.")
        @Option(help: "Of one programme.")
        var programme: String?

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.listClaims(settings, programme: programme, terminal)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a claim with its steps and its lines."
        )
        @Argument(help: "The claim.")
        var claim: String

        @Option(help: "text, csv or json.")
        var format: ClaimFormat = .text

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.showClaim(
                    settings,
                    claim: claim,
                    else: format,
                    terminal
                )
            }
        }
    }

    struct ExportLines: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write a claim's lines to a file, without identities."
        )
        @Argument(help: "The claim.")
        var claim: String

        @Option(help: "text, csv or json; else as --to ends, or csv.")
        var format: String?

        @Option(help: "A file; else standard output.")
        var to: String?

        @Option(help: "What it is for; kept in the access log.")
        var reason: String?

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.showClaim(
                    settings,
                    claim: claim,
                    to: Destination(to, format: format),
                    else: .csv,
                    reason: reason,
                    terminal
                )
            }
        }
    }
}

extension ClaimFormat: ExpressibleByArgument {}
