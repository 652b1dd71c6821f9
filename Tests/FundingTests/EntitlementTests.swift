import Funding
import Kernel
import Programmes
import Testing

/// What a section about money makes of some achievements, as a table.
struct EntitlementRow: Sendable, CustomTestStringConvertible {
    var what: String
    var funding: String
    var quarter = "2025-Q1"
    var achieved: [Achievement] = []
    /// `rule ordinal strand amount`, in order.
    var due: [String]
    var leftOut: [String] = []
    var testDescription: String { what }
}

@Suite("What is due") struct EntitlementTests {
    static let shares = "total: 3000\nshares: {guaranteed: 60, performance: 40}\n"
    static let supported = "payments: [{id: supported, share: 100, for: supported}]"

    static let rows: [EntitlementRow] = [
        EntitlementRow(
            what: "a share for each person, to the penny, up to the target",
            funding: shares + supported,
            achieved: [
                achieved(1, "supported", "2025-01-02"), achieved(2, "supported", "2025-01-03"),
                achieved(3, "supported", "2025-01-04"), achieved(4, "supported", "2025-01-05"),
                achieved(5, "supported", "2025-01-05", strand: "south"),
            ],
            // North has £400.00 for 3 people, south £800.00 for 7.
            due: [
                "supported 1 north 133.34", "supported 1 north 133.33", "supported 1 north 133.33",
                "supported 1 south 114.29",
            ],
            leftOut: ["1 people beyond the 3 of North (Supported)"]
        ),
        EntitlementRow(
            what: "a person is paid for once, whatever their cases",
            funding: shares + supported,
            achieved: [
                achieved(1, "supported", "2025-01-02"),
                achieved(2, "supported", "2025-01-03", strand: "south", by: 1),
            ],
            due: ["supported 1 north 133.34"],
            leftOut: ["1 cases of people who are paid for already (Supported)"]
        ),
        EntitlementRow(
            what: "or as often as the payment says",
            funding: "payments: [{id: job, price: 10, for: working, per_person: 2}]",
            achieved: [
                achieved(1, "job", "2025-01-02"), achieved(2, "job", "2025-01-03", by: 1),
                achieved(3, "job", "2025-01-04", by: 1),
            ],
            due: ["job 1 north 10.00", "job 2 north 10.00"],
            leftOut: ["1 cases of people who are paid for already (Job)"]
        ),
        EntitlementRow(
            what: "a case in no strand is left out, and said",
            funding: shares + supported,
            achieved: [achieved(1, "supported", "2025-01-02", strand: nil)],
            due: [],
            leftOut: ["1 cases without a strand that the programme knows"]
        ),
        EntitlementRow(
            what: "a strand's cap cuts the last payment short",
            funding: """
                caps: {strands: {north: 25}}
                payments: [{id: job, price: 10, for: working}]
                """,
            achieved: (1...4).map { achieved($0, "job", "2025-01-0\($0)") },
            due: ["job 1 north 10.00", "job 1 north 10.00", "job 1 north 5.00"],
            leftOut: ["2 payments that a cap cut off or cut short"]
        ),
        EntitlementRow(
            what: "a cap in all goes over the strands, the earliest day first",
            funding: """
                caps: {all: 25}
                payments: [{id: job, price: 10, for: working}]
                """,
            achieved: [
                achieved(1, "job", "2025-01-01", strand: "south"), achieved(2, "job", "2025-01-02"),
                achieved(3, "job", "2025-01-03", strand: "south"), achieved(4, "job", "2025-01-04"),
            ],
            due: ["job 1 south 10.00", "job 1 north 10.00", "job 1 south 5.00"],
            leftOut: ["2 payments that a cap cut off or cut short"]
        ),
        EntitlementRow(
            what: "a payment for one strand only",
            funding: "payments: [{id: job, price: 10, for: working, strands: [south]}]",
            achieved: [
                achieved(1, "job", "2025-01-01"), achieved(2, "job", "2025-01-02", strand: "south"),
            ],
            due: ["job 1 south 10.00"]
        ),
        EntitlementRow(
            what:
                "instalments fall due with their quarters, and nothing before the support is there",
            funding: shares
                + """
                payments:
                  - id: fixed
                    instalments: [2024-Q4, {quarter: 2025-Q1, weight: 2}, 2025-Q2]
                    once: {population: supported, people: 2}
                """,
            achieved: [
                achieved(1, "fixed/once", "2025-01-01"), achieved(2, "fixed/once", "2025-01-02"),
                achieved(3, "fixed/once", "2025-01-02", strand: "south"),
                achieved(4, "fixed/once", "2025-01-02", strand: "south", by: 3),
            ],
            // £600.00 in four parts of which two are due; the south has only one person yet.
            due: ["fixed 1 north 150.00", "fixed 2 north 300.00"]
        ),
        EntitlementRow(
            what: "the host claims the parts with the instalments",
            funding: """
                total: 3100
                shares: {guaranteed: 60, performance: 40}
                parts: [{id: office, amount: 100}]
                payments: [{id: fixed, instalments: [2025-Q1, 2025-Q2, 2025-Q3], strands: []}]
                """,
            due: ["fixed 1 north 195.56", "fixed 1 south 391.11", "office 1 - 33.34"]
        ),
        EntitlementRow(
            what: "where the payer bears it, what was not earned is paid at the end",
            funding: shares + "under_performance: payer\n" + supported,
            quarter: "2026-Q1",
            achieved: [achieved(1, "supported", "2025-01-02")],
            due: [
                "supported 1 north 133.34", "supported 0 north 266.66", "supported 0 south 800.00",
            ]
        ),
        EntitlementRow(
            what: "but not before",
            funding: shares + "under_performance: payer\n" + supported,
            quarter: "2025-Q4",
            achieved: [achieved(1, "supported", "2025-01-02")],
            due: ["supported 1 north 133.34"]
        ),
    ]

    @Test("Each rule pays what it says", arguments: rows)
    func pays(_ row: EntitlementRow) throws {
        let entitlements = Entitlements.compute(
            try programme(row.funding),
            quarter: quarter(row.quarter),
            achievements: row.achieved
        )
        let due = entitlements.due.map {
            "\($0.key.rule) \($0.key.ordinal) \($0.key.strand ?? "-") \($0.amount.text.dropFirst())"
        }
        #expect(due == row.due)
        #expect(entitlements.leftOut.map { "\($0.count) \($0.reason)" } == row.leftOut)
    }

    @Test("What was rejected for good is not due again, and gives its place to the next")
    func refused() throws {
        let rules = try programme(Self.shares + Self.supported)
        let all = (1...4).map { achieved($0, "supported", "2025-01-0\($0)") }
        let key = ClaimKey(rule: "supported", person: person(1), ordinal: 1)
        let entitlements = Entitlements.compute(
            rules,
            quarter: quarter("2025-Q1"),
            achievements: all,
            refused: [key]
        )
        #expect(entitlements.due.map(\.caseID) == [caseID(2), caseID(3), caseID(4)])
        #expect(entitlements.total == Pence(400_00))
    }
}
