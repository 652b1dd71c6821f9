import Foundation
import SQL

extension Database {
    /// Every cell of every table that holds text or bytes, as it is, each after a zero byte.
    package func dump() async throws -> Data {
        try await read { transaction in
            let columns = try transaction.rows(Self.columns) { row in
                (table: try row.text(0), name: try row.text(1))
            }
            var dump = Data()
            for (table, name) in columns {
                let cells = Statement("SELECT \(name) FROM \(table)")
                try transaction.query(cells, []) { row in
                    let text = try? row.optionalText(0)
                    let bytes = try text.map { Array($0.utf8) } ?? row.optionalBlob(0) ?? []
                    dump.append(contentsOf: [0] + bytes)
                }
            }
            return dump
        }
    }

    private static var columns: Statement {
        Statement(
            sqlite: """
                SELECT tables.name, columns.name
                FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
                WHERE tables.type = 'table' AND columns.type IN ('TEXT', 'BLOB')
                """,
            postgres: """
                SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT)
                FROM information_schema.columns
                WHERE table_schema = 'public' AND data_type IN ('text', 'bytea')
                """
        )
    }
}
