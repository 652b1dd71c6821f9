import Kernel
import Programmes

extension GuideTable.Field {
    /// The longest text of a field.
    static let textMax = 10_000

    /// What is wrong with a value; none when it can be kept.
    func faults(in value: JSONValue, at pointer: String) -> [Fault] {
        func fault(_ problem: String, _ expected: String? = nil) -> [Fault] {
            [Fault(field: pointer, problem: problem, expected: expected ?? kind.expected)]
        }
        if kind == .number {
            return value.double?.isFinite == true ? [] : fault("\(value.shown) is no number")
        }
        guard let text = value.string else { return fault("\(value.shown) is no text", "a text") }
        if text.unicodeScalars.count > Self.textMax {
            return fault("is too long", "at most \(grouped(Self.textMax)) characters")
        }
        if text.unicodeScalars.contains(where: { $0.value == 0 }) {
            return fault("holds a character that cannot be kept")
        }
        if isRequired, !text.contains(where: { !$0.isWhitespace }) {
            return fault("is blank", "something")
        }
        if kind == .rule { return Self.faults(inRule: text, at: pointer) }
        return kind.takes(text) ? [] : fault("“\(text.prefix(80))” cannot be used here")
    }

    private static func faults(inRule text: String, at pointer: String) -> [Fault] {
        do {
            _ = try ServiceRules(yaml: text)
            return []
        } catch {
            return error.faults.map { fault in
                let place = fault.line.map { "line \($0): " } ?? ""
                let name = fault.field.map { "\($0): " } ?? ""
                return Fault(
                    field: pointer,
                    problem: place + name + fault.problem,
                    expected: fault.expected
                )
            }
        }
    }
}

extension GuideTable.Kind {
    /// Whether a text is of this kind.
    func takes(_ text: String) -> Bool {
        switch self {
        case .text, .rule, .number: true
        case .uuid: UUIDText.isOne(text)
        case .uri: text.isAddress
        case .email: text.isMailAddress
        case .date: CivilDate(iso: text) != nil
        case .moment: Instant(iso: text) != nil
        case .time: DayTime(text) != nil
        case .status, .place, .frequency: choices.contains(text)
        case .country: text.utf8.count == 2 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) }
        }
    }

    /// The words of a closed list; none for other kinds.
    package var choices: [String] {
        switch self {
        case .status: GuideStatus.allCases.map(\.rawValue)
        case .place: ["physical", "postal", "virtual"]
        case .frequency: ["WEEKLY", "MONTHLY"]
        default: []
        }
    }

    /// What would have been right.
    var expected: String {
        switch self {
        case .text, .rule: "a text"
        case .uuid: "a UUID, such as ac148810-d857-441c-9679-408f346de14b"
        case .uri: "a whole address, such as https://example.org/help"
        case .email: "an email address"
        case .number: "a number"
        case .date: "a day, YYYY-MM-DD"
        case .moment: "a moment, such as 2025-03-31T17:00:00Z"
        case .time: "a time, such as 09:30"
        case .country: "two capital letters, such as GB"
        case .status, .place, .frequency: "one of " + choices.joined(separator: ", ")
        }
    }
}

/// Whether a service takes people.
package enum GuideStatus: String, Sendable, CaseIterable {
    case active
    case inactive
    case defunct
    case temporarilyClosed = "temporarily closed"
}

/// The form of a UUID (RFC 9562, 4).
package enum UUIDText {
    package static func isOne(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return false }
        return bytes.enumerated().allSatisfy { index, byte in
            if [8, 13, 18, 23].contains(index) { return byte == UInt8(ascii: "-") }
            return (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
        }
    }
}

/// A time of a day, in minutes from midnight: `09:30`, `09:30:00`, `09:30Z`, `09:30+01:00`.
package struct DayTime: Sendable, Hashable, Comparable {
    package var minutes: Int

    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        func two(_ at: Int) -> Int? {
            guard at + 1 < bytes.count else { return nil }
            let digits = bytes[at...(at + 1)]
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        guard let hour = two(0), hour < 25, bytes.count >= 5, bytes[2] == UInt8(ascii: ":"),
            let minute = two(3), minute < 60, hour < 24 || minute == 0
        else { return nil }
        minutes = hour * 60 + minute
        var rest = bytes[5...]
        if rest.first == UInt8(ascii: ":") {
            guard let second = two(6), second < 60 else { return nil }
            rest = bytes[8...]
        }
        if rest.isEmpty || rest.elementsEqual("Z".utf8) { return }
        let at = rest.startIndex
        guard rest.count == 6, rest[at] == UInt8(ascii: "+") || rest[at] == UInt8(ascii: "-"),
            let hours = two(at + 1), hours < 24, rest[at + 3] == UInt8(ascii: ":"),
            let more = two(at + 4), more < 60
        else { return nil }
    }

    package static func < (one: DayTime, other: DayTime) -> Bool { one.minutes < other.minutes }
}

extension String {
    /// Whether it is a whole address of a page.
    fileprivate var isAddress: Bool {
        let start = ["http://", "https://"].first { lowercased().hasPrefix($0) }
        guard let start else { return false }
        let rest = utf8.dropFirst(start.utf8.count)
        return rest.first.map { $0 != UInt8(ascii: "/") } == true
            && rest.allSatisfy { (0x21...0x7E).contains($0) && !"<>\"\\^`{|}".utf8.contains($0) }
    }

    fileprivate var isMailAddress: Bool {
        let halves = utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return halves.count == 2 && halves.allSatisfy { !$0.isEmpty }
            && utf8.allSatisfy { (0x21...0x7E).contains($0) } && utf8.count <= 254
    }
}

extension JSONValue {
    /// What somebody typed where a number belongs: the number, or else the text for a fault to show.
    ///
    /// It is a number by JSON's grammar, for it is kept as it stands; zeros before it count for
    /// nothing, so that `016` is 16.
    package init(typedNumber text: String) {
        let sign = text.hasPrefix("-") ? "-" : ""
        var digits = text.dropFirst(sign.count)
        while digits.first == "0", digits.dropFirst().first?.isWholeNumber == true {
            digits.removeFirst()
        }
        if case .number(let number)? = try? JSONValue(parsing: "\(sign)\(digits)") {
            self = .number(number)
        } else {
            self = .string(text)
        }
    }

    /// What stands there, briefly.
    var shown: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let text): text
        case .string(let text): "“\(text.prefix(60))”"
        case .array: "a list"
        case .object: "an object"
        }
    }
}
