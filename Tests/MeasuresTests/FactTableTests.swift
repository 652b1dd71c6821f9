import Casework
import Kernel
import Programmes
import Testing

@testable import Measures

@Suite("The table of facts")
struct FactTableTests {
    @Test("Places are those of the published order")
    func places() {
        #expect(Milestone.allCases.map(\.place) == Array(0..<Milestone.allCases.count))
        #expect(CodeField.allCases.map(\.place) == Array(0..<CodeField.allCases.count))
        #expect(SetField.allCases.map(\.place) == Array(0..<SetField.allCases.count))
        #expect(NumberField.allCases.map(\.place) == Array(0..<NumberField.allCases.count))
    }

    @Test("A row gives back what was put in")
    func givesBack() {
        var random = RandomFacts(seed: 1)
        let rows = (1...200).map { random.facts($0) }
        let table = table(rows)
        for (row, facts) in rows.enumerated() { expect(table, row, facts) }
        #expect(table.row(of: caseID(150)) == 149)
        #expect(table.row(of: caseID(201)) == nil)
    }

    @Test("Rows written cell by cell are those appended whole")
    func writesCellByCell() {
        var random = RandomFacts(seed: 2)
        let rows = (1...200).map { random.facts($0) }
        var written = FactTable()
        for facts in rows {
            for field in NumberField.allCases { written.setNumber(field, facts[field]) }
            for field in SetField.allCases where !facts[field].isEmpty {
                var text = facts[field]
                text.withUTF8 { written.setSet(field, $0) }
            }
            for field in CodeField.allCases {
                guard var text = facts[field] else { continue }
                text.withUTF8 { written.setCode(field, $0) }
            }
            for milestone in Milestone.allCases {
                guard let date = facts[milestone] else { continue }
                written.setDate(milestone, date)
            }
            written.endRow(caseID: facts.caseID)
        }
        for (row, facts) in rows.enumerated() { expect(written, row, facts) }
    }

    @Test("Codes widen past 255 and past 65,535 texts", arguments: [255, 256, 65_535, 65_536])
    func widens(texts: Int) {
        var table = FactTable()
        for number in 1...texts {
            var text = "code-\(number)"
            text.withUTF8 {
                table.setCode(.referrer, $0)
                table.setSet(.barriers, $0)
            }
            table.endRow(caseID: caseID(number))
        }
        let width: CodeColumn.Width = texts < 256 ? .one : texts < 65_536 ? .two : .four
        #expect(table.codes[CodeField.referrer.place].width == width)
        for number in [1, 2, 255, 256, 257, texts - 1, texts] where number <= texts {
            #expect(table.code(.referrer, row: number - 1) == "code-\(number)")
            let byCode = table.cases(in: .code(.referrer, ["code-\(number)"]), asAt: .far)
            let byToken = table.cases(
                in: .token(.barriers, key: "code-\(number)", values: []),
                asAt: .far
            )
            #expect(byCode == [caseID(number)])
            #expect(byToken == byCode)
        }
    }

    @Test("A day or a number that a cell cannot hold is blank")
    func unkept() {
        let table = table([
            facts(1) { $0[.closed] = day("1910-04-14") },
            facts(2) { $0[.closed] = day("1910-04-15") },
            facts(3) { $0[.closed] = day("2089-09-16") },
            facts(4) {
                $0[.closed] = day("2089-09-17")
                $0[.age] = 1 << 31
            },
        ])
        let dates = (0..<4).map { table.date(.closed, row: $0)?.iso }
        #expect(dates == [nil, "1910-04-15", "2089-09-16", nil])
        #expect(table.number(.age, row: 3) == nil)
    }

    @Test("Rows taken out and put in again, some at a time, equal a table made anew")
    func changes() {
        var random = RandomFacts(seed: 3)
        var rows = (1...500).map { random.facts($0) }
        var kept = table(rows)
        for _ in 0..<40 {
            let told = Set((0..<50).map { _ in 1 + random.random.below(500) })
            kept.remove(Set(told.map(caseID)))
            rows.removeAll { told.contains(Int($0.caseID.low)) }
            for number in told.sorted() {
                let facts = random.facts(number)
                rows.append(facts)
                kept.append(facts)
            }
        }
        kept.remove(Set((1...500).filter { $0 % 7 == 0 }.map(caseID)))
        rows.removeAll { $0.caseID.low % 7 == 0 }
        #expect(kept.cases == rows.map(\.caseID))
        for (row, facts) in rows.enumerated() { expect(kept, row, facts) }
        for (row, facts) in rows.enumerated() { #expect(kept.row(of: facts.caseID) == row) }
        #expect(kept.row(of: caseID(7)) == nil)
        let anew = table(rows)
        for _ in 0..<200 {
            let population = random.population(depth: 2)
            let asAt = random.day()
            let expected = anew.cases(in: population, asAt: asAt)
            #expect(kept.cases(in: population, asAt: asAt) == expected, "\(population)")
        }
    }

    private func expect(_ table: FactTable, _ row: Int, _ facts: Facts) {
        #expect(table.cases[row] == facts.caseID)
        #expect(Milestone.allCases.map { table.date($0, row: row) } == facts.milestones)
        #expect(CodeField.allCases.map { table.code($0, row: row) } == facts.codes)
        #expect(SetField.allCases.map { table.set($0, row: row) } == facts.sets)
        #expect(NumberField.allCases.map { table.number($0, row: row) } == facts.numbers)
    }
}

extension CivilDate {
    fileprivate static var far: CivilDate { CivilDate(day: 40_000) }
}
