import Kernel
import Programmes
import Testing

@Suite("A number of people spread over months") struct SpreadTests {
    static func day(_ iso: String) -> CivilDate { CivilDate(iso: iso) ?? CivilDate(day: 0) }

    @Test(
        "the months add up to the whole, in proportion to their days",
        arguments: [
            ("2025-01-01", "2025-12-31", 365, [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]),
            ("2025-01-17", "2025-02-14", 29, [15, 14]),
            ("2025-03-01", "2025-03-31", 7, [7]),
            ("2025-01-01", "2025-04-30", 2, [1, 0, 1, 0]),
            ("2025-05-02", "2025-05-01", 9, []),
        ]
    )
    func addsUp(from: String, to: String, people: Int, expected: [Int]) {
        let months = PlannedMonth.spread(people, from: Self.day(from), to: Self.day(to))
        #expect(months.map(\.people) == expected)
    }

    @Test("they add up for any number") func alwaysAddsUp() {
        for people in 0..<200 {
            let months = PlannedMonth.spread(
                people,
                from: Self.day("2024-11-05"),
                to: Self.day("2026-03-31")
            )
            #expect(months.map(\.people).reduce(0, +) == people)
            #expect(months.allSatisfy { $0.people >= 0 })
        }
    }
}
