import SQL

/// The values of one execution in the form that libpq takes, in buffers that are used again.
///
/// Text and numbers go as text, whose type the server infers from where the parameter stands; blobs
/// go as binary.
struct PostgresParameters {
    private var bytes: [UInt8] = []
    /// Where each value begins in `bytes`, or -1 for null.
    private var offsets: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var pointers: [UnsafePointer<CChar>?] = []

    /// Writes the values, and lends their count, pointers, lengths and formats.
    mutating func with<R>(
        _ values: [SQLValue],
        _ statement: Statement,
        _ body: (
            Int32,
            UnsafePointer<UnsafePointer<CChar>?>?,
            UnsafePointer<Int32>?,
            UnsafePointer<Int32>?
        ) -> R
    ) throws(SQLError) -> R {
        bytes.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        pointers.removeAll(keepingCapacity: true)
        for value in values {
            try append(value, statement)
        }
        return bytes.withUnsafeBytes { all in
            for offset in offsets {
                let start = offset < 0 ? nil : all.baseAddress?.advanced(by: offset)
                pointers.append(start?.assumingMemoryBound(to: CChar.self))
            }
            return body(Int32(values.count), pointers, lengths, formats)
        }
    }

    private mutating func append(_ value: SQLValue, _ statement: Statement) throws(SQLError) {
        var offset = bytes.count
        var format: Int32 = 0
        switch value {
        case .null:
            offset = -1
        case .int(let number):
            append(number)
        case .text(let text):
            bytes.append(contentsOf: text.utf8)
            guard !bytes[offset...].contains(0) else {
                let message = "a text holds a NUL character"
                throw SQLError(.other, message, statement: statement.postgres)
            }
        case .blob(let blob):
            bytes.append(contentsOf: blob)
            format = 1
        }
        offsets.append(offset)
        lengths.append(offset < 0 ? 0 : Int32(bytes.count - offset))
        formats.append(format)
        bytes.append(0)
    }

    /// Writes decimal digits without making a string.
    private mutating func append(_ number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        var rest = number.magnitude
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }
}
