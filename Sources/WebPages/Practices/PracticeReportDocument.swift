import HTML
import Kernel
import PrimaryCare

/// The figures of practices as a document of its own.
package enum PracticeReportDocument {
    package static func html(
        _ report: PracticeReport,
        _ parts: [PracticeReport.Part]
    ) -> [UInt8] {
        let title = "Employment status in primary care"
        return HTMLDocument.make(title) {
            h1 { title }
            p { "As at \(report.asAt.uk)." }
            for part in parts {
                let grid = report.grid(part)
                h2 { grid.title }
                table(grid)
            }
            p { report.remarks.joined(separator: " ") }
        }
    }

    private static func table(_ grid: PracticeReport.Grid) -> HTML {
        var table = ListTable(grid.title, grid.headings, hidesCaption: true)
        table.numeric = Set(1..<max(grid.headings.count, 1))
        table.rows = grid.rows.map { $0.map { HTML($0) } }
        return table.html
    }
}

/// A document that stands alone, for paper and PDF.
enum HTMLDocument {
    static func make(_ title: String, @HTMLBuilder content: () -> HTML) -> [UInt8] {
        html(.lang("en")) {
            head {
                meta(Attribute("charset", "utf-8"))
                HTML(element: "title", [], HTML(title))
                meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
                HTML(element: "style", [], HTML.trusted(style))
            }
            body { main { content() } }
        }.document
    }

    private static let style: StaticString = """
        @page { size: A4; margin: 16mm; }
        body { color: #212b32; font: 11pt/1.4 Arial, sans-serif; margin: 0 auto; max-width: 46rem; }
        h1 { font-size: 20pt; margin: 0 0 8pt; }
        h2 { break-after: avoid; font-size: 14pt; margin: 16pt 0 4pt; }
        table { border-collapse: collapse; inline-size: 100%; margin-block-end: 8pt; }
        th, td { border-block-end: 1px solid #d8dde0; padding: 3pt 6pt 3pt 0; text-align: start; }
        th, td { vertical-align: top; }
        th[class*=numeric], td[class*=numeric] { text-align: end; }
        tr, svg { break-inside: avoid; }
        figure { margin: 8pt 0; }
        .nhsuk-u-visually-hidden, .nhsuk-table-responsive__heading { display: none; }
        .gw-chart__picture--narrow { display: none; }
        .gw-chart__picture--wide { inline-size: 100%; }
        details table { font-size: 9pt; }
        """
}
