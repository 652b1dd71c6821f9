/// A month of a year of the Gregorian calendar (ISO 8601).
package struct CivilMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The year.
    package let year: Int

    /// The month of the year, 1 to 12.
    package let month: Int

    /// A month from its year (1 to 9999) and number (1 to 12), or nil if there is no such month.
    package init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        self.init(validYear: year, month: month)
    }

    /// A month known to be real.
    init(validYear year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    /// A month from ISO 8601 text, exactly YYYY-MM.
    package init?(iso text: some StringProtocol) {
        let parts = withBytes(of: text) { bytes -> (Int, Int)? in
            guard bytes.count == 7, bytes[4] == Ascii.minus,
                let year = bytes.number(at: 0, digits: 4),
                let month = bytes.number(at: 5, digits: 2)
            else { return nil }
            return (year, month)
        }
        guard let (year, month) = parts else { return nil }
        self.init(year: year, month: month)
    }

    /// ISO 8601 text, "2024-10".
    package var iso: String { String(firstDay.iso.dropLast(3)) }

    /// The month as ISO 8601 text.
    package var description: String { iso }

    /// The month as written for people in the UK, "October 2024".
    package var uk: String { "\(CivilMonth.names[month - 1]) \(year)" }

    /// The month after this one.
    package var next: CivilMonth { adding(months: 1) }

    /// The month before this one.
    package var previous: CivilMonth { adding(months: -1) }

    /// The month a number of months later, or earlier when the number is negative.
    package func adding(months: Int) -> CivilMonth {
        let (newYear, newMonth) = floorDivide(year * 12 + month - 1 + months, by: 12)
        return CivilMonth(validYear: newYear, month: newMonth + 1)
    }

    /// The first day of the month.
    package var firstDay: CivilDate { CivilDate(validYear: year, month: month, day: 1) }

    /// The last day of the month.
    package var lastDay: CivilDate {
        let length = CivilDate.length(ofMonth: month, year: year)
        return CivilDate(validYear: year, month: month, day: length)
    }

    /// Earlier months come first.
    package static func < (a: CivilMonth, b: CivilMonth) -> Bool {
        (a.year, a.month) < (b.year, b.month)
    }

    /// The names of the months in English, January first.
    static let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}
