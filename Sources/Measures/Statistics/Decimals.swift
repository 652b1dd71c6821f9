import Programmes

/// Numbers in words with a fixed number of decimals, for statistics that are not exact fractions.
package enum Decimals {
    /// The number rounded to some decimals, halves away from zero: "1.25", "−0.3".
    ///
    /// A number that rounds to nothing has no sign. One too great for a whole number of its last
    /// decimals, or that is no number, is a dash.
    package static func text(_ number: Double, _ places: Int) -> String {
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        guard let parts = Int(exactly: (number * Double(scale)).rounded()) else { return "–" }
        let sign = parts < 0 ? "−" : ""
        let whole = String(parts.magnitude / UInt(scale))
        guard places > 0 else { return sign + whole }
        let digits = String(parts.magnitude % UInt(scale))
        let zeros = String(repeating: "0", count: places - digits.count)
        return "\(sign)\(whole).\(zeros)\(digits)"
    }

    /// With two decimals at most, and none that say nothing: "12", "0.5".
    package static func short(_ number: Double) -> String {
        var text = text(number, 2)
        guard text.contains(".") else { return text }
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    /// With four decimals and a plain hyphen, for files that programs read.
    package static func four(_ number: Double) -> String {
        let text = text(number, 4)
        return text.first == "−" ? "-" + text.dropFirst() : text
    }

    /// With commas between thousands from 10,000 on, as reports have them.
    package static func grouped(_ number: Double, _ places: Int = 0) -> String {
        let text = text(number, places)
        let sign = text.first == "−" ? "−" : ""
        let parts = text.dropFirst(sign.count).split(separator: ".")
        guard let first = parts.first, let whole = Int(first) else { return text }
        return sign + Show.thousands(whole) + (parts.count > 1 ? "." + parts[1] : "")
    }
}
