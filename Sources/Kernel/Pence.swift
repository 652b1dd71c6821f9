/// An amount of pounds sterling, held in whole pence.
package struct Pence: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The amount in pence; negative for money owed back.
    package let value: Int64

    /// An amount of pence.
    @inlinable
    package init(_ value: Int64) { self.value = value }

    /// An amount from pounds as people write them: "234.13", "£1,310,012", "438048", "-£5".
    ///
    /// One or two digits may follow the point. Commas may stand only between thousands. Nil for
    /// anything else, or for a quadrillion pounds or more.
    package init?(pounds text: some StringProtocol) {
        guard let value = withBytes(of: text, { Pence.read($0) }) else { return nil }
        self.init(value)
    }

    /// Reads the bytes of an amount in pounds.
    private static func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        var index = 0
        let negative = bytes.has(Ascii.minus, at: 0)
        if negative { index = 1 }
        // "£" is C2 A3 in UTF-8.
        if bytes.has(0xC2, at: index), bytes.has(0xA3, at: index + 1) { index += 2 }
        var pounds: Int64 = 0
        var digits = 0
        var sinceComma: Int?
        while index < bytes.count, bytes[index] != Ascii.dot {
            if bytes[index] == Ascii.comma {
                guard sinceComma.map({ $0 == 3 }) ?? (1...3).contains(digits) else { return nil }
                sinceComma = 0
            } else {
                guard Ascii.isDigit(bytes[index]), digits < 15 else { return nil }
                pounds = pounds * 10 + Int64(bytes[index] - Ascii.zero)
                digits += 1
                sinceComma = sinceComma.map { $0 + 1 }
            }
            index += 1
        }
        guard digits > 0, sinceComma ?? 3 == 3 else { return nil }
        var pence: Int64 = 0
        if index < bytes.count {
            let places = bytes.count - index - 1
            guard (1...2).contains(places), let n = bytes.number(at: index + 1, digits: places)
            else { return nil }
            pence = Int64(places == 1 ? n * 10 : n)
        }
        return (pounds * 100 + pence) * (negative ? -1 : 1)
    }

    /// The amount in pounds and pence: "£234.13", "£1,310,012.00", "-£5.00".
    package var text: String {
        let (pounds, pence) = value.magnitude.quotientAndRemainder(dividingBy: 100)
        let sign = value < 0 ? "-" : ""
        return "\(sign)£\(grouped(Int(pounds))).\(pence < 10 ? "0" : "")\(pence)"
    }

    /// The amount as text in pounds and pence.
    package var description: String { text }

    /// The amount to the nearest `n` pounds; half way goes up, towards the larger amount.
    ///
    /// An `n` below 1 or above a trillion changes nothing.
    package func rounded(toPounds n: Int) -> Pence {
        guard (1...1_000_000_000_000).contains(n) else { return self }
        let unit = n * 100
        let (quotient, _) = floorDivide(Int(value) + unit / 2, by: unit)
        return Pence(Int64(quotient * unit))
    }

    /// Smaller amounts come first.
    package static func < (a: Pence, b: Pence) -> Bool { a.value < b.value }

    /// The sum of two amounts.
    package static func + (a: Pence, b: Pence) -> Pence { Pence(a.value + b.value) }

    /// The difference of two amounts.
    package static func - (a: Pence, b: Pence) -> Pence { Pence(a.value - b.value) }

    /// An amount a number of times over.
    package static func * (a: Pence, n: Int) -> Pence { Pence(a.value * Int64(n)) }

    /// Adds an amount.
    package static func += (a: inout Pence, b: Pence) { a = a + b }

    /// No money.
    package static let zero = Pence(0)
}
