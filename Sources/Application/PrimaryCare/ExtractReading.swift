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
    /// Where each patient was first told of, for faults that show only at the end.
    var places: [(file: String, line: Int)] = []
    package internal(set) var rows = 0

    package typealias Progress = @Sendable (_ phase: String, _ done: Double, _ rows: Int) -> Void

    /// An extract that is made here and has no faults.
    init(_ extract: Extract) {
        self.extract = extract
        rows = extract.rows
        places = extract.patients.map { _ in ("", 0) }
    }

    /// Reads the files of an extract.
    ///
    /// - Throws: faults for which a file cannot be read at all.
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
    }

    private mutating func readCSV(
        _ path: String,
        _ question: ExtractQuestion,
        _ list: CodeList,
        _ progress: Progress
    ) throws {
        var file = try CSVFile(path: path)
        let places = try question.map.places(of: file)
        let columns = places.enumerated().compactMap { place, field in field.map { (place, $0) } }
        var reader = RowReader(list: list, day: question.day.day)
        while true {
            do {
                guard try file.next() else { break }
            } catch {
                faults += error.faults
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
                if let fault = add(row, question, path, file.line) { wrong.append(fault) }
            }
            guard !wrong.isEmpty else { continue }
            faultyRows.append((path, file.line, file.rowText))
            for fault in wrong {
                let place = places.firstIndex(of: fault.field)
                faults.append(
                    place.map {
                        file.fault(field: $0, problem: fault.problem, expected: fault.expected)
                    }
                        ?? Fault(
                            file: path,
                            line: file.line,
                            field: fault.field.rawValue,
                            problem: fault.problem,
                            expected: fault.expected
                        )
                )
            }
        }
    }

    /// Adds a row; what is wrong with it beside the rows before.
    mutating func add(
        _ row: ExtractRow,
        _ question: ExtractQuestion,
        _ file: String,
        _ line: Int
    ) -> FieldFault? {
        guard let practice = row.practice ?? question.practice else {
            return FieldFault(.practice, "is blank", ExtractField.practice.says + ", or --practice")
        }
        let before = extract.patients.count
        let fault = extract.add(row, practice: practice)
        if extract.patients.count > before { places.append((file, line)) }
        return fault
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
