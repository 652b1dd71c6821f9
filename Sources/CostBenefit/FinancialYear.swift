import Kernel

/// A year of public money, from 1 April to 31 March.
package struct FinancialYear: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The calendar year in which it begins.
    package let start: Int

    /// The year that begins in a calendar year.
    package init(start: Int) { self.start = start }

    /// The year that holds a day.
    package init(holding day: CivilDate) {
        self.init(start: Quarter(holding: day).financialYear)
    }

    /// A year as `2024-25`; nil for anything else, such as `2024-26`.
    package init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
            let start = Int(parts[0]), (1900...2200).contains(start), let end = Int(parts[1]),
            end == (start + 1) % 100
        else { return nil }
        self.init(start: start)
    }

    /// As it is written in files: "2024-25".
    package var text: String {
        let end = (start + 1) % 100
        return "\(start)-\(end < 10 ? "0" : "")\(end)"
    }

    /// As finance people write it: "2024/25".
    package var uk: String { text.map { $0 == "-" ? "/" : String($0) }.joined() }

    package var description: String { text }

    /// The year so many years later.
    package func adding(_ years: Int) -> FinancialYear { FinancialYear(start: start + years) }

    /// How many days of this year lie between two days, both included.
    func days(from: CivilDate, to: CivilDate) -> Int {
        guard let first = CivilDate(year: start, month: 4, day: 1),
            let last = CivilDate(year: start + 1, month: 3, day: 31)
        else { return 0 }
        return max(0, min(last, to) - max(first, from) + 1)
    }

    package static func < (a: FinancialYear, b: FinancialYear) -> Bool { a.start < b.start }
}
