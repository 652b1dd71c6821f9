import Casework
import Kernel
import Measures
import Programmes
import Testing

/// Plans beside what came about, by hand and beside a plain count.
@Suite struct TrajectoryTests {
    /// A programme from April 2025 to March 2026 with two strands.
    static func programme(_ more: String = "") throws -> Programme {
        try Programme(
            yaml: """
                programme: example
                version: 1
                name: Example
                runs: {from: 2025-04-01, to: 2026-03-31}
                source: none
                calendar: england-and-wales
                areas:
                  north: {outward: [M8]}
                referral: {sources: [gp]}
                strands:
                  - id: a
                    provider: first
                    target: 120
                    mix: {in-work: 75, out-of-work: 25}
                    localities: [{id: north, target: 24}]
                  - {id: b, provider: second, from: 2025-07-01, target: 90, mix: {in-work: 75, out-of-work: 25}}
                \(more)
                """,
            file: "example.yaml"
        )
    }

    /// One case started on each day, by strand.
    static func started(_ days: [(String, String)]) -> FactTable {
        table(
            days.enumerated().map { number, start in
                facts(number) {
                    $0[.referred] = day(start.0)
                    $0[.started] = day(start.0)
                    $0[.strand] = start.1.isEmpty ? nil : start.1
                    $0[.area] = number % 2 == 0 ? "north" : nil
                    $0[.employmentStatus] =
                        ["in-work", "off-sick", "out-of-work", "unknown"][
                            number % 4
                        ]
                }
            }
        )
    }

    @Test func `a strand's target is spread over its days, and strands add up`() throws {
        let found = Trajectory.evaluate(
            programme: try Self.programme(),
            table: Self.started([("2025-04-03", "a"), ("2025-05-01", "a"), ("2025-06-20", "b")]),
            asAt: day("2025-06-15"),
            by: .strand
        )
        #expect(found.map(\.name) == ["Example", "A", "B"])
        let (whole, a, b) = (found[0], found[1], found[2])
        #expect(a.months.map(\.planned).prefix(3) == [10, 10, 10])
        #expect(a.target == 120)
        #expect(b.target == 90)
        #expect(whole.target == 210)
        // 19.3 by May, and half of June.
        #expect(a.plannedByNow == Ratio(20 * 30 + 10 * 15, over: 30))
        #expect(whole.actual == 2)
        #expect(b.actual == 0)
        #expect(whole.months.map(\.actualSoFar).prefix(4) == [1, 2, 2, nil])
        #expect(whole.months.first?.month.iso == "2025-04")
        #expect(whole.months.last?.month.iso == "2026-03")
        #expect(a.weeklyNeeded == Ratio(118 * 7, over: 289))
        #expect(a.course == .willMiss)
        #expect(b.forecast == nil)
        #expect(b.course == .unknown)
    }

    @Test func `a written profile stands before what is reckoned, and parts have their own`() throws
    {
        let programme = try Self.programme(
            """
            trajectory:
              counts: referred
              mix: {in-work: 60, out-of-work: 40}
              profiles:
                - {strand: a, months: {2025-04: 1, 2025-06: 7}}
                - {provider: second, months: {2025-05: 3}}
                - {strand: b, locality: north, from: 2025-07-01, to: 2025-07-31, total: 5}
            """
        )
        func people(_ part: ProgrammePart) -> [Int]? { part.profile(in: programme)?.map(\.people) }
        #expect(people(.init(strand: "a")) == [1, 7])
        #expect(people(.init(provider: "first")) == [1, 7])
        #expect(people(.init(provider: "second")) == [3])
        #expect(people(.init(strand: "b", locality: "north")) == [5])
        #expect(people(.init(locality: "north"))?.reduce(0, +) == 29)
        #expect(people(.init())?.reduce(0, +) == 98)
        #expect(people(.init(provider: "third")) == nil)
        #expect(people(.init(locality: "south")) == nil)
        let found = Trajectory.evaluate(
            programme: programme,
            table: Self.started([("2025-04-03", "a")]),
            asAt: day("2025-06-30"),
            part: ProgrammePart(strand: "a")
        )
        #expect(found[0].counts == .referred)
        #expect(found[0].target == 8)
        #expect(found[0].yearEnd == day("2025-06-30"))
        #expect(found[0].course == .missed)
        #expect(ProgrammePart().mix(in: programme).map(\.percent) == [60, 40])
    }

