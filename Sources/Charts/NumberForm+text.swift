import Measures

extension NumberForm {
    /// The figure in words.
    package func text(_ number: Double) -> String {
        switch self {
        case .count:
            return Decimals.grouped(number)
        case .percent:
            let text = Decimals.text(number * 100, 1)
            return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + "%"
        case .pounds:
            return (number <= -0.5 ? "−£" : "£") + Decimals.grouped(abs(number))
        case .decimals(let places):
            return Decimals.grouped(number, places)
        }
    }
}
