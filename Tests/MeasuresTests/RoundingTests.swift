import Programmes
import Testing

@testable import Measures

@Suite("Rounding and showing")
struct RoundingTests {
    static let shares: [(Int, Int, String, String)] = [
        (524, 689, "percent", "76%"),
        (132, 218, "percent-truncated", "60%"),
        (18, 155, "percent-truncated", "11%"),
        (132, 218, "count-percent-truncated", "132 (60%)"),
        (22, 498, "percent-nearest-half", "4.5%"),
        (58, 498, "percent-nearest-half", "11.5%"),
        (418, 498, "percent-nearest-half", "84%"),
        (22, 498, "percent-one-decimal", "4.4%"),
        (1, 4, "percent-one-decimal", "25.0%"),
        (689, 689, "percent", "100%"),
        (0, 5, "percent", "0%"),
        // Halves go up, exactly: 12.5, 0.5, 14.25 to a half, 6.25 to a tenth.
        (1, 8, "percent", "13%"),
        (1, 200, "percent", "1%"),
        (57, 400, "percent-nearest-half", "14.5%"),
        (1, 16, "percent-one-decimal", "6.3%"),
        (1_005, 200_000, "percent-truncated", "0%"),
        (155, 218, "count-percent", "155 (71%)"),
        (37, 43, "count-of", "37 (of 43)"),
        (12_000, 24_000, "count-percent", "12,000 (50%)"),
        (9_999, 12_000, "count-of", "9999 (of 12,000)"),
        (37, 43, "number", "37"),
        (0, 0, "percent", "–"),
        (0, 0, "count-percent", "0 (–)"),
        (0, 0, "count-of", "0 (of 0)"),
    ]

    @Test("A share is shown as the form and the rounding say", arguments: shares)
    func share(count: Int, of: Int, form: String, expected: String) throws {
        let show = try #require(Show(form))
        #expect(show.text(Ratio(count), of: of) == expected)
    }

    static let numbers: [(Int, Int, String, String)] = [
        (3969, 498, "whole", "8"),
        (3969, 498, "truncated", "7"),
        (3969, 498, "nearest-half", "8"),
        (3969, 498, "one-decimal", "8.0"),
        (15, 2, "whole", "8"),
        (-15, 2, "whole", "-7"),
        (-15, 2, "truncated", "-7"),
        (-15, 2, "one-decimal", "-7.5"),
        (-1, 4, "nearest-half", "0"),
        (29, 4, "nearest-half", "7.5"),
        (25_000, 2, "whole", "12,500"),
        (1_500, 1, "nearest-thousand", "2000"),
        (8, 1, "one-decimal", "8.0"),
    ]

    @Test("A mean is shown as the rounding says", arguments: numbers)
    func mean(numerator: Int, denominator: Int, form: String, expected: String) throws {
        let show = try #require(Show(form))
        let mean = Ratio(numerator, over: denominator)
        #expect(show.text(mean, of: nil, isCount: false) == expected)
    }

    static let pounds: [(Int, String, String)] = [
        (252 * 23_413, "pounds", "£59,001"),
        (252 * 23_413, "pounds-nearest-thousand", "£59,000"),
        (252 * 23_413, "pounds-truncated", "£59,000"),
        (252 * 23_413, "pounds-one-decimal", "£59,000.8"),
        (50, "pounds", "£1"),
        (49, "pounds", "£0"),
        (-150_000, "pounds", "-£1,500"),
        (0, "pounds", "£0"),
    ]

    @Test("Money is shown in pounds", arguments: pounds)
    func money(pence: Int, form: String, expected: String) throws {
        let show = try #require(Show(form))
        #expect(show.text(Ratio(252), of: nil, pence: Ratio(pence)) == expected)
    }

    @Test("Where there is nothing to average a dash stands")
    func nothing() throws {
        #expect(Ratio(0, over: 0) == nil)
        #expect(try #require(Show("whole")).text(nil, of: nil) == "–")
    }

    @Test("Four places are exact")
    func fourPlaces() {
        #expect(Ratio(3969, over: 498)?.fourPlaces == "7.9699")
        #expect(Ratio(1, over: 20_000)?.fourPlaces == "0.0001")
        #expect(Ratio(-5, over: 4)?.fourPlaces == "-1.2500")
        #expect(Ratio(8).fourPlaces == "8.0000")
    }
}

@Suite("Intervals")
struct StatisticsTests {
    static let known: [(Int, Int, String)] = [
        (18, 155, "7.5% to 17.6%"),
        (0, 10, "0.0% to 27.8%"),
        (10, 10, "72.2% to 100.0%"),
        (81, 263, "25.5% to 36.6%"),
        (15, 148, "6.2% to 16.0%"),
    ]

    /// The last two are of Newcombe 1998, table I.
    @Test("The Wilson interval is that of the literature", arguments: known)
    func wilson(count: Int, n: Int, expected: String) {
        #expect(Statistics.wilson(count, of: n)?.text == expected)
    }

    @Test("There is no interval of nothing")
    func none() { #expect(Statistics.wilson(0, of: 0) == nil) }
}
