import Kernel
import Programmes

/// The counts of a sheet, a column for each part, group and month, and how they hang together.
struct SheetGrid {
    /// Some lines in one part, group or month.
    private struct Column {
        /// What the columns are that add up to the whole: a field, or a milestone for its months.
        var dimension: String
        var group: String
        /// The lines and the place of each in the list of cells.
        var places: [Int: Int] = [:]
        /// Whether anybody can look at it; the others follow from those.
        var isPrinted: Bool
    }

    private struct Place {
        var line: Int
        var column: Int
    }

    private let lines: DashboardLines
    private var columns: [Column] = []
    private var columnOf: [String: Int] = [:]
    private var places: [Place] = []
    /// The counts, cell after cell.
    private(set) var values: [Int?] = []

    init(_ lines: DashboardLines) { self.lines = lines }

    // MARK: Counting

    /// Counts every cell.
    mutating func count(_ plan: Plan, _ programme: Programme) {
        let calendar = WorkingDayCalendar.named(programme.calendar) ?? .englandAndWales
        let all = lines.counts.lines
        var tallies = lines.counts.tallies
        for (field, own) in lines.byField {
            tallies += own.map { .codeCounts(all[$0].place, field) }
        }
        for (milestone, line) in lines.byMonth {
            tallies.append(.dayCounts(all[line].place, milestone))
        }
        func run(_ tallies: [Tally], _ scale: GroupScale) -> TallyResult {
            var seen: Set<Tally> = []
            let each = tallies.filter { seen.insert($0).inserted }
            return TallyRun(plan, each, by: scale, calendar: calendar).result()
        }
        let whole = run(tallies, .whole)
        for line in all.indices {
            add(line, "", "", whole.sum(.count(all[line].place), group: nil))
        }
        let strands = Set(programme.strands.map(\.id))
        if strands.count > 1 {
            let scale = Grouping.strand.scale(of: plan.table, programme)
            let result = run(lines.ofParts.map { .count(all[$0].place) }, scale)
            for line in lines.ofParts {
                var others = 0
                for (place, group) in scale.groups.enumerated() {
                    let count = result.sum(.count(all[line].place), group: place)
                    if strands.contains(group.key) {
                        add(line, "strand", DashboardSheet.group(.strand, group.key), count)
                    } else {
                        others += count
                    }
                }
                // Cases of no strand that can be looked at.
                add(line, "strand", "strand", others, isPrinted: false)
            }
        }
        for (field, own) in lines.byField.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            for line in own {
                let counts = field.grouped(whole.codes(.codeCounts(all[line].place, field)))
                for (key, count) in counts.sorted(by: { $0.key < $1.key }) {
                    add(line, "by \(field.rawValue)", DashboardSheet.group(field, key), count)
                }
            }
        }
        for (milestone, line) in lines.byMonth.sorted(by: { $0.value < $1.value }) {
            var counts: [CivilMonth: Int] = [:]
            for (day, count) in whole.days(.dayCounts(all[line].place, milestone)) {
                counts[day.civilMonth, default: 0] += count
            }
            for (month, count) in counts.sorted(by: { $0.key < $1.key }) {
                let column = DashboardSheet.group(milestone, month)
                add(line, "months of \(milestone.rawValue)", column, count)
            }
        }
        fill()
    }

    /// Adds a cell, and its column where it is the first of it.
    private mutating func add(
        _ line: Int,
        _ dimension: String,
        _ group: String,
        _ count: Int,
        isPrinted: Bool = true
    ) {
        let column = columnOf[group] ?? columns.count
        if column == columns.count {
            columns.append(Column(dimension: dimension, group: group, isPrinted: isPrinted))
            columnOf[group] = column
        }
        guard columns[column].places[line] == nil else { return }
        columns[column].places[line] = places.count
        places.append(Place(line: line, column: column))
        values.append(count)
    }

    /// Gives every line of a dimension a cell in each of its columns: naught where nobody was found.
    private mutating func fill() {
        for dimension in Set(columns.map(\.dimension)).sorted() {
            let own = columns.filter { $0.dimension == dimension }
            for line in Set(own.flatMap(\.places.keys)).sorted() {
                for column in own {
                    add(line, dimension, column.group, 0, isPrinted: column.isPrinted)
                }
            }
        }
    }

    /// Adds groups that had cases in an earlier sheet and have none now.
    mutating func addGroups(of tables: [ReleasedTable]) {
        let lineOf = names
        for cell in tables.joinedCells {
            guard let group = cell.group, columnOf[group] == nil, let line = lineOf[cell.name],
                let split = group.firstIndex(of: "=")
            else { continue }
            let start = "\(group[...split])"
            let alike = columns.first { $0.group.hasPrefix(start) && $0.places[line] != nil }
            if let alike { add(line, alike.dimension, group, 0) }
        }
        fill()
    }

    private var names: [CellName: Int] {
        var names: [CellName: Int] = [:]
        for (line, counted) in lines.counts.lines.enumerated() {
            for name in counted.names { names[name] = line }
        }
        return names
    }

    // MARK: Other sheets

    /// The counts of another sheet in the cells of this one.
    func read(_ table: ReleasedTable) -> ReadTable {
        var found: [CellName: [String: ReleasedCell]] = [:]
        for cell in table.cells { found[cell.name, default: [:]][cell.group ?? ""] = cell }
        var values: [Int?] = []
        var isHidden: [Bool] = []
        for place in places {
            let row = lines.counts.lines[place.line].names.lazy.compactMap { found[$0] }.first
            let column = columns[place.column]
            let cell = row?[column.group]
            // A group that is not listed had no cases, if the line was set apart in that way at all.
            let dimension = column.group.split(separator: "=").first.map { "\($0)=" } ?? ""
            let isApart = row?.keys.contains { $0.hasPrefix(dimension) } ?? false
            values.append(cell?.count ?? (isApart ? 0 : nil))
            isHidden.append(cell?.isHidden ?? false)
        }
        return ReadTable(method: table.audience.method ?? .below5, values: values, isHidden: isHidden)
    }

    /// The counts for the register.
    func cells(_ isHidden: [Bool]) -> [ReleasedCell] {
        places.enumerated().flatMap { number, place -> [ReleasedCell] in
            let column = columns[place.column]
            guard let value = values[number] else { return [] }
            return lines.counts.lines[place.line].names.map { name in
                ReleasedCell(
                    name: name,
                    group: column.group.isEmpty ? nil : column.group,
                    count: value,
                    isHidden: isHidden[number] || !column.isPrinted
                )
            }
        }
    }

    // MARK: How it hangs together

    /// The system of these counts, and the counts of each release in it.
    func system(_ values: [[Int?]]) -> (system: CountSystem, values: [[Int?]]) {
        var values = values
        var cells = places.map { place in
            let line = lines.counts.lines[place.line]
            let isPrinted = columns[place.column].isPrinted
            return CountSystem.Cell(prints: isPrinted ? line.prints : 0, smallMax: line.smallMax)
        }
        var sums: [CountSystem.Sum] = []
        for dimension in Set(columns.map(\.dimension)).sorted() where !dimension.isEmpty {
            let own = columns.filter { $0.dimension == dimension }
            for (line, total) in columns[0].places.sorted(by: { $0.key < $1.key }) {
                let parts = own.compactMap { $0.places[line] }
                if !parts.isEmpty { sums.append(.init(total: total, parts: parts)) }
            }
        }
        var families: [[Int]: [ReportCounts.Family]] = [:]
        for column in columns {
            let own = column.places.keys.sorted()
            let found = families[own] ?? lines.counts.families(among: own)
            families[own] = found
            for family in found {
                add(family, in: column, &cells, &sums, &values)
            }
        }
        // A row may have meant something else in an earlier release.
        sums = sums.filter { sum in
            values.allSatisfy { release in
                var parts = 0
                for part in sum.parts {
                    guard let value = release[part] else { return true }
                    parts += value
                }
                return release[sum.total].map { $0 == parts } ?? true
            }
        }
        return (CountSystem(cells: cells, sums: sums), values)
    }

    /// Ties the parts of a whole to it, with the rest, which is not printed.
    private func add(
        _ family: ReportCounts.Family,
        in column: Column,
        _ cells: inout [CountSystem.Cell],
        _ sums: inout [CountSystem.Sum],
        _ values: inout [[Int?]]
    ) {
        let parts = family.parts.compactMap { column.places[$0] }
        guard let total = column.places[family.whole] else { return }
        let rests = values.map { release -> Int? in
            parts.reduce(release[total]) { rest, part in
                guard let rest, let value = release[part] else { return nil }
                return rest - value
            }
        }
        let known = rests.compactMap { $0 }
        if known.contains(where: { $0 < 0 }) { return }
        // What has no rest anywhere may be known to have none.
        let isExact = parts.count > 1 && known.allSatisfy { $0 == 0 }
        if isExact {
            sums.append(.init(total: total, parts: parts))
            return
        }
        sums.append(.init(total: total, parts: parts + [cells.count]))
        cells.append(CountSystem.Cell(prints: 0))
        for release in values.indices { values[release].append(rests[release]) }
    }
}

extension [ReleasedTable] {
    fileprivate var joinedCells: [ReleasedCell] { flatMap(\.cells) }
}
