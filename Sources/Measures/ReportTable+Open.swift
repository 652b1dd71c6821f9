import Kernel
import Programmes

/// How a row of a report is named: by its number, counted from 1, or by its label.
package enum RowName: Sendable, Hashable {
    case number(Int)
    case label(String)

    /// Reads a number or a label.
    package init(_ text: String) {
        self = Int(text).map(RowName.number) ?? .label(text)
    }

    /// The row among those of a report.
    package func find(in report: Report) -> ReportRow? {
        switch self {
        case .number(let number):
            return report.rows.indices.contains(number - 1) ? report.rows[number - 1] : nil
        case .label(let label):
            return report.rows.first { $0.row == label }
        }
    }
}

/// Which of the cases behind a figure are asked for.
package enum CellPart: String, Sendable, CaseIterable {
    case numerator
    case denominator
    case leftOut = "left-out"
}

extension ReportTable {
    /// The cases behind a figure, in the order of the table.
    ///
    /// - Parameter group: the key of one group; nil for all.
    /// - Returns: the cases; nil if the report has no such row. A denominator that is a target, or
    ///   that there is none of, has no cases.
    package static func open(
        row: RowName,
        part: CellPart,
        programme: Programme,
        table: FactTable,
        request: ReportRequest,
        group: String? = nil
    ) -> [CaseID]? {
        guard let report = programme.report, let row = row.find(in: report) else { return nil }
        var plan = Plan(table, asAt: request.asAt, populations: programme.populations)
        let rowPlan = RowPlan(row, in: &plan, of: programme)
        let set: Int
        switch part {
        case .numerator: set = rowPlan.numerator
        case .leftOut: set = plan.any(rowPlan.omissions.map(\.set))
        case .denominator:
            guard case .rows(let whole) = rowPlan.beside else { return [] }
            set = whole
        }
        guard let group else { return plan.cases(in: set) { _ in true } }
        let scale = request.grouping?.scale(of: table, programme) ?? .whole
        guard let place = scale.groups.firstIndex(where: { $0.key == group }) else { return [] }
        return plan.cases(in: set) { scale.group(row: $0, in: table) == place }
    }
}

extension FactTable {
    /// The cases of a population on a day, in the order of the table.
    package func cases(
        in population: Population,
        of programme: Programme,
        asAt: CivilDate
    ) -> [CaseID] {
        cases(in: population, named: programme.populations, asAt: asAt)
    }

    /// The same, with the populations that may be named.
    func cases(
        in population: Population,
        named: [NamedPopulation] = [],
        asAt: CivilDate
    ) -> [CaseID] {
        var plan = Plan(self, asAt: asAt, populations: named)
        let set = plan.rows(population)
        return plan.cases(in: set) { _ in true }
    }
}

extension Plan {
    /// The cases of a set's rows that pass a test, in the order of the table.
    func cases(in set: Int, where passes: (Int) -> Bool) -> [CaseID] {
        var found: [CaseID] = []
        let words = steps.count * Chunk.wordsMax
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: words) { sets in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Chunk.rowsMax) { bytes in
                for number in 0..<Chunk.count(of: table.count) {
                    let chunk = Chunk(number, of: table.count)
                    let scan = ChunkScan(table: table, chunk: chunk, bytes: bytes)
                    for place in 0...set { scan.make(place, steps[place], in: sets) }
                    for word in 0..<chunk.words {
                        var bits = sets[set * Chunk.wordsMax + word]
                        while bits != 0 {
                            let row = chunk.start + word * 64 + bits.trailingZeroBitCount
                            bits &= bits &- 1
                            if passes(row) { found.append(table.cases[row]) }
                        }
                    }
                }
            }
        }
        return found
    }
}
