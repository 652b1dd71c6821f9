/// Who a table is for, which decides how its small counts are kept back.
package enum Audience: String, Sendable, CaseIterable {
    /// The programme's board, its commissioner, its analysts.
    case board
    /// Everyone.
    case published
    /// The case team and those who run it: nothing is kept back.
    case operational

    /// How small counts are kept back; nil if they are not.
    package var method: DisclosureMethod? {
        switch self {
        case .board: .below5
        case .published: .round5
        case .operational: nil
        }
    }

    /// The audiences whose releases its readers can see too.
    package var sees: Set<Audience> {
        switch self {
        case .board, .operational: [.board, .published]
        case .published: [.published]
        }
    }
}

/// A way of keeping small counts back.
package enum DisclosureMethod: String, Sendable, CaseIterable {
    /// Counts of 1 to 7 are hidden, others are shown to the nearest 5.
    case round5
    /// Counts of 1 to 4 are hidden, others are shown as they are.
    case below5

    /// The largest count that is hidden for being small.
    ///
    /// It is also how many values must stay possible for a hidden count.
    package var smallMax: Int {
        switch self {
        case .round5: 7
        case .below5: 4
        }
    }

    /// A mean, a median or a sum stands on at least so many cases.
    package static let meanLeast = 8

    /// The count as it is shown, when it is.
    package func shown(_ count: Int) -> Int {
        switch self {
        case .round5: (count + 2) / 5 * 5
        case .below5: count
        }
    }

    /// The counts that are shown as this one is, when it is not hidden.
    package func range(of count: Int) -> ClosedRange<Int> {
        guard self == .round5, count > 0 else { return count...count }
        let shown = shown(count)
        return max(smallMax + 1, shown - 2)...(shown + 2)
    }
}
