import Kernel
import SQL

/// A record of the guide as it is kept.
package struct StoredGuideRecord: Sendable, Hashable {
    package enum Kind: String, Sendable, CaseIterable {
        case service
        case organisation = "organization"
        case taxonomy
        case term = "taxonomy_term"
    }

    package var kind: Kind
    /// A UUID in small letters.
    package var id: String
    /// The organisation of this installation whose it is to change.
    package var owner: String
    /// As JSON, by Open Referral UK.
    package var document: String
    /// Counts up with each change.
    package var version: Int
    package var modifiedAt: Instant
    package var modifiedBy: String

    /// The record itself; nil where what is stored cannot be read.
    package var object: JSONObject? { (try? JSONValue(parsing: document))?.object }

    package init(
        kind: Kind,
        id: String,
        owner: String,
        document: String,
        version: Int,
        modifiedAt: Instant,
        modifiedBy: String
    ) {
        self.kind = kind
        self.id = id
        self.owner = owner
        self.document = document
        self.version = version
        self.modifiedAt = modifiedAt
        self.modifiedBy = modifiedBy
    }
}

extension Store {
    private static let keepRecord: Statement = """
        INSERT INTO guide_records
            (kind, id, owner, document, version, modified_at, modified_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (kind, id) DO UPDATE SET owner = excluded.owner,
            document = excluded.document, version = excluded.version,
            modified_at = excluded.modified_at, modified_by = excluded.modified_by
        """
    private static let listRecords: Statement = """
        SELECT kind, id, owner, document, version, modified_at, modified_by
        FROM guide_records ORDER BY kind, id
        """
    private static let findRecord: Statement = """
        SELECT kind, id, owner, document, version, modified_at, modified_by
        FROM guide_records WHERE kind = $1 AND id = $2
        """
    private static let countChange: Statement =
        "UPDATE guide_state SET changes = changes + 1 WHERE name = 'guide'"
    private static let readChanges: Statement =
        "SELECT changes FROM guide_state WHERE name = 'guide'"

    /// Keeps records; those of the same ids are replaced.
    package func keep(_ records: [StoredGuideRecord], in transaction: any Transaction) throws {
        // First, so that writers queue here and the count never stands still over a change.
        try transaction.execute(Self.countChange, [])
        let rows = records.map { record -> [SQLValue] in
            [
                .text(record.kind.rawValue), .text(record.id), .text(record.owner),
                .text(record.document), .int(Int64(record.version)),
                .int(record.modifiedAt.milliseconds), .text(record.modifiedBy),
            ]
        }
        try transaction.executeMany(Self.keepRecord, rows)
    }

    /// How often the guide has changed.
    package func guideChanges(in transaction: any Transaction) throws -> Int {
        try transaction.first(Self.readChanges, []) { Int(try $0.int(0)) } ?? 0
    }

    /// Every record.
    package func guideRecords(in transaction: any Transaction) throws -> [StoredGuideRecord] {
        try transaction.rows(Self.listRecords, [], Self.record)
    }

    package func guideRecord(
        _ kind: StoredGuideRecord.Kind,
        _ id: String,
        in transaction: any Transaction
    ) throws -> StoredGuideRecord? {
        try transaction.first(Self.findRecord, [.text(kind.rawValue), .text(id)], Self.record)
    }

    private static func record(_ row: any Row) throws -> StoredGuideRecord {
        guard let kind = StoredGuideRecord.Kind(rawValue: try row.text(0)) else {
            throw StoreError.damaged("a record of the guide is of no kind that is known")
        }
        return StoredGuideRecord(
            kind: kind,
            id: try row.text(1),
            owner: try row.text(2),
            document: try row.text(3),
            version: Int(try row.int(4)),
            modifiedAt: Instant(milliseconds: try row.int(5)),
            modifiedBy: try row.text(6)
        )
    }
}
