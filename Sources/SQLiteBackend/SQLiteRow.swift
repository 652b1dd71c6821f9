import GRDBSQLite
import SQL

/// The row that a statement stands on.
struct SQLiteRow: SQLRow {
    let statement: OpaquePointer

    func isNull(_ column: Int) -> Bool {
        type(column) == SQLITE_NULL
    }

    func int(_ column: Int) throws(SQLError) -> Int64 {
        guard type(column) == SQLITE_INTEGER else { throw mistyped(column, "a whole number") }
        return sqlite3_column_int64(statement, Int32(column))
    }

    func text(_ column: Int) throws(SQLError) -> String {
        String(decoding: try textBytes(column), as: UTF8.self)
    }

    func blob(_ column: Int) throws(SQLError) -> [UInt8] {
        Array(try blobBytes(column))
    }

    func withText<R>(
        _ column: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) throws -> R {
        try body(try textBytes(column))
    }

    func withBlob<R>(
        _ column: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) throws -> R {
        try body(try blobBytes(column))
    }

    private func textBytes(_ column: Int) throws(SQLError) -> UnsafeBufferPointer<UInt8> {
        guard type(column) == SQLITE_TEXT else { throw mistyped(column, "text") }
        let start = sqlite3_column_text(statement, Int32(column))
        return bytes(start, column)
    }

    private func blobBytes(_ column: Int) throws(SQLError) -> UnsafeBufferPointer<UInt8> {
        guard type(column) == SQLITE_BLOB else { throw mistyped(column, "bytes") }
        let start = sqlite3_column_blob(statement, Int32(column))
        return bytes(start?.assumingMemoryBound(to: UInt8.self), column)
    }

    private func bytes(
        _ start: UnsafePointer<UInt8>?,
        _ column: Int
    ) -> UnsafeBufferPointer<UInt8> {
        let count = Int(sqlite3_column_bytes(statement, Int32(column)))
        return UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
    }

    private func type(_ column: Int) -> Int32 {
        sqlite3_column_type(statement, Int32(column))
    }

    private func mistyped(_ column: Int, _ wanted: String) -> SQLError {
        let found =
            switch type(column) {
            case SQLITE_NULL: "null"
            case SQLITE_INTEGER: "a whole number"
            case SQLITE_FLOAT: "a number"
            case SQLITE_TEXT: "text"
            default: "bytes"
            }
        return SQLError(
            .other,
            "column \(column) is \(found), not \(wanted)",
            statement: sqlite3_sql(statement).map { String(cString: $0) }
        )
    }
}
