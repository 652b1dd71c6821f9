extension Instant: CustomStringConvertible {
    /// A moment from ISO 8601 text as RFC 3339 narrows it.
    ///
    /// That is date, "T", time with seconds, an optional fraction (cut to milliseconds) and "Z" or
    /// an offset ±hh:mm. A bare date is its midnight UTC. A leap second is not accepted.
    @inlinable
    package init?(iso text: some StringProtocol) {
        guard let instant = withBytes(of: text, { Instant(isoBytes: $0) }) else { return nil }
        self = instant
    }

    /// A moment from the UTF-8 bytes of the text that `init(iso:)` reads.
    package init?(isoBytes bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 10,
            let date = CivilDate(isoBytes: UnsafeBufferPointer(rebasing: bytes[..<10]))
        else { return nil }
        let midnight = Instant(midnightUTC: date)
        guard bytes.count > 10 else {
            self = midnight
            return
        }
        guard bytes[10] == UInt8(ascii: "T"), bytes.has(Ascii.colon, at: 13),
            bytes.has(Ascii.colon, at: 16),
            let hour = bytes.number(at: 11, digits: 2), hour < 24,
            let minute = bytes.number(at: 14, digits: 2), minute < 60,
            let second = bytes.number(at: 17, digits: 2), second < 60
        else { return nil }
        var index = 19
        guard let fraction = Instant.fraction(bytes, &index),
            let offset = Instant.offsetMinutes(bytes, &index), index == bytes.count
        else { return nil }
        let seconds = (hour * 60 + minute - offset) * 60 + second
        self.init(milliseconds: midnight.milliseconds + Int64(seconds * 1_000 + fraction))
    }

    /// The milliseconds of an optional fraction of a second at `index`, which moves past it; nil
    /// when a point has no digits after it.
    private static func fraction(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Int? {
        guard bytes.has(Ascii.dot, at: index) else { return 0 }
        index += 1
        let start = index
        var value = 0
        var unit = 100
        while index < bytes.count, Ascii.isDigit(bytes[index]) {
            value += Int(bytes[index] - Ascii.zero) * unit
            unit /= 10
            index += 1
        }
        return index > start ? value : nil
    }

    /// The minutes ahead of UTC that "Z" or ±hh:mm at `index` says; `index` moves past it.
    private static func offsetMinutes(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ index: inout Int
    ) -> Int? {
        guard index < bytes.count else { return nil }
        let sign = bytes[index]
        if sign == UInt8(ascii: "Z") {
            index += 1
            return 0
        }
        guard sign == UInt8(ascii: "+") || sign == Ascii.minus,
            let hours = bytes.number(at: index + 1, digits: 2), hours < 24,
            bytes.has(Ascii.colon, at: index + 3),
            let minutes = bytes.number(at: index + 4, digits: 2), minutes < 60
        else { return nil }
        index += 6
        let offset = hours * 60 + minutes
        return sign == Ascii.minus ? -offset : offset
    }

    /// ISO 8601 text in UTC, always with milliseconds: "2024-10-22T09:00:00.000Z".
    package var iso: String {
        let perDay = Int(Instant.millisecondsPerDay)
        let (days, time) = floorDivide(Int(milliseconds), by: perDay)
        let (year, month, day) = CivilDate(day: Int32(clamping: days)).components
        return String(unsafeUninitializedCapacity: 24) { bytes in
            bytes.write(min(max(year, 0), 9999), digits: 4, at: 0)
            bytes[4] = Ascii.minus
            bytes.write(month, digits: 2, at: 5)
            bytes[7] = Ascii.minus
            bytes.write(day, digits: 2, at: 8)
            bytes[10] = UInt8(ascii: "T")
            bytes.write(time / 3_600_000, digits: 2, at: 11)
            bytes[13] = Ascii.colon
            bytes.write(time / 60_000 % 60, digits: 2, at: 14)
            bytes[16] = Ascii.colon
            bytes.write(time / 1_000 % 60, digits: 2, at: 17)
            bytes[19] = Ascii.dot
            bytes.write(time % 1_000, digits: 3, at: 20)
            bytes[23] = UInt8(ascii: "Z")
            return 24
        }
    }

    /// The moment as ISO 8601 text in UTC.
    package var description: String { iso }
}
