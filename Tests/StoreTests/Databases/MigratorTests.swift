import SQL
import TestSupport
import Testing

/// Schemas go forward, and a database of another program is left alone.
@Suite struct MigratorTests {
    @Test(arguments: Backend.allCases)
    func migrationsGoForwardOnce(_ backend: Backend) async throws {
        let first = Migration(version: 1, name: "things", statements: [Things.createThings])
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
        let steps = [Migration(version: 1, name: "things", statements: [Things.createThings])]
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
}
