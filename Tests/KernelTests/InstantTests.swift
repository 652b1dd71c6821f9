import Kernel
import Testing

@Suite("Moments")
struct InstantTests {
    @Test(
        "Moments are read with a fraction, an offset or as a bare date, and written in UTC",
        arguments: [
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
            ("2024-10-22T09:00:00Z", "2024-10-22T09:00:00.000Z"),
            ("2024-10-22T09:00:00.5Z", "2024-10-22T09:00:00.500Z"),
            ("2024-10-22T09:00:00.123999Z", "2024-10-22T09:00:00.123Z"),
            ("2024-10-22T09:00:00+01:00", "2024-10-22T08:00:00.000Z"),
            ("2024-10-22T00:30:00+01:00", "2024-10-21T23:30:00.000Z"),
            ("2024-10-22T09:00:00.250-05:30", "2024-10-22T14:30:00.250Z"),
            ("2024-10-22", "2024-10-22T00:00:00.000Z"),
            ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ]
    )
    func iso(text: String, written: String) throws {
        let instant = try #require(Instant(iso: text))
        #expect(instant.iso == written)
        #expect(Instant(iso: instant.iso) == instant)
    }

    @Test(
        "Text that is not a moment is refused",
        arguments: [
            "", "2024-10-22T", "2024-10-22T09:00Z", "2024-10-22T09:00:00", "2024-10-22 09:00:00Z",
            "2024-10-22T24:00:00Z", "2024-10-22T09:60:00Z", "2024-10-22T09:00:60Z",
            "2024-10-22T09:00:00.Z", "2024-10-22T09:00:00+0100", "2024-10-22T09:00:00+1:00",
            "2024-02-30T09:00:00Z", "2024-10-22T09:00:00Zx", "2024-10-22T09:00:00+24:00",
            "2024-10-22T09:00:00z", "2024-10-22T09:00:00.5",
        ]
    )
    func bad(text: String) {
        #expect(Instant(iso: text) == nil)
    }

    @Test(
        "The hour that clocks in the UK leave out in spring is known, and no other",
        arguments: [
            ("2027-03-28", "01:00", true), ("2027-03-28", "01:59", true),
            ("2027-03-28", "00:59", false), ("2027-03-28", "02:00", false),
            ("2027-03-21", "01:30", false), ("2027-10-31", "01:30", false),
        ]
    )
    func leftOut(date: String, time: String, isLeftOut: Bool) throws {
        let day = try #require(CivilDate(iso: date))
        #expect(Instant.isLeftOutUK(time: time, on: day) == isLeftOut)
    }

    @Test("Milliseconds count from 1970, before it too")
    func milliseconds() {
        #expect(Instant(iso: "2024-10-22T09:00:00Z")?.milliseconds == 1_729_587_600_000)
        #expect(Instant(milliseconds: -1).iso == "1969-12-31T23:59:59.999Z")
        #expect(Instant(milliseconds: -1).civilDateUTC.day == -1)
        #expect(Instant(milliseconds: 1) > Instant(milliseconds: 0))
    }

    @Test(
        "The date in the UK follows the clock changes",
        arguments: [
            // In winter the UK keeps UTC.
            ("2024-01-10T23:59:59Z", "2024-01-10"),
            // In summer an hour ahead.
            ("2024-07-10T22:59:59Z", "2024-07-10"), ("2024-07-10T23:00:00Z", "2024-07-11"),
            // The days of the changes in 2024: 31 March and 27 October.
            ("2024-03-30T23:30:00Z", "2024-03-30"), ("2024-03-31T00:59:59Z", "2024-03-31"),
            ("2024-03-31T23:00:00Z", "2024-04-01"), ("2024-10-26T23:00:00Z", "2024-10-27"),
            ("2024-10-27T23:30:00Z", "2024-10-27"),
        ]
    )
    func dateUK(text: String, date: String) throws {
        #expect(try #require(Instant(iso: text)).civilDateUK.iso == date)
    }

    @Test(
        "Summer time begins and ends at 01:00 UTC on the last Sundays of March and October",
        arguments: [
            ("2019-03-31", "2019-10-27"), ("2020-03-29", "2020-10-25"),
            ("2021-03-28", "2021-10-31"), ("2022-03-27", "2022-10-30"),
            ("2023-03-26", "2023-10-29"), ("2024-03-31", "2024-10-27"),
            ("2025-03-30", "2025-10-26"), ("2026-03-29", "2026-10-25"),
            ("2027-03-28", "2027-10-31"), ("2028-03-26", "2028-10-29"),
        ]
    )
    func summerTime(starts: String, ends: String) throws {
        let start = try #require(Instant(iso: "\(starts)T01:00:00Z"))
        let end = try #require(Instant(iso: "\(ends)T01:00:00Z"))
        #expect(!start.adding(milliseconds: -1).isBritishSummerTime)
        #expect(start.isBritishSummerTime)
        #expect(end.adding(milliseconds: -1).isBritishSummerTime)
        #expect(!end.isBritishSummerTime)
    }
}
