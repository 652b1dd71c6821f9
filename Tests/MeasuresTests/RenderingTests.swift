import Casework
import Kernel
import Measures
import Programmes
import Testing

@Suite("Renderings")
struct RenderingTests {
    static let rows = """
        - {row: High, count: {intensity: high}, of: engaged, show: percent, printed: 96%}
        - {row: "Time, <in> weeks", mean: {weeks: {from: started, to: discharged}}, note: "By \\"us\\""}
        """

    static let all = [
        facts(1) {
            $0[.firstContact] = day("2015-01-05")
            $0[.intensity] = "high"
            $0[.gender] = "female"
        },
        facts(2) {
            $0[.firstContact] = day("2015-01-05")
            $0[.intensity] = "low"
            $0[.gender] = "<b>|x|</b>"
            $0[.started] = day("2015-01-05")
            $0[.discharged] = day("2015-01-15")
        },
    ]

    static func report(by grouping: Grouping? = nil) throws -> ReportTable {
        ReportTable.evaluate(
            programme: try programme(rows),
            table: table(all),
            request: ReportRequest(asAt: day("2015-01-31"), grouping: grouping)
        )
    }

    @Test("Text stands in columns, with verdicts, omissions and notes under it")
    func text() throws {
        #expect(
            try Self.report().text == """
                The board's table
                Example <programme> & more, version 3. As at 31 January 2015.

                Row                   Figure   Count   95% interval
                ---------------------------------------------------
                Everyone                   2
                High                     50%  1 of 2  9.5% to 90.5%
                Time, <in> weeks           1

                Beside what the paper printed
                  High: differs: the paper printed 96%, the cases give 50%
                  0 of 1 figures agree.

                Left out
                  Time, <in> weeks: 1 with no date for start of support

                Notes
                  Time, <in> weeks: By "us"

                """
        )
    }

    @Test("The page is a whole document around the table, in its own encoding and language")
    func page() throws {
        let report = try Self.report()
        let page = report.htmlPage
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en-GB\">\n"))
        #expect(page.contains("<meta charset=\"utf-8\">"))
        #expect(page.contains("<title>The board&#39;s table</title>"))
        #expect(page.contains("<main>\n\(report.html)</main>"))
    }

    @Test("What the paper printed stands beside the figures of its own day only")
    func printedOnItsDay() throws {
        let rows = "- {row: High, count: {intensity: high}, of: everyone, printed: 96%}"
        let text = try programme(rows).withReportDay(day("2015-01-31"))
        for (asAt, printed) in [("2015-01-31", "96%" as String?), ("2015-01-30", nil)] {
            let report = ReportTable.evaluate(
                programme: text,
                table: table(Self.all),
                request: ReportRequest(asAt: day(asAt))
            )
            #expect(report.rows.last?.printed == printed)
            #expect((report.rows.last?.verdict == nil) == (printed == nil))
        }
    }

    @Test("Text is at most 100 characters wide")
    func width() throws {
        let long = String(repeating: "A long label with words ", count: 9)
        let word = String(repeating: "unbroken", count: 20)
        let rows = """
            - {row: "\(long)", count: everyone, of: engaged, show: count-percent, printed: 1%}
            - {row: "\(word)", count: everyone, note: "\(long) \(word)"}
            """
        for grouping in [nil, Grouping.gender] {
            let report = ReportTable.evaluate(
                programme: try programme(rows),
                table: table([facts(1) { $0[.gender] = word }]),
                request: ReportRequest(asAt: day("2015-01-31"), grouping: grouping)
            )
            for line in report.text.split(separator: "\n") { #expect(line.count <= 100) }
            #expect(report.text.contains("unbrokenunbroken"))
        }
    }

    @Test("CSV begins with the columns of the expected tables")
    func csv() throws {
        #expect(
            try Self.report().csv == """
                row,numerator,denominator,shown,group,lower,upper,left_out,printed,verdict
                Everyone,2,,2,,,,,,
                High,1,2,50%,,0.0945,0.9055,,96%,"differs: the paper printed 96%, the cases give 50%"
                "Time, <in> weeks",1.4286,,1,,,,1 with no date for start of support,,

                """
        )
    }

    @Test("CSV has a line for each group")
    func groupedCSV() throws {
        #expect(
            try Self.report(by: .gender).csv == """
                row,numerator,denominator,shown,group,lower,upper,left_out,printed,verdict
                Everyone,2,,2,,,,,,
                Everyone,1,,1,<b>|x|</b>,,,,,
                Everyone,1,,1,female,,,,,
                High,1,2,50%,,0.0945,0.9055,,96%,"differs: the paper printed 96%, the cases give 50%"
                High,0,1,0%,<b>|x|</b>,0.0000,0.7935,,,
                High,1,1,100%,female,0.2065,1.0000,,,
                "Time, <in> weeks",1.4286,,1,,,,1 with no date for start of support,,
                "Time, <in> weeks",1.4286,,1,<b>|x|</b>,,,,,
                "Time, <in> weeks",,,–,female,,,1 with no date for start of support,,

                """
        )
    }

    @Test("JSON keeps its keys in order")
    func json() throws {
        var report = try Self.report(by: .gender)
        report.rows = Array(report.rows.suffix(1))
        report.groups = Array(report.groups.prefix(1))
        let expected = """
            {"title":"The board's table","programme":{"id":"example","version":3,
            "name":"Example <programme> & more"},"as_at":"2015-01-31","known_at":null,
            "grouping":"gender","groups":[{"key":"<b>|x|</b>","label":"<b>|x|</b>"}],
            "rows":[{"row":"Time, <in> weeks",
            "definition":"Mean weeks from start of support to discharge, over all cases.",
            "note":"By \\"us\\"","printed":null,"verdict":null,
            "whole":{"numerator":1.4285714285714286,"denominator":null,"shown":"1",
            "interval":null,"left_out":[{"reason":"with no date for start of support","count":1}]},
            "cells":[{"group":"<b>|x|</b>","numerator":1.4285714285714286,"denominator":null,
            "shown":"1","interval":null,"left_out":[]}]}]}
            """
        let text = String(decoding: report.json, as: UTF8.self)
        #expect(text == expected.split(separator: "\n").joined())
    }

    @Test("Markdown takes nothing for markup")
    func markdown() throws {
        #expect(
            try Self.report(by: .gender).markdown == """
                # The board's table

                Example &lt;programme> &amp; more, version 3. As at 31 January 2015. By gender.

                | Row | All | &lt;b>\\|x\\|&lt;/b> | Female |
                | --- | ---: | ---: | ---: |
                | Everyone | 2 | 1 | 1 |
                | High | 50% | 0% | 100% |
                | Time, &lt;in> weeks | 1 | 1 | – |

                """
        )
    }

    @Test("HTML has a caption, scopes, and nothing unescaped")
    func html() throws {
        #expect(
            try Self.report(by: .gender).html == """
                <table>
                <caption>The board&#39;s table. Example &lt;programme&gt; &amp; more, version 3. As at \
                31 January 2015. By gender.</caption>
                <thead>
                <tr><th scope="col">Row</th><th scope="col">All</th>\
                <th scope="col">&lt;b&gt;|x|&lt;/b&gt;</th><th scope="col">Female</th></tr>
                </thead>
                <tbody>
                <tr><th scope="row">Everyone</th><td>2</td><td>1</td><td>1</td></tr>
                <tr><th scope="row">High</th><td>50%</td><td>0%</td><td>100%</td></tr>
                <tr><th scope="row">Time, &lt;in&gt; weeks</th><td>1</td><td>1</td><td>–</td></tr>
                </tbody>
                </table>

                """
        )
        let whole = try Self.report().html
        #expect(whole.contains("<td>Mean weeks from start of support to discharge, over all "))
        #expect(whole.contains("By &quot;us&quot;</td>"))
    }

    @Test("The same cases in another order give the same bytes")
    func stable() throws {
        for grouping in [nil] + Grouping.allCases.map(Optional.init) {
            let all = GroupingTests.cases(seed: 31)
            let one = try GroupingTests.report(all, by: grouping)
            let other = try GroupingTests.report(all.reversed(), by: grouping)
            #expect(one == other)
            #expect(one.json == other.json)
            #expect(one.text == other.text)
        }
    }
}

extension Programme {
    fileprivate func withReportDay(_ day: CivilDate) -> Programme {
        var copy = self
        copy.report?.asAt = day
        return copy
    }
}
