import SQL
import TestSupport
import Testing

/// Short reads that are asked for together share a snapshot, and nobody notices.
@Suite struct SharedReadsTests {
    @Test(arguments: Backend.allCases)
    func eachSeesWhatItsAskerWrote(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            let committer = GroupCommitter(database, jobsMax: 8)
            let missed = try await withThrowingTaskGroup(of: Int64?.self) { group in
                for id in Int64(1)...200 {
                    group.addTask {
                        try await committer.submit { transaction in
                            _ = try transaction.execute(Things.insert, Things.thing(id))
                        }
                        let ids = try await database.look { transaction in
                            try transaction.rows(Things.selectAll) { try $0.int(0) }
                        }
                        return ids.contains(id) ? nil : id
                    }
                }
                return try await group.reduce(into: [Int64]()) { missed, id in
                    if let id { missed.append(id) }
                }
            }
            #expect(missed == [])
        }
    }

    /// One in ten refuses, and one in seven spoils its transaction by what is no SQL.
    @Test(arguments: Backend.allCases)
    func aFailingReadFailsAlone(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            let outcomes = await withTaskGroup(of: (Int64, Bool).self) { group in
                for number in Int64(1)...200 {
                    group.addTask {
                        do {
                            let answer = try await database.look { transaction in
                                if number.isMultiple(of: 10) { throw Things.Refused() }
                                if number.isMultiple(of: 7) { try transaction.execute("NONSENSE") }
                                return try transaction.first(
                                    "SELECT CAST($1 AS BIGINT)",
                                    [.int(number)]
                                ) { try $0.int(0) }
                            }
                            return (number, answer == number)
                        } catch {
                            return (number, false)
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let wanted = (Int64(1)...200).filter { !$0.isMultiple(of: 10) && !$0.isMultiple(of: 7) }
            #expect(outcomes.filter(\.value).keys.sorted() == wanted)
        }
    }

    @Test(arguments: Backend.allCases)
    func aLookCannotWrite(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            await #expect(throws: SQLError.self) {
                try await database.look { transaction in
                    _ = try transaction.execute(Things.insert, Things.thing(1))
                }
            }
        }
    }
}
