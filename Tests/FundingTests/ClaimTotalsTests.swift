import Kernel
import Measures
import Testing

@testable import Funding

/// What a board, and everyone, may see of what claims come to.
@Suite("Totals of claims") struct ClaimTotalsTests {
    private func lines(_ people: [String: Int]) -> [ClaimLine] {
        var lines: [ClaimLine] = []
        for (strand, count) in people.sorted(by: { $0.key < $1.key }) {
            for number in 0..<count {
                let person = PersonID(high: UInt64(lines.count), low: UInt64(number))
                lines.append(
                    ClaimLine(
                        number: lines.count + 1,
                        kind: .new,
                        key: ClaimKey(rule: "start", person: person, ordinal: 1, strand: strand),
                        amount: Pence(100_00),
                        day: CivilDate(day: 20_000),
                        programmeVersion: 1
                    )
                )
            }
        }
        return lines
    }

    @Test("The case team sees all of it")
    func operational() {
        let totals = ClaimTotals(lines(["a": 3, "b": 20]), for: .operational)
        #expect(totals.rows.map(\.people) == [3, 20])
        #expect(totals.total.amount == Pence(2300_00))
        #expect(totals.keptBack == nil)
    }

    @Test("A board sees neither a small number of people nor the money that would say it")
    func board() {
        let open = ClaimTotals(lines(["a": 12, "b": 20]), for: .board)
        #expect(open.rows.map(\.people) == [12, 20])
        #expect(open.rows.map(\.amount) == [Pence(1200_00), Pence(2000_00)])
        let kept = ClaimTotals(lines(["a": 3, "b": 20, "c": 30]), for: .board)
        // The 3, and another that would give it away, or their sum.
        #expect(kept.rows[0].people == nil && kept.rows[0].amount == nil)
        let known = kept.rows.compactMap(\.people)
        #expect(known.count < 2 || kept.total.people == nil)
        let paid = kept.rows.compactMap(\.amount)
        #expect(paid.count < 2 || kept.total.amount == nil)
    }

    @Test("Everyone sees rounded numbers of people, and no money that stands for people")
    func published() {
        let totals = ClaimTotals(lines(["a": 13, "b": 22]), for: .published)
        #expect(totals.rows.map(\.people) == [15, 20])
        #expect(totals.rows.allSatisfy { $0.amount == nil } && totals.total.amount == nil)
    }
}
