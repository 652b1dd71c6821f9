import Kernel
import Programmes
import Testing

@testable import CostBenefit

/// Files that are wrong, and what is said of them.
@Suite struct DecodingTests {
    /// One change to the shipped WorkWell file and the faults that come of it.
    struct Break: Sendable, CustomTestStringConvertible {
        var what: String
        var find: String
        var put: String
        var faults: [String]

        init(_ what: String, _ find: String, _ put: String, _ faults: String...) {
            (self.what, self.find, self.put, self.faults) = (what, find, put, faults)
        }

        var testDescription: String { what }
    }

    static let breaks = [
        Break(
            "a row that the report has not",
            "count: {row: Used CBT}",
            "count: {row: Used CBTs}",
            "outcomes[3].count.row: `Used CBTs` is not known here; expected another word; "
                + "did you mean `Used CBT`?"
        ),
        Break(
            "an indicator spelt wrong",
            "count: {indicator: entered-work}",
            "count: {indicator: enterd-work}",
            "outcomes[1].count.indicator: `enterd-work` is not known here; expected one of: "
                + "remained-in-work, entered-work, satisfied; did you mean `entered-work`?"
        ),
        Break(
            "a value that the table has not",
            "values: [cbt]",
            "values: [cbts]",
            "outcomes[3].values[1]: `cbts` is not known here; expected one of: physiotherapy, cbt, "
                + "benefit-not-paid, taxes-paid, wages, absence-avoided, health-in-work; "
                + "did you mean `cbt`?"
        ),
        Break(
            "more than all of it",
            "value: 85",
            "value: 185",
            "outcomes[2].deadweight.value: `185` will not do; expected a percentage from 0 to 100, "
                + "such as 12.5"
        ),
        Break(
            "a range beside its value",
            "value: 85\n      low: 70",
            "value: 85\n      low: 90",
            "outcomes[2].deadweight.low: 85 is not between 90 and 95; expected `low` no greater than "
                + "the value, `high` no less"
        ),
        Break(
            "half a range",
            "      low: 25\n",
            "",
            "outcomes[3].deadweight.high: `high` without `low`; expected both or neither"
        ),
        Break(
            "an assumption that nobody is to replace",
            "      replace: NHS Talking Therapies Manchester\n",
            "",
            "outcomes[3].deadweight: `replace` is missing; expected `replace`"
        ),
        Break(
            "a number from nowhere",
            "assumed: Somebody in work at discharge is worth something at once.\n"
                + "      replace: the programme's analyst",
            "low: 0\n      high: 1",
            "outcomes[1].lag: one of its keys is missing; expected one of: source, assumed"
        ),
        Break(
            "an older table of unit costs",
            "unit_costs: {table: unit-costs, version: 1}",
            "unit_costs: {table: unit-costs, version: 3}",
            "unit_costs.version: the table is of version 1, and this was made with 3; expected 1, "
                + "when the appraisal has been looked over"
        ),
        Break(
            "years that begin too late",
            "years: {count: 5}",
            "years: {from: 2025-26, count: 31}",
            "years.from: 2025-26 begins after the programme, which began in 2024-25; expected "
                + "2024-25 or earlier",
            "years.count: `31` will not do; expected a whole number from 1 to 30"
        ),
        Break(
            "a year that there is not",
            "prices: 2024-25",
            "prices: 2024-26",
            "prices: `2024-26` is not a financial year; expected a financial year such as 2024-25"
        ),
        Break(
            "a cost twice over",
            "funding: guaranteed",
            "funding: guaranteed\n    pounds: {value: 5, source: none}",
            "costs[1].funding: `pounds` and `funding` exclude each other; expected exactly one of them"
        ),
        Break(
            "a grade that the table has not",
            "funding: performance\n    earned: {row: Participants, target: participants}\n    grade: 1",
            "funding: performance\n    earned: {row: Participants, target: people}\n    grade: 8",
            "costs[2].earned.target: `people` is not known here; expected one of: participants, "
                + "participants-in-work, participants-out-of-work, participants-msk, "
                + "participants-be-well, participants-rmg, participants-trafford",
            "costs[2].grade: `8` is not known here; expected one of: 1, 2, 3, 4, 5, 6"
        ),
        Break(
            "a yearly value that lasts nobody knows how long",
            "    lasts:\n      value: 1\n      low: 0.5\n      high: 2\n"
                + "      assumed: An example; who stays is followed for 13 weeks only.\n"
                + "      replace: the programme's analyst, once jobs have been followed for longer\n",
            "",
            "outcomes[2]: a value comes each year, and `lasts` is missing; expected `lasts`"
        ),
        Break(
            "a key spelt wrong",
            "    lag:",
            "    leg:",
            "outcomes[1].leg: `leg` is not a key here; expected one of: id, name, count, values, "
                + "grade, bias, deadweight, attribution, lag, lasts, drop_off; did you mean `lag`?"
        ),
        Break(
            "an outcome by the name of something else",
            "- id: cbt",
            "- id: value",
            "outcomes[3].id: `value` is the name of something else; expected another name"
        ),
    ]

