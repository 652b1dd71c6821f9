import Kernel
import Programmes

/// Lengths of time between two date columns of a table.
struct SpanScale {
    let span: Span
    /// The least and greatest length that there can be.
    let least: Int
    let most: Int
    /// For working days: those up to each cell, the first entry being for `firstCell`.
    let workingDays: [Int32]
    let firstCell: Int

    init(_ span: Span, in table: FactTable, calendar: WorkingDayCalendar) {
        self.span = span
        let from = table.dates[span.from.place]
        let to = table.dates[span.to.place]
        guard from.lowest <= from.highest, to.lowest <= to.highest else {
            (least, most, workingDays, firstCell) = (0, 0, [], 0)
            return
        }
        guard span.inWorkingDays else {
            least = Int(to.lowest) - Int(from.highest)
            most = Int(to.highest) - Int(from.lowest)
            (workingDays, firstCell) = ([], 0)
            return
        }
        let first = min(from.lowest, to.lowest)
        let origin = CivilDate(day: DateColumn.day(first))
        let counts = (first...max(from.highest, to.highest)).map { cell in
            Int32(
                clamping: calendar.workingDays(
                    from: origin,
                    to: CivilDate(day: DateColumn.day(cell))
                )
            )
        }
        func count(_ cell: Int16) -> Int { Int(counts[Int(cell) - Int(first)]) }
        least = count(to.lowest) - count(from.highest)
        most = count(to.highest) - count(from.lowest)
        workingDays = counts
        firstCell = Int(first)
    }

    /// How many lengths there can be.
    var width: Int { most - least + 1 }
}
