import Kernel
import Measures

/// Reads a CSV file of `series,point,value` for run charts.
///
/// Other columns are passed over, so that what `goodwork spc --format csv` prints can be read again.
/// The points of a series stand in order of time; where all are days, months or whole numbers that is
/// checked.
package struct RunSeriesFile {
    private var file: CSVFile
    private var faults: [Fault] = []
    private var series: [RunSeries] = []
    private var places: [String: Int] = [:]
    /// The line of each point of each series.
    private var lines: [[String: Int]] = []

    /// Faults beyond this many are not looked for.
    private static let faultsMax = 1000

    /// The series of a file, in the order in which each comes first.
    ///
    /// - Throws: every fault, each with its line and column.
    package static func read(path: String) throws(Faults) -> [RunSeries] {
        try read(CSVFile(path: path))
    }

    /// The series of a text.
    package static func read(bytes: [UInt8], file: String) throws(Faults) -> [RunSeries] {
        try read(CSVFile(bytes: bytes, file: file))
    }

    private static func read(_ file: CSVFile) throws(Faults) -> [RunSeries] {
        var reader = RunSeriesFile(file: file)
        try reader.readRows()
        guard reader.faults.isEmpty else { throw Faults(faults: reader.faults) }
        return reader.series
    }

    private init(file: CSVFile) { self.file = file }

    private mutating func readRows() throws(Faults) {
        var columns: [Int] = []
        for name in ["series", "point", "value"] {
            if let column = file.columns.firstIndex(of: name) {
                columns.append(column)
                continue
            }
            let other = file.columns.filter { !["series", "point", "value"].contains($0) }
            let near = nearestSpelling(to: name, in: other)
            let problem = "there is no column \(name)" + (near.map { ", only \($0)" } ?? "")
            faults.append(
                Fault(file: file.file, line: 1, column: 1, problem: problem, expected: name)
            )
        }
        guard columns.count == 3 else { throw Faults(faults: faults) }
        while faults.count < RunSeriesFile.faultsMax {
            do throws(Faults) {
                guard try file.next() else { break }
            } catch {
                faults += error.faults
                continue
            }
            readRow(columns[0], columns[1], columns[2])
        }
        if series.isEmpty, faults.isEmpty {
            faults.append(
                Fault(file: file.file, line: 2, column: 1, problem: "there are no points")
            )
        }
    }

    private mutating func readRow(_ seriesColumn: Int, _ pointColumn: Int, _ valueColumn: Int) {
        let (name, point) = (file.field(seriesColumn), file.field(pointColumn))
        for (text, column) in [(name, seriesColumn), (point, pointColumn)] where text.isEmpty {
            faults.append(file.fault(field: column, problem: "it is blank", expected: "a name"))
        }
        let written = file.field(valueColumn)
        let value = RunSeriesFile.number(written)
        if value == nil {
            let problem = written.isEmpty ? "it is blank" : "“\(written)” is not a number"
            let expected = "a number such as 12 or 0.75"
            faults.append(file.fault(field: valueColumn, problem: problem, expected: expected))
        }
        guard !name.isEmpty, !point.isEmpty else { return }
        let place = place(of: name)
        if let line = lines[place][point] {
            let problem = "the series has the point \(point) already, on line \(line)"
            faults.append(file.fault(field: pointColumn, problem: problem))
            return
        }
        lines[place][point] = file.line
        if let last = series[place].points.last?.label, RunSeriesFile.isBefore(point, last) {
            let problem = "\(point) comes after \(last)"
            let expected = "points in order of time"
            faults.append(file.fault(field: pointColumn, problem: problem, expected: expected))
        }
        series[place].add(point, value ?? 0, written: written)
    }

    private mutating func place(of name: String) -> Int {
        if let place = places[name] { return place }
        places[name] = series.count
        series.append(RunSeries(name: name))
        lines.append([:])
        return series.count - 1
    }

    /// A plain decimal number; not the infinities and hexadecimals that Swift reads too.
    private static func number(_ text: String) -> Double? {
        let allowed = Array("0123456789.-+eE".utf8)
        guard text.utf8.allSatisfy(allowed.contains), let number = Double(text), number.isFinite
        else { return nil }
        return number
    }

    /// Whether both are days, months or whole numbers and the first is the lesser.
    private static func isBefore(_ one: String, _ other: String) -> Bool {
        if let one = Int(one), let other = Int(other) { return one < other }
        if let one = CivilDate(iso: one), let other = CivilDate(iso: other) { return one < other }
        if let one = CivilDate(iso: one + "-01"), let other = CivilDate(iso: other + "-01") {
            return one < other
        }
        return false
    }
}
