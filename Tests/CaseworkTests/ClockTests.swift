import Kernel
import Programmes
import Testing

@testable import Casework

@Suite("Clocks") struct ClockTests {
    /// A clock that starts on a day; the day on which it stopped, or the case closed.
    ///
    /// 18 April 2025 is Good Friday, 21 April Easter Monday. 27 December 2021 and 28 December 2021
    /// are substitute days, 3 January 2022 another. The table of bank holidays ends with 2028.
    static let readings = """
        from       | within          | pauses                  | stopped    | closed     | due        | verdict
        2024-11-04 | 3 working_days  |                         |            |            | 2024-11-07 | running@2024-11-07
        2024-11-04 | 3 working_days  |                         | 2024-11-04 |            | 2024-11-07 | met
        2024-11-04 | 3 working_days  |                         | 2024-11-07 |            | 2024-11-07 | met
        2024-11-04 | 3 working_days  |                         | 2024-11-08 |            | 2024-11-07 | missed
        2024-11-08 | 1 working_days  |                         | 2024-11-11 |            | 2024-11-11 | met
        2024-11-09 | 1 working_days  |                         | 2024-11-12 |            | 2024-11-11 | missed
        2024-11-09 | 0 working_days  |                         | 2024-11-09 |            | 2024-11-09 | met
        2024-11-04 | 14 days         |                         | 2024-11-18 |            | 2024-11-18 | met
        2024-11-04 | 2 weeks         |                         | 2024-11-19 |            | 2024-11-18 | missed
        2025-04-16 | 3 working_days  |                         |            |            | 2025-04-23 | running@2025-04-23
        2025-04-18 | 1 working_days  |                         |            |            | 2025-04-22 | running@2025-04-22
        2025-04-16 | 3 days          |                         |            |            | 2025-04-19 | running@2025-04-19
        2021-12-23 | 3 working_days  |                         |            |            | 2021-12-30 | running@2021-12-30
        2021-12-24 | 5 working_days  |                         |            |            | 2022-01-05 | running@2022-01-05
        2020-12-24 | 2 working_days  |                         |            |            | 2020-12-30 | running@2020-12-30
        2028-12-28 | 1 working_days  |                         |            |            | 2028-12-29 | running@2028-12-29
        2028-12-28 | 2 working_days  |                         |            |            | 2029-01-01 | running@2029-01-01 warned
        2028-12-28 | 4 days          |                         |            |            | 2029-01-01 | running@2029-01-01
        2024-11-04 | 3 working_days  | 2024-11-05 2024-11-08   |            |            | 2024-11-12 | running@2024-11-12
        2024-11-04 | 3 working_days  | 2024-11-05 2024-11-08   | 2024-11-12 |            | 2024-11-12 | met
        2024-11-04 | 3 working_days  | 2024-11-05 2024-11-08   | 2024-11-13 |            | 2024-11-12 | missed
        2024-11-04 | 5 days          | 2024-11-05 2024-11-08   |            |            | 2024-11-12 | running@2024-11-12
        2024-11-04 | 5 days          | 2024-11-04 2024-11-05   |            |            | 2024-11-09 | running@2024-11-09
        2024-11-04 | 5 days          | 2024-11-04 2024-11-06   |            |            | 2024-11-10 | running@2024-11-10
        2024-11-04 | 5 days          | 2024-11-06 2024-11-06   |            |            | 2024-11-09 | running@2024-11-09
        2024-11-04 | 5 working_days  | 2024-11-08 2024-11-09   |            |            | 2024-11-12 | running@2024-11-12
        2024-11-04 | 5 working_days  | 2024-11-09 2024-11-11   |            |            | 2024-11-11 | running@2024-11-11
        2024-11-04 | 5 working_days  | 2024-11-11 2024-11-12   |            |            | 2024-11-12 | running@2024-11-12
        2024-11-04 | 5 working_days  | 2024-11-12 2024-11-20   |            |            | 2024-11-11 | running@2024-11-11
        2024-11-04 | 5 working_days  | 2024-11-05 2024-11-06 2024-11-12 2024-11-14 | | | 2024-11-14 | running@2024-11-14
        2024-11-04 | 5 days          | 2024-11-05 2024-11-06 2024-11-06 2024-11-08 | | | 2024-11-12 | running@2024-11-12
        2024-11-04 | 5 days          | 2024-11-06              |            |            | 2024-11-09 | running
        2024-11-04 | 5 days          | 2024-11-09              |            |            | 2024-11-09 | running
        2024-11-04 | 5 days          | 2024-11-10              |            |            | 2024-11-09 | running@2024-11-09
        2024-11-04 | 5 days          | 2024-11-06              | 2024-12-02 |            | 2024-12-05 | met
        2024-11-04 | 5 days          | 2024-11-06              |            | 2024-12-02 | 2024-12-05 | lapsed
        2024-11-04 | 5 days          | 2024-11-10              | 2024-12-02 |            | 2024-11-09 | missed
        2024-11-04 | 5 days          |                         |            | 2024-11-09 | 2024-11-09 | lapsed
        2024-11-04 | 5 days          |                         |            | 2024-11-10 | 2024-11-09 | missed
        2024-11-04 | 5 days          |                         | 2024-11-06 | 2024-11-06 | 2024-11-09 | met
        """

