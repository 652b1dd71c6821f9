import Kernel
import Programmes

/// A figure of a dashboard before it is counted: what it is called, and which sets it needs.
struct PlannedFigure {
    let id: String
    let row: RowPlan

    init(
        _ id: String,
        _ label: String,
        _ indicator: Indicator,
        _ show: Show,
        in plan: inout Plan,
        of programme: Programme
    ) {
        self.id = id
        row = RowPlan(ReportRow(label, indicator, show), in: &plan, of: programme)
    }

    var tallies: [Tally] { row.tallies }

    /// The set of rows below the line; nil if it stands alone.
    var whole: Int? {
        if case .rows(let set) = row.beside { set } else { nil }
    }

    /// The figure, as it may be shown.
    func figure(
        _ result: TallyResult,
        _ programme: Programme,
        _ shown: ShownCounts?
    ) -> Dashboard.Figure {
        let cell = shown.map { row.cell(result, group: nil, $0) } ?? row.cell(result, group: nil)
        return Dashboard.Figure(
            id: id,
            label: row.row.row,
            definition: row.row.indicator.definition(in: programme),
            cell: cell
        )
    }
}

extension Indicator {
    /// The same figure over some of the cases only.
    func within(_ part: Population) -> Indicator {
        guard part != .everyone else { return self }
        var inner = self
        func both(_ population: Population) -> Population {
            population == .everyone ? part : .all([part, population])
        }
        if case .population(let whole) = of {
            inner.of = .population(both(whole))
        }
        switch kind {
        case .count(let population):
            if of == nil { inner.kind = .count(both(population)) }
        case .mean(let elapsed, let over): inner.kind = .mean(elapsed, over: both(over))
        case .median(let elapsed, let over): inner.kind = .median(elapsed, over: both(over))
        case .distinct(let field, let over): inner.kind = .distinct(field, over: both(over))
        case .sum(let field, let over): inner.kind = .sum(field, over: both(over))
        case .met, .outcome:
            if of == nil { inner.of = .population(part) }
        }
        return inner
    }
}
