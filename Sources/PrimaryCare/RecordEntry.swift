import Kernel

/// One thing that stands in a patient's record: a status, a fit note, or something done.
package struct RecordEntry: Hashable, Sendable {
    /// What it says: the code itself, or the value of the question about employment status.
    package var code: RecordCode
    /// The day it was recorded or, of a fit note, issued.
    package var on: Int32
    /// The first and last day of a fit note; `noDay` on other entries.
    package var from = RecordEntry.noDay
    package var to = RecordEntry.noDay
    /// The condition that a fit note was written for.
    package var reason = RecordCode.none
    /// The entry's own id in the practice's system, as a hash; 0 when none came.
    package var id: UInt64 = 0
    /// The day of the extract that told it.
    package var told = RecordEntry.noDay
    /// The day of the extract that took it back or replaced it; `stands` until then.
    package var ended = RecordEntry.stands

    /// The day of the last extract that told it.
    package var seen = RecordEntry.noDay

    package static let noDay = Int32.min
    package static let stands = Int32.max

    package init(code: RecordCode, on: Int32) {
        self.code = code
        self.on = on
    }

    package var isStanding: Bool { ended == Self.stands }

    /// Whether it stood by what had been told up to a day.
    package func stood(at known: Int32) -> Bool { told <= known && ended > known }

    /// Whether another entry says the same.
    package func says(_ other: RecordEntry) -> Bool {
        code == other.code && on == other.on && from == other.from && to == other.to
            && reason == other.reason
    }

    /// The days that a fit note covers, the first and the last included.
    package var days: Int { Int(to) - Int(from) + 1 }

    // MARK: - As bytes

    /// Bytes of one entry as it is kept.
    package static let size = 48

    package func append(to bytes: inout [UInt8]) {
        func put<Number: FixedWidthInteger>(_ number: Number) {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        put(code.bits)
        put(reason.bits)
        put(id)
        put(on)
        put(from)
        put(to)
        put(told)
        put(ended)
        put(seen)
    }

    /// Reads an entry that begins at an offset of kept bytes.
    package init(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        func take<Number: FixedWidthInteger>(_ place: Int) -> Number {
            Number(
                littleEndian: bytes.loadUnaligned(fromByteOffset: offset + place, as: Number.self)
            )
        }
        code = RecordCode(bits: take(0))
        reason = RecordCode(bits: take(8))
        id = take(16)
        on = take(24)
        from = take(28)
        to = take(32)
        told = take(36)
        ended = take(40)
        seen = take(44)
    }
}
