import GRDBSQLite

/// A connection of SQLite's C interface, with nothing between.
final class RawSQLite {
    let connection: OpaquePointer

    /// Opens a file, or a database in memory with `:memory:`.
    init(path: String) throws {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
        let code = sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let opened else { throw BenchError("cannot open \(path)") }
        connection = opened
    }

    deinit { sqlite3_close_v2(connection) }

    /// Runs statements that answer nothing.
    func run(_ sql: String) throws {
        guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw failure(sql) }
    }

    func prepare(_ sql: String) throws -> RawStatement {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(
            connection,
            sql,
            -1,
            UInt32(SQLITE_PREPARE_PERSISTENT),
            &prepared,
            nil
        )
        guard code == SQLITE_OK, let prepared else { throw failure(sql) }
        return RawStatement(prepared)
    }

    private func failure(_ sql: String) -> BenchError {
        BenchError("\(String(cString: sqlite3_errmsg(connection))): \(sql)")
    }
}

/// A prepared statement of SQLite's C interface.
final class RawStatement {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    deinit { sqlite3_finalize(pointer) }

    /// Moves to the next row, and answers whether there is one.
    func step() throws -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let message = sqlite3_errmsg(sqlite3_db_handle(pointer)).map { String(cString: $0) }
            throw BenchError(message ?? "a statement failed")
        }
    }

    func reset() { sqlite3_reset(pointer) }

    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(pointer, column)) }

    func text(_ column: Int32) -> String {
        sqlite3_column_text(pointer, column).map { String(cString: $0) } ?? ""
    }
}
