import SQL
import TestSupport
import Testing

/// A table to try databases on.
enum Things {
    static let createThings: Statement = """
        CREATE TABLE things (id BIGINT PRIMARY KEY, name TEXT UNIQUE, size BIGINT, raw BLOB)
        """
    static let insert: Statement =
        "INSERT INTO things (id, name, size, raw) VALUES ($1, $2, $3, $4)"
    static let selectAll: Statement =
        "SELECT id, name, size, raw FROM things ORDER BY id"
    static let countAll: Statement = "SELECT count(*) FROM things"

    /// Thrown by a body that wants to be undone.
    struct Refused: Error {}

    static func thing(_ id: Int64, _ name: SQLValue = nil) -> [SQLValue] {
        [.int(id), name, nil, nil]
    }

    static func count(_ database: any Database) async throws -> Int64? {
        try await database.read { try $0.first(countAll) { try $0.int(0) } }
    }
}

/// Lends a fresh database with the table in it.
func withThings(
    _ backend: Backend,
    _ body: (any Database) async throws -> Void
) async throws {
    try await withFreshDatabase(backend) { database in
        try await database.write { try $0.execute(Things.createThings) }
        try await body(database)
    }
}

/// Expects so many rows in the table.
func expectCount(
    _ wanted: Int64,
    _ database: any Database,
    _ location: SourceLocation = #_sourceLocation
) async throws {
    let found = try await Things.count(database)
    #expect(found == wanted, sourceLocation: location)
}
