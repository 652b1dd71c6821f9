import Casework
import Kernel
import Measures
import Programmes
import Testing

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
        kept.upsert(facts(1) { $0[.gender] = "other" })
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
            }
        return key ?? "not-known"
    }
}

@Suite("Opening a figure")
struct OpenTests {
    static let all = [
        facts(1) {
            $0[.firstContact] = day("2015-01-05")
            $0[.intensity] = "high"
            $0[.gender] = "female"
        },
        facts(2) { $0[.firstContact] = day("2015-01-05") },
        facts(3) {
            $0[.firstContact] = day("2015-01-05")
            $0[.intensity] = "low"
            $0[.gender] = "female"
        },
        facts(4) { $0[.intensity] = "high" },
        facts(5) {
            $0[.firstContact] = day("2015-01-05")
            $0[.intensity] = "high"
        },
    ]

    /// Row, part, group, limit, cases.
    static let openings: [(RowName, CellPart, String?, Int, [Int]?)] = [
        (.label("High"), .numerator, nil, .max, [1, 5]),
        (.number(2), .numerator, nil, .max, [1, 5]),
        (.number(2), .denominator, nil, .max, [1, 2, 3, 5]),
        (.number(2), .leftOut, nil, .max, [2]),
        (.number(2), .denominator, nil, 2, [1, 2]),
        (.number(2), .denominator, nil, 0, []),
        (.number(2), .denominator, "female", .max, [1, 3]),
        (.number(2), .denominator, "not-known", .max, [2, 5]),
        (.number(2), .denominator, "male", .max, []),
        (.number(1), .numerator, nil, .max, [1, 2, 3, 4, 5]),
        (.number(1), .denominator, nil, .max, []),
        (.number(3), .numerator, nil, .max, nil),
        (.number(0), .numerator, nil, .max, nil),
        (.label("Low"), .numerator, nil, .max, nil),
    ]

    @Test("A figure leads to its cases, in the order of the table", arguments: openings)
    func opens(
        row: RowName,
        part: CellPart,
        group: String?,
        limit: Int,
        expected: [Int]?
    ) throws {
        let found = ReportTable.open(
            row: row,
            part: part,
            programme: try programme("- {row: High, count: {intensity: high}, of: engaged}"),
            table: table(Self.all),
            request: ReportRequest(asAt: day("2015-01-31"), grouping: .gender),
            group: group,
            limit: limit
        )
        #expect(found.map { numbers($0) } == expected)
    }

    @Test(
        "Every figure opens to as many cases as it says",
        arguments: [Grouping.strand, .month, .condition, .ageBand]
    )
    func agrees(grouping: Grouping) throws {
        let all = GroupingTests.cases(seed: 24)
        let programme = try programme(GroupingTests.rows)
        let table = table(all)
        let request = ReportRequest(asAt: GroupingTests.asAt, grouping: grouping)
        let report = ReportTable.evaluate(programme: programme, table: table, request: request)
        func count(_ row: Int, _ part: CellPart, _ group: String?) -> Int? {
            ReportTable.open(
                row: .number(row + 1),
                part: part,
                programme: programme,
                table: table,
                request: request,
                group: group
            )?.count
        }
        for row in 0..<4 {
            let line = report.rows[row]
            let cells = zip([nil] + report.groups.map(\.key), [line.whole] + line.cells)
            for (group, cell) in cells {
                #expect(count(row, .numerator, group) == cell.numerator?.whole)
                #expect(count(row, .denominator, group) == cell.denominator ?? 0)
                #expect(count(row, .leftOut, group) == cell.leftOut.reduce(0) { $0 + $1.count })
            }
        }
    }
}
