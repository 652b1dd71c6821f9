import Kernel
import Programmes

/// The counts of a sheet: its lines in the whole, and in each column that some of them are set apart in.
///
/// A count is that of a set of cases. Where two lines meet columns in the same set ("of MSK, those who
/// have started" and "of those who have started, MSK") there is one count, which is hidden or shown
/// wherever it stands. What is naught is shown, unless its row is withheld.
struct SheetGrid {
    /// The whole, a group or a month.
    struct Column {
        var dimension: SheetDimension?
        var key: String
        var name: String
        var form: SetForm
        /// The count of each line that has one here.
        var places: [Int: Int] = [:]
    }

    /// Where a count stands.
    struct Address {
        var line: Int
        var column: Int
    }

    let lines: SheetLines
    private let plan: Plan
    private(set) var columns: [Column] = []
    private var columnOf: [String: Int] = [:]
    private var cellOf: [SetForm: Int] = [:]
    /// The counts that are printed, or from which they follow.
    private(set) var cells: [CountSystem.Cell] = []
    private(set) var values: [Int] = []
    private(set) var addresses: [[Address]] = []
    /// With which layer each count is decided: the first that it is in.
    private(set) var layers: [SheetLayer] = []

    /// Counts every cell.
    init(_ lines: SheetLines, _ plan: Plan, _ programme: Programme) {
        self.lines = lines
        self.plan = plan
        let all = lines.counts.lines
        func run(_ own: [Int], _ scale: GroupScale) -> TallyResult {
            let tallies = own.map { Tally.count(all[$0].place) }
            return TallyRun(plan, tallies, by: scale, calendar: programme.workingDays).result()
        }
        let whole = run(Array(all.indices), .whole)
        let column = column(nil, "")
        for line in all.indices {
            add(line, column, whole.sum(.count(all[line].place), group: nil))
        }
        for (dimension, own) in lines.apart.sorted(by: { $0.key.name < $1.key.name }) {
            let apart = own.keys.sorted()
            let scale = GroupScale(dimension, in: plan.table)
            let result = run(apart, scale)
            for group in scale.groups.indices {
                let counts = apart.map { result.sum(.count(all[$0].place), group: group) }
                guard counts.contains(where: { $0 > 0 }) else { continue }
                let column = self.column(dimension, scale.sheetKey(group))
                for (line, count) in zip(apart, counts) { add(line, column, count) }
            }
        }
    }

    /// Makes room for counts that are naught now and were not in other sheets.
    mutating func makeRoom(for other: ReleasedTable) {
        var lineOf: [CellName: Int] = [:]
        for (line, counted) in lines.counts.lines.enumerated() {
            for name in counted.names { lineOf[name] = line }
        }
        var dimensions: [Substring: SheetDimension] = [:]
        for dimension in lines.apart.keys { dimensions[dimension.name[...]] = dimension }
        for cell in other.cells where !cell.column.isEmpty && cell.count > 0 {
            let name = SheetDimension.name(ofColumn: cell.column)
            guard let dimension = dimensions[name] else { continue }
            let key = String(cell.column.dropFirst(name.count + 1))
            for line in Set(other.lines[cell.line].compactMap { lineOf[$0] })
            where lines.apart[dimension]?[line] != nil {
                add(line, column(dimension, key), 0)
            }
        }
    }

    private mutating func column(_ dimension: SheetDimension?, _ key: String) -> Int {
        let name = dimension?.column(key) ?? ""
        if let column = columnOf[name] { return column }
        let form = dimension.map { plan.form($0, key) } ?? SetForm()
        columns.append(Column(dimension: dimension, key: key, name: name, form: form))
        columnOf[name] = columns.count - 1
        return columns.count - 1
    }

    private mutating func add(_ line: Int, _ column: Int, _ count: Int) {
        guard columns[column].places[line] == nil else { return }
        let counted = lines.counts.lines[line]
        var prints = counted.prints
        var layer = SheetLayer.whole
        if let dimension = columns[column].dimension, let apart = lines.apart[dimension]?[line] {
            prints = apart.prints(columns[column].key)
            layer = apart.layer
        }
        let form = counted.form.and(columns[column].form)
        let place = (form.isEmpty ? nil : cellOf[form]) ?? cells.count
        if place == cells.count {
            cells.append(CountSystem.Cell(prints: 0))
            values.append(count)
            addresses.append([])
            layers.append(layer)
            if !form.isEmpty { cellOf[form] = place }
        }
        layers[place] = min(layers[place], layer)
        cells[place].prints += prints
        cells[place].smallMax = max(cells[place].smallMax, counted.smallMax)
        addresses[place].append(Address(line: line, column: column))
        columns[column].places[line] = place
    }

    // MARK: The register

    /// The counts of another sheet in the cells of this one.
    func read(_ table: ReleasedTable) -> CountRelease {
        let index = SheetIndex(table)
        let lineOf = lines.counts.lines.map { index.lines($0.names) }
        var release = CountRelease(method: table.audience.method ?? .below5, values: [])
        for own in addresses {
            let found = own.compactMap { index.count(lineOf[$0.line], columns[$0.column].name) }
            let shown = found.first { !$0.isHidden } ?? found.first { !$0.isWithheld }
            let cell = shown ?? found.first
            release.append(cell?.count)
            release.isHidden[release.values.count - 1] = cell?.isHidden ?? false
            release.isWithheld[release.values.count - 1] = cell?.isWithheld ?? false
        }
        return release
    }

    /// The rows of a layer: what a line counts in the columns of one dimension.
    func rows(of layer: SheetLayer) -> [[Int]] {
        lines.apart.flatMap { dimension, own in
            own.filter { $0.value.layer == layer }.keys.map { line in
                columns.filter { $0.dimension == dimension }.compactMap { $0.places[line] }
            }
        }
    }

    /// The counts for the register, as they were decided.
    func released(_ decided: CountRelease) -> (lines: [[CellName]], cells: [ReleasedCell]) {
        var released: [ReleasedCell] = []
        for column in columns {
            for (line, place) in column.places.sorted(by: { $0.key < $1.key })
            where values[place] > 0 || column.dimension == nil || decided.isWithheld[place] {
                released.append(
                    ReleasedCell(
                        line: line,
                        column: column.name,
                        count: values[place],
                        isHidden: decided.isHidden[place] || cells[place].prints == 0,
                        isWithheld: decided.isWithheld[place]
                    )
                )
            }
        }
        return (lines.counts.lines.map(\.names), released)
    }
}
