import CPostgres
import SQL

/// The one row of a result in binary format.
struct PostgresRow: Row {
    let result: OpaquePointer

    func isNull(_ column: Int) -> Bool {
        PQgetisnull(result, 0, Int32(column)) == 1
    }

    func int(_ column: Int) throws(SQLError) -> Int64 {
        let bytes = try bytes(column)
        switch PQftype(result, Int32(column)) {
        case 20: return Int64(bitPattern: Self.bigEndian(bytes))
        case 23: return Int64(Int32(truncatingIfNeeded: Self.bigEndian(bytes)))
        case 21: return Int64(Int16(truncatingIfNeeded: Self.bigEndian(bytes)))
        case 16: return Int64(Self.bigEndian(bytes))
        default: throw mistyped(column, "a whole number")
        }
    }

    func text(_ column: Int) throws(SQLError) -> String {
        String(decoding: try textBytes(column), as: UTF8.self)
    }

    func blob(_ column: Int) throws(SQLError) -> [UInt8] {
        Array(try blobBytes(column))
    }

    func withText<R>(
        _ column: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) throws -> R {
        try body(try textBytes(column))
    }

    func withBlob<R>(
        _ column: Int,
        _ body: (UnsafeBufferPointer<UInt8>) throws -> R
    ) throws -> R {
        try body(try blobBytes(column))
    }

    private func textBytes(_ column: Int) throws(SQLError) -> UnsafeBufferPointer<UInt8> {
        switch PQftype(result, Int32(column)) {
        // text, varchar, bpchar, name, unknown
        case 25, 1043, 1042, 19, 705: return try bytes(column)
        default: throw mistyped(column, "text")
        }
    }

    private func blobBytes(_ column: Int) throws(SQLError) -> UnsafeBufferPointer<UInt8> {
        guard PQftype(result, Int32(column)) == 17 else { throw mistyped(column, "bytes") }
        return try bytes(column)
    }

    private func bytes(_ column: Int) throws(SQLError) -> UnsafeBufferPointer<UInt8> {
        guard !isNull(column), let start = PQgetvalue(result, 0, Int32(column)) else {
            throw SQLError(.other, "column \(column) is null")
        }
        let count = Int(PQgetlength(result, 0, Int32(column)))
        return UnsafeBufferPointer(
            start: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self),
            count: count
        )
    }

    private static func bigEndian(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func mistyped(_ column: Int, _ wanted: String) -> SQLError {
        let type = PQftype(result, Int32(column))
        let hint = type == 1700 ? "; write CAST(… AS BIGINT)" : ""
        return SQLError(.other, "column \(column) is of type \(type), not \(wanted)\(hint)")
    }
}
