import Kernel
import Programmes

extension FigureSheet {
    /// Counts all that an audience may see of a day, and decides what is hidden.
    ///
    /// For a board that is the report, whole and by strand, and the dashboards of the whole and of each
    /// strand; for publication the report by one grouping.
    ///
    /// - Parameters:
    ///   - control: who it is for, and what they know already.
    ///   - grouping: what a published report sets apart by.
    ///   - latest: a sheet of the same day that answers as it did where every count is the same.
    /// - Returns: nil if nothing is kept back from the audience.
    package static func decide(
        programme: Programme,
        table: FactTable,
        asAt: CivilDate,
        grouping: Grouping? = nil,
        control: DisclosureControl,
        latest: ReleasedTable? = nil
    ) -> FigureSheet? {
        guard let method = control.audience.method else { return nil }
        let isWhole = control.audience == .board
        let grouping = isWhole ? nil : grouping
        var planned = DashboardPlan(programme, Dashboard.Question(asAt: asAt), table)
        let rows = (programme.report?.rows ?? []).map {
            RowPlan($0, in: &planned.plan, of: programme)
        }
        var lines = isWhole ? planned.lines() : SheetLines()
        // With more groupings too little would be left of the whole (decision 37).
        let groupings = isWhole ? [.strand] : [grouping].compactMap { $0 }
        lines.add(rows, by: groupings, in: planned.plan)
        var grid = SheetGrid(lines, planned.plan, programme)
        func sheet(_ isHidden: [Bool]) -> FigureSheet? {
            let (lines, cells) = grid.released(isHidden)
            return FigureSheet(
                ReleasedTable(
                    audience: control.audience,
                    asAt: asAt,
                    grouping: grouping,
                    lines: lines,
                    cells: cells
                )
            )
        }
        if let latest {
            grid.makeRoom(for: latest)
            let same = grid.read(latest)
            if same.values == grid.values { return sheet(same.isHidden) }
        }
        let known = KnownReleases(control, asAt: asAt, grouping: grouping)
        for table in known.all { grid.makeRoom(for: table) }
        let own = CountRelease(method: method, values: grid.values)
        let (system, releases) = grid.system([own] + known.near.map { grid.read($0) })
        let suppression = Suppression(
            system,
            releases[0],
            earlier: Array(releases[1...].prefix(known.earlier.count)),
            later: Array(releases[1...].dropFirst(known.earlier.count)),
            further: known.further.map { grid.read($0).padded(to: system.cells.count) },
            // Somebody waits for the page.
            isPatient: false
        )
        return sheet(Array(suppression.isHidden.prefix(grid.cells.count)))
    }
}

extension CountRelease {
    /// The same in a system of more cells, which it lacks.
    fileprivate func padded(to count: Int) -> CountRelease {
        var padded = self
        padded.values += Array(repeating: nil, count: count - values.count)
        padded.isHidden += Array(repeating: false, count: count - isHidden.count)
        return padded
    }
}
