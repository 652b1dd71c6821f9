import Kernel
import SQL

/// A board pack as it was made; it never changes.
package struct StoredBoardPack: Sendable, Hashable {
    package var id: String
    /// The id of the pack's file.
    package var pack: String
    package var programme: String
    package var programmeVersion: Int
    package var subject: String
    package var board: String
    package var asAt: CivilDate
    package var knownAt: Instant
    package var madeAt: Instant
    package var madeBy: String
    package var purpose: String

    package init(
        id: String,
        pack: String,
        programme: String,
        programmeVersion: Int,
        subject: String,
        board: String,
        asAt: CivilDate,
        knownAt: Instant,
        madeAt: Instant,
        madeBy: String,
        purpose: String
    ) {
        self.id = id
        self.pack = pack
        self.programme = programme
        self.programmeVersion = programmeVersion
        self.subject = subject
        self.board = board
        self.asAt = asAt
        self.knownAt = knownAt
        self.madeAt = madeAt
        self.madeBy = madeBy
        self.purpose = purpose
    }
}

extension Store {
    private static let columns = """
        id, pack, programme, programme_version, subject, board, as_at, known_at, made_at, made_by,
        purpose
        """
    private static let insertPack = Statement(
        """
        INSERT INTO board_packs (\(columns), document)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """
    )
    private static let everyPack = Statement(
        "SELECT \(columns) FROM board_packs ORDER BY made_at DESC, id LIMIT $1"
    )
    private static let onePack = Statement(
        "SELECT \(columns), document FROM board_packs WHERE id = $1"
    )

    /// Keeps a pack, its purpose and its document sealed.
    package func keepBoardPack(
        _ pack: StoredBoardPack,
        document: [UInt8],
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.insertPack,
            [
                .text(pack.id), .text(pack.pack), .text(pack.programme),
                .int(Int64(pack.programmeVersion)), .text(pack.subject), .text(pack.board),
                .text(pack.asAt.iso), .int(pack.knownAt.milliseconds),
                .int(pack.madeAt.milliseconds), .text(pack.madeBy),
                .blob(try vault.seal(Array(pack.purpose.utf8), at: Self.purpose(pack.id))),
                .blob(try vault.seal(document, at: Self.document(pack.id))),
            ]
        )
    }

    /// Packs that were made, the newest first.
    package func boardPacks(
        limit: Int,
        in transaction: any Transaction
    ) throws -> [StoredBoardPack] {
        try transaction.rows(Self.everyPack, [.int(Int64(limit))], boardPack)
    }

    /// One pack with its document; nil if there is none of that id.
    package func boardPack(
        _ id: String,
        in transaction: any Transaction
    ) throws -> (pack: StoredBoardPack, document: [UInt8])? {
        try transaction.first(Self.onePack, [.text(id)]) { row in
            let pack = try boardPack(row)
            return (pack, try vault.open(try row.blob(11), at: Self.document(pack.id)))
        }
    }

    private func boardPack(_ row: any Row) throws -> StoredBoardPack {
        let id = try row.text(0)
        guard let asAt = CivilDate(iso: try row.text(6)) else {
            throw StoreError.damaged("the day of a board pack cannot be read")
        }
        let purpose = try vault.open(try row.blob(10), at: Self.purpose(id))
        return StoredBoardPack(
            id: id,
            pack: try row.text(1),
            programme: try row.text(2),
            programmeVersion: Int(try row.int(3)),
            subject: try row.text(4),
            board: try row.text(5),
            asAt: asAt,
            knownAt: Instant(milliseconds: try row.int(7)),
            madeAt: Instant(milliseconds: try row.int(8)),
            madeBy: try row.text(9),
            purpose: String(decoding: purpose, as: UTF8.self)
        )
    }

    private static func purpose(_ id: String) -> String { "board-pack:\(id):purpose" }
    private static func document(_ id: String) -> String { "board-pack:\(id)" }
}
