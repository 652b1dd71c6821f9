import SQL
import TestSupport
import Testing

/// Rows that a transaction carries are written once, at its end, unless they were taken back.
@Suite struct CarriedRowsTests {
    /// Counts in memory, and writes itself as a thing.
    private struct Count: CarriedRow {
        var number: Int64

        func write(in transaction: any Transaction) throws {
            try transaction.execute(Things.insert, Things.thing(number))
        }

        static func add(in transaction: any Transaction) {
            let before = transaction.carried["count"] as? Count
            transaction.carried["count"] = Count(number: (before?.number ?? 0) + 1)
        }
    }

    private static func things(_ database: any Database) async throws -> [Int64] {
        try await database.read { try $0.rows(Things.selectAll) { try $0.int(0) } }
    }

    @Test(arguments: Backend.allCases)
    func isWrittenOnceAtTheEnd(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                for _ in 1...5 { Count.add(in: transaction) }
                let soFar = try transaction.first(Things.countAll) { try $0.int(0) }
                #expect(soFar == 0)
            }
            #expect(try await Self.things(database) == [5])
            await #expect(throws: Things.Refused.self) {
                try await database.write { transaction in
                    Count.add(in: transaction)
                    throw Things.Refused()
                }
            }
            #expect(try await Self.things(database) == [5])
        }
    }

    @Test(arguments: Backend.allCases)
    func aSavepointThatIsUndoneTakesItBack(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                Count.add(in: transaction)
                #expect(throws: Things.Refused.self) {
                    try transaction.savepoint {
                        for _ in 1...5 { Count.add(in: transaction) }
                        throw Things.Refused()
                    }
                }
                try transaction.savepoint { Count.add(in: transaction) }
            }
            #expect(try await Self.things(database) == [2])
        }
    }

    @Test("What cannot be written at the end undoes the rest", arguments: Backend.allCases)
    func failsWithTheRest(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            await #expect(throws: SQLError.self) {
                try await database.write { transaction in
                    try transaction.execute(Things.insert, Things.thing(1))
                    Count.add(in: transaction)
                }
            }
            let found = try await Self.things(database)
            #expect(found.isEmpty)
        }
    }
}
