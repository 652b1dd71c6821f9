import SQL
import TestSupport
import Testing

/// Values go into both databases and come back as they were.
@Suite struct DatabaseValueTests {
    @Test(arguments: Backend.allCases)
    func valuesComeBackAsTheyWere(_ backend: Backend) async throws {
        let rows: [[SQLValue]] = [
            [1, "", 0, .blob([])],
            [2, nil, nil, nil],
            [3, "Zoë 李 🧑‍🌾 'quoted' \"\\", .int(-1), .blob([0, 1, 0, 255])],
            [.int(.min), "least", .int(.max), .blob([0])],
            [.int(.max), "most", .int(.min), .blob([UInt8](repeating: 7, count: 9_000))],
            [6, .text(String(repeating: "é", count: 5_000)), 7, nil],
        ]
        try await withThings(backend) { database in
            try await database.write { transaction in
                for row in rows.prefix(3) {
                    #expect(try transaction.execute(Things.insert, row) == 1)
                }
                try transaction.executeMany(Things.insert, Array(rows.dropFirst(3)))
            }
            let found = try await database.read { transaction in
                try transaction.rows(Things.selectAll) { row -> [SQLValue] in
                    [
                        .int(try row.int(0)), SQLValue(try row.optionalText(1)),
                        SQLValue(try row.optionalInt(2)), SQLValue(try row.optionalBlob(3)),
                    ]
                }
            }
            let id = { (row: [SQLValue]) -> Int64 in
                if case .int(let id) = row[0] { id } else { 0 }
            }
            #expect(found == rows.sorted { id($0) < id($1) })
        }
    }

    @Test(arguments: Backend.allCases)
    func bytesAreLentWithoutCopying(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.execute(Things.insert, [1, "héllo", nil, .blob([1, 0, 2])])
                try transaction.query(Things.selectAll, []) { row in
                    let text = try row.withText(1) { Array($0) }
                    #expect(text == Array("héllo".utf8))
                    let raw = try row.withBlob(3) { Array($0) }
                    #expect(raw == [1, 0, 2])
                    #expect(throws: SQLError.self) { try row.withText(2) { $0.count } }
                }
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func readingIsStrict(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.execute(Things.insert, [1, "12", nil, .blob([65])])
                try transaction.query(Things.selectAll, []) { row in
                    #expect(throws: SQLError.self) { try row.text(0) }
                    #expect(throws: SQLError.self) { try row.int(1) }
                    #expect(throws: SQLError.self) { try row.int(2) }
                    #expect(throws: SQLError.self) { try row.text(3) }
                    #expect(throws: SQLError.self) { try row.blob(1) }
                }
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func refusesWhatTheTwoWouldStoreDifferently(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            await #expect(throws: SQLError.self) {
                try await database.write { transaction in
                    try transaction.execute(Things.insert, [1, "a\0b", nil, nil])
                }
            }
            try await expectCount(0, database)
        }
    }

    @Test(arguments: Backend.allCases)
    func refusesTheWrongNumberOfValues(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            for values: [SQLValue] in [[1, "a", nil], [1, "a", nil, nil, nil]] {
                await #expect(throws: SQLError.self) {
                    try await database.write { try $0.execute(Things.insert, values) }
                }
            }
        }
    }

    @Test func statementsAreTranslated() {
        let table: Statement = "CREATE TABLE t (blob_size BIGINT, raw BLOB DEFAULT 'BLOB')"
        #expect(table.sqlite == "CREATE TABLE t (blob_size BIGINT, raw BLOB DEFAULT 'BLOB')")
        #expect(table.postgres == "CREATE TABLE t (blob_size BIGINT, raw BYTEA DEFAULT 'BLOB')")
        let select: Statement = "SELECT $1, '$2', $12 FROM blob WHERE a=$1"
        #expect(select.sqlite == "SELECT ?1, '$2', ?12 FROM blob WHERE a=?1")
        #expect(select.postgres == "SELECT $1, '$2', $12 FROM blob WHERE a=$1")
        #expect(select == Statement("SELECT $1, '$2', $12 FROM blob WHERE a=$1"))
        #expect(select != table)
    }
}
