import Application
import Foundation
import Kernel

/// A client list in memory, to be changed cell by cell and written to a folder.
package struct ClientList: Sendable {
    /// The files by name, each as rows of cells with the headings first.
    package var files: [String: [[String]]]

    package init(files: [String: [[String]]] = [:]) {
        self.files = files
    }

    /// The list of a fixture.
    package init(fixture id: String) throws {
        files = [:]
        for name in ["referrals", "onward", "jobs", "activities"] {
            let path = "\(Fixtures.list(id))/\(name).csv"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            files[name + ".csv"] = try Self.table(path)
        }
    }

    /// The rows of a CSV file, the headings first.
    package static func table(_ path: String) throws -> [[String]] {
        var file = try CSVFile(path: path)
        var rows = [file.columns]
        while try file.next() { rows.append((0..<file.count).map { file.field($0) }) }
        return rows
    }

    /// How many rows a file has, without its headings.
    package func count(_ file: String = "referrals.csv") -> Int {
        max(0, (files[file]?.count ?? 0) - 1)
    }

    /// The cell of a row, counted from 1 below the headings; such a column is added when missing.
    package subscript(_ file: String, _ row: Int, _ column: String) -> String {
        get {
            guard let rows = files[file], rows.indices.contains(row),
                let place = rows[0].firstIndex(of: column)
            else { return "" }
            return rows[row][place]
        }
        set {
            guard var rows = files[file], rows.indices.contains(row) else { return }
            if !rows[0].contains(column) {
                for index in rows.indices { rows[index].append(index == 0 ? column : "") }
            }
            if let place = rows[0].firstIndex(of: column) { rows[row][place] = newValue }
            files[file] = rows
        }
    }

    /// The cell of a row of referrals.csv.
    package subscript(_ row: Int, _ column: String) -> String {
        get { self["referrals.csv", row, column] }
        set { self["referrals.csv", row, column] = newValue }
    }

    /// Adds a row from the columns named; the other cells are blank.
    package mutating func add(_ file: String, _ cells: [String: String]) {
        let rows = files[file] ?? [cells.keys.sorted()]
        files[file] = rows + [rows[0].map { cells[$0] ?? "" }]
    }

    /// Takes a column out of referrals.csv.
    package mutating func remove(_ column: String) {
        guard let rows = files["referrals.csv"], let place = rows[0].firstIndex(of: column) else {
            return
        }
        files["referrals.csv"] = rows.map { row in
            row.enumerated().filter { $0.offset != place }.map(\.element)
        }
    }

    /// The rows of referrals.csv with these numbers alone, and their rows of the other files.
    package func only(_ rows: [Int]) -> ClientList {
        var list = self
        let all = files["referrals.csv"] ?? []
        list.files["referrals.csv"] = [all[0]] + rows.map { all[$0] }
        let kept = Set(rows.map { self[$0, "case_ref"] })
        for (name, side) in files where name != "referrals.csv" {
            guard let place = side[0].firstIndex(of: "case_ref") else { continue }
            list.files[name] = [side[0]] + side.dropFirst().filter { kept.contains($0[place]) }
        }
        return list
    }

    /// The list with its columns in another order.
    package func shufflingColumns(_ random: inout RandomGenerator) -> ClientList {
        ClientList(
            files: files.mapValues { rows in
                let order = rows[0].indices.shuffled(using: &random)
                return rows.map { row in order.map { row[$0] } }
            }
        )
    }

    /// The list with the rows of each file in another order.
    package func shufflingRows(_ random: inout RandomGenerator) -> ClientList {
        ClientList(files: files.mapValues { [$0[0]] + $0.dropFirst().shuffled(using: &random) })
    }

    /// How a list is written down.
    package struct Style: Sendable {
        package var lineEnd = "\n"
        package var hasByteOrderMark = false
        /// Whether every cell stands in quotes.
        package var isQuoted = false

        package init(lineEnd: String = "\n", hasByteOrderMark: Bool = false, isQuoted: Bool = false)
        {
            self.lineEnd = lineEnd
            self.hasByteOrderMark = hasByteOrderMark
            self.isQuoted = isQuoted
        }
    }

    /// The text of a file.
    package func text(_ file: String, _ style: Style = Style()) -> String {
        let lines = (files[file] ?? []).map { row in
            let line =
                style.isQuoted
                ? row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
                : String(CSVWriter.line(row).dropLast())
            return line + style.lineEnd
        }
        return (style.hasByteOrderMark ? "\u{FEFF}" : "") + lines.joined()
    }

    /// Writes the files into a folder.
    package func write(to folder: String, _ style: Style = Style()) throws {
        for name in files.keys {
            try Data(text(name, style).utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
    }
}
