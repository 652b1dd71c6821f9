import Kernel
import Programmes

/// Every count that is printed of a programme on a day, and by what some of them are set apart.
struct SheetLines {
    /// A line that is set apart, and in which columns its counts are printed.
    struct Apart {
        /// How often in every column.
        var prints = 0
        /// How often in the columns of some keys besides.
        var printsOf: [String: Int] = [:]

        func prints(_ key: String) -> Int { prints + printsOf[key, default: 0] }
    }

    var counts = ReportCounts()
    /// The lines that are set apart in each way.
    private(set) var apart: [SheetDimension: [Int: Apart]] = [:]

    /// The lines of a report alone, set apart in some ways.
    init(_ rows: [RowPlan], by groupings: [Grouping], in plan: Plan) {
        add(rows, by: groupings, in: plan)
    }

    init() {}

    /// Takes in the counts of a report.
    mutating func add(_ rows: [RowPlan], by groupings: [Grouping], in plan: Plan) {
        var own = ReportCounts()
        for row in rows {
            own.add(row, named: CellName.report(row.row.row), in: plan)
            counts.add(row, named: CellName.report(row.row.row), in: plan)
        }
        for line in own.lines {
            for grouping in groupings {
                setApart(line.place, by: grouping.dimension, prints: line.prints)
            }
        }
    }

    mutating func setApart(_ set: Int, by dimension: SheetDimension, prints: Int) {
        guard let line = counts.lineOf[set] else { return }
        apart[dimension, default: [:]][line, default: Apart()].prints += prints
    }

    mutating func setApart(_ set: Int, in column: String, of field: CodeField, prints: Int) {
        guard let line = counts.lineOf[set] else { return }
        apart[.code(field), default: [:]][line, default: Apart()].printsOf[column, default: 0] +=
            prints
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
