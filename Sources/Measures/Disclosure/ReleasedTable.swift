import Kernel

/// A table that has left the case team, as the register remembers it.
package struct ReleasedTable: Sendable, Hashable {
    package var audience: Audience
    package var asAt: CivilDate
    package var grouping: Grouping?
    package var cells: [ReleasedCell]

    package init(
        audience: Audience,
        asAt: CivilDate,
        grouping: Grouping?,
        cells: [ReleasedCell]
    ) {
        self.audience = audience
        self.asAt = asAt
        self.grouping = grouping
        self.cells = cells
    }
}

/// A count of a released table.
package struct ReleasedCell: Sendable, Hashable {
    package var name: CellName
    /// The group's key; nil for all groups together.
    package var group: String?
    /// The count as it was, which nobody outside the case team is ever shown.
    package var count: Int
    package var isHidden: Bool

    package init(name: CellName, group: String?, count: Int, isHidden: Bool) {
        self.name = name
        self.group = group
        self.count = count
        self.isHidden = isHidden
    }
}

/// What a count is in its report, by which it is found again in another release.
package struct CellName: Sendable, Hashable {
    /// The row's label.
    package var row: String
    /// `count`, `of`, or `left out:` and the reason.
    package var part: String

    package init(row: String, part: String) {
        self.row = row
        self.part = part
    }

    static let count = "count"
    static let of = "of"
    static func leftOut(_ reason: String) -> String { "left out: \(reason)" }
}

/// What is to be kept back from whom, and what they know already.
package struct DisclosureControl: Sendable, Hashable {
    package var audience: Audience
    /// What left before, in the order of leaving, of the same report.
    package var released: [ReleasedTable]

    package init(audience: Audience, released: [ReleasedTable] = []) {
        self.audience = audience
        self.released = released
    }
}

/// What was kept back from a table.
package struct KeptBack: Sendable, Hashable {
    package var audience: Audience
    package var method: DisclosureMethod
    /// How many figures are not shown.
    package var hidden: Int
    package var figures: Int

    package init(audience: Audience, method: DisclosureMethod, hidden: Int, figures: Int) {
        self.audience = audience
        self.method = method
        self.hidden = hidden
        self.figures = figures
    }
}
