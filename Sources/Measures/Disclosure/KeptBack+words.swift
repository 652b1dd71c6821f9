import Programmes

extension KeptBack {
    /// What stands for a figure that is kept back.
    package static let sign = Show.hidden

    /// What was done to the figures and why, in sentences.
    package var sentences: [String] { sentences(of: "table") }

    /// The same of something that is no table, such as a dashboard.
    package func sentences(of what: String) -> [String] {
        var sentences: [String] = []
        switch audience {
        case .board: sentences.append("This \(what) is for the board.")
        case .published: sentences.append("This \(what) may be published.")
        case .operational: break
        }
        let most = method.smallMax
        sentences.append(
            "So that nobody can be picked out, counts of 1 to \(most) are shown as \(Show.hidden)."
        )
        if method == .round5 {
            sentences.append(
                "Other counts are shown to the nearest 5, and percentages are made from those."
            )
        }
        sentences.append(
            "\(Show.hidden) also stands for counts from which such a count could be worked out, by "
                + "way of totals or of earlier tables, and for averages of fewer than "
                + "\(DisclosureMethod.meanLeast) cases."
        )
        sentences.append(
            hidden == 0
                ? "No figure of this \(what) had to be kept back."
                : "\(hidden) of \(figures) figures \(hidden == 1 ? "is" : "are") kept back."
        )
        if hidesGroups { sentences.append("There are too few cases to show them by group.") }
        return sentences
    }

    /// Why one figure is not shown.
    ///
    /// It is the same for all of them: to say which are small would give the others away.
    package var reason: String {
        "kept back: a count of 1 to \(method.smallMax), or one that would give such a count away"
    }

    /// The same as one paragraph.
    package var text: String { sentences.joined(separator: " ") }
}
