import Foundation
import SQL
import Synchronization
import TestSupport
import Testing

/// What the rest of the program may expect of a database, on both.
@Suite struct DatabaseConformanceTests {
    private static let createThings: Statement = """
        CREATE TABLE things (id BIGINT PRIMARY KEY, name TEXT UNIQUE, size DOUBLE PRECISION, raw BLOB)
        """
    private static let insert: Statement =
        "INSERT INTO things (id, name, size, raw) VALUES ($1, $2, $3, $4)"
    private static let selectAll: Statement =
        "SELECT id, name, size, raw FROM things ORDER BY id"
    private static let count: Statement = "SELECT count(*) FROM things"

    private struct Refused: Error {}

    private func withThings(
        _ backend: Backend,
        _ body: (any Database) async throws -> Void
    ) async throws {
        try await withFreshDatabase(backend) { database in
            try await database.write { try $0.execute(Self.createThings) }
            try await body(database)
        }
    }

    private static func thing(_ id: Int64, _ name: SQLValue = nil) -> [SQLValue] {
        [.int(id), name, nil, nil]
    }

    private func count(_ database: any Database) async throws -> Int64? {
        try await database.read { try $0.first(Self.count) { try $0.int(0) } }
    }

    private func expectCount(
        _ wanted: Int64,
        _ database: any Database,
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await count(database)
        #expect(found == wanted, sourceLocation: location)
    }

    // MARK: Values

    @Test(arguments: Backend.allCases)
    func valuesComeBackAsTheyWere(_ backend: Backend) async throws {
        let rows: [[SQLValue]] = [
            [1, "", 0, .blob([])],
            [2, nil, nil, nil],
            [3, "Zoë 李 🧑‍🌾 'quoted' \"\\", .double(0.1), .blob([0, 1, 0, 255])],
            [.int(.min), "least", .double(-.greatestFiniteMagnitude), .blob([0])],
            [
                .int(.max), "most", .double(.leastNonzeroMagnitude),
                .blob([UInt8](repeating: 7, count: 9_000)),
            ],
            [6, .text(String(repeating: "é", count: 5_000)), .double(1e300), nil],
            [7, "no bound", .double(.infinity), nil],
        ]
        try await withThings(backend) { database in
            try await database.write { transaction in
                for row in rows.prefix(3) {
                    #expect(try transaction.execute(Self.insert, row) == 1)
                }
                try transaction.executeMany(Self.insert, Array(rows.dropFirst(3)))
            }
            let found = try await database.read { transaction in
                try transaction.rows(Self.selectAll) { row -> [SQLValue] in
                    [
                        .int(try row.int(0)), SQLValue(try row.optionalText(1)),
                        SQLValue(try row.optionalDouble(2)), SQLValue(try row.optionalBlob(3)),
                    ]
                }
            }
            let id = { (row: [SQLValue]) -> Int64 in
                if case .int(let id) = row[0] { id } else { 0 }
            }
            var wanted = rows.sorted { id($0) < id($1) }
            let first = try #require(wanted.firstIndex { id($0) == 1 })
            wanted[first][2] = .double(0)
            #expect(found == wanted)
        }
    }

