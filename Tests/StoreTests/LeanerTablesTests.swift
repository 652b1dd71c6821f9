import SQL
import Store
import TestSupport
import Testing

/// A database from before its tables were made leaner keeps every row as it was.
@Suite struct LeanerTablesTests {
    /// A table, its columns, and rows of it that do not stand in the order of the key.
    private struct Table {
        var name: String
        var columns: String
        var rows: [[SQLValue]]
    }

    private static let tables = [
        Table(
            name: "journal",
            columns: """
                position, case_id, sequence, event_id, occurred_on, recorded_at, recorded_by,
                organisation, type, entry_key, cause, header, payload, sealed, hash
                """,
            rows: [
                [
                    2, "b", 1, "e2", "2025-06-02", 12, "u", "o", "referral.rerouted", nil, "e1",
                    nil, "{}", nil, .blob([2]),
                ],
                [
                    1, "a", 1, "e1", "2025-06-01", 11, "u", "o", "referral.received", "k", nil,
                    "{1}", "{2}", .blob([0, 1]), .blob([1]),
                ],
            ]
        ),
        Table(
            name: "access_log",
            columns: """
                position, at, actor, organisation, action, subject, reason, outcome, hash,
                sealed_reason, reason_person
                """,
            rows: [
                [2, 5, "u", "o", "refer", "s", nil, "allowed", .blob([2]), .blob([9]), "p"],
                [1, 4, "u", "o", "refer", "s", "because", "allowed", .blob([1]), nil, nil],
            ]
        ),
        Table(
            name: "outbox",
            columns: """
                id, case_id, event_id, kind, created_at, attempts, next_attempt_at, delivered_at,
                given_up_at, channel, outcome
                """,
            rows: [
                ["m2", "a", "e1", "person", 1, 0, 3, nil, nil, nil, nil],
                ["m1", "a", "e1", "referrer-update", 1, 2, 3, 4, 5, "mail", "sent"],
            ]
        ),
        Table(
            name: "answers_given",
            columns: "idempotency_key, digest, answer, given_at",
            rows: [["two", .blob([2]), "b", 9], ["one", .blob([1]), "a", 8]]
        ),
        Table(
            name: "work_items",
            columns: "case_id, kind, subject, due_on, owner, says",
            rows: [
                ["b", "clock", "contact", "2025-06-09", "coach", "Call"],
                ["a", "clock", "contact", "2025-06-08", "coach", "Call"],
            ]
        ),
        Table(
            name: "case_parties",
            columns: "case_id, organisation, part",
            rows: [["b", "o", "referrer"], ["a", "o", "provider"]]
        ),
    ]

    @Test("Every row is kept", arguments: Backend.allCases)
    func everyRowIsKept(_ backend: Backend) async throws {
        let before = Schema.migrations.filter { $0.version < 17 }
        try await withFreshDatabase(backend) { database in
            try await Migrator.migrate(database, before)
            for table in Self.tables {
                let places = table.rows[0].indices.map { "$\($0 + 1)" }.joined(separator: ", ")
                let insert = Statement(
                    "INSERT INTO \(table.name) (\(table.columns)) VALUES (\(places))"
                )
                try await database.write { try $0.executeMany(insert, table.rows) }
            }
            let done = try await Migrator.migrate(database, Schema.migrations)
            #expect(done.contains(17))
            for table in Self.tables {
                let found = try await Self.rows(of: table, in: database)
                #expect(found == table.rows.reversed(), "\(table.name)")
            }
            // A key that is taken is still refused.
            let twice = Statement("INSERT INTO case_parties VALUES ('a', 'o', 'provider')")
            await #expect(throws: SQLError.self) {
                _ = try await database.write { try $0.execute(twice) }
            }
        }
    }

    /// The rows in the order of their first column, each cell as the kind that was written.
    private static func rows(
        of table: Table,
        in database: any Database
    ) async throws -> [[SQLValue]] {
        let first = table.columns.prefix { $0 != "," }
        let select = Statement("SELECT \(table.columns) FROM \(table.name) ORDER BY \(first)")
        let kinds = table.rows.reversed()
        return try await database.read { transaction in
            try transaction.rows(select) { row in
                try table.rows[0].indices.map { column -> SQLValue in
                    if row.isNull(column) { return .null }
                    let sample = kinds.map { $0[column] }.first { $0 != .null }
                    return switch sample {
                    case .int: .int(try row.int(column))
                    case .blob: .blob(try row.blob(column))
                    default: .text(try row.text(column))
                    }
                }
            }
        }
    }
}
