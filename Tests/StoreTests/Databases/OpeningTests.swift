import SQL
import TestSupport
import Testing

/// Opening, closing, and connections that are cut.
@Suite struct OpeningTests {
    @Test(arguments: Backend.allCases)
    func whatWasWrittenIsThereAfterReopening(_ backend: Backend) async throws {
        try await withReopenableDatabase(backend) { open in
            let first = try await open()
            try await first.write { transaction in
                try transaction.execute(Things.createThings)
                try transaction.execute(Things.insert, Things.thing(1))
            }
            try await first.close()
            let error = await #expect(throws: SQLError.self) { try await Things.count(first) }
            #expect(error?.kind == .connection)
            await #expect(throws: SQLError.self) {
                try await first.write { try $0.execute(Things.insert, Things.thing(2)) }
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

    @Test(.timeLimit(.minutes(10)))
    func postgresComesBackAfterItsConnectionIsCut() async throws {
        try await withFreshDatabase(.postgres) { database in
            let cut: Statement = """
                SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1
                """
            let itself: Statement = "SELECT pg_terminate_backend(pg_backend_pid())"
            try await database.write { try $0.execute(Things.createThings) }
            let error = await #expect(throws: SQLError.self) {
                try await database.write { transaction in
                    try transaction.execute(Things.insert, Things.thing(1))
                    try transaction.execute(itself)
                }
            }
            #expect(error?.kind == .connection)
            try await database.write { try $0.execute(Things.insert, Things.thing(2)) }
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
        .timeLimit(.minutes(10)),
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
                try transaction.execute(Things.insert, Things.thing(1))
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

    @Test func postgresRefusesADatabaseThatDoesNotSortByBytes() async throws {
        // Its LC_COLLATE is C, and ICU sorts all the same.
        let url = try await TemporaryPostgres.shared.freshURL(
            "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-GB' LC_COLLATE 'C' LC_CTYPE 'C'"
        )
        let error = await #expect(throws: SQLError.self) { try await openPostgres(url) }
        #expect(error?.kind == .other)
        #expect(error?.message.contains("does not sort by bytes") == true)
    }

    @Test func postgresRefusesAServerThatIsNotThere() async throws {
        let error = await #expect(throws: SQLError.self) {
            try await openPostgres("postgres://nobody@127.0.0.1:1/none")
        }
        #expect(error?.kind == .connection)
    }
}
