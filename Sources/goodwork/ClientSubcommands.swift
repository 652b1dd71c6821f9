import ArgumentParser
import Bootstrap

struct Clients: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Add, list and shut out programs that use the interfaces.",
        subcommands: [Add.self, List.self, Disable.self, Enable.self, Keys.self]
    )

    /// A client's public keys.
    struct KeyOptions: ParsableArguments {
        @Option(help: "A file with its public keys, a JWK Set.")
        var keys: String?

        @Option(help: "The https address at which it shows its public keys.")
        var keysAddress: String?
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a program in, and print its client id."
        )
        @Argument(help: "What it is called.")
        var name: String

        @Option(help: "The id of the organisation that it works for.")
        var organisation: String

        @Option(help: .roles)
        var role: [String]

        @Option(help: "What it is for: these words stand in the access log.")
        var purpose: String

        @Option(help: "api/read, api/write, system/Task.rs and the like; may be given again.")
        var scope: [String]

        @OptionGroup var keys: KeyOptions
        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.addClient(
                    settings,
                    Commands.ClientWords(
                        name: name,
                        organisation: organisation,
                        roles: role,
                        purpose: purpose,
                        scopes: scope,
                        keysFile: keys.keys,
                        keysAddress: keys.keysAddress
                    ),
                    terminal
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the clients.")
        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.listClients(settings, terminal)
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shut a client out, and end every token of its at once."
        )
        @Argument(help: "Its client id.")
        var id: String

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.setClient(settings, id: id, isDisabled: true, terminal)
            }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a client in again.")
        @Argument(help: "Its client id.")
        var id: String

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.setClient(settings, id: id, isDisabled: false, terminal)
            }
        }
    }

    struct Keys: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a client other keys, and end every token of its."
        )
        @Argument(help: "Its client id.")
        var id: String

        @OptionGroup var keys: KeyOptions
        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.setClientKeys(
                    settings,
                    id: id,
                    keysFile: keys.keys,
                    keysAddress: keys.keysAddress,
                    terminal
                )
            }
        }
    }
}
