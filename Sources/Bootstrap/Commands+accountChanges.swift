import Application
import Kernel

extension Commands {
    /// What is to be otherwise about a user, as it was typed; what is not there stays.
    public struct UserWords: Sendable {
        /// A new login.
        public var login: String?
        /// A new name.
        public var name: String?
        /// The id of another organisation.
        public var organisation: String?
        /// All roles from now on; empty for those that there are.
        public var roles: [String]
        /// A number, or `none`.
        public var capacity: String?

        /// The words of one change.
        public init(
            login: String?,
            name: String?,
            organisation: String?,
            roles: [String],
            capacity: String?
        ) {
            self.login = login
            self.name = name
            self.organisation = organisation
            self.roles = roles
            self.capacity = capacity
        }
    }

    /// Changes who a user is, where they work, what they are here for, or how much they can hold.
    public static func changeUser(
        _ configuration: Configuration,
        login: String,
        _ words: UserWords,
        _ terminal: Terminal
    ) async throws {
        var change = AccountChange(
            login: words.login,
            name: words.name,
            organisation: words.organisation
        )
        if !words.roles.isEmpty { change.roles = try roles(words.roles) }
        if let capacity = words.capacity { change.capacity = .some(try self.capacity(capacity)) }
        let installation = try await Installation.open(configuration)
        let goodwork = installation.goodwork
        let id = try await goodwork.staffAccount(login: login).id
        let account = try await goodwork.changeAccount(id, change, by: installation.actor)
        try await installation.close()
        terminal.print(
            terminal.json
                ? JSONWriter.text { $0.account(account) } : "\(account.login) is changed."
        )
    }

    /// Gives an organisation another name, or other kinds.
    public static func changeOrganisation(
        _ configuration: Configuration,
        id: String,
        name: String?,
        kinds: String?,
        _ terminal: Terminal
    ) async throws {
        let known = try kinds.map { try self.kinds($0) }
        let installation = try await Installation.open(configuration)
        let changed = try await installation.goodwork.changeOrganisation(
            id,
            name: name,
            kinds: known,
            by: installation.actor
        )
        try await installation.close()
        terminal.print(
            terminal.json ? JSONWriter.text { $0.organisation(changed) } : "\(id) is changed."
        )
    }

    /// How many open cases a coach can hold; nil for no limit.
    private static func capacity(_ word: String) throws -> Int? {
        if word == "none" { return nil }
        if let number = Int(word) { return number }
        throw Faults(faults: [
            Fault(
                field: "capacity",
                problem: "“\(word)” cannot be used",
                expected: "a whole number, or none"
            )
        ])
    }
}
