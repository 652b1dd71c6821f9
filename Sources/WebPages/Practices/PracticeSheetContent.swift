import Application
import Charts
import HTML
import Kernel
import PrimaryCare

/// What stands on a practice's feedback sheet, as a page and as a document.
package struct PracticeSheetContent {
    package let sheet: PracticeSheet

    package init(_ sheet: PracticeSheet) { self.sheet = sheet }

    private var report: PracticeReport { sheet.report }

    private func text(_ count: PracticeCount) -> String {
        report.table.cell(count.place, practice: 0).text
    }

    private func number(_ count: PracticeCount) -> Int {
        report.table.cell(count.place, practice: 0).count ?? 0
    }

    package var title: String { "Work and health at \(sheet.name)" }

    /// The sentences that matter most, first.
    var summary: HTML {
        let month = report.months.days.indices.last ?? 0
        let share = report.percentText(month, practice: 0)
        let all = (sheet.others.last ?? nil).map { " All practices together: \(Int($0))%." } ?? ""
        return ul(.class("nhsuk-list nhsuk-list--bullet")) {
            li {
                strong { "\(share) of your patients aged 16 to 64" }
                " have had their employment status recorded in the last 12 months." + all
            }
            li {
                strong { "\(grouped(number(.sick4)))" }
                " have been off sick for 4 weeks or more, \(grouped(number(.sick20))) of them for 20 "
                "weeks or more. Most people who are off sick for more than 20 weeks go on to claim a "
                "benefit."
            }
            li {
                strong { "\(text(.baselineReferred))" }
                " of the \(grouped(number(.baseline))) who are out of work, or off sick for 4 weeks or "
                "more, were referred to support in the last 12 months."
            }
            if sheet.written.of > 0 {
                li {
                    strong { "\(sheet.written.count) of \(sheet.written.of)" }
                    " statuses that we sent back to you are in your records."
                }
            }
        }
    }

    /// Coverage month by month, the practice beside all practices.
    var chart: LineChart {
        let days = report.months.days
        var lines = [
            LineChart.Line(
                sheet.name,
                days.indices.map { report.months.percent($0, practice: 0).map { $0 / 100 } }
            )
        ]
        if sheet.others.contains(where: { $0 != nil }) {
            lines.append(LineChart.Line("All practices", sheet.others.map { $0.map { $0 / 100 } }))
        }
        return LineChart(
            title: "Employment status recorded in the last 12 months",
            says: "Share of patients aged 16 to 64, at the end of each month.",
            pointHeading: "Day",
            points: days.map { String($0.iso.prefix(7)) },
            lines: lines,
            form: .percent
        )
    }

    private func figures(_ counts: [PracticeCount], _ caption: String) -> ListTable {
        var table = ListTable(caption, ["What", "Patients"], hidesCaption: true)
        table.numeric = [1]
        for count in counts { table.add(HTML(count.label), HTML(text(count))) }
        return table
    }

    private func grid(_ part: PracticeReport.Part) -> ListTable {
        let grid = report.grid(part)
        var table = ListTable(grid.title, grid.headings, hidesCaption: true)
        table.numeric = Set(1..<max(grid.headings.count, 1))
        table.rows = grid.rows.map { $0.map { HTML($0) } }
        return table
    }

    /// Everything below the heading.
    package var content: HTML {
        div {
            p {
                "As at \(report.asAt.uk)."
                    + (sheet.extractOn.map { " Last extract: \($0.uk)." } ?? "")
            }
            summary
            chart.figure(id: "coverage", level: 2)
            h2 { "Employment status" }
            figures(PracticeReport.Part.coverage.counts, "Employment status").html
            h2 { "Off sick, by fit note" }
            figures(PracticeReport.Part.offSick.counts, "Off sick, by fit note").html
            if !report.notes.rows.isEmpty, report.notes.counts.contains(where: { $0 > 0 }) {
                h2 { "Fit notes of the last 12 months" }
                grid(.fitNotes).html
            }
            h2 { "Out of work or off sick, and referred" }
            figures(PracticeReport.Part.baseline.counts, "Out of work and referred").html
            h2 { "The 5Rs" }
            p { "Raise, recommend, refer, respond, record: what a practice can do about work." }
            figures(PracticeReport.Part.fiveRs.counts, "The 5Rs").html
            if report.table.unknown.contains(PracticeCount.responded.place) {
                p {
                    "No code in the code list says that a question about work was answered, so it is "
                    "not counted."
                }
            }
        }
    }

    /// The sheet as a document of its own, for paper and PDF.
    package var document: [UInt8] {
        HTMLDocument.make(title) {
            h1 { title }
            content
        }
    }
}
