import Kernel

/// A sheet that has left the case team, as the register remembers it.
package struct ReleasedTable: Sendable, Hashable {
    package var audience: Audience
    package var asAt: CivilDate
    /// What reports set apart by that were asked for; their columns joined the sheet after all others.
    package var groupings: Set<Grouping>
    /// The names of each line: what it is in the report, and what on the dashboard.
    package var lines: [[CellName]]
    /// The counts of the whole, and of columns those that are not naught, or withheld.
    package var cells: [ReleasedCell]

    package init(
        audience: Audience,
        asAt: CivilDate,
        groupings: Set<Grouping>,
        lines: [[CellName]],
        cells: [ReleasedCell]
    ) {
        self.audience = audience
        self.asAt = asAt
        self.groupings = groupings
        self.lines = lines
        self.cells = cells
    }
}

/// A count of a sheet.
package struct ReleasedCell: Sendable, Hashable {
    /// The place of its line.
    package var line: Int
    /// The column, such as `strand=msk`; blank for the whole.
    package var column: String
    /// The count as it was, which nobody outside the case team is ever shown.
    package var count: Int
    package var isHidden: Bool
    /// Whether it is hidden with its row: readers do not know which counts of that are naught.
    package var isWithheld: Bool

    package init(
        line: Int,
        column: String,
        count: Int,
        isHidden: Bool,
        isWithheld: Bool = false
    ) {
        self.line = line
        self.column = column
        self.count = count
        self.isHidden = isHidden
        self.isWithheld = isWithheld
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
    /// Whether not even the groups are told that the table was to set apart.
    package var hidesGroups = false

    package init(audience: Audience, method: DisclosureMethod, hidden: Int, figures: Int) {
        self.audience = audience
        self.method = method
        self.hidden = hidden
        self.figures = figures
    }
}
