import Kernel
import Programmes

/// What the dashboards of a programme may show of one day outside the case team.
///
/// It holds the counts of the whole and of each part that can be looked at, all decided together, so
/// that a strand beside the whole does not give another strand away.
package struct DashboardSheet: Sendable, Hashable {
    /// The sheet as the register of releases keeps it: what is hidden, and the counts as they were.
    package let released: ReleasedTable
    let method: DisclosureMethod
    private let counts: [String: [CellName: ReleasedCell]]

    /// A sheet from the register; nil if nothing is kept back from its audience.
    package init?(_ released: ReleasedTable) {
        guard let method = released.audience.method else { return nil }
        self.released = released
        self.method = method
        var counts: [String: [CellName: ReleasedCell]] = [:]
        for cell in released.cells { counts[cell.group ?? "", default: [:]][cell.name] = cell }
        self.counts = counts
    }

    /// How many counts are hidden, of how many.
    package var hidden: (hidden: Int, figures: Int) {
        (released.cells.count { $0.isHidden }, released.cells.count)
    }

    /// What may be shown of a part; nil if nobody outside the case team may look at it.
    func view(of part: ProgrammePart) -> SheetView? {
        guard let group = DashboardSheet.group(of: part) else { return nil }
        return SheetView(sheet: self, group: group)
    }

    fileprivate func cell(_ name: CellName, _ group: String) -> ReleasedCell? {
        counts[group]?[name]
    }

    fileprivate func has(group: String) -> Bool { counts[group] != nil }

    /// The column of a part: blank for the whole, nil where a programme is cut in another way than by
    /// strand.
    package static func group(of part: ProgrammePart) -> String? {
        guard part.provider == nil, part.locality == nil else { return nil }
        return part.strand.map { group(.strand, $0) } ?? ""
    }

    static func group(_ field: CodeField, _ key: String) -> String { "\(field.rawValue)=\(key)" }

    static func group(_ milestone: Milestone, _ month: CivilMonth) -> String {
        "\(milestone.rawValue)=\(month.iso)"
    }
}

/// The counts of one part of a programme as they may be shown.
struct SheetView {
    fileprivate let sheet: DashboardSheet
    fileprivate let group: String

    var method: DisclosureMethod { sheet.method }

    /// Whether it is that of the whole programme, which alone is shown by group and by month.
    var isWhole: Bool { group.isEmpty }

    /// The count as it is shown; nil if it is kept back.
    ///
    /// - Parameters:
    ///   - group: a column of its own, such as a month; nil for the part.
    ///   - truth: the count; what the sheet does not list is shown only if it is naught.
    func shown(_ name: CellName, group: String? = nil, truth: Int) -> Int? {
        let group = group ?? self.group
        if let cell = sheet.cell(name, group) {
            return cell.isHidden ? nil : method.shown(cell.count)
        }
        // A group without cases is not listed; a count that is not listed was never judged.
        let isJudged = !sheet.has(group: group) || sheet.cell(name, self.group) != nil
        return isJudged && truth == 0 ? 0 : nil
    }
}
