import Kernel
import Measures
import Testing

/// Statistics by examples worked elsewhere, and at their edges.
@Suite struct IntervalTests {
    @Test(arguments: [
        // Published tables of the exact 95% interval of a Poisson count.
        (0, 0.0, 3.689), (1, 0.025, 5.572), (5, 1.623, 11.668), (9, 4.115, 17.085),
        // From ten on Byar's.
        (10, 4.787, 18.391), (82, 65.214, 101.784),
    ])
    func `a count has its Poisson interval`(events: Int, lower: Double, upper: Double) throws {
        let interval = try #require(Statistics.count(events))
        #expect(abs(interval.lower - lower) < 0.001)
        #expect(abs(interval.upper - upper) < 0.001)
    }

    @Test func `a rate is a count over its exposure`() throws {
        let rate = try #require(Statistics.rate(82, over: 1000))
        #expect(abs(rate.lower - 0.065214) < 1e-6)
        #expect(Statistics.rate(3, over: 0) == nil)
        #expect(Statistics.count(-1) == nil)
    }

    @Test(arguments: [
        (1, 12.7062047362), (2, 4.3026527297), (10, 2.2281388520), (120, 1.9799304051),
        (1000, 1.9623390808),
    ])
    func `the t of the tables`(degrees: Int, value: Double) throws {
        let t = try #require(Statistics.student(degrees))
        #expect(abs(t - value) < 1e-9)
    }

    @Test func `no degrees of freedom, no t`() {
        #expect(Statistics.student(0) == nil)
        #expect(Statistics.student(5, tail: 0) == nil)
        #expect(Statistics.student(5, tail: 0.6) == nil)
    }

    @Test func `a ratio needs people above and below the line`() {
        #expect(Statistics.ratio(0, of: 10, to: 5, of: 10) == nil)
        #expect(Statistics.ratio(5, of: 10, to: 0, of: 10) == nil)
        #expect(Statistics.rateRatio(5, over: 0, to: 5, over: 1) == nil)
        #expect(Statistics.ratio(5, of: 10, to: 5, of: 10)?.text == "1.00 (0.42 to 2.40)")
    }

    @Test func `a line gives its own slope, and fewer than five groups none`() throws {
        // Values on the line 0.2 + 0.4 b at the middles of five equal groups.
        let groups = [0.24, 0.32, 0.40, 0.48, 0.56].map { Gradient.Group(people: 30, value: $0) }
        let gradient = try #require(Gradient(groups))
        #expect(abs(gradient.slope - 0.4) < 1e-12)
        #expect(abs(gradient.relative - 3) < 1e-12)
        #expect(gradient.slopeError < 1e-12)
        #expect(Gradient(Array(groups.dropLast())) == nil)
        #expect(Gradient(groups.dropLast() + [.init(people: 0, value: 0.9)]) == nil)
    }

    @Test func `a change is taken within people and says who is missing`() throws {
        var change = PairedChange(eligible: 8)
        for difference in [-5, -3, -4, 0] { change.add(difference) }
        #expect(change.mean == Ratio(-12, over: 4))
        #expect(change.completion == Ratio(4, over: 8))
        #expect(change.missing == 4)
        // t(3) = 3.18245, standard deviation 2.16025.
        let interval = try #require(change.interval)
        #expect(abs(interval.lower - -6.43744) < 1e-4)
        #expect(abs(interval.upper - 0.43744) < 1e-4)
        var single = PairedChange(eligible: 1)
        single.add(2)
        #expect(single.interval == nil)
        #expect(PairedChange().mean == nil)
    }

    @Test(arguments: [
        (1.125, 2, "1.13"), (-0.04, 1, "0.0"), (-2.35, 1, "−2.4"), (12.0, 0, "12"),
        (Double.nan, 1, "–"), (Double.infinity, 1, "–"), (0.05, 2, "0.05"),
    ])
    func `decimals are said plainly`(number: Double, places: Int, text: String) {
        #expect(Decimals.text(number, places) == text)
    }
}
