import Directory
import Foundation
import Kernel

/// A guide as a file: JSON, or a folder of tables as CSV.
package enum GuideFile {
    /// Reads a JSON file, one table, or a folder of tables.
    ///
    /// - Throws: every fault, each with its file, line and column.
    package static func read(path: String, known: GuideKnown) throws(Faults) -> GuideBatch {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Faults(Fault(file: path, problem: "there is no such file or folder"))
        }
        if isFolder.boolValue {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
            return try read(tables: names.sorted().map { ($0, .file("\(path)/\($0)")) }, known)
        }
        if path.lowercased().hasSuffix(".csv") {
            let name = URL(fileURLWithPath: path).lastPathComponent
            return try read(tables: [(name, .file(path))], known)
        }
        let bytes: [UInt8]
        do {
            bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw Faults(Fault(file: path, problem: "the file cannot be read"))
        }
        return try read(json: bytes, file: path, known: known)
    }

    /// Reads JSON text.
    package static func read(
        json bytes: [UInt8],
        file: String? = nil,
        known: GuideKnown
    ) throws(Faults) -> GuideBatch {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw Faults(
                Fault(
                    file: file,
                    line: error.line,
                    column: error.column,
                    problem: "the file is not JSON: \(error.problem)",
                    expected: "services as JSON by Open Referral UK 3.0, or tables as CSV"
                )
            )
        }
        do {
            return try bringing(GuideBatch(value, known: known))
        } catch {
            let places = JSONPlaces(bytes)
            throw Faults(
                faults: error.faults.map { fault in
                    var fault = fault
                    fault.file = file
                    let place = fault.field.flatMap { places.place($0) }
                    fault.line = fault.line ?? place?.line
                    fault.column = fault.column ?? place?.column
                    return fault
                }
            )
        }
    }

    /// Reads tables by the names of their files.
    package static func read(
        tables: [(name: String, text: String)],
        known: GuideKnown
    ) throws(Faults) -> GuideBatch {
        try read(tables: tables.map { ($0.name, .bytes(Array($0.text.utf8))) }, known)
    }

    private enum Source {
        case file(String)
        case bytes([UInt8])
    }

    private static func read(
        tables: [(name: String, source: Source)],
        _ known: GuideKnown
    ) throws(Faults) -> GuideBatch {
        var rows = GuideRows()
        var faults: [Fault] = []
        for (name, source) in tables {
            guard let table = GuideRows.table(ofFile: name) else {
                guard name.lowercased().hasSuffix(".csv") else { continue }
                let names = GuideTable.all.map(\.file)
                let near = nearestSpelling(to: name, in: names)
                faults.append(
                    Fault(
                        file: name,
                        problem: "is no table of Open Referral UK",
                        expected: near ?? names.joined(separator: ", ")
                    )
                )
                // It may hold what the others point to.
                if let meant = near.flatMap({ GuideRows.table(ofFile: $0) }) {
                    rows.incomplete.insert(meant.name)
                }
                continue
            }
            if rows.rows[table.name] != nil {
                faults.append(Fault(file: name, problem: "is there twice, as \(table.file)"))
                rows.incomplete.insert(table.name)
                continue
            }
            let found = read(table, name, source)
            rows.rows[table.name] = found.rows
            if !found.faults.isEmpty { rows.incomplete.insert(table.name) }
            faults += found.faults
        }
        if rows.rows.isEmpty, faults.isEmpty {
            faults.append(
                Fault(problem: "there is no table", expected: "services.csv and organizations.csv")
            )
        }
        guard !rows.rows.isEmpty else { throw Faults(faults: faults) }
        let batch: GuideBatch
        do throws(Faults) {
            batch = try GuideBatch(rows, known: known)
        } catch {
            throw Faults(faults: faults + error.faults)
        }
        guard faults.isEmpty else { throw Faults(faults: faults) }
        return try bringing(batch, file: tables.count == 1 ? tables.first?.name : nil)
    }

    /// Refuses a guide of headings alone, or of empty lists: it is the wrong file, or half of one.
    private static func bringing(
        _ batch: GuideBatch,
        file: String? = nil
    ) throws(Faults) -> GuideBatch {
        let lists = [batch.services, batch.organisations, batch.taxonomies, batch.terms]
        guard lists.allSatisfy(\.isEmpty) else { return batch }
        throw Faults(
            Fault(
                file: file,
                problem: "there are no rows; nothing was imported",
                expected: "at least one service, organisation, taxonomy or term"
            )
        )
    }

    /// Every row of a table that can be read, and what is wrong with the others.
    private static func read(
        _ table: GuideTable,
        _ name: String,
        _ source: Source
    ) -> (rows: [GuideRows.Row], faults: [Fault]) {
        do throws(Faults) {
            switch source {
            case .file(let path): return read(try CSVFile(path: path), table)
            case .bytes(let bytes): return read(try CSVFile(bytes: bytes, file: name), table)
            }
        } catch {
            return ([], error.faults)
        }
    }

    /// Every row of a table, each with the way to its own place.
    private static func read(
        _ opened: CSVFile,
        _ table: GuideTable
    ) -> (rows: [GuideRows.Row], faults: [Fault]) {
        var file = opened
        file.refusesNamelessCells = true
        var rows: [GuideRows.Row] = []
        var faults: [Fault] = []
        while true {
            do throws(Faults) {
                guard try file.next() else { break }
            } catch {
                faults += error.faults
                continue
            }
            var cells: [String: String] = [:]
            var columns: [String: Int] = [:]
            for (index, name) in file.columns.enumerated() where !name.isEmpty {
                // Spaces in quotes belong to a text; elsewhere they mean nothing.
                let kind = table.field(name)?.kind
                let isText = kind == .text || kind == .rule
                cells[name] = unguarded(isText ? file.keptField(index) : file.field(index))
                columns[name] = file.column(index)
            }
            let (name, line, places) = (file.file, file.line, columns)
            rows.append(
                GuideRows.Row(cells: cells) { column, problem, expected in
                    Fault(
                        file: name,
                        line: line,
                        column: places[column] ?? 1,
                        field: column,
                        problem: places[column] == nil ? "\(problem) (no such column)" : problem,
                        expected: expected
                    )
                }
            )
        }
        return (rows, faults)
    }

    /// A cell without the apostrophe that keeps spreadsheets from running it as a formula.
    private static func unguarded(_ cell: String) -> String {
        guard cell.first == "'", let second = cell.unicodeScalars.dropFirst().first,
            "=+-@\t\r\n".unicodeScalars.contains(second)
        else { return cell }
        return String(cell.dropFirst())
    }

    /// The guide as JSON that can be read in again.
    package static func json(_ batch: GuideBatch) -> JSONObject {
        func list(_ records: [JSONObject]) -> JSONValue { .array(records.map { .object($0) }) }
        return [
            "organizations": list(batch.organisations), "services": list(batch.services),
            "taxonomies": list(batch.taxonomies), "taxonomy_terms": list(batch.terms),
        ]
    }

    /// The tables that have rows, as CSV by the names of their files.
    package static func tables(_ batch: GuideBatch) -> [(name: String, text: String)] {
        batch.tables().filter { !$0.rows.isEmpty }.map { table, rows in
            let lines = ([table.columns] + rows).map { CSVWriter.line($0, spreadsheetSafe: true) }
            return (table.file, lines.joined())
        }
    }
}
