import Kernel
import Programmes

extension DashboardSheet {
    /// Counts the dashboards of one day, of the whole and of each part, and decides what is hidden.
    ///
    /// - Parameter control: who it is for, and the sheets that they know already.
    /// - Returns: nil if nothing is kept back from the audience.
    package static func decide(
        programme: Programme,
        table: FactTable,
        asAt: CivilDate,
        control: DisclosureControl
    ) -> DashboardSheet? {
        guard let method = control.audience.method else { return nil }
        let known = KnownTables(control, asAt: asAt, grouping: nil)
        var planned = DashboardPlan(programme, Dashboard.Question(asAt: asAt), table)
        let lines = planned.lines()
        var grid = SheetGrid(lines)
        grid.count(planned.plan, programme)
        grid.addGroups(of: known.all)
        let near = (known.earlier + known.later).map { grid.read($0) }
        let far = known.further.map { grid.read($0) }
        let (system, values) = grid.system([grid.values] + near.map(\.values))
        func release(_ read: ReadTable, _ values: [Int?]) -> CountRelease {
            let more = system.cells.count - read.isHidden.count
            return CountRelease(
                method: read.method,
                values: values + Array(repeating: nil, count: system.cells.count - values.count),
                isHidden: read.isHidden + Array(repeating: false, count: more)
            )
        }
        let releases = zip(near, values.dropFirst()).map(release)
        let suppression = Suppression(
            system,
            CountRelease(method: method, values: values[0]),
            earlier: Array(releases.prefix(known.earlier.count)),
            later: Array(releases.dropFirst(known.earlier.count)),
            further: far.map { release($0, $0.values) }
        )
        return DashboardSheet(
            ReleasedTable(
                audience: control.audience,
                asAt: asAt,
                grouping: nil,
                cells: grid.cells(suppression.isHidden)
            )
        )
    }
}
