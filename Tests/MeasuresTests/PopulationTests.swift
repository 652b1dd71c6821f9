import Casework
import Kernel
import Testing

@testable import Measures
@testable import Programmes

@Suite("Populations")
struct PopulationTests {
    /// The report's day is 31 January 2015.
    static let asAt = day("2015-01-31")

    static let rows = [
        facts(1) {
            $0[.firstContact] = day("2015-01-05")
            $0[.intensity] = "high"
            $0[.age] = 17
        },
        facts(2) {
            $0[.firstContact] = day("2015-01-31")
            $0[.intensity] = "low"
            $0[.age] = 18
        },
        facts(3) {
            $0[.firstContact] = day("2015-02-01")
            $0[.age] = 24
            $0[.interventions] = "cbt:6 physiotherapy:4"
        },
        facts(4) {
            $0[.intensity] = "high"
            $0[.interventions] = "physiotherapy:14"
            $0[.scores] = "phq-9.baseline:15 phq-9.exit:5"
        },
    ]

    static let cases: [(String, Population, [Int])] = [
        ("everyone", .everyone, [1, 2, 3, 4]),
        ("a milestone up to the day and on it, not after", .reached(.firstContact), [1, 2]),
        ("a milestone that nobody reached", .reached(.closed), []),
        ("one code", .code(.intensity, ["high"]), [1, 4]),
        ("one of several codes", .code(.intensity, ["high", "low"]), [1, 2, 4]),
        ("a code that nobody has", .code(.intensity, ["middling"]), []),
        ("a blank code", .blank(.intensity), [3]),
        ("a blank column", .blank(.gender), [1, 2, 3, 4]),
        ("not", .not(.code(.intensity, ["high"])), [2, 3]),
        ("all", .all([.reached(.firstContact), .code(.intensity, ["high"])]), [1]),
        ("all of nothing", .all([]), [1, 2, 3, 4]),
        ("any", .any([.code(.intensity, ["low"]), .number(.age, from: 24, to: nil)]), [2, 3]),
        ("any of nothing", .any([]), []),
        ("a name that is not defined", .named("nothing"), []),
        ("a number from and to", .number(.age, from: 18, to: 24), [2, 3]),
        ("a number at least", .number(.age, from: 18, to: nil), [2, 3]),
        ("a number at most: blank is none", .number(.age, from: nil, to: 17), [1]),
        ("a number that is there", .number(.age, from: nil, to: nil), [1, 2, 3]),
        ("a bound beyond 32 bits", .number(.age, from: 1 << 40, to: nil), []),
        ("a token by its key", .token(.interventions, key: "physiotherapy", values: []), [3, 4]),
        ("not a longer key", .token(.interventions, key: "physio", values: []), []),
        ("a token by its number", .token(.interventions, key: "physiotherapy", values: ["4"]), [3]),
        ("a score", .token(.scores, key: "phq-9.baseline", values: ["15", "16"]), [4]),
        ("no such token", .not(.token(.scores, key: "phq-9.exit", values: [])), [1, 2, 3]),
    ]

    @Test("A population holds the cases that it says", arguments: cases)
    func holds(name: String, population: Population, expected: [Int]) {
        let found = table(Self.rows).cases(in: population, asAt: Self.asAt)
        #expect(numbers(found) == expected, "\(name)")
    }

    /// Token, field, key, value asked for, and whether it is there on 30 January, 31 January and
    /// 1 February.
    static let dated: [(String, SetField, String, String?, [Bool])] = [
        ("first:booked@2015-01-31", .appointments, "first", "booked", [true, false, false]),
        ("first:booked@2015-01-31", .appointments, "first", "unrecorded", [false, true, true]),
        ("first:booked@2015-01-31", .appointments, "first", nil, [true, true, true]),
        ("first:attended", .appointments, "first", "unrecorded", [false, false, false]),
        ("plan:running@2015-01-31", .clocks, "plan", "running", [true, true, false]),
        ("plan:running@2015-01-31", .clocks, "plan", "missed", [false, false, true]),
        ("plan:missed", .clocks, "plan", "missed", [true, true, true]),
        ("job@2015-01-31", .outcomes, "job", nil, [false, true, true]),
        ("job-52@2015-01-31", .outcomes, "job", nil, [false, false, false]),
        ("job", .outcomes, "job", nil, [true, true, true]),
        ("evaluation:given@2015-01-31", .consents, "evaluation", "given", [true, true, true]),
        ("odd@2015-13-45", .outcomes, "odd", nil, [false, false, false]),
        ("a:b@c", .answers, "a", "b@c", [true, true, true]),
    ]

    @Test("A token with a date is settled by the day of the report", arguments: dated)
    func settles(
        token: String,
        field: SetField,
        key: String,
        value: String?,
        expected: [Bool]
    ) {
        let table = table([facts(1) { $0[field] = "aa:b \(token) zz:y" }])
        let population = Population.token(field, key: key, values: value.map { [$0] } ?? [])
        let days = ["2015-01-30", "2015-01-31", "2015-02-01"]
        let found = days.map { !table.cases(in: population, asAt: day($0)).isEmpty }
        #expect(found == expected)
    }

    @Test("Names lead to populations, and a circle of names holds nobody")
    func names() {
        let named = [
            NamedPopulation(id: "seen", population: .reached(.firstContact)),
            NamedPopulation(id: "seen-and-high", population: .all([.named("seen"), high])),
            NamedPopulation(id: "egg", population: .named("hen")),
            NamedPopulation(id: "hen", population: .named("egg")),
        ]
        let table = table(Self.rows)
        func found(_ name: String) -> [Int] {
            numbers(table.cases(in: .named(name), named: named, asAt: Self.asAt))
        }
        #expect(found("seen-and-high") == [1])
        #expect(found("hen") == [])
    }

    @Test("The same set is made once, by whatever name it is asked for")
    func shares() {
        let named = [NamedPopulation(id: "high", population: high)]
        var plan = Plan(table(Self.rows), asAt: Self.asAt, populations: named)
        let first = plan.rows(.all([.reached(.firstContact), .named("high")]))
        let steps = plan.steps.count
        #expect(plan.rows(.all([high, .reached(.firstContact), .everyone])) == first)
        #expect(plan.rows(.not(.not(high))) == plan.rows(.named("high")))
        #expect(plan.steps.count == steps + 1)
    }

    private var high: Population { .code(.intensity, ["high"]) }
}
