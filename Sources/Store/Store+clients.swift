import Kernel
import SQL

extension Store {
    private static let clientColumns = """
        id, name, organisation, roles, purpose, scopes, keys, keys_address, created_at, \
        created_by, disabled_at
        """
    private static let insertClient = Statement(
        """
        INSERT INTO clients (\(clientColumns))
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """
    )
    private static let updateClient: Statement = """
        UPDATE clients SET roles = $1, purpose = $2, scopes = $3, keys = $4, keys_address = $5,
            disabled_at = $6
        WHERE id = $7
        """
    private static let listClients = Statement(
        "SELECT \(clientColumns) FROM clients ORDER BY name, id"
    )
    private static let findClient = Statement("SELECT \(clientColumns) FROM clients WHERE id = $1")
    private static let insertToken: Statement =
        "INSERT INTO client_tokens (id, client_id, scopes, ends_at) VALUES ($1, $2, $3, $4)"
    private static let findCaller = Statement(
        """
        SELECT c.id, c.name, c.organisation, c.roles, c.purpose, c.scopes, c.keys, c.keys_address,
            c.created_at, c.created_by, c.disabled_at, t.scopes, t.ends_at
        FROM client_tokens t JOIN clients c ON c.id = t.client_id
        WHERE t.id = $1
        """
    )
    private static let endTokens: Statement = "DELETE FROM client_tokens WHERE client_id = $1"
    private static let forgetTokens: Statement = "DELETE FROM client_tokens WHERE ends_at < $1"
    private static let useAssertion: Statement = """
        INSERT INTO client_assertions (client_id, name, ends_at) VALUES ($1, $2, $3)
        ON CONFLICT (client_id, name) DO NOTHING
        """
    private static let forgetAssertions: Statement =
        "DELETE FROM client_assertions WHERE ends_at < $1"

    package func add(_ client: StoredClient, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.insertClient,
            [
                .text(client.id), .text(client.name), .text(client.organisation),
                .text(client.roles), .text(client.purpose), .text(client.scopes),
                SQLValue(client.keys), SQLValue(client.keysAddress),
                .int(client.createdAt.milliseconds), .text(client.createdBy),
                client.disabledAt.map { .int($0.milliseconds) } ?? .null,
            ]
        )
    }

    /// Keeps what can change of a client.
    package func update(_ client: StoredClient, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.updateClient,
            [
                .text(client.roles), .text(client.purpose), .text(client.scopes),
                SQLValue(client.keys), SQLValue(client.keysAddress),
                client.disabledAt.map { .int($0.milliseconds) } ?? .null, .text(client.id),
            ]
        )
    }

    /// Every client, by name.
    package func clients(in transaction: any Transaction) throws -> [StoredClient] {
        try transaction.rows(Self.listClients, [], Self.client)
    }

    package func client(_ id: String, in transaction: any Transaction) throws -> StoredClient? {
        try transaction.first(Self.findClient, [.text(id)], Self.client)
    }

    private static func client(_ row: any Row) throws -> StoredClient {
        StoredClient(
            id: try row.text(0),
            name: try row.text(1),
            organisation: try row.text(2),
            roles: try row.text(3),
            purpose: try row.text(4),
            scopes: try row.text(5),
            keys: try row.optionalText(6),
            keysAddress: try row.optionalText(7),
            createdAt: Instant(milliseconds: try row.int(8)),
            createdBy: try row.text(9),
            disabledAt: try row.optionalInt(10).map { Instant(milliseconds: $0) }
        )
    }

    // MARK: - Tokens

    package func add(_ token: StoredClientToken, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.insertToken,
            [
                .blob(token.id), .text(token.client), .text(token.scopes),
                .int(token.endsAt.milliseconds),
            ]
        )
    }

    /// A token, and the client that it was given to.
    package func clientToken(
        _ id: [UInt8],
        in transaction: any Transaction
    ) throws -> (token: StoredClientToken, client: StoredClient)? {
        try transaction.first(Self.findCaller, [.blob(id)]) { row in
            let client = try Self.client(row)
            let token = StoredClientToken(
                id: id,
                client: client.id,
                scopes: try row.text(11),
                endsAt: Instant(milliseconds: try row.int(12))
            )
            return (token, client)
        }
    }

    /// Takes every token of a client away.
    package func endTokens(of client: String, in transaction: any Transaction) throws {
        try transaction.execute(Self.endTokens, [.text(client)])
    }

    /// Notes that an assertion was used.
    ///
    /// - Returns: false when it was used before.
    package func useAssertion(
        _ name: String,
        of client: String,
        until end: Instant,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.useAssertion,
            [.text(client), .text(name), .int(end.milliseconds)]
        ) == 1
    }

    /// Forgets tokens and assertions that ended before a moment.
    package func forgetClientTokens(
        before moment: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.forgetTokens, [.int(moment.milliseconds)])
        try transaction.execute(Self.forgetAssertions, [.int(moment.milliseconds)])
    }
}
