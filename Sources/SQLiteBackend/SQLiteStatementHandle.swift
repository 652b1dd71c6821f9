import Foundation
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
    /// Where the texts and bytes of one run stand, so that SQLite need not copy each of them.
    private var room = UnsafeMutableRawBufferPointer(start: nil, count: 0)

    init(_ owner: GRDB.Statement, _ connection: OpaquePointer, _ statement: SQLStatement) {
        self.owner = owner
        self.connection = connection
        self.statement = statement
        pointer = owner.sqliteStatement
        parameterCount = Int(sqlite3_bind_parameter_count(pointer))
        changesRows = statement.changesRows && sqlite3_stmt_readonly(pointer) == 0
    }

    deinit {
        // The statement is kept prepared for others, and must not point at what is let go of.
        if room.count > 0 { sqlite3_clear_bindings(pointer) }
        room.deallocate()
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
        makeRoom(for: values)
        var index: Int32 = 0
        var end = 0
        for value in values {
            index += 1
            let code =
                switch value {
                case .null: sqlite3_bind_null(pointer, index)
                case .int(let number): sqlite3_bind_int64(pointer, index, number)
                case .text(let text): try bind(text, index, &end)
                case .blob(let bytes): bind(bytes, index, &end)
                }
            guard code == SQLITE_OK else { throw failure() }
        }
    }

    /// Before anything is bound: what is bound stays where it stands until the run is over.
    private func makeRoom(for values: [SQLValue]) {
        var size = 0
        for value in values {
            switch value {
            case .text(let text): size += text.utf8.count
            case .blob(let bytes): size += bytes.count
            default: break
            }
        }
        guard size > room.count else { return }
        sqlite3_clear_bindings(pointer)
        room.deallocate()
        room = .allocate(byteCount: size * 2, alignment: 1)
    }

    /// Puts bytes after those of the values before.
    private func place(_ bytes: UnsafeRawBufferPointer, _ end: inout Int) -> UnsafeRawPointer? {
        let stretch = UnsafeMutableRawBufferPointer(rebasing: room[end..<end + bytes.count])
        stretch.copyMemory(from: bytes)
        end += bytes.count
        return UnsafeRawPointer(stretch.baseAddress)
    }

    private func bind(
        _ text: String,
        _ index: Int32,
        _ end: inout Int
    ) throws(SQLError) -> Int32 {
        var text = text
        let count = text.utf8.count
        let start = text.withUTF8 { place(UnsafeRawBufferPointer($0), &end) }
        guard let start, count > 0 else { return sqlite3_bind_text(pointer, index, "", 0, nil) }
        guard memchr(start, 0, count) == nil else {
            throw SQLError(.other, "a text holds a NUL character", statement: statement.sqlite)
        }
        return sqlite3_bind_text64(
            pointer,
            index,
            start.assumingMemoryBound(to: CChar.self),
            UInt64(count),
            nil,
            UInt8(SQLITE_UTF8)
        )
    }

    private func bind(_ bytes: [UInt8], _ index: Int32, _ end: inout Int) -> Int32 {
        // A null pointer would bind NULL.
        guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(pointer, index, 0) }
        let start = bytes.withUnsafeBytes { place($0, &end) }
        return sqlite3_bind_blob64(pointer, index, start, UInt64(bytes.count), nil)
    }

    private func failure() -> SQLError {
        SQLError(
            sqliteCode: sqlite3_extended_errcode(connection),
            String(cString: sqlite3_errmsg(connection)),
            statement: statement.sqlite
        )
    }
}
