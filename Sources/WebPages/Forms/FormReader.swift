import Kernel
import Web

/// Reads a form field by field, and gathers what is wrong with all of them.
package struct FormReader: Sendable {
    package let form: Form
    package let today: CivilDate
    package var problems: [Problem] = []
    private let say: Phrases

    /// - Parameter say: the visitor's language, in which problems are told.
    package init(_ form: Form, today: CivilDate, say: Phrases = Phrases()) {
        self.form = form
        self.today = today
        self.say = say
    }

    package mutating func fault(_ field: String?, _ says: String) {
        problems.append(Problem(field, says))
    }

    /// Words, at most so many characters; a missing one is a fault.
    package mutating func text(_ name: String, _ missing: String, max: Int = 4_000) -> String? {
        guard let value = form[name] else {
            fault(name, missing)
            return nil
        }
        return withinLength(name, value, max)
    }

    package mutating func optionalText(_ name: String, max: Int = 4_000) -> String? {
        form[name].flatMap { withinLength(name, $0, max) }
    }

    private mutating func withinLength(_ name: String, _ value: String, _ max: Int) -> String? {
        guard value.count <= max else {
            let counts = ["most": "\(max)", "count": "\(value.count)"]
            fault(name, say("Use {most} characters or fewer; this has {count}", counts))
            return nil
        }
        return value
    }

    /// One of several answers; a missing one is a fault.
    package mutating func choice(
        _ name: String,
        _ missing: String,
        among values: [String]
    ) -> String? {
        guard let value = form[name] else {
            fault(name, missing)
            return nil
        }
        return known(name, value, values)
    }

    package mutating func optionalChoice(_ name: String, among values: [String]) -> String? {
        form[name].flatMap { known(name, $0, values) }
    }

    package mutating func choices(_ name: String, among values: [String]) -> [String] {
        form.all(name).compactMap { known(name, $0, values) }
    }

    private mutating func known(_ name: String, _ value: String, _ values: [String]) -> String? {
        guard values.contains(value) else {
            fault(name, say("Choose one of the answers"))
            return nil
        }
        return value
    }

    /// A day written `2026-01-31` or `31/1/2026`; a missing one is a fault unless there is a usual
    /// one.
    package mutating func day(
        _ name: String,
        _ missing: String,
        usually: CivilDate? = nil
    ) -> CivilDate? {
        guard let value = form[name] else {
            if let usually { return usually }
            fault(name, missing)
            return nil
        }
        return parsed(name, value)
    }

    package mutating func optionalDay(_ name: String) -> CivilDate? {
        form[name].flatMap { parsed(name, $0) }
    }

    private mutating func parsed(_ name: String, _ value: String) -> CivilDate? {
        if let day = CivilDate(iso: value) ?? CivilDate(slashed: value) { return day }
        fault(name, say("Write a day such as 31/1/2026, not “{value}”", ["value": value]))
        return nil
    }

    /// A birth date in three boxes; nil when all are blank.
    package mutating func birthDate(_ name: String) -> CivilDate? {
        let parts = ["day", "month", "year"].map { form["\(name)-\($0)"] }
        if parts.allSatisfy({ $0 == nil }) { return nil }
        let text = parts.map { $0 ?? "" }.joined(separator: "/")
        guard let day = CivilDate(slashed: text), day <= today else {
            fault(name, birthDateFault(month: parts[1], year: parts[2]))
            return nil
        }
        guard day.adding(days: 130 * 366) > today else {
            fault(name, say("Birth date must be less than 130 years ago"))
            return nil
        }
        return day
    }

    /// Why three boxes are no birth date: what was typed in one of them, where that says it.
    private func birthDateFault(month: String?, year: String?) -> String {
        if let month, CivilDate.month(month) == nil { return say("Type the month as a number") }
        if let year, Int(year) != nil, year.count < 4 {
            return say("Type the year with four digits")
        }
        return say("Birth date must be a real date in the past, such as 31 1 1980")
    }

    /// A whole number within a range; nil when blank.
    package mutating func number(
        _ name: String,
        _ what: String,
        in range: ClosedRange<Int>
    ) -> Int? {
        guard let value = form[name] else { return nil }
        guard let number = Int(value), range.contains(number) else {
            let bounds = "\(range.lowerBound) to \(range.upperBound)"
            fault(name, "\(what) must be a whole number, \(bounds)")
            return nil
        }
        return number
    }
}

extension CivilDate {
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]

    /// A month by its number or by its name, which may be cut short: `3`, `March`, `mar`.
    fileprivate static func month(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        let name = text.lowercased()
        guard name.count > 2 else { return nil }
        return months.firstIndex { $0.hasPrefix(name) || name == "sept" && $0 == "september" }
            .map { $0 + 1 }
    }

    /// A day written `31/1/2026` or `31/Jan/2026`.
    package init?(slashed text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { String(Substring($0)).trimmed }
        guard parts.count == 3, let day = Int(parts[0]), let month = Self.month(parts[1]),
            let year = Int(parts[2]), parts[2].count == 4, (1...31).contains(day),
            (1...12).contains(month)
        else { return nil }
        let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
        self.init(iso: "\(year)-\(two(month))-\(two(day))")
    }
}
