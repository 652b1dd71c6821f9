import Application
import Casework
import Foundation
import Kernel
import Programmes
import SQL
import Store
import Synchronization

/// An installation in a database of the test's, with a clock that the test sets.
package struct TestInstallation: Sendable {
    package let goodwork: Goodwork
    package let clock: TestClock
    package let actor: Actor

    package var store: Store { goodwork.store }
    package var database: any Database { goodwork.store.database }

    /// The master key of every installation that a test makes.
    package static let masterKey = [UInt8](0..<32)

    /// Opens an installation in a database, with the repository's programme files.
    package init(
        _ database: any Database,
        clock: TestClock = TestClock(),
        role: Role = .operator,
        passwords: any PasswordHashing = TestPasswords.shared,
        signInRules: SignInRules = SignInRules()
    ) async throws {
        self.clock = clock
        goodwork = Goodwork(
            store: try await Store.open(database, masterKey: Self.masterKey),
            library: ProgrammeLibrary(directory: Fixtures.programmes),
            now: { clock.now },
            passwords: passwords,
            signInRules: signInRules
        )
        actor = Actor(user: "test", organisation: "tests", role: role)
    }

    /// The rules under which cases are decided now.
    package func programme(_ id: String) async throws -> Programme {
        let (goodwork, now) = (goodwork, clock.now)
        return try await database.write { transaction in
            try goodwork.library.current(id, store: goodwork.store, at: now, in: transaction)
        }
    }

    /// Opens a list that stands in a folder.
    package func importer(_ folder: String, _ programme: String) async throws -> Importer {
        try Importer(
            goodwork: goodwork,
            directory: folder,
            programme: try await self.programme(programme),
            actor: actor
        )
    }

    /// Imports the list that stands in a folder, or throws its faults.
    @discardableResult
    package func importList(_ folder: String, _ programme: String) async throws -> ImportResult {
        let importer = try await importer(folder, programme)
        let check = try await importer.check { _, _, _ in }
        guard check.faults.isEmpty else {
            let told = check.faults.map(\.description).joined(separator: "\n")
            throw ServiceError(.faults, told, faults: check.faults)
        }
        return try await importer.write(skipping: [], seed: .random(in: .min ... .max)) {
            _,
            _,
            _ in
        }
    }

    /// Writes a list into a folder of its own and imports it.
    @discardableResult
    package func importList(
        _ list: ClientList,
        _ programme: String,
        _ style: ClientList.Style = ClientList.Style()
    ) async throws -> ImportResult {
        try await withTemporaryDirectory { folder in
            try list.write(to: folder, style)
            return try await importList(folder, programme)
        }
    }

    /// What checking a list finds.
    package func check(_ list: ClientList, _ programme: String) async throws -> ImportCheck {
        try await withTemporaryDirectory { folder in
            try list.write(to: folder)
            return try await importer(folder, programme).check { _, _, _ in }
        }
    }

    /// The number of a table's rows.
    package func count(_ table: String) async throws -> Int {
        let statement = Statement("SELECT count(*) FROM \(table)")
        return try await database.read { transaction in
            try transaction.first(statement) { Int(try $0.int(0)) } ?? 0
        }
    }

    /// The case with a reference.
    package func header(_ reference: String) async throws -> CaseHeader {
        try await goodwork.header(reference: reference, programme: nil)
    }

    /// All that was told of a case, opened with the person's key.
    package func history(_ reference: String) async throws -> History {
        let header = try await header(reference)
        let store = store
        return try await database.read { transaction in
            let key = try store.person(header.person, in: transaction)?.key
            return try store.history(header, key: key, in: transaction)
        }
    }

    /// The identity of the person of a case; nil once erased.
    package func identity(_ reference: String) async throws -> Identity? {
        let header = try await header(reference)
        let store = store
        return try await database.read { transaction in
            try store.person(header.person, in: transaction)?.identity()
        }
    }

    /// What checking the database finds wrong.
    package func problems() async throws -> [String] {
        try await goodwork.verify(by: actor).problems
    }
}

/// A clock that stands still until it is set.
package final class TestClock: Sendable {
    private let time: Mutex<Instant>

    /// Makes a clock that shows 2 June 2025, 09:00 UTC.
    package init(_ start: Instant = Instant(milliseconds: 1_748_854_800_000)) {
        time = Mutex(start)
    }

    package var now: Instant { time.withLock { $0 } }

    /// Lets time pass.
    package func advance(milliseconds: Int64 = 1_000) {
        time.withLock { $0 = $0.adding(milliseconds: milliseconds) }
    }
}

/// Lends an installation in a fresh database.
@discardableResult
package func withInstallation<R>(
    _ backend: Backend,
    _ body: (TestInstallation) async throws -> R
) async throws -> R {
    try await withFreshDatabase(backend) { try await body(try await TestInstallation($0)) }
}
