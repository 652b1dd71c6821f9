/// A value bound to a parameter of a statement.
///
/// The two databases must agree, so an adapter refuses what they would store differently: text that
/// holds a NUL character. There are no fractions: nothing that is kept has one.
package enum SQLValue: Hashable, Sendable {
    /// An absent value of any column type.
    case null
    /// Text in UTF-8, without NUL characters.
    case text(String)
    /// A whole number, an instant in milliseconds, or a boolean as 0 or 1.
    case int(Int64)
    /// Bytes as they are.
    case blob([UInt8])
}

extension SQLValue {
    /// Makes text, or null when there is none.
    package init(_ text: String?) {
        self = text.map(SQLValue.text) ?? .null
    }

    /// Makes a whole number, or null when there is none.
    package init(_ number: Int64?) {
        self = number.map(SQLValue.int) ?? .null
    }

    /// Makes a whole number, or null when there is none.
    package init(_ number: Int?) {
        self = number.map { .int(Int64($0)) } ?? .null
    }

    /// Makes 0 or 1, or null when the answer is not known.
    package init(_ flag: Bool?) {
        self = flag.map { .int($0 ? 1 : 0) } ?? .null
    }

    /// Makes a blob, or null when there is none.
    package init(_ bytes: [UInt8]?) {
        self = bytes.map(SQLValue.blob) ?? .null
    }
}

extension SQLValue: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) {
        self = .text(value)
    }
}

extension SQLValue: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) {
        self = .int(value)
    }
}

extension SQLValue: ExpressibleByNilLiteral {
    package init(nilLiteral: ()) {
        self = .null
    }
}
