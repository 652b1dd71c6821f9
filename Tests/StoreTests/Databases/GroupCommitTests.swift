import SQL
import Synchronization
import TestSupport
import Testing

/// Jobs that wait together share one durable commit.
@Suite struct GroupCommitTests {
    @Test(arguments: Backend.allCases)
    func aFailingJobFailsAlone(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            let committer = GroupCommitter(database, jobsMax: 8)
            let outcomes = await withTaskGroup(of: (Int64, Bool).self) { group in
                for id in Int64(1)...100 {
                    group.addTask {
                        do {
                            let answer = try await committer.submit { transaction in
                                try transaction.execute(Things.insert, Things.thing(id))
                                if id.isMultiple(of: 10) { throw Things.Refused() }
                                if id.isMultiple(of: 7) {
                                    try transaction.execute(Things.insert, Things.thing(id))
                                }
                                return id
                            }
                            return (id, answer == id)
                        } catch {
                            return (id, false)
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let wanted = (Int64(1)...100).filter { !$0.isMultiple(of: 10) && !$0.isMultiple(of: 7) }
            #expect(outcomes.filter(\.value).keys.sorted() == wanted)
            let found = try await database.read { try $0.rows(Things.selectAll) { try $0.int(0) } }
            #expect(found == wanted)
        }
    }

    @Test(arguments: Backend.allCases)
    func jobsShareTransactions(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            let counting = CountingDatabase(database)
            let committer = GroupCommitter(counting, jobsMax: 32)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in Int64(1)...200 {
                    group.addTask {
                        _ = try await committer.submit { transaction in
                            try transaction.execute(Things.insert, Things.thing(id))
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await expectCount(200, database)
            #expect(counting.writes >= 7)
            #expect(counting.writes < 200)
        }
    }

    @Test func aCommitThatFailsFailsEveryJob() async throws {
        let lost = SQLError(.unknownOutcome, "the line went dead")
        let committer = GroupCommitter(FailingDatabase(error: lost))
        for _ in 1...3 {
            await #expect(throws: lost) { try await committer.submit { _ in 1 } }
        }
    }

    @Test(arguments: Backend.allCases)
    func writersAndReadersRunTogether(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in Int64(1)...60 {
                    group.addTask {
                        _ = try await database.write { transaction in
                            try transaction.execute(Things.insert, Things.thing(id))
                        }
                    }
                    group.addTask {
                        _ = try await database.read {
                            try $0.first(Things.countAll) { try $0.int(0) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await expectCount(60, database)
        }
    }
}

/// Counts the write transactions of another database.
private final class CountingDatabase: Database {
    private let base: any Database
    private let count = Mutex(0)

    init(_ base: any Database) {
        self.base = base
    }

    var kind: DatabaseKind { base.kind }
    var writes: Int { count.withLock { $0 } }

    func read<R: Sendable>(_ body: @Sendable (any Transaction) throws -> R) async throws -> R {
        try await base.read(body)
    }

    func write<R: Sendable>(_ body: @Sendable (any Transaction) throws -> R) async throws -> R {
        count.withLock { $0 += 1 }
        return try await base.write(body)
    }

    func close() async throws {
        try await base.close()
    }
}

/// Fails every transaction.
private struct FailingDatabase: Database {
    let error: SQLError
    let kind = DatabaseKind.sqlite

    func read<R: Sendable>(_ body: @Sendable (any Transaction) throws -> R) async throws -> R {
        throw error
    }

    func write<R: Sendable>(_ body: @Sendable (any Transaction) throws -> R) async throws -> R {
        throw error
    }

    func close() async throws {}
}