    @Test func `cases of no part are told, so that parts add up`() throws {
        let table = Self.started([("2025-04-03", "a"), ("2025-04-04", ""), ("2025-04-05", "zzz")])
        for by in Trajectory.By.allCases {
            let found = Trajectory.evaluate(
                programme: try Self.programme(),
                table: table,
                asAt: day("2025-06-15"),
                by: by
            )
            #expect(found[0].actual == 3)
            #expect(found.dropFirst().map(\.actual).reduce(0, +) == 3, "\(by)")
        }
    }

    @Test func `off sick counts as in work, and those not known are told`() throws {
        let starts = (0..<40).map { _ in ("2025-04-03", "a") }
        let found = Trajectory.evaluate(
            programme: try Self.programme(),
            table: Self.started(starts),
            asAt: day("2025-06-15")
        )
        let mix = found[0].mix
        #expect(mix.map(\.status) == ["in-work", "out-of-work"])
        #expect(mix.map(\.count) == [20, 10])
        #expect(mix.map(\.of) == [30, 30])
        #expect(mix.map(\.isInLine) == [true, true])
        #expect(found[0].statusNotKnown == 10)
        #expect(found[0].verdict.contains("In work: 67% (48.8% to 80.8%), in line with the 75%"))
    }

    @Test func `the verdict says where it stands and what is needed`() throws {
        // Five a week for thirteen weeks.
        let starts = (0..<13).flatMap { week in
            (0..<5).map { _ in (day("2025-04-02").adding(weeks: week).iso, "a") }
        }
        let found = Trajectory.evaluate(
            programme: try Self.programme(),
            table: Self.started(starts),
            asAt: day("2025-06-29"),
            part: ProgrammePart(strand: "a")
        )
        #expect(found[0].course == .willReach)
        let words = found[0].verdict
        #expect(words.hasPrefix("65 people started support by 29 June 2025, and 30 were planned"))
        #expect(words.contains("On course for the 120 planned by 31 March 2026: 1.4 a week"))
        #expect(words.contains("The last 12 weeks had 5.0 a week"))
        let late = Trajectory.evaluate(
            programme: try Self.programme(),
            table: Self.started(
                Array(starts.enumerated().filter { $0.offset % 5 == 0 }.map(\.element))
            ),
            asAt: day("2025-06-29"),
            part: ProgrammePart(strand: "a")
        )
        #expect(late[0].course == .willMiss)
    }

    @Test(arguments: [3, 4, 5] as [UInt64])
    func `months are those of a plain count`(seed: UInt64) throws {
        var random = RandomFacts(seed: seed)
        let rows = (0..<500).map { random.facts($0) }
        let asAt = day("2015-03-20")
        let found = Trajectory.evaluate(
            programme: try programmeOf2015(),
            table: table(rows),
            asAt: asAt
        )
        let days = rows.compactMap { $0[.started] }.filter { $0 <= asAt }
        #expect(found[0].actual == days.count)
        for month in found[0].months {
            let plain = days.count { $0.civilMonth == month.month }
            #expect(month.actual ?? 0 == plain)
        }
        #expect([found[0]].csv.split(separator: "\n").count == found[0].months.count + 1)
        let json = try JSONValue(parsing: found.json)
        #expect(json.array?[0]["actual"]?.double == Double(days.count))
        #expect(found.text.contains(found[0].verdict))
    }

    private func programmeOf2015() throws -> Programme { try MeasuresTests.programme() }
}
