import Kernel
import PrimaryCare

/// What an extract is asked to be read by.
package struct ExtractQuestion: Sendable {
    package var paths: [String]
    package var map: ColumnMap
    /// The practice of rows that name none.
    package var practice: String?
    /// The day that the extract describes.
    package var day: CivilDate

    package init(
        paths: [String],
        map: ColumnMap = ColumnMap(),
        practice: String? = nil,
        day: CivilDate
    ) {
        self.paths = paths
        self.map = map
        self.practice = practice
        self.day = day
    }
}

/// An extract as it was read: what is sound of it, and every fault.
package struct ExtractReading: Sendable {
    package internal(set) var extract = Extract()
    package internal(set) var faults: [Fault] = []
    /// Rows that are at fault: the file, the line and the row.
    package internal(set) var faultyRows: [(file: String, line: Int, text: String)] = []
    /// Resources of a bundle that are neither patients nor entries.
    package internal(set) var passedOver = 0
    /// Where each row of the extract stands, for faults that show only at the end.
    var places: [RowPlace] = []
    var sources: [Source] = []
    package internal(set) var rows = 0

    package typealias Progress = @Sendable (_ phase: String, _ done: Double, _ rows: Int) -> Void

    struct RowPlace: Sendable {
        /// The place in `sources`.
        var source: Int32
        var line: Int32
    }

    /// A file that was read; of CSV, before its first row and with the field of each column.
    struct Source: Sendable {
        var path: String
        var file: CSVFile?
        var fields: [ExtractField?] = []
    }

    /// An extract that is made here and has no faults.
    init(_ extract: Extract) {
        self.extract = extract
        rows = extract.rows
        places = [RowPlace](repeating: RowPlace(source: 0, line: 0), count: extract.rows)
        sources = [Source(path: "")]
    }

    /// Reads the files of an extract.
    ///
    /// - Throws: faults for which a file cannot be read at all, or if no file has a row.
    package init(
        _ question: ExtractQuestion,
        list: CodeList,
        progress: Progress = { _, _, _ in }
    ) throws {
        var fhir = FHIRExtract(list: list, day: question.day.day)
        for path in question.paths {
            if path.hasSuffix(".json") || path.hasSuffix(".ndjson") {
                try readFHIR(path, into: &fhir, progress)
            } else {
                try readCSV(path, question, list, progress)
            }
        }
        take(&fhir, question)
        if rows == 0, faults.isEmpty {
            let none = question.paths.map { path in
                let expected = "a row for each registered patient"
                return Fault(file: path, problem: "there are no rows", expected: expected)
            }
            let says = "The extract has no rows. Nothing was imported."
            throw ServiceError(.faults, says, faults: none)
        }
    }

    private mutating func readCSV(
        _ path: String,
        _ question: ExtractQuestion,
        _ list: CodeList,
        _ progress: Progress
    ) throws {
        var file = try CSVFile(path: path)
        file.refusesNamelessCells = true
        let fields = try question.map.places(of: file)
        let columns = fields.enumerated().compactMap { place, field in field.map { (place, $0) } }
        let source = sources.count
        sources.append(Source(path: path, file: file, fields: fields))
        var reader = RowReader(list: list, day: question.day.day)
        while true {
            do {
                guard try file.next() else { break }
            } catch {
                faults += error.faults
                faultyRows.append((path, error.faults.first?.line ?? file.line, ""))
                continue
            }
            rows += 1
            if rows % 65_536 == 0 {
                progress("reading", Double(file.rowOffset) / Double(max(file.size, 1)), rows)
            }
            reader.clear()
            for (place, field) in columns {
                file.withBytes(ofField: place) { bytes in
                    if !bytes.isEmpty { reader.take(field, bytes) }
                }
            }
            let row = reader.finish()
            var wrong = reader.faults
            if let row {
                if let fault = add(row, question, source, file.line) { wrong.append(fault) }
            }
            if !wrong.isEmpty { note(wrong, of: file, path, fields) }
        }
    }

    /// Notes what is wrong with the row that a file is at.
    private mutating func note(
        _ wrong: [FieldFault],
        of file: CSVFile,
        _ path: String,
        _ fields: [ExtractField?]
    ) {
        faultyRows.append((path, file.line, file.rowText))
        for fault in wrong {
            guard let field = fields.firstIndex(of: fault.field) else {
                faults.append(Self.fault(fault, path, file.line))
                continue
            }
            faults.append(
                file.fault(field: field, problem: fault.problem, expected: fault.expected)
            )
        }
    }

    private static func fault(_ fault: FieldFault, _ path: String, _ line: Int) -> Fault {
        Fault(
            file: path,
            line: line,
            field: fault.field.rawValue,
            problem: fault.problem,
            expected: fault.expected
        )
    }

    /// Adds a row; what is wrong with it beside the rows before.
    mutating func add(
        _ row: ExtractRow,
        _ question: ExtractQuestion,
        _ source: Int,
        _ line: Int
    ) -> FieldFault? {
        guard let practice = row.practice ?? question.practice else {
            return FieldFault(.practice, "is blank", ExtractField.practice.says + ", or --practice")
        }
        places.append(RowPlace(source: Int32(source), line: Int32(line)))
        guard var fault = extract.add(row, practice: practice) else { return nil }
        if let earlier = fault.earlierRow {
            // Either of the two may be wrong.
            let place = places[earlier]
            fault.problem += " (\(sources[Int(place.source)].path):\(place.line))"
        }
        return fault
    }

    /// Leaves out rows that were taken for sound when they were read.
    mutating func leaveOut(_ rows: [(row: Int, fault: FieldFault)]) {
        let bySource = Dictionary(grouping: rows) { Int(places[$0.row].source) }
        for (place, rows) in bySource.sorted(by: { $0.key < $1.key }) {
            let source = sources[place]
            if let file = source.file {
                let wrong = Dictionary(grouping: rows) { Int(places[$0.row].line) }
                leaveOut(wrong.mapValues { $0.map { $0.fault } }, of: source, file)
                continue
            }
            for one in rows {
                let line = Int(places[one.row].line)
                faults.append(Self.fault(one.fault, source.path, line))
                faultyRows.append((source.path, line, ""))
            }
        }
    }

    /// Reads a file again, up to the last of the lines that are at fault.
    private mutating func leaveOut(
        _ wrong: [Int: [FieldFault]],
        of source: Source,
        _ start: CSVFile
    ) {
        var file = start
        var missing = wrong.count
        while missing > 0 {
            do {
                guard try file.next() else { return }
            } catch {
                continue
            }
            guard let faults = wrong[file.line] else { continue }
            missing -= 1
            note(faults, of: file, source.path, source.fields)
        }
    }

    /// The faults as a CSV file, each with the row that is left out for it.
    package var faultyFile: String {
        let rowOf = Dictionary(
            faultyRows.map { ("\($0.file):\($0.line)", $0.text) },
            uniquingKeysWith: { first, _ in first }
        )
        var text = CSVWriter.line(
            ["file", "line", "column", "field", "problem", "expected", "row"]
        )
        for fault in faults {
            let line = fault.line.map { String($0) } ?? ""
            text += CSVWriter.line(
                [
                    fault.file ?? "", line, fault.column.map { String($0) } ?? "",
                    fault.field ?? "", fault.problem, fault.expected ?? "",
                    rowOf["\(fault.file ?? ""):\(line)"] ?? "",
                ],
                spreadsheetSafe: true
            )
        }
        return text
    }
}
