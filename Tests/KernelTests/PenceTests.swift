import Kernel
import Testing

@Suite("Money")
struct PenceTests {
    @Test(
        "Pounds are read as people write them",
        arguments: [
            ("234.13", 23_413), ("£1,310,012", 131_001_200), ("438048", 43_804_800), ("0", 0),
            ("£0.05", 5), ("12.5", 1_250), ("-£5", -500), ("£1,000.01", 100_001), ("007", 700),
        ] as [(String, Int64)]
    )
    func reads(text: String, pence: Int64) {
        #expect(Pence(pounds: text)?.value == pence)
    }

    @Test(
        "Other text is refused",
        arguments: [
            "", "£", "-", ".50", "5.", "1.234", "1,31", "1,3100", ",100", "1234,567", "1,,000",
            "1,000,", "5 000", "£ 5", "$5", "5p", "1e3", "£-5", "1000000000000000", "٣",
        ]
    )
    func refuses(text: String) {
        #expect(Pence(pounds: text) == nil)
    }

    @Test(
        "Amounts are written in pounds and pence",
        arguments: [
            (23_413, "£234.13"), (131_001_200, "£1,310,012.00"), (5, "£0.05"), (-500, "-£5.00"),
            (0, "£0.00"), (-1_00_000_01, "-£100,000.01"),
        ] as [(Int64, String)]
    )
    func writes(value: Int64, text: String) {
        #expect(Pence(value).text == text)
        #expect(Pence(pounds: text)?.value == value)
    }

    @Test(
        "Whole pounds are the nearest, half a pound going up",
        arguments: [
            (5_900_050, 5_900_100), (5_900_049, 5_900_000), (0, 0), (50, 100), (49, 0),
            (-150, -100), (-151, -200), (-50, 0),
        ] as [(Int64, Int64)]
    )
    func whole(value: Int64, rounded: Int64) {
        #expect(Pence(value).rounded(toPounds: 1).value == rounded)
    }

    @Test("Amounts are rounded to a number of pounds, half way going up")
    func rounded() {
        #expect(Pence(123_450).rounded(toPounds: 10).value == 123_000)
        #expect(Pence(123_500).rounded(toPounds: 10).value == 124_000)
        #expect(Pence(123_499).rounded(toPounds: 5).value == 123_500)
        #expect(Pence(123_499).rounded(toPounds: 0).value == 123_499)
    }

    @Test("Amounts add, subtract, multiply and compare")
    func arithmetic() {
        #expect(Pence(5) + Pence(7) == Pence(12))
        #expect(Pence(5) - Pence(7) == Pence(-2))
        #expect(Pence(5) * 3 == Pence(15))
        #expect(Pence(5) < Pence(7))
        var sum = Pence.zero
        sum += Pence(4)
        #expect(sum.value == 4)
    }

    @Test(
        "Numbers are grouped in thousands",
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1,000"), (1_310_012, "1,310,012"),
            (-1_000, "-1,000"), (-100, "-100"), (Int.min, "-9,223,372,036,854,775,808"),
        ]
    )
    func groups(n: Int, text: String) {
        #expect(grouped(n) == text)
    }
}
