import Kernel
import Programmes

/// All that may be shown of a programme's day outside the case team.
///
/// For a board it holds every count of the report, whole and by strand, and of the dashboards of the whole
/// and of each strand; for publication the report as a whole. Other groupings of the report join it when
/// they are first asked for. So none of them beside another gives anyone away.
package struct FigureSheet: Sendable, Hashable {
    /// The sheet as the register of releases keeps it: what is hidden, and the counts as they were.
    package let released: ReleasedTable
    package let method: DisclosureMethod
    fileprivate let index: SheetIndex

    /// A sheet from the register; nil if nothing is kept back from its audience.
    package init?(_ released: ReleasedTable) {
        guard let method = released.audience.method else { return nil }
        self.released = released
        self.method = method
        index = SheetIndex(released)
    }

    /// How many counts are hidden, of how many.
    package var hidden: (hidden: Int, figures: Int) {
        (released.cells.count { $0.isHidden }, released.cells.count)
    }

    /// Whether some counts are withheld where cases are set apart, so that not even their groups are told.
    func withholds(_ names: [CellName], by dimension: SheetDimension) -> Bool {
        index.isWithheld(index.lines(names), by: dimension)
    }

    /// What may be shown of a part; nil if nobody outside the case team may look at it.
    func view(of part: ProgrammePart) -> SheetView? {
        FigureSheet.column(of: part).map { SheetView(sheet: self, column: $0) }
    }

    /// What may be shown of a column; blank for the whole.
    func view(_ column: String) -> SheetView { SheetView(sheet: self, column: column) }

    /// The column of a part: blank for the whole, nil where a programme is cut in another way than by
    /// strand.
    package static func column(of part: ProgrammePart) -> String? {
        guard part.provider == nil, part.locality == nil else { return nil }
        return part.strand.map { SheetDimension.code(.strand).column($0) } ?? ""
    }
}

/// The counts of one column of a sheet as they may be shown.
struct SheetView {
    fileprivate let sheet: FigureSheet
    fileprivate let column: String

    var method: DisclosureMethod { sheet.method }

    /// Whether it is that of the whole programme, which alone is shown by group and by month.
    var isWhole: Bool { column.isEmpty }

    /// The count as it is shown; nil if it is kept back.
    ///
    /// - Parameters:
    ///   - names: what it is called.
    ///   - column: a column of its own, such as a month; nil for that of the view.
    ///   - truth: the count; what the sheet says is naught is shown only if it is.
    func shown(_ names: [CellName], column: String? = nil, truth: Int) -> Int? {
        let lines = sheet.index.lines(names)
        guard let found = sheet.index.count(lines, column ?? self.column) else { return nil }
        if found.isHidden || found.count == 0 && truth != 0 { return nil }
        return method.shown(found.count)
    }

    /// Whether some counts are withheld where cases are set apart.
    func withholds(_ names: [CellName], by dimension: SheetDimension) -> Bool {
        sheet.withholds(names, by: dimension)
    }

    /// What may be shown of some lines.
    func counts(_ lines: ReportCounts, truth: @escaping (_ set: Int) -> Int) -> ShownCounts {
        ShownCounts(method: method) { set in
            guard let line = lines.lineOf[set] else { return nil }
            return shown(lines.lines[line].names, truth: truth(set))
        }
    }
}
