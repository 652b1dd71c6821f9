import Application
import Foundation
import Kernel

/// Writes a client list of any length: the fixture's, again and again.
///
/// Every copy has references, NHS numbers and birth dates of its own and lies some weeks later, within
/// the programme's dates.
enum ClientList {
    static let programme = "fit-for-work-in-work"
    static let fixture = "fixtures/\(programme)"
    /// Copies lie up to so many weeks after the fixture.
    static let weeksMax = 52

    static func make(_ options: BenchOptions) throws -> Figures {
        let referrals = try Table(path: "\(fixture)/referrals.csv")
        let activities = try Table(path: "\(fixture)/activities.csv")
        let activitiesOf = Dictionary(grouping: activities.rows) { $0["case_ref"] ?? "" }
        let folder = options.path("list")
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        let cases = try LineWriter(path: "\(folder)/referrals.csv")
        let besides = try LineWriter(path: "\(folder)/activities.csv")
        try cases.write(CSVWriter.line(referrals.columns))
        try besides.write(CSVWriter.line(activities.columns))
        var nextNumber = 400_000_000
        for place in 0..<options.casesToImport {
            let (copy, row) = place.quotientAndRemainder(dividingBy: referrals.rows.count)
            let source = referrals.rows[row]
            var number: NHSNumber?
            while number == nil {
                number = NHSNumber(nineDigits: String(nextNumber))
                nextNumber += 1
            }
            var line = shifted(source, copy: copy)
            line["nhs_number"] = number?.digits
            try cases.write(CSVWriter.line(referrals.columns.map { line[$0] ?? "" }))
            for activity in activitiesOf[source["case_ref"] ?? ""] ?? [] {
                let line = shifted(activity, copy: copy)
                try besides.write(CSVWriter.line(activities.columns.map { line[$0] ?? "" }))
            }
        }
        try cases.close()
        try besides.close()
        return Figures()
    }

    private static func shifted(_ row: [String: String], copy: Int) -> [String: String] {
        var row = row
        let days = 7 * (copy % (weeksMax + 1))
        for (name, text) in row {
            if name == "case_ref" { row[name] = "\(text)-\(copy)" }
            guard let date = CivilDate(iso: text) else { continue }
            row[name] = date.adding(days: name == "birth_date" ? -copy : days).iso
        }
        return row
    }
}

/// A CSV file held whole, its rows by the names of the columns.
private struct Table {
    let columns: [String]
    private(set) var rows: [[String: String]] = []

    init(path: String) throws {
        var file = try CSVFile(path: path)
        columns = file.columns
        while try file.next() {
            let cells = columns.indices.map { (columns[$0], file.field($0)) }
            rows.append(Dictionary(uniqueKeysWithValues: cells))
        }
    }
}

/// Writes lines to a file, many at a time.
final class LineWriter {
    private let file: FileHandle
    private var pending = Data()

    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw BenchError("\(path) cannot be written") }
        self.file = file
    }

    func write(_ line: String) throws {
        pending.append(contentsOf: line.utf8)
        if pending.count >= 1 << 20 { try flush() }
    }

    func close() throws {
        try flush()
        try file.close()
    }

    private func flush() throws {
        try file.write(contentsOf: pending)
        pending.removeAll(keepingCapacity: true)
    }
}
