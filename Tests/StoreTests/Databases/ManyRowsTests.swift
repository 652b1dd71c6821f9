import SQL
import TestSupport
import Testing

/// Many rows, written and read in bounded memory.
@Suite struct ManyRowsTests {
    @Test(arguments: Backend.allCases)
    func streamsManyRows(_ backend: Backend) async throws {
        let many: Statement = """
            WITH RECURSIVE numbers (n) AS (
                SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM numbers WHERE n < $1
            )
            SELECT n, 'a name of some length' FROM numbers
            """
        try await withFreshDatabase(backend) { database in
            let totals = try await database.read { transaction in
                var (count, sum, bytes) = (0, Int64(0), 0)
                try transaction.query(many, [200_000]) { row in
                    count += 1
                    sum += try row.int(0)
                    bytes += try row.withText(1) { $0.count }
                }
                return [count, Int(sum), bytes]
            }
            #expect(totals == [200_000, 20_000_100_000, 4_200_000])
        }
    }

    @Test(arguments: Backend.allCases)
    func aQueryCanBeLeftEarlyAndHoldOthers(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.executeMany(Things.insert, (1...100).map { Things.thing($0) })
                #expect(throws: Things.Refused.self) {
                    try transaction.query(Things.selectAll, []) { _ in throw Things.Refused() }
                }
                var (outer, inner) = (0, 0)
                try transaction.query(Things.selectAll, []) { row in
                    outer += 1
                    let id = try row.int(0)
                    guard id <= 3 else { return }
                    try transaction.query(Things.selectAll, []) { _ in inner += 1 }
                    try transaction.savepoint {
                        try transaction.execute(Things.insert, Things.thing(1_000 + id))
                    }
                    #expect(try row.int(0) == id)
                }
                #expect(outer >= 100)
                #expect(inner >= 300)
            }
            try await expectCount(103, database)
        }
    }

    @Test(arguments: Backend.allCases)
    func insertsManyRows(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            let rows = (1...50_000).map { number -> [SQLValue] in
                [.int(number), .text("name \(number)"), .int(number * 2), .blob([1, 2])]
            }
            try await database.write { try $0.executeMany(Things.insert, rows) }
            try await expectCount(50_000, database)
            let error = await #expect(throws: SQLError.self) {
                try await database.write { transaction in
                    try transaction.executeMany(
                        Things.insert,
                        (60_000...62_000).map { Things.thing($0) } + [Things.thing(1)]
                            + (70_000...72_000).map { Things.thing($0) }
                    )
                }
            }
            #expect(error?.kind == .unique)
            try await expectCount(50_000, database)
            try await database.write { transaction in
                #expect(throws: SQLError.self) {
                    try transaction.savepoint {
                        try transaction.executeMany(
                            Things.insert,
                            [Things.thing(80_000), [80_001, "a\0", nil, nil]]
                        )
                    }
                }
                try transaction.executeMany(Things.insert, [Things.thing(90_000)])
                try transaction.executeMany(Things.insert, [])
            }
            try await expectCount(50_001, database)
        }
    }
}
