import Application
import Kernel
import Measures
import TestSupport
import Testing

/// What is read for run charts, and every fault of what cannot be read.
@Suite struct RunSeriesFileTests {
    @Test func `series are read in order, other columns are passed over`() throws {
        let text = "point,note,series,value\n2025-01,x,b,1.50\n1,y,a,-2\n2025-02,z,b,3\n"
        let series = try RunSeriesFile.read(bytes: Array(text.utf8), file: "a.csv")
        #expect(series.map(\.name) == ["b", "a"])
        #expect(series[0].points == [.init("2025-01", 1.5), .init("2025-02", 3)])
        #expect(series[0].written == ["1.50", "3"])
    }

    @Test func `what is printed can be read again`() throws {
        let path = Fixtures.root + "/fixtures/spc/xmr.csv"
        let series = try RunSeriesFile.read(path: path)
        let printed = RunReport(series, .init()).csv
        #expect(try RunSeriesFile.read(bytes: Array(printed.utf8), file: "b.csv") == series)
    }

    static let bad: [(text: String, faults: [String])] = [
        (
            "series,points,value\na,1,2\n",
            ["a.csv:1:1: there is no column point, only points; expected point"]
        ),
        ("", ["a.csv: the file is empty; expected headings"]),
        ("series,point,value\n", ["a.csv:2:1: there are no points"]),
        (
            "series,point,value\na,1,two\n,2,3\na,,\na,3,nan\na,4,1e999\n",
            [
                "a.csv:2:5: value: “two” is not a number; expected a number such as 12 or 0.75",
                "a.csv:3:1: series: it is blank; expected a name",
                "a.csv:4:3: point: it is blank; expected a name",
                "a.csv:4:4: value: it is blank; expected a number such as 12 or 0.75",
                "a.csv:5:5: value: “nan” is not a number; expected a number such as 12 or 0.75",
                "a.csv:6:5: value: “1e999” is not a number; expected a number such as 12 or 0.75",
            ]
        ),
        (
            "series,point,value\na,2,1\na,1,1\nb,1,1\na,2,1\nb,1,1,1\n",
            [
                "a.csv:3:3: point: 1 comes after 2; expected points in order of time",
                "a.csv:5:3: point: the series has the point 2 already, on line 2",
                "a.csv:6:1: the row has 4 fields; expected 3, as in the headings",
            ]
        ),
        (
            "series,point,value\nc,2025-03-31,1\nc,2025-03-30,1\nd,2025-10,1\nd,2025-09,1\n",
            [
                "a.csv:3:3: point: 2025-03-30 comes after 2025-03-31; expected points in order of time",
                "a.csv:5:3: point: 2025-09 comes after 2025-10; expected points in order of time",
            ]
        ),
    ]

    @Test(arguments: bad)
    func `every fault has its place`(text: String, faults: [String]) {
        do throws(Faults) {
            _ = try RunSeriesFile.read(bytes: Array(text.utf8), file: "a.csv")
            Issue.record("nothing was found wrong")
        } catch {
            #expect(error.faults.map(\.description) == faults)
        }
    }
}
