import Testing

@testable import CostBenefit

/// WorkWell Manchester with made-up counts, beside sums done by hand.
@Suite struct HandTableTests {
    static func valuation() throws -> Valuation {
        Valuation(try appraisal("workwell-manchester"), try basis(someCounts))
    }

    /// Whether two amounts are the same to a hundredth of a penny.
    private func same(_ found: Reckoned?, _ expected: Double) -> Bool {
        found?.number.map { abs($0 - expected) < 1e-4 } ?? false
    }

    @Test("The guaranteed money falls by days, the rest by participants")
    func costs() throws {
        let found = try Self.valuation()
        // £786,007.20 in all; 810 of 1,620 participants earn half of £524,004.80.
        #expect(same(found.costs.first?.spent, 786_007.20))
        #expect(same(found.costs.last?.spent, 262_002.40))
        #expect(same(found.spent, 1_048_009.60))
        // 182 of the 547 days lie in 2024/25. The second year has 1.02 in prices and 1.035 off.
        let (first, second) = (182.0 / 547, 365.0 / 547)
        let present = 1_048_009.60 * (first + second / 1.02 / 1.035)
        #expect(same(found.cost, present))
        #expect(same(found.outcomes.first?.costEach, 10_480.096))
    }

    @Test("Who entered work: 100, less 40%, 80% of it, less 15% and 40% for optimism")
    func enteredWork() throws {
        let found = try Self.valuation()
        let line = try #require(
            found.benefits.first { $0.outcome.id == "entered-work" && $0.value.code == "wages" }
        )
        #expect(line.gross == .known(1_000_000))
        let net = 100 * 10_000 * 0.6 * 0.8 * 0.85 * 0.6
        // Two years, the second of them 30% less.
        #expect(same(line.net, net * 1.7))
        let (first, second) = (182.0 / 547, 365.0 / 547)
        let year0 = first
        let year1 = (first * 0.7 + second) / 1.035
        let year2 = second * 0.7 / (1.035 * 1.035)
        #expect(same(line.present, net * (year0 + year1 + year2)))
        let health = try #require(found.benefits.first { $0.value.isHealth })
        let atHealth = first + (first * 0.7 + second) / 1.015 + second * 0.7 / (1.015 * 1.015)
        #expect(same(health.present, 100 * 1_000 * 0.6 * 0.8 * 0.85 * 0.6 * atHealth))
    }

    @Test("Totals by kind and by who gains add up, and transfers are no gain to all")
    func totals() throws {
        let found = try Self.valuation()
        let all = found.benefits.compactMap(\.present.number).reduce(0, +)
        let kinds = UnitValue.Kind.allCases.compactMap { found.present($0).number }
        #expect(abs(kinds.reduce(0, +) - all) < 1e-6)
        let gainers = found.gainers.compactMap { found.present($0).number }
        #expect(abs(gainers.reduce(0, +) - all) < 1e-6)
        let transfers = found.benefits.filter(\.value.isTransfer)
            .compactMap(\.present.number).reduce(0, +)
        #expect(transfers > 0)
        #expect(same(found.publicValue.benefits, all - transfers))
        #expect(same(found.fiscal.benefits, kinds[0]))
        #expect(same(found.avoided, 200 * 500))
    }

    @Test("So far, money and outcomes are those of the days so far")
    func soFar() throws {
        let half = Valuation(
            try appraisal("workwell-manchester"),
            try basis(someCounts, asAt: "2025-03-31")
        )
        #expect(same(half.costs.first?.spent, 786_007.20 * 182 / 547))
        #expect(same(half.costs.first?.present, 786_007.20 * 182 / 547))
        // All of them came in the first year.
        #expect(half.years.first?.publicValue.number.map { $0 > 0 } == true)
        let before = Valuation(
            try appraisal("workwell-manchester"),
            try basis(someCounts.mapValues { _ in 0 }, asAt: "2024-09-30")
        )
        #expect(before.spent == .known(0))
        #expect(before.publicValue.ratio == .none)
        #expect(before.publicValue.payback == Valuation.Payback.none)
    }

    @Test("A count that is kept back takes every result with it that rests on it, and no other")
    func keptBack() throws {
        var counts = someCounts
        counts["Entered work"] = .some(nil)
        let found = Valuation(try appraisal("workwell-manchester"), try basis(counts))
        #expect(found.publicValue.ratio == .keptBack)
        #expect(found.fiscal.net == .keptBack)
        #expect(found.publicValue.payback == .keptBack)
        #expect(found.present(.social) == .keptBack)
        #expect(found.present(UnitValue.Gainer.employer).number != nil)
        #expect(found.spent.number != nil)
        #expect(found.outcomes.map(\.costEach).filter { $0 == .keptBack }.count == 1)
        #expect(found.swings.isEmpty && found.breakEvens.isEmpty)
        // An assumption of one's own takes its place.
        let own = try found.appraisal.setting([("entered-work.count", "40")])
        #expect(Valuation(own, found.basis).publicValue.ratio.number != nil)
    }
}
