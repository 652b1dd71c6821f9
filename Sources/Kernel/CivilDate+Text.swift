extension CivilDate: CustomStringConvertible {
    /// A date from ISO 8601 text, exactly YYYY-MM-DD; nil for any other text or no real date.
    @inlinable
    package init?(iso text: some StringProtocol) {
        guard let date = withBytes(of: text, { CivilDate(isoBytes: $0) }) else { return nil }
        self = date
    }

    /// The same of a whole text, which needs no generic code.
    package init?(iso text: String) {
        var text = text
        guard let date = text.withUTF8({ CivilDate(isoBytes: $0) }) else { return nil }
        self = date
    }

    /// A date from the UTF-8 bytes of ISO 8601 text, exactly YYYY-MM-DD.
    package init?(isoBytes bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count == 10, bytes[4] == Ascii.minus, bytes[7] == Ascii.minus,
            let year = bytes.number(at: 0, digits: 4),
            let month = bytes.number(at: 5, digits: 2),
            let day = bytes.number(at: 8, digits: 2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// A date from ISO 8601 text, or from the form written in the UK: day, month and four-digit
    /// year with slashes, where day and month have one or two digits.
    @inlinable
    package init?(text: some StringProtocol) {
        guard let date = withBytes(of: text, { CivilDate(textBytes: $0) }) else { return nil }
        self = date
    }

    /// A date from the UTF-8 bytes of either form that `init(text:)` reads.
    package init?(textBytes bytes: UnsafeBufferPointer<UInt8>) {
        if let date = CivilDate(isoBytes: bytes) {
            self = date
            return
        }
        guard bytes.count >= 8, bytes.count <= 10 else { return nil }
        let dayDigits = bytes[1] == Ascii.slash ? 1 : 2
        let monthStart = dayDigits + 1
        let monthDigits = bytes[monthStart + 1] == Ascii.slash ? 1 : 2
        let yearStart = monthStart + monthDigits + 1
        guard bytes.count == yearStart + 4,
            bytes[dayDigits] == Ascii.slash, bytes[yearStart - 1] == Ascii.slash,
            let day = bytes.number(at: 0, digits: dayDigits),
            let month = bytes.number(at: monthStart, digits: monthDigits),
            let year = bytes.number(at: yearStart, digits: 4)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// ISO 8601 text, "2024-10-22".
    package var iso: String {
        let (year, month, day) = components
        guard (0...9999).contains(year) else { return "\(year)-\(month)-\(day)" }
        return String(unsafeUninitializedCapacity: 10) { bytes in
            bytes.write(year, digits: 4, at: 0)
            bytes[4] = Ascii.minus
            bytes.write(month, digits: 2, at: 5)
            bytes[7] = Ascii.minus
            bytes.write(day, digits: 2, at: 8)
            return 10
        }
    }

    /// The date as ISO 8601 text.
    package var description: String { iso }

    /// The date as written for people in the UK, "22 October 2024".
    package var uk: String {
        let (year, month, day) = components
        return "\(day) \(CivilMonth.names[month - 1]) \(year)"
    }
}
