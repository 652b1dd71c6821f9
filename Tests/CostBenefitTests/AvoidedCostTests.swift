import Kernel
import Programmes
import Testing

@testable import CostBenefit

/// "252 clients accessed physiotherapy … potentially saved £59,000 in NHS provision": the paper's
/// sentence, number by number.
@Suite struct AvoidedCostTests {
    static let row = "Clients who used physiotherapy"

    static func valuation(_ clients: Int?) throws -> Valuation {
        Valuation(
            try appraisal("fit-for-work-in-work"),
            ValuationBasis(
                runs: try day("2013-04-01")...day("2016-03-31"),
                asAt: try day("2015-01-31"),
                counts: [row: clients]
            )
        )
    }

    @Test("252 clients at £234.13 are £59,000.76, which the paper rounds to £59,000")
    func paper() throws {
        let found = try Self.valuation(252)
        let line = try #require(found.benefits.first)
        #expect(found.benefits.count == 1)
        #expect(line.value.amount.value == 234.13)
        #expect(line.count == .known(252))
        #expect(line.gross == .known(59_000.76))
        #expect(found.avoided == .known(59_000.76))
        let pence = try #require(Pence(pounds: "59000.76"))
        #expect(pence.rounded(toPounds: 1000) == Pence(59_000_00))
        #expect(found.figure("avoided_cost")?.text == "£59,001")
        // The paper tells no cost of the service, so that nothing can be divided by it.
        #expect(found.figure("bcr")?.text == "–")
        #expect(found.figure("payback")?.text == "–")
        #expect(found.figure("npv")?.text == "–")
    }

    @Test("£234.13 is the paper's sum over its clients, to the penny")
    func unitValue() throws {
        let value = try #require(unitCosts().values.first { $0.code == "physiotherapy" })
        #expect((59_000.0 / 252 * 100).rounded() / 100 == value.amount.value)
        // Whatever lies between the ends would have been printed as £59,000 too, and no penny more.
        let ends = [try #require(value.amount.low), try #require(value.amount.high)]
        for (end, beyond) in zip(ends, [-0.01, 0.01]) {
            #expect((end * 252 / 1000).rounded() == 59)
            #expect(((end + beyond) * 252 / 1000).rounded() != 59)
        }
    }

    @Test("Where the count is kept back, so is what it saved")
    func keptBack() throws {
        let found = try Self.valuation(nil)
        #expect(found.avoided == .keptBack)
        #expect(found.figure("avoided_cost")?.text == "*")
        #expect(found.rowsKeptBack == [Self.row])
    }
}
