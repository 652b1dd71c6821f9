/// A quarter of a calendar year: the first runs from January to March.
package struct Quarter: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The year.
    package let year: Int

    /// The quarter of the year, 1 to 4.
    package let number: Int

    /// A quarter from its year (1 to 9998) and number (1 to 4), or nil if there is no such quarter.
    package init?(year: Int, number: Int) {
        guard (1...9998).contains(year), (1...4).contains(number) else { return nil }
        self.year = year
        self.number = number
    }

    /// The quarter that holds a day.
    package init(holding day: CivilDate) {
        let (year, month, _) = day.components
        self.year = year
        number = (month - 1) / 3 + 1
    }

    /// A quarter from text, exactly YYYY-Qn: "2025-Q1".
    package init?(text: some StringProtocol) {
        let parts = withBytes(of: text) { bytes -> (Int, Int)? in
            guard bytes.count == 7, bytes[4] == Ascii.minus, bytes[5] == UInt8(ascii: "Q"),
                let year = bytes.number(at: 0, digits: 4),
                let number = bytes.number(at: 6, digits: 1)
            else { return nil }
            return (year, number)
        }
        guard let (year, number) = parts else { return nil }
        self.init(year: year, number: number)
    }

    /// The quarter as text, "2025-Q1".
    package var text: String { "\(firstDay.iso.prefix(4))-Q\(number)" }

    /// The quarter as text.
    package var description: String { text }

    /// The quarter as written for people in the UK, "January to March 2025".
    package var uk: String {
        "\(CivilMonth.names[number * 3 - 3]) to \(CivilMonth.names[number * 3 - 1]) \(year)"
    }

    /// The first day.
    package var firstDay: CivilDate {
        CivilDate(validYear: year, month: number * 3 - 2, day: 1)
    }

    /// The last day.
    package var lastDay: CivilDate { next.firstDay.adding(days: -1) }

    /// The quarter after this one.
    package var next: Quarter { Quarter(holding: firstDay.adding(days: 100)) }

    /// The quarter before this one.
    package var previous: Quarter { Quarter(holding: firstDay.adding(days: -1)) }

    /// The year in which the quarter's financial year begins; that is from April to March.
    package var financialYear: Int { number == 1 ? year - 1 : year }

    /// The financial year as finance people write it, "2024/25".
    package var financialYearText: String {
        let end = (financialYear + 1) % 100
        return "\(financialYear)/\(end < 10 ? "0" : "")\(end)"
    }

    /// Earlier quarters come first.
    package static func < (a: Quarter, b: Quarter) -> Bool {
        (a.year, a.number) < (b.year, b.number)
    }
}
