extension Pence {
    /// The amount in parts that add up to it, to the penny, in proportion to some weights.
    ///
    /// Largest remainder (Hamilton): each part is rounded down, and the pence that are left go one
    /// each to the parts that lost most by it, the earlier first. Where every weight is 0, so is
    /// every part. Weights below 0 count as 0.
    package func split(by weights: [Int]) -> [Pence] {
        let weights = weights.map { Int64(max(0, $0)) }
        let sum = weights.reduce(0, +)
        guard sum > 0 else { return weights.map { _ in .zero } }
        let whole = value.magnitude
        var parts: [UInt64] = []
        var rests: [UInt64] = []
        for weight in weights {
            let product = whole.multipliedFullWidth(by: UInt64(weight))
            let (part, rest) = UInt64(sum).dividingFullWidth(product)
            parts.append(part)
            rests.append(rest)
        }
        let left = Int(whole - parts.reduce(0, +))
        let order = rests.indices.sorted { (rests[$1], $0) < (rests[$0], $1) }
        for index in order.prefix(left) { parts[index] += 1 }
        return parts.map { Pence(value < 0 ? -Int64($0) : Int64($0)) }
    }

    /// What the share of number `ordinal` is, counted from 1, of the amount in `count` equal parts.
    ///
    /// The same as `split` by equal weights: the first shares are a penny more than the others.
    package func share(_ ordinal: Int, of count: Int) -> Pence {
        guard count > 0, (1...count).contains(ordinal) else { return .zero }
        let (part, rest) = value.magnitude.quotientAndRemainder(dividingBy: UInt64(count))
        let share = Int64(part) + (UInt64(ordinal) <= rest ? 1 : 0)
        return Pence(value < 0 ? -share : share)
    }

    /// The opposite amount.
    package static prefix func - (a: Pence) -> Pence { Pence(-a.value) }
}
