import Kernel
import Programmes

extension FigureSheet {
    /// Counts all that an audience may see of a day, and decides what is hidden.
    ///
    /// What is known of the day from its latest sheet stays as it is where every count is the same: then
    /// only what is new is decided beside it, such as the columns of a grouping.
    ///
    /// - Parameters:
    ///   - groupings: what reports are asked to set apart by; what near sheets were asked for is added.
    ///   - control: who it is for, and what they know already.
    ///   - latest: the latest sheet of the same day.
    /// - Returns: nil if nothing is kept back from the audience.
    package static func decide(
        programme: Programme,
        table: FactTable,
        asAt: CivilDate,
        groupings: Set<Grouping> = [],
        control: DisclosureControl,
        latest: ReleasedTable? = nil
    ) -> FigureSheet? {
        guard let method = control.audience.method else { return nil }
        let known = KnownReleases(control, asAt: asAt)
        // What a grouping showed on another day must not be told by the sums of this one.
        let groupings = known.near.reduce(groupings) { $0.union($1.groupings) }
            .union(latest?.groupings ?? []).subtracting(control.audience.usualGroupings)
        var planned = DashboardPlan(programme, Dashboard.Question(asAt: asAt), table)
        let rows = (programme.report?.rows ?? []).map {
            RowPlan($0, in: &planned.plan, of: programme)
        }
        var lines = control.audience == .board ? planned.lines() : SheetLines()
        lines.add(rows, in: planned.plan)
        for grouping in control.audience.usualGroupings {
            lines.setApart(rows, by: grouping, .strands, in: planned.plan)
        }
        for grouping in groupings {
            lines.setApart(rows, by: grouping, .grouping(grouping), in: planned.plan)
        }
        var grid = SheetGrid(lines, planned.plan, programme)
        for table in [latest].compactMap({ $0 }) + known.all { grid.makeRoom(for: table) }
        let others = Others(
            earlier: known.earlier.map { grid.read($0) },
            later: known.later.map { grid.read($0) },
            further: known.further.map { grid.read($0) }
        )
        let decided = grid.decided(method, beside: others, latest.map { grid.read($0) })
        let (names, cells) = grid.released(decided)
        return FigureSheet(
            ReleasedTable(
                audience: control.audience,
                asAt: asAt,
                groupings: groupings,
                lines: names,
                cells: cells
            )
        )
    }

    /// What the readers know besides, in the cells of the grid.
    fileprivate struct Others {
        var earlier: [CountRelease]
        var later: [CountRelease]
        var further: [CountRelease]
    }
}

extension Audience {
    /// What every report for the audience may set apart by, decided with the rest of a day.
    package var usualGroupings: Set<Grouping> { self == .board ? [.strand] : [] }
}

extension SheetGrid {
    /// Which counts are hidden, decided layer by layer.
    fileprivate func decided(
        _ method: DisclosureMethod,
        beside others: FigureSheet.Others,
        _ latest: CountRelease?
    ) -> CountRelease {
        var decided = CountRelease(method: method, values: values)
        var isFrozen = Array(repeating: false, count: cells.count)
        if let latest, zip(latest.values, values).allSatisfy({ $0 == nil || $0 == $1 }) {
            decided.isHidden = latest.isHidden
            decided.isWithheld = latest.isWithheld
            isFrozen = latest.values.map { $0 != nil }
        }
        var unproven = 0
        for layer in Set(layers).sorted() {
            let open = cells.indices.filter { layers[$0] == layer && !isFrozen[$0] }
            guard open.contains(where: { values[$0] > 0 }) else { continue }
            // What is decided later may have to be withheld, and must not follow even then.
            var own = decided
            var isSet = isFrozen
            for cell in cells.indices where layers[cell] > layer && !isFrozen[cell] {
                own.isHidden[cell] = true
                own.isWithheld[cell] = true
                isSet[cell] = true
            }
            let (system, releases) = system([own] + others.earlier + others.later)
            let suppression = Suppression(
                system,
                releases[0],
                earlier: Array(releases[1...].prefix(others.earlier.count)),
                later: Array(releases[1...].dropFirst(others.earlier.count)),
                further: others.further.map { $0.padded(to: system.cells.count) },
                frozen: isSet,
                rows: rows(of: layer),
                unprovenMax: layer == .whole ? .max : unproven + open.count / 100,
                // Somebody waits for the page.
                isPatient: false
            )
            unproven = suppression.isTooOpen ? unproven : suppression.unproven.count
            for cell in open {
                // Then none of the layer is shown: that was counted with before.
                decided.isHidden[cell] = suppression.isTooOpen || suppression.isHidden[cell]
                decided.isWithheld[cell] = suppression.isTooOpen || suppression.isWithheld[cell]
                isFrozen[cell] = true
            }
        }
        return decided
    }
}

extension CountRelease {
    /// The same in a system of more cells, which it lacks.
    fileprivate func padded(to count: Int) -> CountRelease {
        var padded = self
        while padded.values.count < count { padded.append(nil) }
        return padded
    }
}
