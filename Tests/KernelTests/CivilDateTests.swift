import Kernel
import Testing

@Suite("Dates")
struct CivilDateTests {
    /// A date from ISO text that the test knows to be right.
    private func date(_ iso: String) throws -> CivilDate { try #require(CivilDate(iso: iso)) }

    @Test("Stepping day by day from 1900 to 2100 gives every real date once, and reads back")
    func everyDay() throws {
        var day = try date("1900-01-01")
        var weekday = 1  // 1900-01-01 was a Monday.
        for year in 1900...2100 {
            let leap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
            let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            for (index, length) in lengths.enumerated() {
                for dayOfMonth in 1...length {
                    let expected = CivilDate(year: year, month: index + 1, day: dayOfMonth)
                    let components = day.components
                    guard expected == day, components == (year, index + 1, dayOfMonth),
                        day.weekday == weekday, CivilDate(iso: day.iso) == day,
                        CivilDate(text: "\(dayOfMonth)/\(index + 1)/\(year)") == day
                    else {
                        Issue.record("\(year)-\(index + 1)-\(dayOfMonth) does not round-trip")
                        return
                    }
                    day = day.adding(days: 1)
                    weekday = weekday % 7 + 1
                }
                #expect(CivilDate(year: year, month: index + 1, day: length + 1) == nil)
            }
        }
        #expect(day.iso == "2101-01-01")
    }

    @Test("Known dates have their known day number and weekday")
    func known() throws {
        #expect(try date("1970-01-01").day == 0)
        #expect(try date("1970-01-01").weekday == 4)
        #expect(try date("2024-10-22").day == 20_018)
        #expect(try date("2024-10-22").weekday == 2)
        #expect(try date("0001-01-01").day == -719_162)
        #expect(try date("9999-12-31").day == 2_932_896)
    }

    @Test(
        "Text that is not exactly a real ISO date is refused",
        arguments: [
            "", "2024-10-2", "2024-10-222", "24-10-22", "2024/10/22", "2024-13-01", "2024-00-10",
            "2024-02-30", "2023-02-29", "2024-10-00", "2024-10-32", "0000-01-01", "2024-1O-22",
            " 2024-10-22", "2024-10-22 ", "+024-10-22", "２０２４-10-22",
        ]
    )
    func badISO(text: String) {
        #expect(CivilDate(iso: text) == nil)
    }

    @Test(
        "Dates are read in ISO form and in the form written in the UK",
        arguments: [
            ("2024-10-22", "2024-10-22"), ("22/10/2024", "2024-10-22"),
            ("1/2/2024", "2024-02-01"), ("01/02/2024", "2024-02-01"),
            ("1/12/2024", "2024-12-01"), ("31/1/2024", "2024-01-31"),
            ("29/02/2024", "2024-02-29"),
        ]
    )
    func text(text: String, iso: String) {
        #expect(CivilDate(text: text)?.iso == iso)
    }

    @Test(
        "Other forms are refused",
        arguments: [
            "22/10/24", "22-10-2024", "10/22/2024", "2024/10/22", "22/10/2024x", "/1/2024",
            "1//2024", "001/1/2024", "1/001/2024", "29/02/2023", "22.10.2024", "1/1/24", "1/1/202",
            "11/11/202", "1/11/20244", "tomorrow",
        ]
    )
    func badText(text: String) {
        #expect(CivilDate(text: text) == nil)
    }

    @Test("A substring and a string are read alike")
    func substring() {
        #expect(CivilDate(iso: "on 2024-10-22".dropFirst(3))?.day == 20_018)
    }

    @Test("Dates are written for people with the month in words")
    func uk() throws {
        #expect(try date("2024-10-22").uk == "22 October 2024")
        #expect(try date("2024-01-05").uk == "5 January 2024")
        #expect("\(try date("2024-01-05"))" == "2024-01-05")
    }

    @Test(
        "Months are added to the same day, or to the end of a shorter month",
        arguments: [
            ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"),
            ("2024-01-31", 3, "2024-04-30"), ("2024-10-22", 6, "2025-04-22"),
            ("2024-02-29", 12, "2025-02-28"), ("2024-03-31", -1, "2024-02-29"),
            ("2024-01-15", -1, "2023-12-15"), ("2024-12-31", 0, "2024-12-31"),
            ("2024-05-10", -24, "2022-05-10"),
        ]
    )
    func months(start: String, months: Int, end: String) throws {
        #expect(try date(start).adding(months: months).iso == end)
    }

    @Test("Days and weeks are added and subtracted across years")
    func days() throws {
        #expect(try date("2023-12-25").adding(weeks: 2).iso == "2024-01-08")
        #expect(try date("2024-03-01").adding(days: -1).iso == "2024-02-29")
        #expect(try date("2024-03-01") - date("2023-03-01") == 366)
        #expect(try date("2023-03-01") - date("2024-03-01") == -366)
        #expect(try date("2023-03-01") < date("2024-03-01"))
        #expect(CivilDate(day: .max).adding(days: 1).day == .max)
    }

    @Test(
        "Age goes up at the birthday, and on 1 March for those born on 29 February",
        arguments: [
            ("1980-06-15", "2024-06-14", 43), ("1980-06-15", "2024-06-15", 44),
            ("2004-02-29", "2022-02-28", 17), ("2004-02-29", "2022-03-01", 18),
            ("2004-02-29", "2024-02-28", 19), ("2004-02-29", "2024-02-29", 20),
            ("2024-01-01", "2024-01-01", 0), ("2024-01-02", "2024-01-01", -1),
        ]
    )
    func age(birth: String, on: String, years: Int) throws {
        #expect(try date(birth).age(on: date(on)) == years)
    }

    @Test("A month knows its text, its neighbours and its days")
    func month() throws {
        let month = try #require(CivilMonth(iso: "2024-12"))
        #expect(month.iso == "2024-12")
        #expect(month.next.iso == "2025-01")
        #expect(month.previous.iso == "2024-11")
        #expect(month.uk == "December 2024")
        #expect(month.firstDay.iso == "2024-12-01")
        #expect(month.lastDay.iso == "2024-12-31")
        #expect(month < month.next)
        #expect(try date("2024-02-10").civilMonth.lastDay.iso == "2024-02-29")
        for bad in ["2024-13", "2024-00", "2024-1", "2024/10", "2024-10-01", ""] {
            #expect(CivilMonth(iso: bad) == nil)
        }
    }
}
