import ArgumentParser
import Bootstrap

struct Messages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Send the messages that wait; list and send again those that did not get through.",
        subcommands: [Send.self, List.self, Again.self],
        defaultSubcommand: List.self
    )

    struct Send: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send what waits, once. `goodwork serve` does it by itself."
        )
        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.sendMessages(settings, terminal)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How many wait, and which did not get through."
        )
        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.listMessages(settings, terminal)
            }
        }
    }

    struct Again: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try messages again that did not get through."
        )
        @Argument(help: "The messages' ids.")
        var ids: [String]

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.sendAgain(settings, ids: ids, terminal)
            }
        }
    }
}
