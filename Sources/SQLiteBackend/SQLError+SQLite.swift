import GRDB
import GRDBSQLite
import SQL

extension SQLError {
    /// Reads an error that SQLite reported, by its extended result code.
    init(sqliteCode code: Int32, _ message: String, statement: String?) {
        let kind: Kind =
            switch code {
            case 1555, 2067, 2579: .unique  // PRIMARYKEY, UNIQUE, ROWID
            case 787: .foreignKey
            default:
                switch code & 0xFF {
                case SQLITE_BUSY, SQLITE_LOCKED: .busy
                case SQLITE_CANTOPEN, SQLITE_NOTADB, SQLITE_MISUSE: .connection
                default: .other
                }
            }
        let isConstraint = code & 0xFF == SQLITE_CONSTRAINT
        let columns = message.firstRange(of: "failed: ").map { String(message[$0.upperBound...]) }
        self.init(
            kind,
            message,
            statement: statement,
            constraint: isConstraint ? columns : nil
        )
    }

    /// Reads an error from opening, beginning, committing or closing.
    init(sqlite error: any Error) {
        guard let error = error as? DatabaseError else {
            self.init(.other, "\(error)")
            return
        }
        let read = SQLError(
            sqliteCode: error.extendedResultCode.rawValue,
            error.message ?? "\(error)",
            statement: error.sql
        )
        let isCommit = error.sql?.hasPrefix("COMMIT") == true
        // A commit that failed to reach the disk can come back when the log is read again.
        let isUnknown = isCommit && error.resultCode == .SQLITE_IOERR
        self.init(isUnknown ? .unknownOutcome : read.kind, read.message, statement: read.statement)
    }

    /// Reads an error from preparing a statement: one that SQLite cannot place is in the text.
    init(sqlite error: any Error, preparing statement: SQLStatement) {
        let read = SQLError(sqlite: error)
        self.init(
            read.kind == .other ? .syntax : read.kind,
            read.message,
            statement: statement.sqlite
        )
    }
}