    @Test("Each clock stands as the table says", arguments: TextTable(readings).rows)
    func eachReading(_ row: TextTable.Row) throws {
        let within = row["within"].split(separator: " ")
        var programme = try Shipped.programme("example")
        programme.runs = DateRange(from: CivilDate(iso: "2019-01-01"))
        programme.clocks[0].within = Period(
            unit: try #require(Period.Unit(rawValue: String(within[1]))),
            count: try #require(Int(within[0]))
        )
        programme.clocks.removeLast()
        var entries = ["\(row["from"]) referral gp"]
        for (place, day) in row["pauses"].split(separator: " ").enumerated() {
            let word = place.isMultiple(of: 2) ? "paused contact in-hospital" : "resumed contact"
            entries.append("\(day) \(word)")
        }
        if !row["stopped"].isEmpty { entries.append("\(row["stopped"]) contact reached") }
        if !row["closed"].isEmpty { entries.append("\(row["closed"]) closed disengaged") }
        let situation = try Self.tell(entries, programme)
        let reading = try #require(situation.folded.clocks(in: programme).first)
        let place = "row \(row.number)"
        #expect(reading.dueOn.iso == row["due"], "\(place): the due day")
        var verdict = reading.token ?? "contact:lapsed"
        if reading.warning != nil { verdict += " warned" }
        #expect(verdict == "contact:\(row["verdict"])", "\(place): the verdict")
        #expect(situation.facts()?[.clocks] == reading.token ?? "", "\(place): the facts")
    }

    @Test("A clock of another strand does not run, and one not begun does not either")
    func otherStrands() throws {
        var programme = try Shipped.programme("example")
        programme.clocks[0].strands = ["msk"]
        let be = try Self.tell(["2025-01-06 referral gp strand=be-well"], programme)
        #expect(be.folded.clocks(in: programme).isEmpty)
        let moved = try Self.tell(
            ["2025-01-06 referral gp strand=be-well", "2025-01-07 rerouted msk"],
            programme
        )
        #expect(moved.folded.clocks(in: programme).map(\.startedOn.iso) == ["2025-01-06"])
    }

    @Test("A clock with pauses ends on the day that counting day by day gives")
    func pausesCountDayByDay() {
        var random = RandomGenerator(seed: 77)
        let calendar = WorkingDayCalendar.englandAndWales
        let base = CivilDate(iso: "2024-03-01") ?? CivilDate(day: 0)
        for round in 1...3_000 {
            let unit: Period.Unit = round.isMultiple(of: 2) ? .days : .workingDays
            let period = Period(unit: unit, count: random.below(12))
            let start = base.adding(days: random.below(400))
            var pauses: [Pause] = []
            var day = start.adding(days: random.below(6) - 2)
            for _ in 0..<random.below(4) {
                let to = day.adding(days: random.below(9))
                pauses.append(Pause(clock: "it", from: day, to: to))
                day = to.adding(days: 1 + random.below(6))
            }
            var due = start
            var left = period.count
            while left > 0 {
                due = due.adding(days: 1)
                if unit == .workingDays, !calendar.isWorkingDay(due) { continue }
                if pauses.contains(where: { $0.from <= due && due < $0.to ?? due }) { continue }
                left -= 1
            }
            let got = period.end(from: start, pauses: pauses, calendar)
            #expect(got == due, "seed 77, round \(round): \(period) from \(start), \(pauses)")
        }
    }

    private static func tell(_ entries: [String], _ programme: Programme) throws -> Situation {
        var situation = Situation(programme, today: CivilDate(iso: "2030-01-01") ?? Situation.today)
        for entry in entries {
            let day = try #require(CivilDate(iso: entry.prefix(10)))
            let command = try situation.command(String(entry.dropFirst(11)), on: day)
            #expect(situation.tell(command) == "ok", "\(entry)")
        }
        return situation
    }
}
