import Kernel
import Programmes

/// The counts of a report as one audience may see them.
struct ControlledCounts {
    let method: DisclosureMethod
    private let counts: ReportCounts
    private let width: Int
    private let values: [Int?]
    private let isHidden: [Bool]
    private let groups: [ReportGroup]

    /// Decides what is kept back.
    ///
    /// - Parameters:
    ///   - count: the cases of a set, in a group of the scale, or in all.
    ///   - groups: the groups that are shown, each with its place in the scale.
    init(
        _ counts: ReportCounts,
        method: DisclosureMethod,
        control: DisclosureControl,
        request: ReportRequest,
        groups: [(place: Int, group: ReportGroup)],
        count: (_ set: Int, _ group: Int?) -> Int
    ) {
        let known = KnownTables(control, asAt: request.asAt, grouping: request.grouping)
        var columns = [ReportCounts.Column.whole]
        columns += groups.map { .init(grouping: request.grouping, key: $0.group.key) }
        for table in known.all {
            for cell in table.cells {
                let column = ReportCounts.Column(
                    grouping: cell.group == nil ? nil : table.grouping,
                    key: cell.group
                )
                if !columns.contains(column) { columns.append(column) }
            }
        }
        let own = counts.lines.flatMap { line in
            columns.enumerated().map { place, column -> Int? in
                if place == 0 { return count(line.place, nil) }
                if place <= groups.count { return count(line.place, groups[place - 1].place) }
                // A group that had cases once and has none now.
                return column.grouping == request.grouping ? 0 : nil
            }
        }
        let near = (known.earlier + known.later).map { $0.read(counts, columns) }
        let far = known.further.map { $0.read(counts, columns) }
        let (system, values) = counts.system(columns: columns, [own] + near.map(\.values))
        func release(_ read: ReadTable, _ values: [Int?]) -> CountRelease {
            let more = values.count - read.isHidden.count
            return CountRelease(
                method: read.method,
                values: values,
                isHidden: read.isHidden + Array(repeating: false, count: more)
            )
        }
        let releases = zip(near, values.dropFirst()).map(release)
        let suppression = Suppression(
            system,
            CountRelease(method: method, values: values[0]),
            earlier: Array(releases.prefix(known.earlier.count)),
            later: Array(releases.dropFirst(known.earlier.count)),
            further: far.map { read in
                let more = system.cells.count - read.values.count
                return release(read, read.values + Array(repeating: nil, count: more))
            }
        )
        self.counts = counts
        self.method = method
        self.groups = groups.map(\.group)
        width = columns.count
        self.values = values[0]
        isHidden = suppression.isHidden
    }

    /// The cases of a set as they are shown, in one of the groups shown or in all; nil if hidden.
    func shown(_ set: Int, group: Int?) -> Int? {
        guard let line = counts.lineOf[set] else { return nil }
        let place = line * width + (group.map { $0 + 1 } ?? 0)
        guard !isHidden[place], let value = values[place] else { return nil }
        return method.shown(value)
    }

    /// The counts for the register.
    var cells: [ReleasedCell] {
        var cells: [ReleasedCell] = []
        for (number, line) in counts.lines.enumerated() {
            for column in 0...groups.count {
                let place = number * width + column
                guard let value = values[place] else { continue }
                let group = column == 0 ? nil : groups[column - 1].key
                for name in line.names {
                    cells.append(
                        ReleasedCell(
                            name: name,
                            group: group,
                            count: value,
                            isHidden: isHidden[place]
                        )
                    )
                }
            }
        }
        return cells
    }
}

/// The counts of a released table, by the cells of a report.
struct ReadTable {
    var method: DisclosureMethod
    var values: [Int?]
    var isHidden: [Bool]
}

extension ReleasedTable {
    /// The table's counts in the lines and columns of a report.
    func read(_ counts: ReportCounts, _ columns: [ReportCounts.Column]) -> ReadTable {
        var found: [CellName: [String: ReleasedCell]] = [:]
        for cell in cells { found[cell.name, default: [:]][cell.group ?? ""] = cell }
        var values: [Int?] = []
        var isHidden: [Bool] = []
        for line in counts.lines {
            let row = line.names.lazy.compactMap { found[$0] }.first
            for column in columns {
                let isHere = column.grouping == nil || column.grouping == grouping
                let cell = row?[column.key ?? ""]
                // A group that is not listed had no cases.
                values.append(isHere && row != nil ? cell?.count ?? 0 : nil)
                isHidden.append(isHere && cell?.isHidden ?? false)
            }
        }
        return ReadTable(method: audience.method ?? .below5, values: values, isHidden: isHidden)
    }
}

/// The releases that readers of a table know, by how near they stand to it.
struct KnownTables {
    /// Of days up to the table's own, in order, with those of its own day last.
    var earlier: [ReleasedTable]
    /// Of later days, in order.
    var later: [ReleasedTable]
    var further: [ReleasedTable] = []

    var all: [ReleasedTable] { earlier + later }

    init(_ control: DisclosureControl, asAt: CivilDate, grouping: Grouping?) {
        let seen = control.audience.sees
        let known = control.released.filter { seen.contains($0.audience) }
            .enumerated().sorted { ($0.element.asAt, $0.offset) < ($1.element.asAt, $1.offset) }
            .map(\.element)
        let alike = known.indices.filter { known[$0].grouping == grouping }
        // Tables of the same day that are set out otherwise have totals in common with it.
        let sameDay = known.indices.filter {
            known[$0].grouping != grouping && known[$0].asAt == asAt
        }
        let near = Set(
            alike.filter { known[$0].asAt <= asAt }.suffix(3)
                + alike.filter { known[$0].asAt > asAt }.prefix(1) + sameDay.suffix(3)
        )
        earlier = known.indices.filter { near.contains($0) && known[$0].asAt <= asAt }
            .map { known[$0] }
        later = known.indices.filter { near.contains($0) && known[$0].asAt > asAt }
            .map { known[$0] }
        further = known.indices.filter { !near.contains($0) }.map { known[$0] }
    }
}
