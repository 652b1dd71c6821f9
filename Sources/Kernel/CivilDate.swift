/// A day of the Gregorian calendar (ISO 8601), with no time and no time zone.
package struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, which is day 0.
    package let day: Int32

    /// The date that many days after 1970-01-01.
    @inlinable
    package init(day: Int32) { self.day = day }

    /// A date from its year (1 to 9999), month (1 to 12) and day, or nil if there is no such date.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilDate.length(ofMonth: month, year: year)
        else { return nil }
        self.init(validYear: year, month: month, day: day)
    }

    /// A date known to be real.
    ///
    /// By days from civil (Hinnant, "chrono-compatible low-level date algorithms"): years begin in
    /// March, so that the leap day is the last of its year.
    init(validYear year: Int, month: Int, day: Int) {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = floorDivide(shifted, by: 400)
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(day: Int32(clamping: era * 146_097 + dayOfEra - 719_468))
    }

    /// Year, month and day at once, by civil from days.
    package var components: (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = floorDivide(Int(day) + 719_468, by: 146_097)
        let leapDays = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth)
    }

    /// The year.
    package var year: Int { components.year }

    /// The month of the year, 1 to 12.
    package var month: Int { components.month }

    /// The day of the month, 1 to 31.
    package var dayOfMonth: Int { components.day }

    /// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
    package var weekday: Int { floorDivide(Int(day) + 3, by: 7).remainder + 1 }

    /// The month that the date is in.
    package var civilMonth: CivilMonth {
        let (year, month, _) = components
        return CivilMonth(validYear: year, month: month)
    }

    /// Earlier dates come first.
    @inlinable
    package static func < (a: CivilDate, b: CivilDate) -> Bool { a.day < b.day }

    /// Whether a year is a leap year of the Gregorian calendar.
    package static func isLeap(year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// The number of days in a month, 28 to 31.
    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year: year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
