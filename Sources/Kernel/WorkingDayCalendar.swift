/// Which days are working days: Monday to Friday, less the bank holidays of a dated table.
///
/// Beyond the table only weekends are left out, and `warning(for:)` says so. Every question is
/// answered from counts made once, in constant time.
package struct WorkingDayCalendar: Sendable {
    /// What programmes call the calendar: "england-and-wales".
    package let id: String

    /// The name of the calendar.
    package let name: String

    /// The bank holidays, in order.
    package let holidays: [BankHoliday]

    /// The first day of the table.
    package let firstDay: CivilDate

    /// The last day of the table.
    package let lastDay: CivilDate

    /// For each day of the table, the working days from its first day up to and including it.
    private let counts: [Int32]

    /// The working days of the table, in order.
    private let workingDays: [Int32]

    /// A calendar of whole years with the bank holidays that fall in them.
    package init(id: String, name: String, years: ClosedRange<Int>, holidays: [BankHoliday]) {
        self.id = id
        self.name = name
        self.holidays = holidays
        firstDay = CivilDate(validYear: years.lowerBound, month: 1, day: 1)
        lastDay = CivilDate(validYear: years.upperBound, month: 12, day: 31)
        let closed = Set(holidays.map(\.date))
        var counts: [Int32] = []
        var workingDays: [Int32] = []
        for day in firstDay.day...lastDay.day {
            let date = CivilDate(day: day)
            if date.weekday < 6 && !closed.contains(date) { workingDays.append(day) }
            counts.append(Int32(workingDays.count))
        }
        self.counts = counts
        self.workingDays = workingDays
    }

    /// England and Wales, 2012 to 2028.
    package static let englandAndWales = WorkingDayCalendar(
        id: "england-and-wales",
        name: "England and Wales",
        years: 2012...2028,
        holidays: BankHoliday.englandAndWales
    )

    /// The calendar that programmes call by an id, or nil.
    package static func named(_ id: String) -> WorkingDayCalendar? {
        id == englandAndWales.id ? englandAndWales : nil
    }

    /// The ids of the calendars there are.
    package static let ids = [englandAndWales.id]

    /// Whether a day is a working day.
    package func isWorkingDay(_ date: CivilDate) -> Bool {
        count(upTo: Int(date.day)) > count(upTo: Int(date.day) - 1)
    }

    /// The date `n` working days after a start, which is day 0 whether or not it is a working day.
    ///
    /// No days after is the start itself; a negative number counts back.
    package func date(after start: CivilDate, workingDays n: Int) -> CivilDate {
        if n == 0 { return start }
        let before = n > 0 ? count(upTo: Int(start.day)) : count(upTo: Int(start.day) - 1) + 1
        return CivilDate(day: Int32(clamping: day(ofWorkingDay: before + n)))
    }

    /// The number of working days after `from` up to and including `to`; negative, by the same
    /// count, if `to` is the earlier.
    package func workingDays(from: CivilDate, to: CivilDate) -> Int {
        count(upTo: Int(to.day)) - count(upTo: Int(from.day))
    }

    /// What to tell a person about a date whose bank holidays are not in the table, or nil.
    package func warning(for date: CivilDate) -> String? {
        guard date < firstDay || date > lastDay else { return nil }
        return "\(date.uk) is outside the bank holidays held for \(name), which run from "
            + "\(firstDay.uk) to \(lastDay.uk): only weekends are left out"
    }

    /// Working days from the first day of the table to a day, negative for earlier days.
    private func count(upTo day: Int) -> Int {
        let first = Int(firstDay.day)
        if day < first { return weekdays(upTo: day) - weekdays(upTo: first - 1) }
        if day - first < counts.count { return Int(counts[day - first]) }
        return workingDays.count + weekdays(upTo: day) - weekdays(upTo: Int(lastDay.day))
    }

    /// The day that is the `n`th working day of the table, counting from 1 and past both ends.
    private func day(ofWorkingDay n: Int) -> Int {
        if n < 1 { return day(ofWeekday: weekdays(upTo: Int(firstDay.day) - 1) + n) }
        if n <= workingDays.count { return Int(workingDays[n - 1]) }
        return day(ofWeekday: weekdays(upTo: Int(lastDay.day)) + n - workingDays.count)
    }

    /// Mondays to Fridays from Monday 1969-12-29 (day -3) to a day.
    private func weekdays(upTo day: Int) -> Int {
        let (weeks, days) = floorDivide(day + 3, by: 7)
        return weeks * 5 + min(days + 1, 5)
    }

    /// The day that is the `n`th Monday to Friday from 1969-12-29, counting from 1.
    private func day(ofWeekday n: Int) -> Int {
        let (weeks, days) = floorDivide(n - 1, by: 5)
        return weeks * 7 + days - 3
    }
}
