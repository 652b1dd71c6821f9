import Kernel
import Programmes

extension Place {
    /// A plain decimal number within a unit's range.
    func number(_ unit: Assumption.Unit) -> Double? {
        let expected = unit.expected
        guard let text = text(expected: expected) else { return nil }
        guard let number = unit.read(text) else {
            fault("`\(text)` will not do", expected: expected)
            return nil
        }
        return number
    }

    /// A number with its source, or with the words that it is assumed and who should replace it.
    ///
    /// - Parameter key: the key of the number itself: `value`, or `pounds` for an amount.
    func assumption(_ id: String, _ name: String, _ unit: Assumption.Unit) -> Assumption? {
        read("assumption") { reader in
            let value = reader.required("value")?.number(unit)
            let range = reader.range(unit, around: value)
            let basis = reader.basis()
            guard let value, let basis else { return nil }
            return Assumption(
                id: id,
                name: name,
                unit: unit,
                value: value,
                low: range.low,
                high: range.high,
                basis: basis
            )
        }
    }

    /// A financial year, such as 2024-25.
    func financialYear() -> FinancialYear? {
        let expected = "a financial year such as 2024-25"
        guard let text = text(expected: expected) else { return nil }
        guard let year = FinancialYear(text: text) else {
            fault("`\(text)` is not a financial year", expected: expected)
            return nil
        }
        return year
    }

    /// Whether it is so: `yes` or `no`.
    func flag() -> Bool? {
        word(["yes", "no", "true", "false"]).map { $0 == "yes" || $0 == "true" }
    }
}

extension MappingReader {
    /// `low` and `high`, both or neither, with the value between them.
    func range(_ unit: Assumption.Unit, around value: Double?) -> (low: Double?, high: Double?) {
        let (lowPlace, highPlace) = (optional("low"), optional("high"))
        let (low, high) = (lowPlace?.number(unit), highPlace?.number(unit))
        if let lowPlace, highPlace == nil {
            lowPlace.fault("`low` without `high`", expected: "both or neither")
        }
        if let highPlace, lowPlace == nil {
            highPlace.fault("`high` without `low`", expected: "both or neither")
        }
        if let low, let high, let value, !(low...max(low, high)).contains(value) || low > high {
            lowPlace?
                .fault(
                    "\(unit.typed(value)) is not between \(unit.typed(low)) and \(unit.typed(high))",
                    expected: "`low` no greater than the value, `high` no less"
                )
        }
        return (low, high)
    }

    /// `source` and perhaps `link`, or `assumed` and `replace`.
    func basis() -> Basis? {
        let link = optional("link")
        let replace = optional("replace")
        guard let (key, value) = exactlyOne(["source", "assumed"]) else { return nil }
        if key == "source" {
            replace?.fault("`replace` beside `source`", expected: "`assumed`")
            let address = link?.text()
            return value.text().map { .source($0, link: address) }
        }
        link?.fault("`link` beside `assumed`", expected: "`source`")
        let text = value.text()
        guard let who = required("replace")?.text(), let text else { return nil }
        return .assumed(text, replace: who)
    }
}

extension Assumption.Unit {
    /// What will do, in words.
    var expected: String {
        switch self {
        case .percent: "a percentage from 0 to 100, such as 12.5"
        case .pounds: "an amount in pounds, such as 234.13"
        case .years: "years from 0 to 30, such as 1.5"
        case .count: "a whole number of 0 or more"
        }
    }

    /// Reads what somebody wrote; nil if it will not do.
    func read(_ text: String) -> Double? {
        if self == .pounds {
            return Pence(pounds: text).map { Double($0.value) / 100 }
                .flatMap { range.contains($0) ? $0 : nil }
        }
        var text = text[...]
        if self == .percent, text.last == "%" { text = text.dropLast() }
        let digits = text.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 }
        guard digits, let number = Double(text), range.contains(number) else { return nil }
        return self == .count && number != number.rounded() ? nil : number
    }
}
