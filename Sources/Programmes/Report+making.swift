// Figures that are asked for in code rather than in a programme file.

extension Indicator {
    /// A figure, and what it is divided by.
    package init(_ kind: Kind, over denominator: Population? = nil) {
        self.init(kind: kind, of: denominator.map(Denominator.population), times: nil)
    }
}

extension Elapsed {
    /// The time from one milestone to another.
    package init(_ unit: Period.Unit, _ from: Milestone, _ to: Milestone) {
        self.init(unit: unit, from: from, to: to)
    }
}

extension ReportRow {
    /// A row that stands in no file.
    package init(_ label: String, _ indicator: Indicator, _ show: Show) {
        self.init(row: label, indicator: indicator, show: show, printed: nil, note: nil, line: 0)
    }
}

extension Report {
    /// A report that stands in no file.
    package init(title: String, rows: [ReportRow]) {
        self.init(title: title, asAt: nil, rows: rows)
    }
}
