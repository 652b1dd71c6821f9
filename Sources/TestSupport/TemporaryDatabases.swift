import Foundation
import PostgresBackend
import SQL
import SQLiteBackend

/// The databases that every test of storage runs on.
package enum Backend: String, CaseIterable, Sendable {
    case sqlite
    case postgres
}

/// Lends a new, empty database, and closes and removes it afterwards.
@discardableResult
package func withFreshDatabase<R>(
    _ backend: Backend,
    _ body: (any Database) async throws -> R
) async throws -> R {
    switch backend {
    case .sqlite:
        try await withTemporaryDirectory { directory in
            let database = try SQLiteDatabase(path: directory + "/test.sqlite")
            return try await closing(database, body)
        }
    case .postgres:
        try await closing(try await TemporaryPostgres.shared.freshDatabase(), body)
    }
}

/// Lends a way to open the same database again and again, as a restarted program does.
@discardableResult
package func withReopenableDatabase<R>(
    _ backend: Backend,
    _ body: (_ open: @escaping @Sendable () async throws -> any Database) async throws -> R
) async throws -> R {
    switch backend {
    case .sqlite:
        try await withTemporaryDirectory { directory in
            try await body { try SQLiteDatabase(path: directory + "/test.sqlite") }
        }
    case .postgres:
        try await {
            let url = try await TemporaryPostgres.shared.freshURL()
            return try await body { try await PostgresDatabase(url: url) }
        }()
    }
}

/// Opens a SQLite file that the test names itself.
package func openSQLite(_ path: String) throws -> any Database {
    try SQLiteDatabase(path: path)
}

/// Opens a PostgreSQL database that the test names itself.
package func openPostgres(_ url: String) async throws -> any Database {
    try await PostgresDatabase(url: url)
}

private func closing<R>(
    _ database: any Database,
    _ body: (any Database) async throws -> R
) async throws -> R {
    let result: R
    do {
        result = try await body(database)
    } catch {
        try? await database.close()
        throw error
    }
    try await database.close()
    return result
}

/// Lends an empty folder, and removes it afterwards.
@discardableResult
package func withTemporaryDirectory<R>(_ body: (String) async throws -> R) async throws -> R {
    let directory = FileManager.default.temporaryDirectory
        .appendingPathComponent("goodwork-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    return try await body(directory.path)
}
