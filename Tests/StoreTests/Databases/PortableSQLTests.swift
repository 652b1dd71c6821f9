import SQL
import TestSupport
import Testing

/// What SQL may use, because both databases take it alike.
@Suite struct PortableSQLTests {
    @Test(arguments: Backend.allCases)
    func upsertsAndReturns(_ backend: Backend) async throws {
        let upsert: Statement = """
            INSERT INTO things (id, name) VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name
            RETURNING id, name
            """
        try await withThings(backend) { database in
            let names = try await database.write { transaction in
                try [["a"], ["b"]].map { (names: [String]) in
                    try transaction.first(upsert, [1, .text(names[0])]) { try $0.text(1) }
                }
            }
            #expect(names == ["a", "b"])
            try await expectCount(1, database)
        }
    }

    @Test(arguments: Backend.allCases)
    func countsTheRowsThatChanged(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.executeMany(Things.insert, (1...5).map { Things.thing($0) })
                #expect(
                    try transaction.execute("UPDATE things SET size = 1 WHERE id > $1", [2]) == 3
                )
                #expect(try transaction.execute(Things.selectAll) == 0)
                #expect(try transaction.execute("CREATE TABLE others (id BIGINT)") == 0)
                #expect(try transaction.execute("DELETE FROM things WHERE id > 5") == 0)
                #expect(try transaction.execute("DELETE FROM things") == 5)
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func windowsAndFilters(_ backend: Backend) async throws {
        let statement: Statement = """
            WITH numbered AS (
                SELECT id, row_number() OVER (ORDER BY name DESC) AS place FROM things
            )
            SELECT count(*) FILTER (WHERE place > 1), CAST(sum(place) AS BIGINT), max(id)
            FROM numbered
            """
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.executeMany(
                    Things.insert,
                    [Things.thing(1, "a"), Things.thing(2, "c"), Things.thing(3, "b")]
                )
            }
            let numbers = try await database.read { transaction in
                try transaction.first(statement) { row in
                    [try row.int(0), try row.int(1), try row.int(2)]
                }
            }
            #expect(numbers == [2, 6, 3])
        }
    }

    @Test(arguments: Backend.allCases)
    func textSortsByItsBytes(_ backend: Backend) async throws {
        let names = ["a", "B", "é", "Z", "10", "9", "", "🧑", "\u{FFFD}", "a b", "a-b"]
        try await withThings(backend) { database in
            try await database.write { transaction in
                for (id, name) in names.enumerated() {
                    try transaction.execute(Things.insert, Things.thing(Int64(id), .text(name)))
                }
            }
            let found = try await database.read { transaction in
                try transaction.rows("SELECT name FROM things ORDER BY name") { try $0.text(0) }
            }
            #expect(found == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
            let below = try await database.read { transaction in
                try transaction.rows("SELECT name FROM things WHERE name < $1", ["B"]) {
                    try $0.text(0)
                }
            }
            #expect(Set(below) == ["10", "9", ""])
        }
    }

    @Test(arguments: Backend.allCases)
    func parametersAreUsedAgainAndOutOfOrder(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.executeMany(Things.insert, (1...5).map { Things.thing($0) })
                let ids = try transaction.rows(
                    "SELECT id FROM things WHERE id > $2 AND id < $1 AND '$3' <> '' AND id <> $2 + 1",
                    [5, 1]
                ) { try $0.int(0) }
                #expect(ids.sorted() == [3, 4])
            }
        }
    }
}
