import Kernel
import Yams

/// Single values. Each answers nil, and notes a fault, if something else is written.
extension Place {
    /// The text of a value, which may not be empty.
    package func text(expected: String = "text") -> String? {
        guard let text = node.scalar?.string, !text.isEmpty else {
            fault("\(found) stands where a value should", expected: expected)
            return nil
        }
        return text
    }

    /// A name in kebab-case.
    package func id() -> String? {
        let rule = "small letters, digits and hyphens, such as return-to-work"
        guard let text = text(expected: rule) else { return nil }
        guard text.isKebabCase else {
            let better = text.kebabCased
            let hint = better.isKebabCase ? "; did you mean `\(better)`?" : ""
            fault("`\(text)` is not a name", expected: rule + hint)
            return nil
        }
        return text
    }

    /// A name in kebab-case that must be defined elsewhere in the file.
    package func use(_ kind: NameKind) -> String? {
        guard let name = text(expected: kind.label) else { return nil }
        log.names.use(kind, name, at: self)
        return name
    }

    /// A name in kebab-case that this place defines, once in the file.
    package func define(_ kind: NameKind) -> String? {
        guard let name = id() else { return nil }
        log.names.define(kind, name, at: self)
        return name
    }

    /// A whole number.
    package func whole(_ range: ClosedRange<Int>) -> Int? {
        let expected =
            range.upperBound == Self.large
            ? "a whole number of \(range.lowerBound) or more"
            : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        guard let text = text(expected: expected) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            fault("`\(text)` will not do", expected: expected)
            return nil
        }
        return number
    }

    /// The upper end of a range of numbers that has none in earnest.
    package static let large = 1_000_000_000

    /// An amount in pounds.
    package func pounds() -> Pence? {
        let expected = "an amount in pounds, such as 234.13"
        guard let text = text(expected: expected) else { return nil }
        guard let amount = Pence(pounds: text), amount.value >= 0 else {
            fault("`\(text)` is not an amount", expected: expected)
            return nil
        }
        return amount
    }

    /// A day of the calendar.
    package func date() -> CivilDate? {
        let expected = "a day that exists, as year-month-day, such as 2024-10-01"
        guard let text = text(expected: expected) else { return nil }
        guard let date = CivilDate(iso: text) else {
            fault("`\(text)` is not a date", expected: expected)
            return nil
        }
        return date
    }

    /// One of a closed set of words.
    package func word(_ words: [String]) -> String? {
        guard let text = text(expected: oneOf(words)) else { return nil }
        guard words.contains(text) else {
            fault("`\(text)` is not known here", expected: oneOf(words, nearest: text))
            return nil
        }
        return text
    }

    /// One case of an enumeration, by its raw value.
    package func word<Word: RawRepresentable & CaseIterable>(as type: Word.Type) -> Word?
    where Word.RawValue == String {
        word(type.allCases.map(\.rawValue)).flatMap(Word.init(rawValue:))
    }
}

/// A sentence about the allowed words: all if they are few, and the nearest to what was written.
package func oneOf(_ words: [String], nearest word: String? = nil) -> String {
    guard !words.isEmpty else { return "a name that the file defines; it defines none" }
    let list = words.count <= 26 ? "one of: \(words.joined(separator: ", "))" : "another word"
    guard let word, let near = nearestSpelling(to: word, in: words) else { return list }
    return "\(list); did you mean `\(near)`?"
}

extension String {
    /// Whether this is small letters and digits in groups with single hyphens between them.
    package var isKebabCase: Bool {
        split(separator: "-", omittingEmptySubsequences: false).allSatisfy { group in
            !group.isEmpty
                && group.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
        }
    }

    /// The same in small letters with hyphens for whatever is neither letter nor digit.
    package var kebabCased: String {
        lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    }

    /// The name that people read when the file gives none: `return-to-work` is "Return to work".
    package var asName: String {
        let words = String(map { $0 == "-" ? " " : $0 })
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}
