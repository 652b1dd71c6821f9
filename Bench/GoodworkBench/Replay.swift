import Casework
import Foundation
import GRDBSQLite
import Kernel
import Programmes
import SQL
import SQLiteBackend
import Store

/// Makes every case's facts anew from the journal, and reads the same rows with no decoding.
enum Replay {
    static func run(_ options: BenchOptions) async throws -> Figures {
        let path = "programmes/\(ClientList.programme).yaml"
        let programme = try Programme(
            yaml: String(contentsOfFile: path, encoding: .utf8),
            file: path
        )
        var figures = Figures()
        let (bare, bytes) = try Stopwatch.seconds { try readBytes(options) }
        figures["bare_seconds"] = bare
        figures["bytes"] = Double(bytes)
        let store = try await Store.open(
            SQLiteDatabase(path: options.path("import.db")),
            masterKey: Importing.key(options)
        )
        let (seconds, events) = try await Stopwatch.seconds {
            try await store.database.read { transaction in
                var events = 0
                try store.eachHistory(in: transaction) { history in
                    guard history.facts(programme: programme) != nil else {
                        throw BenchError("a case has no referral")
                    }
                    events += history.events.count
                }
                return events
            }
        }
        figures["seconds"] = seconds
        figures["events"] = Double(events)
        try await store.database.close()
        return figures
    }

    /// Reads every column of the journal by the same order of rows, and gives the bytes in it.
    private static func readBytes(_ options: BenchOptions) throws -> Int {
        let source = try RawSQLite(path: options.path("import.db"))
        try source.run("PRAGMA cache_size = -16384; PRAGMA mmap_size = 268435456")
        let rows = try source.prepare("SELECT * FROM journal ORDER BY case_id, sequence")
        let columns = sqlite3_column_count(rows.pointer)
        var bytes = 0
        while try rows.step() {
            for column in 0..<columns {
                if sqlite3_column_type(rows.pointer, column) == SQLITE_INTEGER {
                    bytes += sqlite3_column_int64(rows.pointer, column) == 0 ? 0 : 8
                } else {
                    _ = sqlite3_column_blob(rows.pointer, column)
                    bytes += Int(sqlite3_column_bytes(rows.pointer, column))
                }
            }
        }
        return bytes
    }
}
