import Kernel

/// The releases that readers of a sheet know, by how near they stand to it.
struct KnownReleases {
    /// Of days up to the sheet's own, in order, with those of its own day last.
    var earlier: [ReleasedTable]
    /// Of later days, in order.
    var later: [ReleasedTable]
    var further: [ReleasedTable]

    var near: [ReleasedTable] { earlier + later }
    var all: [ReleasedTable] { near + further }

    init(_ control: DisclosureControl, asAt: CivilDate) {
        let seen = control.audience.sees
        let known = Self.told(control.released.filter { seen.contains($0.audience) })
            .enumerated().sorted { ($0.element.asAt, $0.offset) < ($1.element.asAt, $1.offset) }
            .map(\.element)
        func isAlike(_ place: Int) -> Bool { known[place].audience == control.audience }
        let alike = known.indices.filter(isAlike)
        // What is published has totals in common with a board's sheet.
        let others = known.indices.filter { !isAlike($0) && known[$0].asAt <= asAt }
        let near = Set(
            alike.filter { known[$0].asAt <= asAt }.suffix(3)
                + alike.filter { known[$0].asAt > asAt }.prefix(1) + others.suffix(3)
        )
        earlier = known.indices.filter { near.contains($0) && known[$0].asAt <= asAt }
            .map { known[$0] }
        later = known.indices.filter { near.contains($0) && known[$0].asAt > asAt }
            .map { known[$0] }
        further = known.indices.filter { !near.contains($0) }.map { known[$0] }
    }

    /// Those that say something that no later sheet of the same day says with the rest.
    private static func told(_ all: [ReleasedTable]) -> [ReleasedTable] {
        all.enumerated().filter { place, table in
            !all[(place + 1)...].contains { later in
                later.asAt == table.asAt && later.audience == table.audience
                    && later.lines == table.lines
                    && Set(table.cells).isSubset(of: later.cells)
            }
        }
        .map(\.element)
    }
}
