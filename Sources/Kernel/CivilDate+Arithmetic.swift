extension CivilDate {
    /// The number of days from `b` to `a`: positive when `a` is the later.
    @inlinable
    package static func - (a: CivilDate, b: CivilDate) -> Int { Int(a.day) - Int(b.day) }

    /// The date a number of days later, or earlier when the number is negative.
    package func adding(days: Int) -> CivilDate {
        CivilDate(day: Int32(clamping: Int(day) + days))
    }

    /// The date a number of weeks later, or earlier when the number is negative.
    package func adding(weeks: Int) -> CivilDate { adding(days: weeks * 7) }

    /// The same day of the month a number of calendar months later, or the last day of that month
    /// where it has no such day: one month after 31 January is 28 or 29 February.
    package func adding(months: Int) -> CivilDate {
        let (year, month, day) = components
        let (newYear, newMonth) = floorDivide(year * 12 + month - 1 + months, by: 12)
        let length = CivilDate.length(ofMonth: newMonth + 1, year: newYear)
        return CivilDate(validYear: newYear, month: newMonth + 1, day: min(day, length))
    }

    /// Age in completed years on a date, this date being the date of birth.
    ///
    /// An age is attained at the start of the birthday (Family Law Reform Act 1969, section 9). A
    /// person born on 29 February attains it, in a common year, on 1 March. Negative before birth.
    package func age(on date: CivilDate) -> Int {
        let birth = components
        let then = date.components
        let reached = (then.month, then.day) >= (birth.month, birth.day)
        return then.year - birth.year - (reached ? 0 : 1)
    }
}
