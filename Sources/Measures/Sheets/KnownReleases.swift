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

    init(_ control: DisclosureControl, asAt: CivilDate, grouping: Grouping?) {
        let seen = control.audience.sees
        let known = control.released.filter { seen.contains($0.audience) }
            .enumerated().sorted { ($0.element.asAt, $0.offset) < ($1.element.asAt, $1.offset) }
            .map(\.element)
        func isAlike(_ table: ReleasedTable) -> Bool {
            table.audience == control.audience && table.grouping == grouping
        }
        let alike = known.indices.filter { isAlike(known[$0]) }
        // Tables that are set out otherwise have totals in common with it.
        let others = known.indices.filter { !isAlike(known[$0]) && known[$0].asAt <= asAt }
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
}
