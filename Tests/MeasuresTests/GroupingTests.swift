import Casework
import Kernel
import Programmes
import Testing

@testable import Measures

@Suite("Groups")
struct GroupingTests {
    static let asAt = day("2015-04-30")

    static let rows = """
        - {row: High, count: {intensity: high}, of: engaged}
        - {row: Met, met: assessment, of: engaged}
        - {row: Kept, outcome: kept, of: started}
        - {row: Visits, sum: contact_attempts}
        - {row: Time, mean: {days: {from: started, to: discharged}}, over: engaged}
        - {row: Middle, median: {working_days: {from: started, to: discharged}}, over: engaged}
        - {row: Coaches, distinct: coach, over: engaged}
        """

    /// Six hundred cases at random, with the codes of real groups.
    static func cases(seed: UInt64) -> [Facts] {
        var random = RandomFacts(seed: seed)
        return (1...600).map { number in
            var facts = random.facts(number)
            facts[.strand] = random.pick(["north", "south", "west", nil])
            facts[.provider] = random.pick(["north-cic", "south-cic", "west-cic"])
            facts[.ageBand] = random.pick(["under-16", "16-24", "25-34", "65-and-over", nil])
            facts[.intensity] = random.pick(["high", "low", nil])
            facts[.clocks] = random.pick(["assessment:met", "assessment:missed", ""])
            facts[.outcomes] = random.pick(["kept@2015-04-01", ""])
            return facts
        }
    }

    static func report(_ facts: [Facts], by grouping: Grouping?) throws -> ReportTable {
        ReportTable.evaluate(
            programme: try programme(rows),
            table: table(facts),
            request: ReportRequest(asAt: asAt, grouping: grouping)
        )
    }

    @Test("Each group is what a report over its cases alone would be", arguments: Grouping.allCases)
    func alone(grouping: Grouping) throws {
        let all = Self.cases(seed: 21)
        let grouped = try Self.report(all, by: grouping)
        let whole = try Self.report(all, by: nil)
        #expect(grouped.rows.map(\.whole) == whole.rows.map(\.whole))
        for (place, group) in grouped.groups.enumerated() {
            let members = all.filter { key($0, grouping) == group.key }
            let alone = try Self.report(members, by: nil)
            #expect(grouped.rows.map { $0.cells[place] } == alone.rows.map(\.whole))
        }
        let keys = Set(all.map { key($0, grouping) })
        #expect(Set(grouped.groups.map(\.key)) == keys)
    }

    @Test("A mistyped year among many groups is counted all the same")
    func outliers() throws {
        var all = Self.cases(seed: 25)
        all[0][.started] = day("1915-01-01")
        all[0][.firstContact] = day("2015-01-01")
        all[1][.discharged] = day("2085-01-01")
        let scale = Grouping.referrer.scale(of: table(all), try programme())
        #expect(scale.count * 40_000 > Tallies.Layout.countsMax)
        let grouped = try Self.report(all, by: .referrer)
        #expect(grouped.rows.map(\.whole) == (try Self.report(all, by: nil)).rows.map(\.whole))
        for (place, group) in grouped.groups.enumerated() {
            let members = all.filter { key($0, .referrer) == group.key }
            let alone = try Self.report(members, by: nil)
            #expect(grouped.rows.map { $0.cells[place] } == alone.rows.map(\.whole))
        }
    }

    @Test("Different codes are counted among very many groups")
    func distinctAmongMany() throws {
        let all = (1...1_100).map { number in
            facts(number) {
                $0[.referrer] = "P\(number % 1_050)"
                $0[.coach] = number % 7 == 0 ? nil : "C\(number)"
            }
        }
        let report = ReportTable.evaluate(
            programme: try programme("- {row: Coaches, distinct: coach}"),
            table: table(all),
            request: ReportRequest(asAt: Self.asAt, grouping: .referrer)
        )
        let line = report.rows[1]
        #expect(line.whole.numerator?.whole == 1_100 - 1_100 / 7)
        // P1 has cases 1 and 1,051, P7 has 7 and 1,057, of which neither has a coach.
        let counts = zip(report.groups, line.cells).map { ($0.key, $1.numerator?.whole ?? -1) }
        #expect(counts.count == 1_050)
        #expect(counts.first { $0.0 == "P1" }?.1 == 2)
        #expect(counts.first { $0.0 == "P7" }?.1 == 0)
    }

    @Test("Groups add up to the whole", arguments: Grouping.allCases)
    func addsUp(grouping: Grouping) throws {
        let report = try Self.report(Self.cases(seed: 22), by: grouping)
        for row in report.rows where ["Everyone", "High", "Met", "Kept"].contains(row.label) {
            let counts = row.cells.compactMap { $0.numerator?.whole }
            #expect(counts.reduce(0, +) == row.whole.numerator?.whole, "\(row.label)")
            let denominators = row.cells.compactMap(\.denominator)
            #expect(denominators.reduce(0, +) == row.whole.denominator ?? 0, "\(row.label)")
        }
    }

    static let orders: [(Grouping, [String])] = [
        (.strand, ["South side", "North side", "west", "not known"]),
        (.provider, ["south-cic", "north-cic", "west-cic"]),
        (.ageBand, ["under-16", "16-24", "25-34", "65-and-over", "not known"]),
        (.month, ["January 2015", "February 2015", "March 2015", "April 2015", "not known"]),
    ]

    @Test("Groups stand in the order that people expect", arguments: orders)
    func order(grouping: Grouping, expected: [String]) throws {
        let report = try Self.report(Self.cases(seed: 23), by: grouping)
        #expect(report.groups.map(\.label) == expected)
    }

    @Test("Groups that have lost their cases are gone")
    func gone() throws {
        var kept = table([facts(1) { $0[.gender] = "male" }, facts(2) { $0[.gender] = "female" }])
        kept.remove([caseID(1)])
        kept.append(facts(1) { $0[.gender] = "other" })
        let request = ReportRequest(asAt: Self.asAt, grouping: .gender)
        let report = ReportTable.evaluate(
            programme: try programme(),
            table: kept,
            request: request
        )
        #expect(report.groups.map(\.label) == ["Female", "Other"])
    }

    private func key(_ facts: Facts, _ grouping: Grouping) -> String {
        let key: String? =
            switch grouping {
            case .strand: facts[.strand]
            case .month: facts[.referred]?.civilMonth.iso
            case .referrer: facts[.referrer]
            case .condition: facts[.condition]
            case .ethnicity: facts[.ethnicityGroup]
            case .gender: facts[.gender]
            case .ageBand: facts[.ageBand]
            case .provider: facts[.provider]
            case .locality: facts[.area]
            }
        return key ?? "not-known"
    }
}
