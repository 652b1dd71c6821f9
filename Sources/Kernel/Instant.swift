/// A moment in time, to the millisecond, in UTC without leap seconds (POSIX time).
package struct Instant: Hashable, Comparable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    /// The moment that many milliseconds after 1970-01-01T00:00:00Z.
    @inlinable
    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// Midnight UTC at the start of a date.
    package init(midnightUTC date: CivilDate) {
        self.init(milliseconds: Int64(date.day) * Instant.millisecondsPerDay)
    }

    /// Midnight in the United Kingdom at the start of a date.
    package init(startOfDayUK date: CivilDate) {
        let utc = Instant(midnightUTC: date)
        // In summer the clocks are an hour ahead, so that the day begins at 23:00 UTC before.
        let summer = utc.adding(milliseconds: -Instant.millisecondsPerHour)
        self = summer.civilDateUK == date ? summer : utc
    }

    /// Earlier moments come first.
    @inlinable
    package static func < (a: Instant, b: Instant) -> Bool { a.milliseconds < b.milliseconds }

    /// The moment a number of milliseconds later, or earlier when the number is negative.
    package func adding(milliseconds more: Int64) -> Instant {
        Instant(milliseconds: milliseconds + more)
    }

    /// The date in UTC.
    package var civilDateUTC: CivilDate {
        let days = floorDivide(Int(milliseconds), by: Int(Instant.millisecondsPerDay)).quotient
        return CivilDate(day: Int32(clamping: days))
    }

    /// The date in the United Kingdom (Europe/London).
    ///
    /// Clocks are an hour ahead of UTC from 01:00 UTC on the last Sunday of March to 01:00 UTC on
    /// the last Sunday of October (Summer Time Act 1972 as amended in 2002). The rule is used for
    /// every year, including those before it.
    package var civilDateUK: CivilDate {
        guard isBritishSummerTime else { return civilDateUTC }
        return adding(milliseconds: Instant.millisecondsPerHour).civilDateUTC
    }

    /// Whether British Summer Time is in force in the United Kingdom at this moment.
    package var isBritishSummerTime: Bool {
        let year = civilDateUTC.year
        return Instant.clockChange(year: year, month: 3) <= self
            && self < Instant.clockChange(year: year, month: 10)
    }

    /// Whether clocks in the United Kingdom leave out a time of day, `HH:MM`, on a date.
    ///
    /// On the last Sunday of March they go from 01:00 to 02:00.
    package static func isLeftOutUK(time: String, on date: CivilDate) -> Bool {
        time.hasPrefix("01:") && clockChange(year: date.year, month: 3).civilDateUTC == date
    }

    /// 01:00 UTC on the last Sunday of a month of 31 days.
    private static func clockChange(year: Int, month: Int) -> Instant {
        let last = CivilDate(validYear: year, month: month, day: 31)
        let sunday = last.adding(days: -(last.weekday % 7))
        return Instant(midnightUTC: sunday).adding(milliseconds: millisecondsPerHour)
    }

    /// Milliseconds in an hour.
    static let millisecondsPerHour: Int64 = 3_600_000

    /// Milliseconds in a day.
    static let millisecondsPerDay: Int64 = 86_400_000
}
