import Foundation
import HTML
import Kernel
import Testing

@testable import Charts

/// What stands in a chart's SVG, and that it is that of its table.
@Suite struct ChartTests {
    static let names = ChartExamples.fixed.map(\.name)

    private static func chart(_ name: String) throws -> any Chart {
        try #require(ChartExamples.fixed.first { $0.name == name }?.chart)
    }

    /// Pictures that were looked at; `GOODWORK_GOLDEN=write` writes them anew.
    @Test(arguments: names, Frame.allCases)
    func `the picture is as it was looked at`(name: String, frame: Frame) throws {
        let svg =
            try Self.chart(name).svg(id: name, in: frame).text
            .replacing("><", with: ">\n<") + "\n"
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "golden/\(name)-\(frame.rawValue).svg")
        if ProcessInfo.processInfo.environment["GOODWORK_GOLDEN"] == "write" {
            try svg.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(svg == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test(arguments: names, Frame.allCases)
    func `every figure of the table is in the picture's text`(name: String, frame: Frame) throws {
        let chart = try Self.chart(name)
        let text = Self.said(chart.svg(id: "x", in: frame))
        for row in chart.table.rows {
            for cell in row {
                for number in Self.numbers(cell) {
                    #expect(text.contains(number), "\(name): \(number) of \(row)")
                }
            }
        }
    }

    @Test func `charts at random say the figures of their tables too`() {
        var random = RandomGenerator(seed: 7)
        for _ in 0..<100 {
            let chart = ChartExamples.random(&random)
            let text = Self.said(chart.svg(id: "x", in: .narrow))
            for cell in chart.table.rows.flatMap({ $0 }) {
                for number in Self.numbers(cell) {
                    #expect(text.contains(number), "\(number) of \(chart.table)")
                }
            }
        }
    }

    @Test func `what does not follow from the stage before is no share of it`() {
        let flow = StageFlow(
            title: "Flow",
            stages: [
                .init("Referred", 100), .init("Discharged", 40),
                .init("In work", 10, follows: false),
            ]
        )
        #expect(flow.table.rows.map { $0[2] } == ["100%", "40%", "10%"])
        #expect(flow.table.rows.map { $0[3] } == ["", "40%", ""])
    }

    @Test(arguments: names)
    func `a picture is named, described and without inline style`(name: String) throws {
        let chart = try Self.chart(name)
        let figure = chart.figure(id: "f").text
        #expect(figure.components(separatedBy: "<svg ").count == 3)
        #expect(figure.contains("role=\"img\" aria-labelledby=\"f-wide-title f-wide-desc\""))
        #expect(figure.contains("<title id=\"f-narrow-title\">\(chart.title)</title>"))
        #expect(figure.contains("<desc id=\"f-narrow-desc\">"))
        #expect(figure.contains("<table"))
        #expect(!figure.contains("style="))
        #expect(!figure.contains("<script"))
        let ids = figure.matches(of: /\ id="([^"]*)"/).map { String($0.output.1) }
        #expect(Set(ids).count == ids.count)
    }

    @Test func `names are escaped`() {
        let chart = BarChart(
            title: "A <b> & c",
            says: "x < y",
            rowHeading: "R",
            valueHeading: "V",
            bars: [.init("<script>", 1, shown: "1")]
        )
        #expect(!chart.figure(id: "f").text.contains("<script>"))
        #expect(!chart.figure(id: "f").text.contains("<b>"))
    }

    @Test func `too few to say has no bar`() {
        let drawing = ChartExamples.bars.drawn(in: .wide)
        let bars = drawing.marks.filter { if case .bar = $0.shape { true } else { false } }
        #expect(bars.count == 2)
        #expect(ChartExamples.bars.table.rows[2] == ["Mixed", "too few to say"])
    }

    @Test func `the assumption that matters most comes first`() {
        #expect(ChartExamples.tornado.assumptions.map(\.name) == ["Deadweight", "Unit cost"])
        #expect(ChartExamples.tornado.says.contains("from £60,000 to £150,000"))
    }

    @Test func `small multiples share one table and have ids of their own`() {
        let many = SmallMultiples(title: "All", charts: [ChartExamples.run, ChartExamples.lines])
        let figure = many.figure(id: "m").text
        #expect(figure.components(separatedBy: "<table").count == 2)
        #expect(figure.contains("id=\"m-2-narrow-title\""))
        #expect(many.table.rows.count == 28)
        #expect(many.table.rows.allSatisfy { $0.count >= many.table.headings.count })
    }

    @Test(arguments: [
        (NumberForm.count, 12_345.0, "12,345"), (.percent, 0.125, "12.5%"), (.percent, 1, "100%"),
        (.pounds, -1234.4, "−£1234"), (.pounds, 1_310_012, "£1,310,012"),
        (.decimals(1), 2.25, "2.3"),
    ])
    func `figures in words`(form: NumberForm, number: Double, text: String) {
        #expect(form.text(number) == text)
    }

    /// The texts of markup: titles, descriptions and labels, without their marks.
    private static func said(_ html: HTML) -> String {
        html.text.replacing(/<[^>]*>/, with: " ")
    }

    /// The numbers of a text, as they stand there.
    private static func numbers(_ text: String) -> [String] {
        text.matches(of: /[0-9][0-9,.]*%?/).map { String($0.output) }
    }
}
