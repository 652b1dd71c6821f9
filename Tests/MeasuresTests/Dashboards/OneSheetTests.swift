import Kernel
import Programmes
import Testing

@testable import Measures

/// A report and the dashboards of a day are drawn from one sheet.
@Suite("One sheet a day")
struct OneSheetTests {
    /// A count that is shown or hidden somewhere, and the cases that it is of.
    private struct Seen {
        var place: String
        var cases: [CaseID]
        var isHidden: Bool
    }

    private static let day = CivilDate(iso: "2025-05-31") ?? CivilDate(day: 0)

    /// Every count of the report, whole and by strand, and of the dashboards of each part.
    private func seen(_ people: DashboardPeople, _ sheet: FigureSheet) throws -> [Seen] {
        let (programme, asAt) = (people.programme, Self.day)
        let facts = people.table(asAt: asAt)
        var found: [Seen] = []
        let request = ReportRequest(asAt: asAt, grouping: .strand)
        let report = ReportTable.evaluate(
            programme: programme,
            table: facts,
            request: request,
            sheet: sheet
        )
        for row in report.rows {
            let groups: [String?] = [nil] + report.groups.map { $0.key }
            let cells = zip(groups, [row.whole] + row.cells)
            for (group, cell) in cells {
                for part in [CellPart.numerator, .denominator] {
                    let cases = ReportTable.open(
                        row: .label(row.label),
                        part: part,
                        programme: programme,
                        table: facts,
                        request: request,
                        group: group
                    )
                    let count: Any? = part == .numerator ? cell.numerator : cell.denominator
                    found.append(
                        Seen(
                            place: "report, \(row.label), \(part), \(group ?? "all")",
                            cases: cases ?? [],
                            isHidden: count == nil
                        )
                    )
                }
            }
        }
        let parts = [nil] + programme.strands.map { Optional($0.id) }
        for strand in parts {
            let question = Dashboard.Question(part: ProgrammePart(strand: strand), asAt: asAt)
            let dashboard = Dashboard.evaluate(
                programme: programme,
                table: facts,
                question: question,
                sheet: sheet
            )
            for figure in dashboard.figures
            where !figure.id.hasSuffix("/ninetieth") && figure.id != "quality/no-status" {
                // Nobody of these people has a status at discharge, so that would be all of them.
                for part in [CellPart.numerator, .denominator] {
                    let cases = Dashboard.open(
                        figure.id,
                        part: part,
                        programme: programme,
                        table: facts,
                        question: question
                    )
                    let cell = figure.cell
                    let count: Any? = part == .numerator ? cell.numerator : cell.denominator
                    found.append(
                        Seen(
                            place: "dashboard, \(figure.id), \(part), \(strand ?? "all")",
                            cases: cases ?? [],
                            isHidden: count == nil
                        )
                    )
                }
            }
        }
        return found
    }

    @Test("What one hides no other shows: the same cases are hidden everywhere or nowhere")
    func sameEverywhere() throws {
        // Sets that are the same in two lots of people are the same by what they mean.
        let (some, others) = (try DashboardPeople(90, seed: 5), try DashboardPeople(200, seed: 6))
        let sheet = try #require(some.sheets([Self.day.iso]).first)
        let second = try #require(others.sheets([Self.day.iso]).first)
        let there = Dictionary(
            try seen(others, second).map { ($0.place, $0.cases) },
            uniquingKeysWith: { first, _ in first }
        )
        var bySet: [[[CaseID]]: [Seen]] = [:]
        for one in try seen(some, sheet) where !one.cases.isEmpty {
            guard let cases = there[one.place], !cases.isEmpty else { continue }
            bySet[[one.cases, cases], default: []].append(one)
        }
        let shared = bySet.values.filter { all in
            all.contains { $0.place.hasPrefix("report") }
                && all.contains { $0.place.hasPrefix("dashboard") }
        }
        #expect(shared.contains { $0[0].isHidden } && shared.contains { !$0[0].isHidden })
        for all in bySet.values {
            let places = all.map { "\($0.place): \($0.isHidden)" }.joined(separator: "\n")
            #expect(Set(all.map(\.isHidden)).count == 1, "\(places)")
        }
    }

    @Test("Where every count is as it was, the latest sheet's pattern is taken over")
    func takenOver() throws {
        let people = try DashboardPeople(90, seed: 5)
        let sheet = try #require(people.sheets([Self.day.iso]).first)
        // A pattern that nothing would lead to by itself.
        var odd = sheet.released
        for place in odd.cells.indices where odd.cells[place].count > 0 {
            odd.cells[place].isHidden = true
        }
        func again(_ table: FactTable) -> FigureSheet? {
            FigureSheet.decide(
                programme: people.programme,
                table: table,
                asAt: Self.day,
                control: DisclosureControl(audience: .board, released: [odd]),
                latest: odd
            )
        }
        let facts = people.table(asAt: Self.day)
        #expect(again(facts)?.released == odd)
        var fewer = facts
        fewer.remove([facts.cases[0]])
        let next = try #require(again(fewer))
        #expect(next.hidden.hidden < odd.cells.count { $0.isHidden })
    }

    @Test("A grouping joins the day's sheet when it is first asked for, and changes nothing else")
    func groupings() throws {
        let people = try DashboardPeople(2000, seed: 5)
        var known: [ReleasedTable] = []
        let first = try #require(people.sheet(Self.day, beside: &known)).released
        let added = try #require(people.sheet(Self.day, by: [.provider], beside: &known))
        let second = try #require(people.sheet(Self.day, by: [.ageBand], beside: &known))
        #expect(Set(first.cells).isSubset(of: added.released.cells))
        #expect(Set(added.released.cells).isSubset(of: second.released.cells))
        #expect(second.released.groupings == [.provider, .ageBand])
        let facts = people.table(asAt: Self.day)
        for grouping in [Grouping.provider, .ageBand] {
            func report(_ sheet: FigureSheet?) -> ReportTable {
                ReportTable.evaluate(
                    programme: people.programme,
                    table: facts,
                    request: ReportRequest(asAt: Self.day, grouping: grouping),
                    sheet: sheet
                )
            }
            let (shown, truth) = (report(second), report(nil))
            #expect(shown.groups == truth.groups)
            var (open, hidden) = (0, 0)
            for (row, plain) in zip(shown.rows, truth.rows) {
                for (cell, own) in zip(row.cells, plain.cells) {
                    if cell.isHidden { hidden += 1 } else { open += 1 }
                    #expect(cell.isHidden || cell.numerator == own.numerator, "\(row.label)")
                }
            }
            #expect(open > 9 * hidden, "\(grouping): \(open) shown, \(hidden) hidden")
        }
    }

    @Test("Of few people not even the groups are told, where they would be a count")
    func fewPeople() throws {
        let people = try DashboardPeople(12, seed: 5)
        var known: [ReleasedTable] = []
        let sheet = people.sheet(Self.day, by: [.ethnicity], beside: &known)
        let report = ReportTable.evaluate(
            programme: people.programme,
            table: people.table(asAt: Self.day),
            request: ReportRequest(asAt: Self.day, grouping: .ethnicity),
            sheet: sheet
        )
        let hidden = try #require(report.keptBack)
        #expect(hidden.hidesGroups == report.groups.isEmpty)
        for (place, group) in report.groups.enumerated() {
            let cells = report.rows.map { $0.cells[place].numerator }
            let small = cells.filter { (1...4).contains($0?.whole ?? 0) }
            #expect(small.isEmpty, "\(group.key)")
        }
    }
}
