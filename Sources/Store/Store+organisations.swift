import Kernel
import SQL

extension Store {
    private static let insertOrganisation: Statement = """
        INSERT INTO organisations (id, name, kinds, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO NOTHING
        """
    private static let listOrganisations: Statement =
        "SELECT id, name, kinds, created_at FROM organisations ORDER BY id"
    private static let findOrganisation: Statement =
        "SELECT id, name, kinds, created_at FROM organisations WHERE id = $1"

    private static let updateOrganisation: Statement =
        "UPDATE organisations SET name = $1, kinds = $2 WHERE id = $3"

    /// Keeps what an organisation is called and what it does.
    ///
    /// - Returns: false when there is none with its id.
    package func update(
        _ organisation: StoredOrganisation,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.updateOrganisation,
            [
                .text(organisation.name), .text(organisation.kinds), .text(organisation.id),
            ]
        ) == 1
    }

    /// Adds an organisation.
    ///
    /// - Returns: false when its id is taken.
    package func add(
        _ organisation: StoredOrganisation,
        in transaction: any Transaction
    ) throws -> Bool {
        try transaction.execute(
            Self.insertOrganisation,
            [
                .text(organisation.id), .text(organisation.name), .text(organisation.kinds),
                .int(organisation.createdAt.milliseconds),
            ]
        ) == 1
    }

    package func organisations(in transaction: any Transaction) throws -> [StoredOrganisation] {
        try transaction.rows(Self.listOrganisations, [], Self.organisation)
    }

    package func organisation(
        _ id: String,
        in transaction: any Transaction
    ) throws -> StoredOrganisation? {
        try transaction.first(Self.findOrganisation, [.text(id)], Self.organisation)
    }

    private static func organisation(_ row: any Row) throws -> StoredOrganisation {
        StoredOrganisation(
            id: try row.text(0),
            name: try row.text(1),
            kinds: try row.text(2),
            createdAt: Instant(milliseconds: try row.int(3))
        )
    }
}
