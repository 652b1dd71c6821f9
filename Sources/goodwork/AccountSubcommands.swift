import ArgumentParser
import Bootstrap

struct Organisations: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "org",
        abstract: "Add, list and change organisations.",
        subcommands: [Add.self, List.self, Change.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Add an organisation.")
        @Argument(help: "The short code that programme files and referrals use, such as big-life.")
        var id: String

        @Option(help: "Its name.")
        var name: String

        @Option(help: "One or more of referrer,provider,commissioner,evaluator,host.")
        var kind: String

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.addOrganisation(
                    settings,
                    id: id,
                    name: name,
                    kinds: kind,
                    terminal
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the organisations.")
        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.listOrganisations(settings, terminal)
            }
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give an organisation another name, or other kinds. Its short code stays."
        )
        @Argument(help: "Its short code.")
        var id: String

        @Option(help: "Its new name.")
        var name: String?

        @Option(
            help: "All of its kinds, of referrer,provider,commissioner,evaluator,host."
        )
        var kind: String?

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.changeOrganisation(
                    settings,
                    id: id,
                    name: name,
                    kinds: kind,
                    terminal
                )
            }
        }
    }
}

struct Users: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Add, list, change, disable, enable and reset users.",
        subcommands: [Add.self, List.self, Change.self, Disable.self, Enable.self, Reset.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a user, and print a password that serves once, within 7 days."
        )
        @Argument(help: "An email address.")
        var login: String

        @Option(help: "Their name.")
        var name: String

        @Option(help: "The id of their organisation.")
        var organisation: String

        @Option(help: .roles)
        var role: [String]

        @Option(help: "How many open cases a coach can hold.")
        var capacity: Int?

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.addUser(
                    settings,
                    login: login,
                    name: name,
                    organisation: organisation,
                    roles: role,
                    capacity: capacity,
                    terminal
                )
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the users.")
        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.listUsers(settings, terminal)
            }
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change a user: what is not given stays as it is."
        )
        @Argument(help: "Their login.")
        var login: String

        @Option(help: "Their new login, an email address.")
        var newLogin: String?

        @Option(help: "Their new name.")
        var name: String?

        @Option(
            help: "The id of another organisation; not for a coach who holds open cases."
        )
        var organisation: String?

        @Option(help: .rolesInstead)
        var role: [String] = []

        @Option(help: "How many open cases a coach can hold; none for no limit.")
        var capacity: String?

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.changeUser(
                    settings,
                    login: login,
                    Commands.UserWords(
                        login: newLogin,
                        name: name,
                        organisation: organisation,
                        roles: role,
                        capacity: capacity
                    ),
                    terminal
                )
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shut a user out, and end every session of theirs at once."
        )
        @Argument(help: "Their login.")
        var login: String

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.setUser(settings, login: login, isDisabled: true, terminal)
            }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a disabled user in again.")
        @Argument(help: "Their login.")
        var login: String

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.setUser(settings, login: login, isDisabled: false, terminal)
            }
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Give a user another password that serves once, within 7 days, and end their sessions."
        )
        @Argument(help: "Their login.")
        var login: String

        @Flag(help: "Clear the second factor too; they set it up anew.")
        var secondFactor = false

        @OptionGroup var common: Common

        func run() async throws {
            try await common.run { settings, terminal in
                try await Commands.resetUser(
                    settings,
                    login: login,
                    clearsSecondFactor: secondFactor,
                    terminal
                )
            }
        }
    }
}

extension ArgumentHelp {
    /// The roles of staff, and of the programs that work for them.
    static let roles: ArgumentHelp = """
        referrer, coach, provider-manager, commissioner, analyst, evaluator, \
        information-governance or administrator; may be given again.
        """
    /// The same, of somebody who has roles already.
    static let rolesInstead: ArgumentHelp =
        "All of their roles from now on, as in user add; may be given again."
}