    @Test(arguments: Backend.allCases)
    func bytesAreLentWithoutCopying(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.execute(Self.insert, [1, "héllo", nil, .blob([1, 0, 2])])
                try transaction.query(Self.selectAll, []) { row in
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
                try transaction.execute(Self.insert, [1, "12", .double(1.5), .blob([65])])
                try transaction.query(Self.selectAll, []) { row in
                    #expect(throws: SQLError.self) { try row.text(0) }
                    #expect(throws: SQLError.self) { try row.int(1) }
                    #expect(throws: SQLError.self) { try row.int(2) }
                    #expect(throws: SQLError.self) { try row.text(3) }
                    #expect(throws: SQLError.self) { try row.blob(1) }
                    let whole = try row.double(0)
                    #expect(whole == 1)
                }
            }
        }
    }

    @Test(
        arguments: Backend.allCases,
        [SQLValue.text("a\0b"), .double(.nan)]
    )
    func refusesWhatTheTwoWouldStoreDifferently(_ backend: Backend, _ value: SQLValue) async throws
    {
        try await withThings(backend) { database in
            await #expect(throws: SQLError.self) {
                try await database.write { transaction in
                    let isText = value == "a\0b"
                    try transaction.execute(
                        Self.insert,
                        [1, isText ? value : nil, isText ? nil : value, nil]
                    )
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
                    try await database.write { try $0.execute(Self.insert, values) }
                }
            }
        }
    }

    // MARK: Transactions

    @Test(arguments: Backend.allCases)
    func aBodyThatThrowsIsUndone(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            await #expect(throws: Refused.self) {
                try await database.write { transaction in
                    try transaction.execute(Self.insert, Self.thing(1))
                    throw Refused()
                }
            }
            try await expectCount(0, database)
            try await database.write { try $0.execute(Self.insert, Self.thing(1)) }
            try await expectCount(1, database)
        }
    }

    @Test(arguments: Backend.allCases)
    func aReadCannotWrite(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            await #expect(throws: SQLError.self) {
                try await database.read { try $0.execute(Self.insert, Self.thing(1)) }
            }
            try await expectCount(0, database)
        }
    }

    @Test(arguments: Backend.allCases)
    func savepointsNest(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.execute(Self.insert, Self.thing(1))
                try transaction.savepoint {
                    try transaction.execute(Self.insert, Self.thing(2))
                    #expect(throws: Refused.self) {
                        try transaction.savepoint {
                            try transaction.execute(Self.insert, Self.thing(3))
                            try transaction.savepoint {
                                try transaction.execute(Self.insert, Self.thing(4))
                            }
                            throw Refused()
                        }
                    }
                    try transaction.execute(Self.insert, Self.thing(5))
                }
                #expect(throws: Refused.self) {
                    try transaction.savepoint {
                        try transaction.execute(Self.insert, Self.thing(6))
                        throw Refused()
                    }
                }
            }
            let ids = try await database.read { try $0.rows(Self.selectAll) { try $0.int(0) } }
            #expect(ids == [1, 2, 5])
        }
    }

    @Test(arguments: Backend.allCases)
    func goesOnAfterAViolationInASavepoint(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            try await database.write { transaction in
                try transaction.execute(Self.insert, Self.thing(1, "a"))
                for values in [Self.thing(1, "b"), Self.thing(2, "a")] {
                    let error = #expect(throws: SQLError.self) {
                        try transaction.savepoint { try transaction.execute(Self.insert, values) }
                    }
                    #expect(error?.kind == .unique)
                    #expect(error?.constraint?.isEmpty == false)
                    #expect(error?.statement?.hasPrefix("INSERT") == true)
                }
                try transaction.execute(Self.insert, Self.thing(3, "c"))
            }
            try await expectCount(2, database)
        }
    }

    @Test(arguments: Backend.allCases)
    func aSwallowedFailureSpoilsTheTransaction(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            await #expect(throws: SQLError.self) {
                try await database.write { transaction in
                    try transaction.execute(Self.insert, Self.thing(1))
                    _ = try? transaction.execute(Self.insert, Self.thing(1))
                    #expect(throws: SQLError.self) {
                        try transaction.execute(Self.insert, Self.thing(2))
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
                let before = try transaction.first(Self.count) { try $0.int(0) }
                hasRead.signal()
                #expect(hasWritten.wait(timeout: .now() + 20) == .success)
                return [before, try transaction.first(Self.count) { try $0.int(0) }]
            }
            // The write waits on its own thread, not on a cooperative one.
            try await database.write { transaction in
                #expect(hasRead.wait(timeout: .now() + 20) == .success)
                try transaction.execute(Self.insert, Self.thing(1))
            }
            hasWritten.signal()
            #expect(try await counts == [0, 0])
            try await expectCount(1, database)
        }
    }

    // MARK: What SQL may use

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
                try transaction.executeMany(Self.insert, (1...5).map { Self.thing($0) })
                #expect(
                    try transaction.execute("UPDATE things SET size = 1 WHERE id > $1", [2]) == 3
                )
                #expect(try transaction.execute(Self.selectAll) == 0)
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
                    Self.insert,
                    [Self.thing(1, "a"), Self.thing(2, "c"), Self.thing(3, "b")]
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
                    try transaction.execute(Self.insert, Self.thing(Int64(id), .text(name)))
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
                try transaction.executeMany(Self.insert, (1...5).map { Self.thing($0) })
                let ids = try transaction.rows(
                    "SELECT id FROM things WHERE id > $2 AND id < $1 AND '$3' <> '' AND id <> $2 + 1",
                    [5, 1]
                ) { try $0.int(0) }
                #expect(ids.sorted() == [3, 4])
            }
        }
    }

    // MARK: Many rows

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
                try transaction.executeMany(Self.insert, (1...100).map { Self.thing($0) })
                #expect(throws: Refused.self) {
                    try transaction.query(Self.selectAll, []) { _ in throw Refused() }
                }
                var (outer, inner) = (0, 0)
                try transaction.query(Self.selectAll, []) { row in
                    outer += 1
                    let id = try row.int(0)
                    guard id <= 3 else { return }
                    try transaction.query(Self.selectAll, []) { _ in inner += 1 }
                    try transaction.savepoint {
                        try transaction.execute(Self.insert, Self.thing(1_000 + id))
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
                [.int(number), .text("name \(number)"), .double(Double(number)), .blob([1, 2])]
            }
            try await database.write { try $0.executeMany(Self.insert, rows) }
            try await expectCount(50_000, database)
            let error = await #expect(throws: SQLError.self) {
                try await database.write { transaction in
                    try transaction.executeMany(
                        Self.insert,
                        (60_000...62_000).map { Self.thing($0) } + [Self.thing(1)]
                            + (70_000...72_000).map { Self.thing($0) }
                    )
                }
            }
            #expect(error?.kind == .unique)
            try await expectCount(50_000, database)
            try await database.write { transaction in
                #expect(throws: SQLError.self) {
                    try transaction.savepoint {
                        try transaction.executeMany(
                            Self.insert,
                            [Self.thing(80_000), [80_001, "a\0", nil, nil]]
                        )
                    }
                }
                try transaction.executeMany(Self.insert, [Self.thing(90_000)])
                try transaction.executeMany(Self.insert, [])
            }
            try await expectCount(50_001, database)
        }
    }

    // MARK: Group commit

    @Test(arguments: Backend.allCases)
    func aFailingJobFailsAlone(_ backend: Backend) async throws {
        try await withThings(backend) { database in
            let committer = GroupCommitter(database, jobsMax: 8)
            let outcomes = await withTaskGroup(of: (Int64, Bool).self) { group in
                for id in Int64(1)...100 {
                    group.addTask {
                        do {
                            let answer = try await committer.submit { transaction in
                                try transaction.execute(Self.insert, Self.thing(id))
                                if id.isMultiple(of: 10) { throw Refused() }
                                if id.isMultiple(of: 7) {
                                    try transaction.execute(Self.insert, Self.thing(id))
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
            let found = try await database.read { try $0.rows(Self.selectAll) { try $0.int(0) } }
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
                            try transaction.execute(Self.insert, Self.thing(id))
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
                            try transaction.execute(Self.insert, Self.thing(id))
                        }
                    }
                    group.addTask {
                        _ = try await database.read { try $0.first(Self.count) { try $0.int(0) } }
                    }
                }
                try await group.waitForAll()
            }
            try await expectCount(60, database)
        }
    }

    // MARK: Opening and closing

    @Test(arguments: Backend.allCases)
    func whatWasWrittenIsThereAfterReopening(_ backend: Backend) async throws {
        try await withReopenableDatabase(backend) { open in
            let first = try await open()
            try await first.write { transaction in
                try transaction.execute(Self.createThings)
                try transaction.execute(Self.insert, Self.thing(1))
            }
            try await first.close()
            let error = await #expect(throws: SQLError.self) { try await count(first) }
            #expect(error?.kind == .connection)
            await #expect(throws: SQLError.self) {
                try await first.write { try $0.execute(Self.insert, Self.thing(2)) }
            }
            let second = try await open()
            try await expectCount(1, second)
            try await second.close()
        }
    }

    @Test func sqliteSyncsEveryCommit() async throws {
        try await withFreshDatabase(.sqlite) { database in
            for _ in 1...2 {
                let settings = try await database.write { transaction in
                    [
                        try transaction.first("PRAGMA synchronous") { try $0.int(0) },
                        try transaction.first("PRAGMA foreign_keys") { try $0.int(0) },
                    ]
                }
                #expect(settings == [2, 1])
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func postgresComesBackAfterItsConnectionIsCut() async throws {
        try await withFreshDatabase(.postgres) { database in
            let cut: Statement = """
                SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1
                """
            let itself: Statement = "SELECT pg_terminate_backend(pg_backend_pid())"
            try await database.write { try $0.execute(Self.createThings) }
            let error = await #expect(throws: SQLError.self) {
                try await database.write { transaction in
                    try transaction.execute(Self.insert, Self.thing(1))
                    try transaction.execute(itself)
                }
            }
            #expect(error?.kind == .connection)
            try await database.write { try $0.execute(Self.insert, Self.thing(2)) }
            // Now the connection dies while nobody is using it.
            let name = try await database.read { transaction in
                try transaction.first("SELECT current_database()") { try $0.text(0) }
            }
            try await withFreshDatabase(.postgres) { other in
                try await other.write { try $0.execute(cut, [SQLValue(name)]) }
            }
            try await expectCount(1, database)
        }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: ["pg_cancel_backend", "pg_terminate_backend"]
    )
    func postgresTellsOfACommitThatItsStandbyMayNotHave(_ stop: String) async throws {
        let interrupt = Statement(
            "SELECT \(stop)(pid) FROM pg_stat_activity WHERE datname = $1 AND wait_event = 'SyncRep'"
        )
        try await withThings(.postgres) { database in
            let name = try await database.read { transaction in
                try transaction.first("SELECT current_database()") { try $0.text(0) }
            }
            // The test server names a standby that does not exist, and waits for it when told to.
            async let outcome = database.write { transaction in
                try transaction.execute("SET LOCAL synchronous_commit = on")
                try transaction.execute(Self.insert, Self.thing(1))
            }
            try await withFreshDatabase(.postgres) { other in
                var hasStopped = false
                while !hasStopped {
                    try await Task.sleep(for: .milliseconds(20))
                    hasStopped = try await other.write { transaction in
                        try transaction.first(interrupt, [SQLValue(name)]) { _ in true } ?? false
                    }
                }
            }
            do {
                _ = try await outcome
                Issue.record("the commit waited for nobody")
            } catch let error as SQLError {
                #expect(error.kind == .unknownOutcome, "\(error)")
            }
            try await expectCount(1, database)
        }
    }

    @Test func postgresRefusesAServerThatIsNotThere() async throws {
        let error = await #expect(throws: SQLError.self) {
            try await openPostgres("postgres://nobody@127.0.0.1:1/none")
        }
        #expect(error?.kind == .connection)
    }

    // MARK: Migrations

    @Test(arguments: Backend.allCases)
    func migrationsGoForwardOnce(_ backend: Backend) async throws {
        let first = Migration(version: 1, name: "things", statements: [Self.createThings])
        let second = Migration(
            version: 2,
            name: "colours",
            statements: ["ALTER TABLE things ADD COLUMN colour BLOB"]
        )
        let broken = Migration(
            version: 3,
            name: "broken",
            statements: ["CREATE TABLE half (id BIGINT)", "CREATE TABLE half (id BIGINT)"]
        )
        try await withFreshDatabase(backend) { database in
            try await expectMigrated([1], database, [first])
            try await expectMigrated([], database, [first])
            try await expectMigrated([2], database, [first, second])
            await #expect(throws: MigrationError.newerDatabase(version: 2, known: 1)) {
                try await Migrator.migrate(database, [first])
            }
            let renamed = Migration(version: 1, name: "objects", statements: [])
            let different = MigrationError.different(
                version: 1,
                applied: "things",
                known: "objects"
            )
            await #expect(throws: different) {
                try await Migrator.migrate(database, [renamed, second])
            }
            await #expect(throws: SQLError.self) {
                try await Migrator.migrate(database, [first, second, broken])
            }
            // The half that worked is undone, so that the same name can be made again.
            let mended = Migration(
                version: 3,
                name: "mended",
                statements: ["CREATE TABLE half (id BIGINT)"]
            )
            try await expectMigrated([3], database, [first, second, mended])
        }
    }

    @Test(arguments: Backend.allCases)
    func serversThatStartTogetherMigrateOnce(_ backend: Backend) async throws {
        let steps = [Migration(version: 1, name: "things", statements: [Self.createThings])]
        try await withReopenableDatabase(backend) { open in
            let versions = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 1...4 {
                    group.addTask {
                        let database = try await open()
                        let versions = try await Migrator.migrate(database, steps)
                        try await database.close()
                        return versions
                    }
                }
                return try await group.reduce([], +)
            }
            #expect(versions == [1])
        }
    }

    private func expectMigrated(
        _ versions: [Int],
        _ database: any Database,
        _ migrations: [Migration],
        _ location: SourceLocation = #_sourceLocation
    ) async throws {
        let done = try await Migrator.migrate(database, migrations)
        #expect(done == versions, sourceLocation: location)
    }

    // MARK: Statements

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
