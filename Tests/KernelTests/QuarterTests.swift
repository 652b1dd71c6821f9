import Testing

@testable import Kernel

@Suite("Quarters, and money in parts") struct QuarterTests {
    static let quarters: [(text: String, first: String, last: String, uk: String, year: String)] = [
        ("2024-Q4", "2024-10-01", "2024-12-31", "October to December 2024", "2024/25"),
        ("2025-Q1", "2025-01-01", "2025-03-31", "January to March 2025", "2024/25"),
        ("2025-Q2", "2025-04-01", "2025-06-30", "April to June 2025", "2025/26"),
        ("1999-Q4", "1999-10-01", "1999-12-31", "October to December 1999", "1999/00"),
    ]

    @Test("A quarter knows its days and its financial year", arguments: quarters)
    func days(_ row: (text: String, first: String, last: String, uk: String, year: String)) throws {
        let quarter = try #require(Quarter(text: row.text))
        #expect(quarter.text == row.text)
        #expect(quarter.firstDay.iso == row.first)
        #expect(quarter.lastDay.iso == row.last)
        #expect(quarter.uk == row.uk)
        #expect(quarter.financialYearText == row.year)
        #expect(Quarter(holding: quarter.firstDay) == quarter)
        #expect(Quarter(holding: quarter.lastDay) == quarter)
        #expect(quarter.next.previous == quarter)
        #expect(quarter < quarter.next)
    }

    @Test(
        "Nothing else is a quarter",
        arguments: ["", "2025", "2025-Q5", "2025-Q0", "2025Q1", "2025-q1", "25-Q1", "2025-Q11"]
    )
    func refused(_ text: String) { #expect(Quarter(text: text) == nil) }

    static let splits: [(amount: Int64, weights: [Int], parts: [Int64])] = [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (131_001_200, [60, 40], [78_600_720, 52_400_480]),
        (10, [3, 0, 7], [3, 0, 7]),
        (1, [1, 2], [0, 1]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (100, [0, 0], [0, 0]),
        (0, [1, 2], [0, 0]),
    ]

    @Test("Parts add up to the penny", arguments: splits)
    func split(_ row: (amount: Int64, weights: [Int], parts: [Int64])) {
        #expect(Pence(row.amount).split(by: row.weights).map(\.value) == row.parts)
    }

    @Test("Random parts add up, and no part is a penny from its due") func randomSplits() {
        var random = RandomGenerator(seed: 21)
        for _ in 0..<500 {
            let amount = Int64.random(in: 0...10_000_000_000, using: &random)
            let weights = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                Int.random(in: 1...1_000_000_000, using: &random)
            }
            let parts = Pence(amount).split(by: weights)
            #expect(parts.reduce(.zero, +).value == amount)
            let sum = Double(weights.reduce(0, +))
            for (part, weight) in zip(parts, weights) {
                #expect(abs(Double(part.value) - Double(amount) * Double(weight) / sum) < 1.001)
            }
        }
    }

    @Test("Equal shares are those of the split") func equalShares() {
        let amount = Pence(1_234_567)
        let parts = amount.split(by: Array(repeating: 1, count: 89))
        #expect((1...89).map { amount.share($0, of: 89) } == parts)
        #expect(amount.share(90, of: 89) == .zero)
        #expect(amount.share(0, of: 89) == .zero)
    }
}
