import CSQLite

/// What is set once for all of SQLite in this process, before its first use.
enum SQLiteSettings {
    /// Whether SQLite counts no memory.
    ///
    /// Counting takes a lock of the whole process for every piece that is taken or given back, and
    /// nobody asks for the count. Where SQLite is in use already it goes on counting.
    static let areMade: Bool = goodwork_sqlite_counts_no_memory() == SQLITE_OK
}
