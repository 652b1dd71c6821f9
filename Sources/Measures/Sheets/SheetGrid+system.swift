/// How the counts of a sheet hang together.
///
/// What follows from the definitions alone is tied: columns add up to the whole; sets that cannot
/// overlap add up, with the rest, to the set that holds them. The rest is not printed, but it is a
/// count too: of twenty, nineteen means one that was not.
extension SheetGrid {
    /// The sums that are being collected, and the rests with them.
    private struct Ties {
        var cells: [CountSystem.Cell]
        var sums: [CountSystem.Sum] = []
        var releases: [CountRelease]
        var seen: Set<[Int]> = []

        /// Ties parts to their total.
        ///
        /// - Parameter isFull: whether they are known to be all of it; nil takes it from the counts,
        ///   for what has no rest anywhere may be known to have none.
        mutating func tie(_ total: Int, _ parts: [Int?], isFull: Bool?) {
            let own = Set(parts.compactMap { $0 }).sorted()
            guard !own.isEmpty, !own.contains(total), seen.insert([total] + own).inserted else {
                return
            }
            let rests = releases.map { release in
                own.reduce(release.values[total]) { rest, part in
                    guard let rest, let value = release.values[part] else { return nil }
                    return rest - value
                }
            }
            let known = rests.compactMap { $0 }
            let isExact = known.allSatisfy { $0 == 0 }
            if isFull == true {
                // A row may have meant something else in an earlier release.
                if isExact { sums.append(.init(total: total, parts: own)) }
                return
            }
            if known.contains(where: { $0 < 0 }) { return }
            if isExact {
                sums.append(.init(total: total, parts: own))
                return
            }
            sums.append(.init(total: total, parts: own + [cells.count]))
            cells.append(CountSystem.Cell(prints: 0))
            for place in releases.indices {
                releases[place].append(rests[place])
            }
        }
    }

    /// The system of these counts, and the counts of each release in it.
    func system(_ releases: [CountRelease]) -> (system: CountSystem, releases: [CountRelease]) {
        var ties = Ties(cells: cells, releases: releases)
        for (dimension, own) in lines.apart.sorted(by: { $0.key.name < $1.key.name }) {
            let apart = columns.filter { $0.dimension == dimension }
            for line in own.keys.sorted() {
                guard let total = columns[0].places[line] else { continue }
                ties.tie(total, apart.map { $0.places[line] }, isFull: true)
            }
        }
        var families: [SheetDimension?: [ReportCounts.Family]] = [:]
        for column in columns {
            let dimension = column.dimension
            let own = dimension.flatMap { lines.apart[$0]?.keys.sorted() }
            let found =
                families[dimension]
                ?? lines.counts.families(among: own ?? Array(lines.counts.lines.indices))
            families[dimension] = found
            for family in found {
                guard let total = column.places[family.whole] else { continue }
                ties.tie(total, family.parts.map { column.places[$0] }, isFull: nil)
            }
        }
        return (CountSystem(cells: ties.cells, sums: ties.sums), ties.releases)
    }
}
