import Foundation
import SQL
import TestSupport
import Testing

/// A transaction is all or nothing, on both databases.
@Suite struct TransactionTests {
    @Test(arguments: Backend.allCases)
    func aBodyThatThrowsIsUndone(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            await #expect(throws: Things.Refused.self) {
                try await database.write { transaction in
                    try transaction.execute(Things.insert, Things.thing(1))
                    throw Things.Refused()
                }
            }
            try await expectCount(0, database)
            try await database.write { try $0.execute(Things.insert, Things.thing(1)) }
            try await expectCount(1, database)
        }
    }

    @Test(arguments: Backend.allCases)
    func aReadCannotWrite(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            await #expect(throws: SQLError.self) {
                try await database.read { try $0.execute(Things.insert, Things.thing(1)) }
            }
            try await expectCount(0, database)
        }
    }

    @Test(arguments: Backend.allCases)
    func savepointsNest(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.execute(Things.insert, Things.thing(1))
                try transaction.savepoint {
                    try transaction.execute(Things.insert, Things.thing(2))
                    #expect(throws: Things.Refused.self) {
                        try transaction.savepoint {
                            try transaction.execute(Things.insert, Things.thing(3))
                            try transaction.savepoint {
                                try transaction.execute(Things.insert, Things.thing(4))
                            }
                            throw Things.Refused()
                        }
                    }
                    try transaction.execute(Things.insert, Things.thing(5))
                }
                #expect(throws: Things.Refused.self) {
                    try transaction.savepoint {
                        try transaction.execute(Things.insert, Things.thing(6))
                        throw Things.Refused()
                    }
                }
            }
            let ids = try await database.read { try $0.rows(Things.selectAll) { try $0.int(0) } }
            #expect(ids == [1, 2, 5])
        }
    }

    @Test(arguments: Backend.allCases)
    func goesOnAfterAViolationInASavepoint(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.execute(Things.insert, Things.thing(1, "a"))
                for values in [Things.thing(1, "b"), Things.thing(2, "a")] {
                    let error = #expect(throws: SQLError.self) {
                        try transaction.savepoint { try transaction.execute(Things.insert, values) }
                    }
                    #expect(error?.kind == .unique)
                    #expect(error?.constraint?.isEmpty == false)
                    #expect(error?.statement?.hasPrefix("INSERT") == true)
                }
                try transaction.execute(Things.insert, Things.thing(3, "c"))
            }
            try await expectCount(2, database)
        }
    }

    @Test(arguments: Backend.allCases)
    func aSwallowedFailureSpoilsTheTransaction(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            await #expect(throws: SQLError.self) {
                try await database.write { transaction in
                    try transaction.execute(Things.insert, Things.thing(1))
                    _ = try? transaction.execute(Things.insert, Things.thing(1))
                    #expect(throws: SQLError.self) {
                        try transaction.execute(Things.insert, Things.thing(2))
                    }
                }
            }
            try await expectCount(0, database)
        }
    }

    @Test(arguments: Backend.allCases)
    func foreignKeysAndSyntaxHaveTheirKinds(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.execute(
                    "CREATE TABLE parts (id BIGINT PRIMARY KEY, thing BIGINT NOT NULL REFERENCES things (id))"
                )
            }
            let cases: [(Statement, SQLError.Kind)] = [
                ("INSERT INTO parts (id, thing) VALUES (1, 99)", .foreignKey),
                ("INSERT INTO parts (id, thing) VALUES (1, NULL)", .other),
                ("SELEC 1", .syntax),
                ("SELECT absent FROM parts", .syntax),
                ("SELECT id FROM absent", .syntax),
            ]
            for (statement, kind) in cases {
                let error = await #expect(throws: SQLError.self) {
                    try await database.write { try $0.execute(statement) }
                }
                #expect(error?.kind == kind, "\(statement)")
            }
        }
    }

    @Test(arguments: Backend.allCases)
    func aReadSeesOneSnapshot(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            let hasRead = DispatchSemaphore(value: 0)
            let hasWritten = DispatchSemaphore(value: 0)
            async let counts = database.read { transaction in
                let before = try transaction.first(Things.countAll) { try $0.int(0) }
                hasRead.signal()
                #expect(hasWritten.wait(timeout: .now() + 120) == .success)
                return [before, try transaction.first(Things.countAll) { try $0.int(0) }]
            }
            // The write waits on its own thread, not on a cooperative one.
            try await database.write { transaction in
                #expect(hasRead.wait(timeout: .now() + 120) == .success)
                try transaction.execute(Things.insert, Things.thing(1))
            }
            hasWritten.signal()
            #expect(try await counts == [0, 0])
            try await expectCount(1, database)
        }
    }
}
