/// One row of a result.
///
/// It is valid only inside the callback that received it.
///
/// Columns are numbered from 0. Reading is strict, so that what passes on SQLite passes on
/// PostgreSQL: `text` reads only text, `int` only whole numbers and booleans, `blob` only bytes.
/// Anything else, null included, throws `SQLError` of kind `other`. In PostgreSQL a sum of BIGINT
/// is NUMERIC, which none of these read: write `CAST(sum(x) AS BIGINT)`.
package protocol Row {
    /// The text in a column.
    func text(_ column: Int) throws(SQLError) -> String
    /// The whole number in a column.
    func int(_ column: Int) throws(SQLError) -> Int64
    /// A copy of the bytes in a column.
    func blob(_ column: Int) throws(SQLError) -> [UInt8]
    /// Whether a column is null. A column that does not exist is null too.
    func isNull(_ column: Int) -> Bool

    /// Lends the UTF-8 bytes of a column's text without copying them.
    func withText<R>(
        _ column: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) throws -> R

    /// Lends the bytes of a column's blob without copying them.
    func withBlob<R>(
        _ column: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) throws -> R
}

extension Row {
    /// The text in a column, or nil for null.
    package func optionalText(_ column: Int) throws(SQLError) -> String? {
        isNull(column) ? nil : try text(column)
    }

    /// The whole number in a column, or nil for null.
    package func optionalInt(_ column: Int) throws(SQLError) -> Int64? {
        isNull(column) ? nil : try int(column)
    }

    /// The bytes in a column, or nil for null.
    package func optionalBlob(_ column: Int) throws(SQLError) -> [UInt8]? {
        isNull(column) ? nil : try blob(column)
    }

    /// Whether the whole number in a column is not 0.
    package func bool(_ column: Int) throws(SQLError) -> Bool {
        try int(column) != 0
    }
}
