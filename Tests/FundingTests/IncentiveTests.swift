import Casework
import Funding
import Kernel
import Measures
import Programmes
import Testing

@Suite("Incentive schemes") struct IncentiveTests {
    static let scheme = """
        incentives:
          - id: cquin
            provider: the-trust
            contract: 100000
            share: 2.5
            years: [2024-25, 2025-26]
            measures:
              - {id: accepted, indicator: gp, weight: 50, threshold: 50, target: 90}
              - {id: count, indicator: referrals, weight: 30, target: 4, pays: all-or-nothing}
              - {id: trained, reported: true, weight: 20, threshold: 20, target: 80}
        """

    /// Cases referred on a day, of which the first few were accepted.
    private func table(_ cases: Int, accepted: Int, on iso: String) -> FactTable {
        var table = FactTable()
        for number in 1...cases {
            var facts = Facts(
                caseID: caseID(number),
                programme: "example",
                programmeVersion: 4,
                reference: "R"
            )
            facts[.referred] = day(iso)
            if number <= accepted { facts[.accepted] = day(iso) }
            table.append(facts)
        }
        return table
    }

    @Test("2.5% of a contract is divided by weight and earned between threshold and target")
    func earned() throws {
        let programme = try programme(Self.scheme)
        // 70% accepted is halfway from 50 to 90; 10 referrals are over 4; 50 trained is halfway.
        let table = table(10, accepted: 7, on: "2024-11-01")
        let results = IncentiveResult.find(
            programme,
            quarter: quarter("2025-Q1"),
            reported: [ReportedFigure(measure: "trained", year: 2024): 50],
            facts: { _ in table }
        )
        #expect(results.map(\.available.text) == ["£1,250.00", "£750.00", "£500.00"])
        #expect(results.map(\.amount.text) == ["£625.00", "£750.00", "£250.00"])
        #expect(results.map(\.figure).first == "70.0% (7 of 10); all from 90%")
        #expect(results.allSatisfy { $0.claimant == "the-trust" && $0.key.ordinal == 2024 })
        let due = Entitlements.compute(
            programme,
            quarter: quarter("2025-Q1"),
            achievements: [],
            results: results
        )
        #expect(due.total == Pence(1625_00))
        #expect(due.due.allSatisfy { $0.key.person == nil })
    }

    @Test("A year is settled at its end, over the people who were referred in it") func years()
        throws
    {
        let programme = try programme(Self.scheme)
        let table = table(10, accepted: 10, on: "2025-05-01")
        func count(_ text: String) -> [String] {
            IncentiveResult.find(programme, quarter: quarter(text), facts: { _ in table })
                .map { "\($0.key.rule) \($0.key.ordinal) \($0.amount.text)" }
        }
        #expect(count("2024-Q4") == [])
        // Nobody was referred in the first year: a share of nobody is not a figure, no referral is.
        #expect(count("2025-Q1") == ["count 2024 £0.00"])
        #expect(
            count("2026-Q1")
                == ["count 2024 £0.00", "accepted 2025 £1,250.00", "count 2025 £750.00"]
        )
    }

    static let curves: [(value: Int, threshold: Int, target: Int, linear: Int64, all: Int64)] = [
        (49, 50, 90, 0, 0), (50, 50, 90, 0, 0), (51, 50, 90, 25, 0), (70, 50, 90, 500, 0),
        (89, 50, 90, 975, 0), (90, 50, 90, 1000, 1000), (100, 50, 90, 1000, 1000),
        (0, 0, 3, 0, 0), (1, 0, 3, 333, 0), (2, 0, 3, 666, 0), (3, 0, 3, 1000, 1000),
    ]

    @Test("Linear is even between threshold and target, and never a penny over", arguments: curves)
    func curve(_ row: (value: Int, threshold: Int, target: Int, linear: Int64, all: Int64)) throws {
        let text = """
            incentives:
              - id: scheme
                provider: p
                contract: 100
                share: 10
                years: [2024-25]
                measures:
                  - {id: a, reported: true, weight: 1, threshold: \(row.threshold), target: \(row.target)}
                  - {id: b, reported: true, weight: 1, target: \(row.target), pays: all-or-nothing}
            """
        let measures = try #require(try programme(text).funding?.incentives.first?.measures)
        let earned = measures.map {
            IncentiveScheme.earned(Ratio(row.value), $0, of: Pence(1000)).value
        }
        #expect(earned == [row.linear, row.all])
    }

    @Test("The shipped CQUIN can earn 2.5% of its contract a year") func shippedScheme() throws {
        let scheme = try #require(
            try shipped("gm-mental-health-and-employment").funding?.incentives.first
        )
        #expect(scheme.pot == Pence(100_000_00))
        #expect(
            scheme.pot.split(by: scheme.measures.map(\.weight)) == [
                Pence(40_000_00), Pence(30_000_00), Pence(30_000_00),
            ]
        )
    }
}
