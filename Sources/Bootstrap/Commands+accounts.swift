import Application
import Foundation
import Kernel

extension Commands {
    /// Adds an organisation.
    public static func addOrganisation(
        _ configuration: Configuration,
        id: String,
        name: String,
        kinds: String,
        _ terminal: Terminal
    ) async throws {
        let known = try self.kinds(kinds)
        let installation = try await Installation.open(configuration)
        let added = try await installation.goodwork.addOrganisation(
            Organisation(id: id, name: name, kinds: known),
            by: installation.actor
        )
        try await installation.close()
        terminal.print(
            terminal.json ? JSONWriter.text { $0.organisation(added) } : "\(id) is added."
        )
    }

    /// Lists the organisations.
    public static func listOrganisations(
        _ configuration: Configuration,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let all = try await installation.goodwork.organisations()
        try await installation.close()
        if terminal.json {
            terminal.print(
                JSONWriter.text { writer in
                    writer.beginArray()
                    for one in all { writer.organisation(one) }
                    writer.endArray()
                }
            )
            return
        }
        let rows = all.map { one in
            [one.id, one.name, one.kinds.map(\.rawValue).sorted().joined(separator: ", ")]
        }
        terminal.print(Columns.aligned([["id", "name", "kind"]] + rows))
    }

    /// Adds a user and prints a password that serves once.
    public static func addUser(
        _ configuration: Configuration,
        login: String,
        name: String,
        organisation: String,
        roles: [String],
        capacity: Int?,
        _ terminal: Terminal
    ) async throws {
        let known = try self.roles(roles)
        let installation = try await Installation.open(configuration)
        let (account, password) = try await installation.goodwork.addAccount(
            NewAccount(
                login: login,
                name: name,
                organisation: organisation,
                roles: known,
                capacity: capacity
            ),
            by: installation.actor
        )
        try await installation.close()
        printPassword(password, of: account, "is added", terminal)
    }

    /// Lists the users.
    public static func listUsers(
        _ configuration: Configuration,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let all = try await installation.goodwork.accounts(by: installation.actor)
        try await installation.close()
        if terminal.json {
            terminal.print(
                JSONWriter.text { writer in
                    writer.beginArray()
                    for one in all { writer.account(one) }
                    writer.endArray()
                }
            )
            return
        }
        let rows = all.map { one in
            [
                one.login, one.name, one.organisation,
                one.roles.map(\.rawValue).sorted().joined(separator: ", "),
                one.isDisabled ? "disabled" : one.hasSecondFactor ? "second factor" : "",
            ]
        }
        terminal.print(Columns.aligned([["login", "name", "organisation", "roles", ""]] + rows))
    }

    /// Shuts a user out, or lets them in again.
    public static func setUser(
        _ configuration: Configuration,
        login: String,
        isDisabled: Bool,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let goodwork = installation.goodwork
        let id = try await goodwork.staffAccount(login: login).id
        let account =
            isDisabled
            ? try await goodwork.disable(id, by: installation.actor)
            : try await goodwork.enable(id, by: installation.actor)
        try await installation.close()
        let words =
            isDisabled
            ? "\(account.login) is disabled, and every session of theirs is ended."
            : "\(account.login) can sign in again."
        terminal.print(terminal.json ? JSONWriter.text { $0.account(account) } : words)
    }

    /// Gives a user another password that serves once.
    public static func resetUser(
        _ configuration: Configuration,
        login: String,
        clearsSecondFactor: Bool,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let goodwork = installation.goodwork
        let id = try await goodwork.staffAccount(login: login).id
        let password = try await goodwork.resetPassword(
            of: id,
            clearsSecondFactor: clearsSecondFactor,
            by: installation.actor
        )
        let account = try await goodwork.staffAccount(login: login)
        try await installation.close()
        let words =
            clearsSecondFactor ? "has a new password and no second factor" : "has a new password"
        printPassword(password, of: account, words, terminal)
    }
}

extension Commands {
    static func roles(_ names: [String]) throws -> Set<Role> {
        let words = names.flatMap { $0.split(separator: ",") }
        let (known, unknown) = parsed(words) { Role(rawValue: $0) }
        try require(unknown, field: "roles", among: Role.ofAccounts.map(\.rawValue))
        return Set(known)
    }

    static func kinds(_ names: String) throws -> Set<Organisation.Kind> {
        let (known, unknown) = parsed(names.split(separator: ",")) {
            Organisation.Kind(rawValue: $0)
        }
        try require(unknown, field: "kind", among: Organisation.Kind.allCases.map(\.rawValue))
        return Set(known)
    }

    private static func parsed<T>(
        _ words: [Substring],
        _ read: (String) -> T?
    ) -> (known: [T], unknown: [String]) {
        let words = words.map { $0.trimmingCharacters(in: .whitespaces) }
        return (words.compactMap(read), words.filter { read($0) == nil })
    }

    private static func require(
        _ unknown: [String],
        field: String,
        among known: [String]
    ) throws {
        let faults = unknown.map { word in
            Fault(
                field: field,
                problem: "there is no “\(word)”",
                expected: known.joined(separator: ", ")
            )
        }
        if !faults.isEmpty { throw Faults(faults: faults) }
    }

    private static func printPassword(
        _ password: String,
        of account: Account,
        _ words: String,
        _ terminal: Terminal
    ) {
        let until = account.passwordUntil.map { ", until \($0.civilDateUK.uk)" } ?? ""
        if terminal.json {
            terminal.print(
                JSONWriter.text { writer in
                    writer.beginObject()
                    writer.key("account")
                    writer.account(account)
                    writer.optional("one_time_password", password)
                    writer.endObject()
                }
            )
            return
        }
        terminal.print(
            """
            \(account.login) \(words). This password is shown this once, and serves once\(until):
            \(password)
            """
        )
    }
}

extension JSONWriter {
    /// The text that a body writes.
    static func text(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        body(&writer)
        return writer.text
    }

    mutating func organisation(_ one: Organisation) {
        beginObject()
        optional("id", one.id)
        optional("name", one.name)
        strings("kinds", one.kinds.map(\.rawValue).sorted())
        endObject()
    }

    mutating func account(_ one: Account) {
        beginObject()
        optional("id", one.id.text)
        optional("login", one.login)
        optional("name", one.name)
        optional("organisation", one.organisation)
        strings("roles", one.roles.map(\.rawValue).sorted())
        optional("capacity", one.capacity)
        key("disabled")
        bool(one.isDisabled)
        key("second_factor")
        bool(one.hasSecondFactor)
        key("must_change_password")
        bool(one.mustChangePassword)
        optional("password_until", one.passwordUntil?.iso)
        endObject()
    }

    mutating func strings(_ name: String, _ values: [String]) {
        key(name)
        beginArray()
        for value in values { string(value) }
        endArray()
    }
}
