import Application
import Casework
import Kernel
import SQL
import Store
import Synchronization
import TestSupport
import Testing

/// An import that was cut off goes on where it stopped, and comes to the same.
@Suite struct InterruptedImportTests {
    static let id = "fit-for-work-in-work"

    @Test("After a failure between batches the next run completes the list")
    func betweenBatches() async throws {
        let list = try ClientList(fixture: Self.id)
        let wanted = try await withInstallation(.sqlite) { installation in
            try await installation.importList(list, Self.id)
            return try await installation.figures()
        }
        for backend in Backend.allCases {
            try await withFreshDatabase(backend) { database in
                let whole = try await TestInstallation(database)
                let line = FailingLater(database)
                let failing = try await TestInstallation(line)
                try await withTemporaryDirectory { folder in
                    try list.write(to: folder)
                    let importer = try await failing.importer(folder, Self.id)
                    line.fail(after: 1)
                    await #expect(throws: SQLError.self) {
                        try await importer.write(skipping: [], seed: 1) { _, _, _ in }
                    }
                }
                let part = try await whole.count("cases")
                #expect(part == 500, "\(backend)")
                #expect(try await whole.problems() == [])
                let result = try await whole.importList(list, Self.id)
                #expect(result.unchanged == part)
                #expect(result.added == list.count() - part)
                #expect(try await whole.figures() == wanted)
                #expect(try await whole.problems() == [])
            }
        }
    }

    @Test("A batch that fails leaves nothing of itself behind")
    func withinABatch() async throws {
        let list = try ClientList(fixture: Self.id).only(Array(1...30))
        try await withInstallation(.sqlite) { installation in
            try await withTemporaryDirectory { folder in
                try list.write(to: folder)
                let importer = try await installation.importer(folder, Self.id)
                // The second row of facts breaks a constraint, after the journal has been written.
                try await installation.tamper(
                    "CREATE UNIQUE INDEX only_one ON facts (programme)"
                )
                await #expect(throws: SQLError.self) {
                    try await importer.write(skipping: [], seed: 1) { _, _, _ in }
                }
                for table in ["journal", "cases", "people", "facts", "import_rows"] {
                    #expect(try await installation.count(table) == 0, "\(table)")
                }
                #expect(try await installation.problems() == [])
                try await installation.tamper("DROP INDEX only_one")
                let result = try await importer.write(skipping: [], seed: 1) { _, _, _ in }
                #expect(result.added == 30)
            }
        }
    }

    @Test("A case that changes between the check and the writing is a conflict, not a mixture")
    func changedMeanwhile() async throws {
        var list = try ClientList(fixture: Self.id).only([1])
        try await withInstallation(.sqlite) { installation in
            try await installation.importList(list, Self.id)
            list[1, "discharge_status"] = "retired"
            let corrected = list
            try await withTemporaryDirectory { folder in
                try corrected.write(to: folder)
                let importer = try await installation.importer(folder, Self.id)
                let check = try await importer.check { _, _, _ in }
                #expect(check.faults.isEmpty)
                // Somebody withdraws the start of support: the listed discharge no longer holds.
                let start = try await installation.history("FIW0001").events.filter {
                    [.discharged, .trackingEnded, .supportStarted].contains($0.body.kind)
                }
                try await installation.change(
                    "FIW0001",
                    Command(voids: start.map { Command.Void(event: $0.id, reason: "mistaken") })
                )
                let events = try await installation.count("journal")
                let result = try await importer.write(skipping: [], seed: 1) { _, _, _ in }
                #expect(result.corrected == 1)
                #expect(try await installation.count("journal") > events)
                #expect(try await installation.problems() == [])
            }
        }
    }
}

/// A database whose line goes dead when it is told to.
private final class FailingLater: Database {
    private let base: any Database
    private let left = Mutex<Int?>(nil)

    init(_ base: any Database) {
        self.base = base
    }

    /// Lets so many writes through from now on.
    func fail(after writes: Int) { left.withLock { $0 = writes } }

    var kind: DatabaseKind { base.kind }

    func read<R: Sendable>(_ body: @Sendable (any Transaction) throws -> R) async throws -> R {
        try await base.read(body)
    }

    func write<R: Sendable>(_ body: @Sendable (any Transaction) throws -> R) async throws -> R {
        let isDead = left.withLock { left in
            left = left.map { $0 - 1 }
            return left.map { $0 < 0 } ?? false
        }
        if isDead { throw SQLError(.connection, "the line went dead") }
        return try await base.write(body)
    }

    func close() async throws {
        try await base.close()
    }
}
