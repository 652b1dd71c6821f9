import Kernel
import Programmes

extension Dashboard {
    /// The figures of a programme's dashboard as rows of a report, each with its id.
    ///
    /// `trajectory` counts those that the programme's plan counts.
    package static func rows(of programme: Programme) -> [(id: String, row: ReportRow)] {
        let question = Question(asAt: programme.runs.from ?? CivilDate(day: 0))
        let planned = DashboardPlan(programme, question, FactTable())
        let counts = programme.trajectory?.counts ?? .started
        let followed = ReportRow(
            "Counted by the plan",
            Indicator(.count(.reached(counts)), over: .everyone),
            Show(form: .countPercent, rounding: .whole)
        )
        var seen: Set<String> = []
        return [("trajectory", followed)]
            + planned.figures.map { ($0.id, $0.row.row) }.filter { seen.insert($0.0).inserted }
    }

    /// The same as a table whose rows are called by their ids, since labels may be alike.
    package static func table(
        programme: Programme,
        table: FactTable,
        asAt: CivilDate,
        sheet: FigureSheet?
    ) -> ReportTable {
        let rows = rows(of: programme).map { id, row in
            var row = row
            row.row = id
            return row
        }
        return ReportTable.evaluate(
            programme: programme,
            table: table,
            request: ReportRequest(asAt: asAt),
            report: Report(title: programme.name, rows: rows),
            sheet: sheet
        ) { $0 }
    }
}
