import Foundation
import Kernel
import Measures
import Testing

/// A forecast by hand, and how often its range holds what comes.
@Suite struct ForecastTests {
    /// So many on each Wednesday from the first week of 2025, a week after a week.
    static func wednesdays(_ counts: [Int]) -> [(day: CivilDate, count: Int)] {
        counts.enumerated().map { (day("2025-01-08").adding(weeks: $0), $1) }
    }

    @Test func `a level run goes on level, no surer than Poisson counts are`() throws {
        let days = Self.wednesdays(Array(repeating: 9, count: 12))
        // The first Monday after the first day is the 13th, so 11 whole weeks by Sunday 30 March.
        let forecast = try #require(
            Forecast(days, asAt: day("2025-03-30"), by: day("2025-05-25"))
        )
        #expect(forecast.weeks == 11)
        #expect(forecast.weeklyMean == 9)
        #expect(abs(forecast.expected - (108 + 8 * 9)) < 1e-9)
        // t(10) = 2.228139; 9 × (8 + 64/11).
        let half = 2.228139 * (9.0 * (8 + 64.0 / 11)).squareRoot()
        #expect(abs(forecast.range.lower - (180 - half)) < 1e-4)
        #expect(abs(forecast.range.upper - (180 + half)) < 1e-4)
    }

    @Test func `a part of a week counts for what was reached, and not for the rate`() throws {
        let days = Self.wednesdays(Array(repeating: 7, count: 12)) + [(day("2025-04-01"), 50)]
        let forecast = try #require(
            Forecast(days, asAt: day("2025-04-02"), by: day("2025-04-09"))
        )
        #expect(forecast.weeklyMean == 7)
        #expect(abs(forecast.expected - (84 + 50 + 7)) < 1e-9)
    }

    @Test func `only the last twenty-six weeks are gone by`() throws {
        let counts = Array(repeating: 100, count: 10) + Array(repeating: 3, count: 27)
        let forecast = try #require(
            Forecast(Self.wednesdays(counts), asAt: day("2025-09-21"), by: day("2025-12-31"))
        )
        #expect(forecast.weeks == 26)
        #expect(forecast.weeklyMean == 3)
    }

    @Test(arguments: [(8, "2025-03-02"), (9, "2025-03-09"), (20, "2025-03-08")])
    func `fewer than eight whole weeks tell nothing`(counts: Int, asAt: String) {
        let days = Self.wednesdays(Array(repeating: 5, count: counts))
        let forecast = Forecast(days, asAt: day(asAt), by: day("2025-12-31"))
        #expect((forecast != nil) == (asAt == "2025-03-09"))
    }

    @Test func `there is no forecast of a day that has passed, or from nothing`() {
        let days = Self.wednesdays(Array(repeating: 5, count: 20))
        #expect(Forecast(days, asAt: day("2025-05-25"), by: day("2025-05-25")) == nil)
        #expect(Forecast([], asAt: day("2025-05-25"), by: day("2025-12-31")) == nil)
    }

    @Test func `the range holds what comes about nineteen times in twenty`() throws {
        var random = RandomGenerator(seed: 11)
        var held = 0
        let runs = 2000
        for _ in 0..<runs {
            // Poisson weeks by the number of unit gaps that fit, about twelve a week.
            func week() -> Int {
                var (left, count) = (0.0, -1)
                while left < 12 {
                    var gap = 0.0
                    repeat { gap = random.unit() } while gap == 0
                    left += log(1 / gap)
                    count += 1
                }
                return count
            }
            let past = (0..<20).map { _ in week() }
            let coming = (0..<15).map { _ in week() }.reduce(0, +)
            let forecast = try #require(
                Forecast(
                    Self.wednesdays(past),
                    asAt: day("2025-05-25"),
                    by: day("2025-05-25").adding(weeks: 15)
                )
            )
            let sum = Double(past.reduce(0, +) + coming)
            if forecast.range.lower <= sum, sum <= forecast.range.upper { held += 1 }
        }
        #expect((Int(Double(runs) * 0.93)...Int(Double(runs) * 0.99)).contains(held))
    }
}
