import Programmes

/// One share for the groups of people that a programme should serve alike.
package struct Equity: Sendable, Hashable {
    /// A group with fewer cases below the line than this is too small to say anything of.
    package static let tooFew = 10

    package struct Group: Sendable, Hashable {
        /// What opens it; the group is the key.
        package var key: String
        package var label: String
        package var count: Int
        package var of: Int
        /// The share over that of everyone else; nil where too few, or nobody, is counted.
        package var ratio: RateRatio?
        /// Whether either count is kept back; both are 0 here then.
        package var isHidden = false

        package var isTooFew: Bool { of < Equity.tooFew }
        package var interval: Interval? { isTooFew ? nil : Statistics.wilson(count, of: of) }

        /// "58% of 610", or that there are too few to say.
        package var shown: String {
            if isHidden { return Show.hidden }
            guard !isTooFew, let share = Ratio(count * 100, over: of) else {
                return "too few to say"
            }
            return "\(share.rounded(toParts: 1))% of \(Show.thousands(of))"
        }
    }

    /// What opens it, with a group's key: `equity/started/ethnicity_group`.
    package var id: String
    /// What is shared: "Support started".
    package var label: String
    package var definition: String
    package var field: CodeField
    /// What the groups are, as a heading.
    package var heading: String
    package var groups: [Group]
    /// Cases of which the group is not known.
    package var notKnown: Group
    package var count: Int
    package var of: Int
    /// Whether the count of everyone, or how many they are, is kept back.
    package var isHidden = false
    /// Of groups in order from the most deprived on; nil for groups that have no such order.
    package var gradient: Gradient?

    /// What stands out, in a sentence.
    package var says: String {
        if isHidden { return "The share of everyone is kept back." }
        let known = groups.filter { !$0.isTooFew && !$0.isHidden }
        guard known.count > 1, let share = Ratio(count * 100, over: of) else {
            return "There are too few cases to compare groups."
        }
        let whole = "\(share.rounded(toParts: 1))% of everyone."
        let apart = known.filter { $0.ratio?.differs == true }
        let words = apart.map { group in
            let times = group.ratio.map { Decimals.text($0.value, 2) } ?? ""
            return "\(group.label) \(times) times everyone else"
        }
        let gap = words.isEmpty ? "No group differs more than chance explains." : ""
        let names = words.isEmpty ? "" : "Beyond what chance explains: \(listed(words, "and"))."
        return [whole, gap, names, gradientWords].filter { !$0.isEmpty }.joined(separator: " ")
    }

    private var gradientWords: String {
        guard let gradient else { return "" }
        let slope = Decimals.text(gradient.slope * 100, 1)
        let ends = [gradient.slopeInterval.lower, gradient.slopeInterval.upper]
            .map { Decimals.text($0 * 100, 1) }
        return "From the most to the least deprived the share changes by \(slope) points "
            + "(\(ends[0]) to \(ends[1])); the least deprived have "
            + "\(Decimals.text(gradient.relative, 2)) times the share of the most "
            + "(\(Decimals.text(gradient.relativeInterval.lower, 2)) to "
            + "\(Decimals.text(gradient.relativeInterval.upper, 2)))."
    }

    /// The gradient of groups named 1 (the most deprived) and on.
    static func gradient(_ groups: [Group]) -> Gradient? {
        // Made from a group that is kept back it would tell of that group.
        if groups.contains(where: \.isHidden) { return nil }
        let ordered = groups.compactMap { group in Int(group.key).map { (rank: $0, group: group) } }
            .sorted { $0.rank < $1.rank }
        return Gradient(
            ordered.compactMap { _, group in
                Ratio(group.count, over: group.of).map {
                    Gradient.Group(people: Double(group.of), value: $0.double)
                }
            }
        )
    }
}
