import GRDBSQLite

/// Inserts the rows that an import made, by a bare loop over prepared statements in C.
///
/// The same tables and indexes, the same settings, the same number of cases a transaction. The rows
/// are read from the imported database, a batch at a time, while the clock stands still. It does
/// nothing of the import's other work: no reading, checking, deciding, sealing or hashing, and it
/// leaves out work items and the rows' digests.
enum BareInserts {
    /// As many as the import takes.
    static let casesInBatch = 500

    static func run(_ options: BenchOptions) throws -> Figures {
        options.removeDatabase("bare.db")
        let source = try RawSQLite(path: options.path("import.db"))
        let target = try RawSQLite(path: options.path("bare.db"))
        try target.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        try target.run("PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 4000")
        try target.run("PRAGMA foreign_keys = ON")
        // In the order in which the import writes them.
        let tables = try ["cases", "journal", "people", "facts"].map {
            try Table($0, from: source, to: target)
        }
        let total = try source.prepare("SELECT count(*) FROM cases")
        _ = try total.step()
        let cases = total.int(0)
        var figures = Figures()
        var seconds = 0.0
        var rows = 0
        for first in stride(from: 1, through: cases, by: casesInBatch) {
            let last = min(first + casesInBatch - 1, cases)
            for table in tables { try table.read(first, last) }
            seconds += try Stopwatch.seconds {
                try target.run("BEGIN IMMEDIATE")
                for table in tables { rows += try table.insert() }
                try target.run("COMMIT")
            }.0
        }
        figures["seconds"] = seconds
        figures["rows"] = Double(rows)
        figures["journal"] = Double(tables[1].inserted)
        figures["cases"] = Double(cases)
        return figures
    }

    /// One table, with the rows of a batch between reading and writing.
    private final class Table {
        private enum Cell {
            case null
            case int(Int64)
            case text(Int, Int)
            case blob(Int, Int)
        }

        private let select: RawStatement
        private let put: RawStatement
        private let columns: Int
        private var cells: [Cell] = []
        private var bytes: [UInt8] = []
        private(set) var inserted = 0

        init(_ name: String, from source: RawSQLite, to target: RawSQLite) throws {
            let schema = try source.prepare(
                "SELECT sql FROM sqlite_schema WHERE tbl_name = '\(name)' AND sql IS NOT NULL"
            )
            while try schema.step() { try target.run(schema.text(0)) }
            // A list has as many people and facts as cases, in the same order; not so events.
            let range =
                name == "journal"
                ? """
                position > ifnull((SELECT max(j.position) FROM journal j
                    WHERE j.case_id = (SELECT id FROM cases WHERE rowid = ?1 - 1)), 0)
                AND position <= (SELECT max(j.position) FROM journal j
                    WHERE j.case_id = (SELECT id FROM cases WHERE rowid = ?2))
                ORDER BY position
                """ : "rowid BETWEEN ?1 AND ?2 ORDER BY rowid"
            select = try source.prepare("SELECT * FROM \(name) WHERE \(range)")
            columns = Int(sqlite3_column_count(select.pointer))
            let places = (1...columns).map { "?\($0)" }.joined(separator: ", ")
            put = try target.prepare("INSERT INTO \(name) VALUES (\(places))")
        }

        /// Reads the rows of some cases, numbered from 1.
        func read(_ first: Int, _ last: Int) throws {
            cells.removeAll(keepingCapacity: true)
            bytes.removeAll(keepingCapacity: true)
            sqlite3_bind_int64(select.pointer, 1, Int64(first))
            sqlite3_bind_int64(select.pointer, 2, Int64(last))
            while try select.step() {
                for column in 0..<Int32(columns) { cells.append(cell(column)) }
            }
            select.reset()
        }

        private func cell(_ column: Int32) -> Cell {
            let row = select.pointer
            let type = sqlite3_column_type(row, column)
            if type == SQLITE_NULL { return .null }
            if type == SQLITE_INTEGER { return .int(sqlite3_column_int64(row, column)) }
            let start = bytes.count
            let size = Int(sqlite3_column_bytes(row, column))
            let found = sqlite3_column_blob(row, column)
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: found, count: size))
            return type == SQLITE_TEXT ? .text(start, size) : .blob(start, size)
        }

        /// Inserts the rows that were read, and says how many.
        func insert() throws -> Int {
            let count = cells.count / columns
            try bytes.withUnsafeBytes { bytes in
                // Where a table's texts are all empty there are no bytes to point into.
                let start = bytes.baseAddress ?? UnsafeRawPointer(put.pointer)
                var place = 0
                for _ in 0..<count {
                    for column in 1...Int32(columns) {
                        bind(cells[place], column, start)
                        place += 1
                    }
                    _ = try put.step()
                    put.reset()
                }
            }
            inserted += count
            return count
        }

        /// Binds without a copy: the bytes outlast the step.
        private func bind(_ cell: Cell, _ column: Int32, _ start: UnsafeRawPointer) {
            switch cell {
            case .null:
                sqlite3_bind_null(put.pointer, column)
            case .int(let number):
                sqlite3_bind_int64(put.pointer, column, number)
            case .text(let offset, let size):
                let text = (start + offset).assumingMemoryBound(to: CChar.self)
                sqlite3_bind_text(put.pointer, column, text, Int32(size), nil)
            case .blob(let offset, let size):
                sqlite3_bind_blob(put.pointer, column, start + offset, Int32(size), nil)
            }
        }
    }
}
