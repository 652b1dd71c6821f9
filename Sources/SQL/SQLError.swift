/// A failure that the database reported, or that an adapter found before asking it.
package struct SQLError: Error, Hashable, Sendable {
    /// What a caller can do something about.
    package enum Kind: String, Hashable, Sendable {
        /// A primary key or unique constraint was broken.
        case unique
        /// A foreign key was broken.
        case foreignKey
        /// Somebody else holds the lock, or a deadlock was broken: the whole job can be tried again.
        case busy
        /// The database could not be reached or the connection was lost before COMMIT was sent.
        case connection
        /// COMMIT was sent and nobody knows whether it took effect everywhere it should.
        case unknownOutcome
        /// The statement's text is wrong, or names what does not exist.
        case syntax
        /// Everything else, such as a broken CHECK or NOT NULL, a full disk or a mistyped column.
        case other
    }

    /// What went wrong, for deciding.
    package let kind: Kind
    /// What went wrong, for a log.
    ///
    /// It can contain private data, so it is never shown to users.
    package let message: String
    /// The statement's text, when one was running.
    package let statement: String?
    /// The constraint that was broken, for a log.
    ///
    /// PostgreSQL gives its name, SQLite its columns, as in `people.name`.
    package let constraint: String?

    /// Makes an error.
    package init(
        _ kind: Kind,
        _ message: String,
        statement: String? = nil,
        constraint: String? = nil
    ) {
        self.kind = kind
        self.message = message
        self.statement = statement
        self.constraint = constraint
    }
}

extension SQLError: CustomStringConvertible {
    package var description: String {
        var text = "\(kind.rawValue): \(message)"
        if let constraint { text += " [\(constraint)]" }
        if let statement { text += " in \(statement)" }
        return text
    }
}
