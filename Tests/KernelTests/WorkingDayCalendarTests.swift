import Kernel
import Testing

@Suite("Working days of England and Wales")
struct WorkingDayCalendarTests {
    private let calendar = WorkingDayCalendar.englandAndWales

    /// A date from ISO text that the test knows to be right.
    private func date(_ iso: String) throws -> CivilDate { try #require(CivilDate(iso: iso)) }

    /// Easter Sunday of a year, by the anonymous Gregorian computus (Meeus).
    private func easter(_ year: Int) throws -> CivilDate {
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let g = (b - (b + 8) / 25 + 1) / 3
        let h = (19 * a + b - b / 4 - g + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let n = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114
        return try #require(CivilDate(year: year, month: n / 31, day: n % 31 + 1))
    }

    /// The bank holidays of a year by the rules of the 1971 Act and the proclamations known.
    private func expected(_ year: Int) throws -> Set<String> {
        var days: Set<CivilDate> = []
        let easter = try easter(year)
        days.insert(easter.adding(days: -2))
        days.insert(easter.adding(days: 1))
        let may = try date("\(year)-05-01")
        var earlyMay = may
        while earlyMay.weekday != 1 { earlyMay = earlyMay.adding(days: 1) }
        var spring = try date("\(year)-05-31")
        while spring.weekday != 1 { spring = spring.adding(days: -1) }
        var summer = try date("\(year)-08-31")
        while summer.weekday != 1 { summer = summer.adding(days: -1) }
        days.formUnion([earlyMay, spring, summer])
        // A fixed day at a weekend goes to the next day that is neither a weekend nor a holiday;
        // those that fall on weekdays keep their place first.
        let fixed = try ["01-01", "12-25", "12-26"].map { try date("\(year)-\($0)") }
        days.formUnion(fixed.filter { $0.weekday < 6 })
        for day in fixed where day.weekday >= 6 {
            var substitute = day
            while substitute.weekday >= 6 || days.contains(substitute) {
                substitute = substitute.adding(days: 1)
            }
            days.insert(substitute)
        }
        var texts = Set(days.map(\.iso))
        for (from, to) in [("2012-05-28", "2012-06-04"), ("2020-05-04", "2020-05-08")]
        where texts.remove(from) != nil { texts.insert(to) }
        if texts.remove("2022-05-30") != nil { texts.insert("2022-06-02") }
        let extra = ["2012-06-05", "2022-06-03", "2022-09-19", "2023-05-08"]
        return texts.union(extra.filter { $0.hasPrefix("\(year)") })
    }

    @Test("The table is what Easter, the rules for substitutes and the proclamations give")
    func table() throws {
        #expect(calendar.holidays.count == 140)
        for year in 2012...2028 {
            let table = calendar.holidays.filter { $0.date.year == year }.map(\.date.iso)
            #expect(table == table.sorted(), "\(year) is in order")
            #expect(try Set(table) == expected(year), "\(year)")
        }
        #expect(calendar.holidays.allSatisfy { $0.date.weekday < 6 })
    }

    @Test(
        "Days known to be bank holidays are not working days",
        arguments: [
            "2012-01-02", "2012-06-04", "2012-06-05", "2015-12-28", "2016-12-27", "2017-01-02",
            "2020-05-08", "2020-12-28", "2021-12-27", "2021-12-28", "2022-01-03", "2022-06-02",
            "2022-06-03", "2022-09-19", "2022-12-27", "2023-01-02", "2023-05-08", "2024-03-29",
            "2024-04-01", "2025-04-18", "2025-04-21", "2026-12-28", "2027-03-26", "2027-12-27",
            "2027-12-28", "2028-01-03", "2028-04-17",
        ]
    )
    func holidays(iso: String) throws {
        #expect(try !calendar.isWorkingDay(date(iso)))
    }

    @Test(
        "Days that look like bank holidays but are not are working days",
        arguments: [
            "2012-05-28", "2020-05-04", "2022-05-30", "2026-12-29", "2024-10-22", "2013-01-02",
        ]
    )
    func ordinary(iso: String) throws {
        #expect(try calendar.isWorkingDay(date(iso)))
    }

    @Test(
        "Working days are added from day 0",
        arguments: [
            ("2024-10-22", 0, "2024-10-22"), ("2024-10-22", 1, "2024-10-23"),
            ("2024-10-22", 5, "2024-10-29"), ("2024-10-25", 1, "2024-10-28"),
            ("2024-10-26", 1, "2024-10-28"), ("2024-10-26", 0, "2024-10-26"),
            ("2024-12-24", 1, "2024-12-27"), ("2024-12-24", 5, "2025-01-03"),
            ("2024-10-28", -1, "2024-10-25"), ("2024-10-27", -1, "2024-10-25"),
            // Beyond the table only weekends are left out.
            ("2028-12-29", 1, "2029-01-01"), ("2011-12-30", 1, "2012-01-03"),
            ("2012-01-03", -1, "2011-12-30"), ("2010-12-24", 1, "2010-12-27"),
        ]
    )
    func adding(start: String, days: Int, end: String) throws {
        #expect(try calendar.date(after: date(start), workingDays: days).iso == end)
    }

    @Test("Counting and adding agree with stepping day by day, within the table and beyond it")
    func stepping() throws {
        var random = RandomGenerator(seed: 7)
        let first = try date("2010-01-01")
        let span = try date("2031-01-01") - first
        for _ in 0..<500 {
            let start = first.adding(days: random.below(span))
            let wanted = random.below(60) + 1
            var day = start
            var count = 0
            while count < wanted {
                day = day.adding(days: 1)
                if calendar.isWorkingDay(day) { count += 1 }
            }
            #expect(calendar.date(after: start, workingDays: wanted) == day)
            #expect(calendar.workingDays(from: start, to: day) == wanted)
            #expect(calendar.workingDays(from: day, to: start) == -wanted)
            if calendar.isWorkingDay(start) {
                #expect(calendar.date(after: day, workingDays: -wanted) == start)
            }
        }
    }

    @Test("A weekend or bank holiday adds nothing to the count")
    func counting() throws {
        #expect(try calendar.workingDays(from: date("2024-12-24"), to: date("2024-12-26")) == 0)
        #expect(try calendar.workingDays(from: date("2024-12-24"), to: date("2024-12-27")) == 1)
        #expect(try calendar.workingDays(from: date("2024-10-22"), to: date("2024-10-22")) == 0)
        // 366 days, 104 of them at weekends, and 8 bank holidays.
        #expect(try calendar.workingDays(from: date("2023-12-31"), to: date("2024-12-31")) == 254)
    }

    @Test("Dates outside the table get a warning in words")
    func warning() throws {
        #expect(calendar.firstDay.iso == "2012-01-01")
        #expect(calendar.lastDay.iso == "2028-12-31")
        #expect(try calendar.warning(for: date("2028-12-31")) == nil)
        #expect(try calendar.warning(for: date("2012-01-01")) == nil)
        let warning = try #require(calendar.warning(for: date("2029-01-01")))
        #expect(warning.hasPrefix("1 January 2029 is outside the bank holidays held for England"))
        #expect(try calendar.warning(for: date("2011-12-31")) != nil)
    }

    @Test("A calendar is found by its id")
    func named() {
        #expect(WorkingDayCalendar.ids == ["england-and-wales"])
        #expect(WorkingDayCalendar.named("england-and-wales")?.name == "England and Wales")
        #expect(WorkingDayCalendar.named("scotland") == nil)
    }
}
