import Kernel
import Programmes

/// What of a sheet is decided before what: each layer is fixed when the next is decided.
///
/// So the counts that matter most stay, and small groups cannot take them along.
enum SheetLayer: Hashable, Comparable {
    case whole
    case strands
    /// The groups and months of the dashboards.
    case panels
    /// A grouping of the report that was asked for.
    case grouping(Grouping)
}

/// Every count that is printed of a programme on a day, and by what some of them are set apart.
struct SheetLines {
    /// A line that is set apart, and in which columns its counts are printed.
    struct Apart {
        var layer: SheetLayer
        /// How often in every column.
        var prints = 0
        /// How often in the columns of some keys besides.
        var printsOf: [String: Int] = [:]

        func prints(_ key: String) -> Int { prints + printsOf[key, default: 0] }
    }

    var counts = ReportCounts()
    /// The lines that are set apart in each way.
    private(set) var apart: [SheetDimension: [Int: Apart]] = [:]

    /// Takes in the counts of a report, for the whole.
    mutating func add(_ rows: [RowPlan], in plan: Plan) {
        for row in rows { counts.add(row, named: CellName.report(row.row.row), in: plan) }
    }

    /// Sets the counts of a report apart.
    mutating func setApart(
        _ rows: [RowPlan],
        by grouping: Grouping,
        _ layer: SheetLayer,
        in plan: Plan
    ) {
        var own = ReportCounts()
        for row in rows { own.add(row, named: CellName.report(row.row.row), in: plan) }
        for line in own.lines {
            setApart(line.place, by: grouping.dimension, layer, prints: line.prints)
        }
    }

    mutating func setApart(
        _ set: Int,
        by dimension: SheetDimension,
        _ layer: SheetLayer,
        prints: Int
    ) {
        change(set, dimension, layer) { $0.prints += prints }
    }

    mutating func setApart(_ set: Int, inStrand strand: String, prints: Int) {
        change(set, .code(.strand), .strands) { $0.printsOf[strand, default: 0] += prints }
    }

    private mutating func change(
        _ set: Int,
        _ dimension: SheetDimension,
        _ layer: SheetLayer,
        _ change: (inout Apart) -> Void
    ) {
        guard let line = counts.lineOf[set] else { return }
        var own = apart[dimension]?[line] ?? Apart(layer: layer)
        own.layer = min(own.layer, layer)
        change(&own)
        apart[dimension, default: [:]][line] = own
    }
}

extension CellName {
    /// The name of a report's row among those of a dashboard.
    static func report(_ label: String) -> String { "report/\(label)" }

    /// Cases by the month of a milestone.
    static func months(_ milestone: Milestone) -> CellName {
        CellName(row: "months/\(milestone.rawValue)", part: count)
    }

    /// Cases that count towards the plan.
    static let planned = CellName(row: "trajectory", part: count)
    /// Those of the weeks that a forecast is made from.
    static let forecast = CellName(row: "trajectory/weeks", part: count)
    /// Those whose employment status is known, and those of whom it is not.
    static let statusKnown = CellName(row: "trajectory/status", part: of)
    static let statusNotKnown = CellName(row: "trajectory/status", part: "not known")

    /// Those of one employment status.
    static func status(_ status: String) -> CellName {
        CellName(row: "trajectory/status/\(status)", part: count)
    }

    /// The people with two scores of an instrument, those they are among, and the others.
    static func change(_ id: String, _ part: CellPart) -> CellName {
        switch part {
        case .numerator: CellName(row: id, part: count)
        case .denominator: CellName(row: id, part: of)
        case .leftOut: CellName(row: id, part: "missing")
        }
    }
}
