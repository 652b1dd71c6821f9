import GRDB
import GRDBSQLite
import SQL

/// A prepared statement of one connection: binds, steps and resets.
final class SQLiteStatementHandle {
    let pointer: OpaquePointer
    /// Whether a query on it is under way.
    private(set) var isOpen = false
    private let owner: GRDB.Statement
    private let connection: OpaquePointer
    private let statement: SQLStatement
    private let parameterCount: Int
    private let changesRows: Bool

    init(_ owner: GRDB.Statement, _ connection: OpaquePointer, _ statement: SQLStatement) {
        self.owner = owner
        self.connection = connection
        self.statement = statement
        pointer = owner.sqliteStatement
        parameterCount = Int(sqlite3_bind_parameter_count(pointer))
        changesRows = statement.changesRows && sqlite3_stmt_readonly(pointer) == 0
    }

    /// Runs to the end, passing over any rows.
    func run(_ values: [SQLValue]) throws(SQLError) {
        defer { sqlite3_reset(pointer) }
        try bind(values)
        while true {
            switch sqlite3_step(pointer) {
            case SQLITE_DONE: return
            case SQLITE_ROW: continue
            default: throw failure()
            }
        }
    }

    /// How many rows the last run inserted, updated or deleted.
    var rowsChanged: Int {
        changesRows ? Int(sqlite3_changes(connection)) : 0
    }

    /// Binds the values of a query; `finish` must follow.
    func start(_ values: [SQLValue]) throws(SQLError) {
        try bind(values)
        isOpen = true
    }

    /// Moves to the next row, and answers whether there is one.
    func step() throws(SQLError) -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw failure()
        }
    }

    /// Ends a query.
    func finish() {
        sqlite3_reset(pointer)
        isOpen = false
    }

    private func bind(_ values: [SQLValue]) throws(SQLError) {
        guard values.count == parameterCount else {
            throw SQLError(
                .syntax,
                "\(values.count) values for \(parameterCount) parameters",
                statement: statement.sqlite
            )
        }
        var index: Int32 = 0
        for value in values {
            index += 1
            let code =
                switch value {
                case .null: sqlite3_bind_null(pointer, index)
                case .int(let number): sqlite3_bind_int64(pointer, index, number)
                case .double(let number): try bind(number, index)
                case .text(let text): try bind(text, index)
                case .blob(let bytes): bind(bytes, index)
                }
            guard code == SQLITE_OK else { throw failure() }
        }
    }

    private func bind(_ number: Double, _ index: Int32) throws(SQLError) -> Int32 {
        guard !number.isNaN else {
            throw SQLError(.other, "a value is not a number", statement: statement.sqlite)
        }
        return sqlite3_bind_double(pointer, index, number)
    }

    private func bind(_ text: String, _ index: Int32) throws(SQLError) -> Int32 {
        var text = text
        let code = text.withUTF8 { bytes -> Int32? in
            guard let start = bytes.baseAddress, !bytes.isEmpty else {
                return sqlite3_bind_text(pointer, index, "", 0, nil)
            }
            guard !bytes.contains(0) else { return nil }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
                sqlite3_bind_text64(
                    pointer,
                    index,
                    start,
                    UInt64(bytes.count),
                    Self.copied,
                    UInt8(SQLITE_UTF8)
                )
            }
        }
        guard let code else {
            throw SQLError(.other, "a text holds a NUL character", statement: statement.sqlite)
        }
        return code
    }

    private func bind(_ bytes: [UInt8], _ index: Int32) -> Int32 {
        // A null pointer would bind NULL.
        guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(pointer, index, 0) }
        return bytes.withUnsafeBytes { bytes in
            sqlite3_bind_blob64(
                pointer,
                index,
                bytes.baseAddress,
                UInt64(bytes.count),
                Self.copied
            )
        }
    }

    private func failure() -> SQLError {
        SQLError(
            sqliteCode: sqlite3_extended_errcode(connection),
            String(cString: sqlite3_errmsg(connection)),
            statement: statement.sqlite
        )
    }

    /// SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
