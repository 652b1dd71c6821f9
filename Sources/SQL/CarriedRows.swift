/// A row that the jobs of one transaction change again and again, and that is written once.
package protocol CarriedRow {
    /// Writes the row as it stands now; the commit follows.
    func write(in transaction: any Transaction) throws
}

/// The rows that one transaction carries in memory until its end, by a name for each.
///
/// What was carried inside a savepoint is forgotten when the savepoint is undone.
package struct CarriedRows {
    private var rows: [String: any CarriedRow] = [:]

    package init() {}

    /// The row with a name, as it was left by whoever changed it last.
    package subscript(_ name: String) -> (any CarriedRow)? {
        get { rows[name] }
        set { rows[name] = newValue }
    }

    /// Writes every row; the adapters call it before they commit.
    package func write(in transaction: any Transaction) throws {
        for name in rows.keys.sorted() { try rows[name]?.write(in: transaction) }
    }
}
