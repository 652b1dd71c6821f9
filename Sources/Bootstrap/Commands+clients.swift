import Application
import Foundation
import Kernel

extension Commands {
    /// What is said of a client that is added.
    public struct ClientWords: Sendable {
        var name: String
        var organisation: String
        var roles: [String]
        var purpose: String
        var scopes: [String]
        /// A file with a JWK Set, or where the client shows one.
        var keysFile: String?
        var keysAddress: String?

        /// What was typed; either the file or the address.
        public init(
            name: String,
            organisation: String,
            roles: [String],
            purpose: String,
            scopes: [String],
            keysFile: String?,
            keysAddress: String?
        ) {
            self.name = name
            self.organisation = organisation
            self.roles = roles
            self.purpose = purpose
            self.scopes = scopes
            self.keysFile = keysFile
            self.keysAddress = keysAddress
        }
    }

    /// Lets a program in, and prints the id by which it asks for tokens.
    public static func addClient(
        _ configuration: Configuration,
        _ words: ClientWords,
        _ terminal: Terminal
    ) async throws {
        let keys = try keys(file: words.keysFile, address: words.keysAddress)
        let roles = try roles(words.roles)
        let installation = try await Installation.open(configuration)
        let added = try await installation.goodwork.addClient(
            NewClient(
                name: words.name,
                organisation: words.organisation,
                roles: roles,
                purpose: words.purpose,
                scopes: words.scopes.joined(separator: " "),
                keys: keys
            ),
            by: installation.actor
        )
        try await installation.close()
        terminal.print(
            terminal.json
                ? JSONWriter.client(added)
                : "\(added.name) is added. Its client id is \(added.id)."
        )
    }

    /// Lists the clients.
    public static func listClients(
        _ configuration: Configuration,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let all = try await installation.goodwork.clients(by: installation.actor)
        try await installation.close()
        if terminal.json {
            terminal.print("[" + all.map(JSONWriter.client).joined(separator: ",") + "]")
            return
        }
        let rows = all.map { one in
            [
                one.id, one.name, one.organisation,
                one.roles.map(\.rawValue).sorted().joined(separator: ", "), one.scopes.text,
                one.purpose, one.isDisabled ? "disabled" : "",
            ]
        }
        let head = ["id", "name", "organisation", "roles", "scopes", "purpose", ""]
        terminal.print(Columns.aligned([head] + rows))
    }

    /// Shuts a client out, or lets it in again.
    public static func setClient(
        _ configuration: Configuration,
        id: String,
        isDisabled: Bool,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        let client = try await installation.goodwork.setClient(
            id,
            isDisabled: isDisabled,
            by: installation.actor
        )
        try await installation.close()
        let words =
            isDisabled
            ? "\(client.name) is disabled, and every token of its is ended."
            : "\(client.name) can ask for tokens again."
        terminal.print(terminal.json ? JSONWriter.client(client) : words)
    }

    /// Gives a client other keys.
    public static func setClientKeys(
        _ configuration: Configuration,
        id: String,
        keysFile: String?,
        keysAddress: String?,
        _ terminal: Terminal
    ) async throws {
        let keys = try keys(file: keysFile, address: keysAddress)
        let installation = try await Installation.open(configuration)
        let client = try await installation.goodwork.changeKeys(
            of: id,
            to: keys,
            by: installation.actor
        )
        try await installation.close()
        terminal.print(
            terminal.json
                ? JSONWriter.client(client)
                : "\(client.name) has other keys, and every token of its is ended."
        )
    }

    private static func keys(file: String?, address: String?) throws -> ClientKeys {
        switch (file, address) {
        case (let file?, nil):
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandError.noFile(file)
            }
            return .uploaded(String(decoding: data, as: UTF8.self))
        case (nil, let address?): return .address(address)
        default:
            throw CommandError(
                "Give either --keys, a file with a JWK Set, or --keys-address.",
                exit: .usage
            )
        }
    }
}

extension JSONWriter {
    fileprivate static func client(_ one: Client) -> String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.optional("id", one.id)
        writer.optional("name", one.name)
        writer.optional("organisation", one.organisation)
        writer.strings("roles", one.roles.map(\.rawValue).sorted())
        writer.optional("purpose", one.purpose)
        writer.optional("scopes", one.scopes.text)
        if case .address(let address) = one.keys { writer.optional("keys_address", address) }
        writer.key("disabled")
        writer.bool(one.isDisabled)
        writer.endObject()
        return writer.text
    }
}