    /// What is said of a text, without file, line and column.
    private func faults(of text: String) throws -> [Fault] {
        do {
            _ = try Appraisal(
                yaml: text,
                file: "f",
                programme: programme("workwell-manchester"),
                unitCosts: unitCosts()
            )
            return []
        } catch let error as Faults {
            return error.faults
        }
    }

    @Test("Each break is said, and nothing else", arguments: breaks)
    func eachBreak(_ broken: Break) throws {
        let sound = try repositoryFile("costs/workwell-manchester.yaml")
        try #require(sound.components(broken.find) == 2, "not there once")
        let found = try faults(of: sound.replacing(broken.find, with: broken.put))
        let said = found.map { fault in
            var fault = fault
            (fault.file, fault.line, fault.column) = (nil, nil, nil)
            return fault.description
        }
        #expect(said == broken.faults)
        #expect(found.allSatisfy { $0.line ?? 0 > 1 && $0.column ?? 0 > 0 })
    }

    @Test("All faults of a file are said at once, from the top down")
    func allAtOnce() throws {
        let sound = try repositoryFile("costs/workwell-manchester.yaml")
        let text = sound.replacing("version: 1\nname", with: "version: one\nname")
            .replacing("timing: start", with: "timing: begin")
            .replacing("funding: guaranteed", with: "funding: guaranted")
            .replacing("count: {row: Used CBT}", with: "count: {rows: Used CBT}")
        let found = try faults(of: text)
        #expect(
            found.map(\.field) == [
                "version", "discount.timing", "costs[1].funding", "outcomes[3].count",
                "outcomes[3].count.rows",
            ]
        )
        let lines = found.compactMap(\.line)
        #expect(lines.count == found.count && lines == lines.sorted())
    }

    @Test("A table of unit costs says what is wrong with it too")
    func unitCostFaults() throws {
        let sound = try repositoryFile("costs/unit-costs.yaml")
        let text = sound.replacing("kind: social", with: "kind: sozial")
            .replacing("code: wages", with: "code: cbt")
            .replacing("pounds: 234.13", with: "pounds: 234.133")
        let error = #expect(throws: Faults.self) { try UnitCosts(yaml: text, file: "f") }
        let said = error?.faults.map { "\($0.field ?? ""): \($0.problem)" } ?? []
        #expect(
            said == [
                "values[1].pounds: `234.133` will not do",
                "values[5].code: `cbt` is defined twice",
                "values[7].kind: `sozial` is not known here",
            ]
        )
    }

    @Test("What a file is about can be read before it is checked")
    func subjects() throws {
        let text = try repositoryFile("costs/workwell-manchester.yaml")
        let found = Appraisal.subjects(yaml: text)
        #expect(found.programme == "workwell-manchester" && found.unitCosts == "unit-costs")
        for other in ["name: x", "- x"] {
            let none = Appraisal.subjects(yaml: other)
            #expect(none.programme == nil && none.unitCosts == nil)
        }
    }

    @Test("Where its programme or its table is not there, all else that is wrong is said with it")
    func strays() throws {
        let sound = try repositoryFile("costs/workwell-manchester.yaml")
        let text = sound.replacing("timing: start", with: "timing: begin")
            .replacing("value: 85", with: "value: 185")
        let known = try programme("workwell-manchester")
        let table = try unitCosts()
        func fields(_ text: String, _ programme: Programme?, _ table: UnitCosts?) -> [String] {
            Appraisal.check(
                yaml: text,
                file: "f",
                programmes: [known.id],
                tables: ["unit-costs"],
                programme: programme,
                unitCosts: table
            )
            .compactMap(\.field)
        }
        let told = ["discount.timing", "outcomes[2].deadweight.value"]
        #expect(fields(text, known, table) == told)
        let lost = text.replacing("programme: workwell-manchester", with: "programme: workwel")
        #expect(fields(lost, nil, table) == ["programme"] + told)
        let bare = lost.replacing("table: unit-costs", with: "table: costs")
        #expect(fields(bare, nil, nil) == ["programme", "unit_costs.table"] + told)
        // What could not be read is there all the same: nothing is held against it.
        #expect(fields(sound, nil, nil) == [])
    }

    @Test(
        "Every value in the table has a source or says that it is assumed and by whom to replace it"
    )
    func cited() throws {
        let table = try unitCosts()
        #expect(table.values.count == 7)
        let sourced = table.values.filter { !$0.amount.basis.isAssumed }
        #expect(sourced.map(\.code) == ["physiotherapy"])
        for value in table.values {
            switch value.amount.basis {
            case .source(let text, _): #expect(text.contains("paragraph"))
            case .assumed(let text, let who): #expect(!text.isEmpty && !who.isEmpty)
            }
        }
    }
}

extension String {
    /// How many pieces another text cuts this into.
    fileprivate func components(_ other: String) -> Int {
        split(separator: other, omittingEmptySubsequences: false).count
    }
}
