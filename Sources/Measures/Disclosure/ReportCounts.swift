import Programmes

/// Every count that a report prints, as lines of one system with a column for each group.
///
/// What follows from the report's definition alone is tied: groups add up to the whole; sets that
/// cannot overlap add up, with the rest, to the set that holds them. The rest is not printed, but it is
/// a count too: of twenty, nineteen means one that was not.
struct ReportCounts {
    /// A set of cases that is counted.
    struct Line {
        var form: SetForm
        var place: Int
        var names: [CellName] = []
        var prints = 0
        var smallMax = 0
    }

    /// A group of a grouping; `whole` is all of them.
    struct Column: Hashable {
        var grouping: Grouping?
        var key: String?

        static let whole = Column()
    }

    private(set) var lines: [Line] = []
    /// The line of each set that is counted.
    private(set) var lineOf: [Int: Int] = [:]

    init() {}

    /// Collects the counts of a report's rows.
    init(_ rows: [RowPlan], in plan: Plan) {
        for row in rows { add(row, named: row.row.row, in: plan) }
    }

    /// Takes in every count that one row prints.
    mutating func add(_ row: RowPlan, named name: String, in plan: Plan) {
        var smallMax = 0
        switch row.figure {
        case .one(.count), .distinct: break
        case .one, .mean, .median: smallMax = DisclosureMethod.meanLeast - 1
        }
        let count = CellName(row: name, part: CellName.count)
        add(row.numerator, count, prints: 3, smallMax, in: plan)
        if case .rows(let set) = row.beside {
            add(set, CellName(row: name, part: CellName.of), prints: 2, in: plan)
        }
        for omission in row.omissions {
            let part = CellName.leftOut(omission.reason)
            add(omission.set, CellName(row: name, part: part), prints: 1, in: plan)
        }
    }

    /// Takes in one count.
    mutating func add(
        _ place: Int,
        _ name: CellName,
        prints: Int,
        _ smallMax: Int = 0,
        in plan: Plan
    ) {
        let form = plan.form(place)
        let line =
            lineOf[place] ?? lines.firstIndex { $0.form == form && !form.isEmpty } ?? lines.count
        if line == lines.count { lines.append(Line(form: form, place: place)) }
        lineOf[place] = line
        lines[line].names.append(name)
        lines[line].prints += prints
        lines[line].smallMax = max(lines[line].smallMax, smallMax)
    }

    /// What must be counted for the system.
    var tallies: [Tally] { lines.map { .count($0.place) } }

    /// Lines that lie in another, so that those of one family cannot overlap.
    struct Family {
        var whole: Int
        var parts: [Int]
    }

    /// The families of some of the lines, as if there were no others.
    func families(among chosen: [Int]) -> [Family] {
        func isWithin(_ inner: Int, _ outer: Int) -> Bool {
            inner != outer && !lines[inner].form.isEmpty
                && lines[inner].form.isWithin(lines[outer].form)
        }
        var within: [Int: Set<Int>] = [:]
        for outer in chosen { within[outer] = Set(chosen.filter { isWithin($0, outer) }) }
        var families: [Family] = []
        for whole in chosen {
            let inner = chosen.filter { within[whole]?.contains($0) == true }
            let nearest = inner.filter { part in
                !inner.contains { $0 != part && within[$0]?.contains(part) == true }
            }
            var grouped: [[Int]] = []
            for part in nearest {
                let form = lines[part].form
                let place = grouped.firstIndex { family in
                    family.allSatisfy { lines[$0].form.isApart(from: form) }
                }
                if let place { grouped[place].append(part) } else { grouped.append([part]) }
            }
            families += grouped.map { Family(whole: whole, parts: $0) }
        }
        return families
    }

    /// The counts of one release, line after line, column after column; nil where it has none.
    typealias Values = [Int?]

    /// The system of these counts, and the counts of each release in it.
    ///
    /// - Parameter values: the counts of the lines in each release, the table itself being one.
    func system(
        columns: [Column],
        _ values: [Values]
    ) -> (system: CountSystem, values: [Values]) {
        let width = columns.count
        var cells = lines.flatMap { line in
            Array(
                repeating: CountSystem.Cell(prints: line.prints, smallMax: line.smallMax),
                count: width
            )
        }
        var values = values
        var sums: [CountSystem.Sum] = []
        for line in lines.indices {
            for grouping in Set(columns.compactMap(\.grouping)) {
                let parts = columns.indices.filter { columns[$0].grouping == grouping }
                sums.append(
                    .init(total: line * width, parts: parts.map { line * width + $0 })
                )
            }
        }
        for family in families(among: Array(lines.indices)) {
            func rest(_ values: Values, _ column: Int) -> Int? {
                var rest = values[family.whole * width + column]
                for part in family.parts {
                    guard let value = values[part * width + column] else { return nil }
                    rest = rest.map { $0 - value }
                }
                return rest
            }
            let rests = values.map { release in columns.indices.map { rest(release, $0) } }
            let known = rests.joined().compactMap { $0 }
            if known.contains(where: { $0 < 0 }) { continue }
            // What has no rest anywhere may be known to have none.
            let isExact = family.parts.count > 1 && known.allSatisfy { $0 == 0 }
            let first = cells.count
            if !isExact {
                cells += Array(repeating: CountSystem.Cell(prints: 0), count: width)
                for release in values.indices { values[release] += rests[release] }
            }
            for column in columns.indices {
                let parts = family.parts.map { $0 * width + column }
                sums.append(
                    .init(
                        total: family.whole * width + column,
                        parts: parts + (isExact ? [] : [first + column])
                    )
                )
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
}
