import Foundation

/// Brings a database's schema up to what this program knows.
package struct Migrator {
    /// Applies the steps that are missing, all in one transaction, and answers their versions.
    ///
    /// Throws `MigrationError` for a database of another or a newer program, which it leaves as it
    /// is, and `SQLError` when a step fails. `migrations` ascend by version.
    @discardableResult
    package static func migrate(
        _ database: any Database,
        _ migrations: [Migration]
    ) async throws -> [Int] {
        precondition(
            zip(migrations, migrations.dropFirst()).allSatisfy { $0.version < $1.version },
            "migrations ascend by version"
        )
        return try await database.write { transaction in
            // Two servers that start together would race to create the table.
            try transaction.query(lock, []) { _ in }
            try transaction.execute(createTable)
            let applied = try transaction.rows(selectApplied) { row in
                (version: Int(try row.int(0)), name: try row.text(1))
            }
            try check(applied, against: migrations)
            let latest = applied.last?.version ?? Int.min
            let missing = migrations.filter { $0.version > latest }
            for migration in missing {
                try apply(migration, in: database.kind, transaction)
            }
            return missing.map(\.version)
        }
    }

    private static let lock = Statement(
        sqlite: "SELECT 1",
        postgres: "SELECT 1 FROM (SELECT pg_advisory_xact_lock(4720871)) AS locked"
    )
    private static let createTable: Statement = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version BIGINT PRIMARY KEY,
            name TEXT NOT NULL,
            applied_at BIGINT NOT NULL
        )
        """
    private static let selectApplied: Statement =
        "SELECT version, name FROM schema_migrations ORDER BY version"
    private static let record: Statement =
        "INSERT INTO schema_migrations (version, name, applied_at) VALUES ($1, $2, $3)"

    private static func apply(
        _ migration: Migration,
        in kind: DatabaseKind,
        _ transaction: any Transaction
    ) throws {
        let special = kind == .sqlite ? migration.inSQLite : []
        for statement in migration.statements + special {
            try transaction.execute(statement)
        }
        let milliseconds = Int64(Date().timeIntervalSince1970 * 1000)
        try transaction.execute(
            record,
            [.int(Int64(migration.version)), .text(migration.name), .int(milliseconds)]
        )
    }

    private static func check(
        _ applied: [(version: Int, name: String)],
        against migrations: [Migration]
    ) throws {
        let known = migrations.last?.version ?? 0
        if let newest = applied.last, newest.version > known {
            throw MigrationError.newerDatabase(version: newest.version, known: known)
        }
        for step in applied {
            let ours = migrations.first { $0.version == step.version }
            guard ours?.name == step.name else {
                throw MigrationError.different(
                    version: step.version,
                    applied: step.name,
                    known: ours?.name
                )
            }
        }
        let versions = Set(applied.map(\.version))
        let latest = applied.last?.version ?? Int.min
        let missed = migrations.first { $0.version < latest && !versions.contains($0.version) }
        if let missed {
            throw MigrationError.missed(version: missed.version)
        }
    }
}
