/// One step forward of the schema.
///
/// A step that has been released never changes.
package struct Migration: Sendable {
    /// The step's number, from 1 upwards.
    package let version: Int
    /// What it does, in a few words.
    ///
    /// It is recorded, and a database with another name is refused.
    package let name: String
    /// Run in this order, each without parameters.
    package let statements: [Statement]
    /// Run after these in SQLite alone: how rows lie in its file, which PostgreSQL has no word for.
    package let inSQLite: [Statement]

    /// Makes a step.
    package init(
        version: Int,
        name: String,
        statements: [Statement],
        inSQLite: [Statement] = []
    ) {
        self.version = version
        self.name = name
        self.statements = statements
        self.inSQLite = inSQLite
    }
}

/// Why a database does not fit this program.
package enum MigrationError: Error, Hashable, Sendable {
    /// The database has a step that is newer than every step this program knows.
    case newerDatabase(version: Int, known: Int)
    /// The database has a step whose name here is another, or that this program does not have.
    case different(version: Int, applied: String, known: String?)
    /// A step is missing below one that the database already has.
    case missed(version: Int)
}
