import Funding
import Kernel
import Programmes
import Testing

@Suite("A programme's money, divided") struct BudgetTests {
    @Test("WorkWell Manchester's funding table is the paper's") func workWell() throws {
        let table = try #require(FundingTable(try shipped("workwell-manchester")))
        #expect(
            table.rows.map { $0.amount.rounded(toPounds: 1) } == [
                Pence(438_048_00), Pence(516_672_00), Pence(228_269_00), Pence(127_023_00),
            ]
        )
        #expect(table.rows.map(\.people) == [600, 708, 312, nil])
        #expect(table.rows.map { $0.perHead?.text } == ["£730.08", "£729.76", "£731.63", nil])
        #expect(table.total.people == 1620)
        #expect(table.total.amount.text == "£1,310,012.00")
        #expect(table.total.guaranteed.text == "£786,007.20")
        #expect(table.total.performance.text == "£524,004.80")
        #expect(
            table.rows.map { $0.mix.map(\.people) } == [[450, 150], [531, 177], [234, 78], []]
        )
        for row in table.rows { #expect(row.guaranteed + row.performance == row.amount) }
        // WW 3.18: contingency and management come from the guaranteed part.
        #expect(table.rows.last?.guaranteed == Pence(127_023_00))
        let budget = try #require(Budget(try shipped("workwell-manchester")))
        #expect(budget.lines.map(\.performance).reduce(.zero, +) == budget.performance)
    }

    @Test("A part of the performance share leaves less for the strands") func performancePart()
        throws
    {
        let programme = try programme(
            """
            total: 3300
            shares: {guaranteed: 50, performance: 50}
            parts: [{id: prize, amount: 300, from: performance}]
            """
        )
        let budget = try #require(Budget(programme))
        #expect(budget.lines.map(\.performance) == [Pence(450_00), Pence(900_00)])
        #expect(budget.lines.map(\.guaranteed) == [Pence(550_00), Pence(1100_00)])
    }

    @Test("Without shares there is nothing to divide") func pricesOnly() throws {
        let budget = try #require(Budget(try shipped("payment-by-results")))
        #expect(budget.total == nil)
        #expect(budget.lines.map(\.performance) == [.zero])
        #expect(Budget(try shipped("kickstarter")) == nil)
    }
}
