import Kernel
import SQL

/// The version of a programme that new cases are decided under, as somebody chose it.
package struct ActiveProgramme: Sendable, Hashable {
    package var id: String
    package var version: Int
    package var activatedAt: Instant
    package var activatedBy: String

    package init(id: String, version: Int, activatedAt: Instant, activatedBy: String) {
        self.id = id
        self.version = version
        self.activatedAt = activatedAt
        self.activatedBy = activatedBy
    }
}

extension Store {
    private static let active: Statement =
        "SELECT version FROM active_programmes WHERE id = $1"
    private static let everyActive: Statement = """
        SELECT id, version, activated_at, activated_by FROM active_programmes ORDER BY id
        """
    private static let activate: Statement = """
        INSERT INTO active_programmes (id, version, activated_at, activated_by)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET version = excluded.version,
            activated_at = excluded.activated_at, activated_by = excluded.activated_by
        """
    private static let counts: Statement = """
        SELECT programme, programme_version, count(*) FROM cases
        GROUP BY programme, programme_version ORDER BY programme, programme_version
        """

    /// The version that was activated; nil when none was.
    package func activeVersion(
        of id: String,
        in transaction: any Transaction
    ) throws -> Int? {
        try transaction.first(Self.active, [.text(id)]) { Int(try $0.int(0)) }
    }

    package func activeProgrammes(in transaction: any Transaction) throws -> [ActiveProgramme] {
        try transaction.rows(Self.everyActive) { row in
            ActiveProgramme(
                id: try row.text(0),
                version: Int(try row.int(1)),
                activatedAt: Instant(milliseconds: try row.int(2)),
                activatedBy: try row.text(3)
            )
        }
    }

    package func activate(_ new: ActiveProgramme, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.activate,
            [
                .text(new.id), .int(Int64(new.version)), .int(new.activatedAt.milliseconds),
                .text(new.activatedBy),
            ]
        )
    }

    /// How many cases were decided under each version of each programme.
    package func caseCounts(
        in transaction: any Transaction
    ) throws -> [(programme: String, version: Int, cases: Int)] {
        try transaction.rows(Self.counts) { row in
            (try row.text(0), Int(try row.int(1)), Int(try row.int(2)))
        }
    }
}
