/// The statements of one transaction, run one after another on one connection.
///
/// It is valid only inside the body that received it, and nothing suspends while it is open.
///
/// A statement that fails spoils everything up to the enclosing savepoint, or the whole transaction
/// where there is none: later statements throw, and so does the commit. To go on after a failure
/// that you expect, run the statement in `savepoint` and catch outside it.
package protocol Transaction: AnyObject {
    /// The rows that are kept in memory until the end, and written before the commit.
    var carried: CarriedRows { get set }

    /// Runs a statement and answers the number of rows that it inserted, updated or deleted.
    @discardableResult
    func execute(_ statement: Statement, _ values: [SQLValue]) throws(SQLError) -> Int

    /// Runs a statement that answers no rows once for each array of values, as fast as it goes.
    ///
    /// It stops at the first failure, when how many rows went in before differs between databases.
    func executeMany(_ statement: Statement, _ rows: [[SQLValue]]) throws(SQLError)

    /// Runs a statement and lends its rows one at a time, in bounded memory.
    ///
    /// Other statements may run inside `each`; PostgreSQL then reads the remaining rows into memory
    /// first. When `each` throws, the remaining rows are passed over and the error is rethrown.
    func query(
        _ statement: Statement,
        _ values: [SQLValue],
        _ each: (any Row) throws -> Void
    ) throws

    /// Runs a body whose changes are undone when it throws. Savepoints nest.
    @discardableResult
    func savepoint<R>(_ body: () throws -> R) throws -> R
}

extension Transaction {
    /// Runs a statement without parameters.
    @discardableResult
    package func execute(_ statement: Statement) throws(SQLError) -> Int {
        try execute(statement, [])
    }

    /// Maps every row into an array.
    package func rows<T>(
        _ statement: Statement,
        _ values: [SQLValue] = [],
        _ map: (any Row) throws -> T
    ) throws -> [T] {
        var found: [T] = []
        try query(statement, values) { row in found.append(try map(row)) }
        return found
    }

    /// Maps the first row, or answers nil when there is none.
    ///
    /// The rest of the result is still fetched from PostgreSQL: say `LIMIT 1` when there may be more.
    package func first<T>(
        _ statement: Statement,
        _ values: [SQLValue] = [],
        _ map: (any Row) throws -> T
    ) throws -> T? {
        var found: T?
        do {
            try query(statement, values) { row in
                found = try map(row)
                throw EnoughRows()
            }
        } catch is EnoughRows {}
        return found
    }
}

/// Ends a query that has what it wants; the adapters pass it through as any error of a callback.
private struct EnoughRows: Error {}
