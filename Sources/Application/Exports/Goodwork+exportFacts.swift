import Casework
import Kernel
import Programmes
import SQL
import Spreadsheets
import Store

extension Goodwork {
    /// The facts of a programme as a file, a case a row, pseudonymised.
    ///
    /// - Parameter purpose: what it is for; without words for it nothing is exported.
    /// - Returns: the file, and how many cases it has.
    package func exportFacts(
        _ programme: String,
        as format: ExportFormat,
        purpose: String,
        by actor: Actor
    ) async throws -> (file: ExportedFile, cases: Int) {
        try requirePurpose(purpose, of: actor, for: .exportFacts)
        try await authorise(actor, .exportFacts, on: programme, reason: purpose)
        let rules = try await reportProgramme(programme)
        let columns = FactsExport.columns(for: rules)
        let (store, now) = (store, now())
        let about: [(String, SheetValue)] =
            [("Facts of", .text(rules.name)), ("Version of its file", .whole(rules.version))]
            + exported(purpose, at: now)
        let (bytes, cases) = try await store.database.read { transaction -> ([UInt8], Int) in
            var cases = 0
            func each(_ take: (Facts) throws -> Void) throws {
                try store.eachFactsRow(programme: programme, in: transaction) { row in
                    try take(try store.facts(row))
                    cases += 1
                }
            }
            switch format {
            case .csv, .parquet:
                let isCSV = format == .csv
                var text = CSVWriter.line(columns.map { isCSV ? $0.name : "\($0.name):\($0.type)" })
                try each { facts in
                    text += CSVWriter.line(
                        columns.map { $0.value(facts) },
                        spreadsheetSafe: isCSV
                    )
                }
                return (Array(text.utf8), cases)
            case .json:
                var writer = JSONWriter()
                writer.beginArray()
                try each { facts in writer.write(facts, columns) }
                writer.endArray()
                return (writer.bytes, cases)
            case .xlsx:
                let bytes = try Workbook.bytes { book in
                    try book.begin("Facts", columns.map { SheetColumn($0.name) })
                    try each { facts in try book.add(columns.map { $0.sheetValue(facts) }) }
                    try book.begin(
                        "Definitions",
                        [
                            SheetColumn("Column", width: 30), SheetColumn("Type"),
                            SheetColumn("What it holds", width: 90),
                        ]
                    )
                    for column in columns {
                        try book.add([.text(column.name), .text(column.type), .text(column.says)])
                    }
                    try book.writeAbout(about)
                }
                return (bytes, cases)
            }
        }
        let file = ExportedFile(
            name: "\(programme)-facts.\(format.rawValue)",
            format: format,
            bytes: format == .parquet ? try await press.make(Press.Kind.parquet, of: bytes) : bytes
        )
        return (file, cases)
    }
}

extension FactsExport.Column {
    /// What stands in the column, with its type.
    fileprivate func sheetValue(_ facts: Facts) -> SheetValue {
        let text = value(facts)
        switch type {
        case "date": return CivilDate(iso: text).map(SheetValue.day) ?? .words(text)
        case "integer": return Int(text).map(SheetValue.whole) ?? .words(text)
        case "instant": return Instant(iso: text).map(SheetValue.moment) ?? .words(text)
        default: return .words(text)
        }
    }
}

extension JSONWriter {
    /// A case as an object; what is blank is null.
    fileprivate mutating func write(_ facts: Facts, _ columns: [FactsExport.Column]) {
        beginObject()
        for column in columns {
            let text = column.value(facts)
            key(column.name)
            if text.isEmpty {
                null()
            } else if column.type == "integer", let number = Int(text) {
                int(number)
            } else {
                string(text)
            }
        }
        endObject()
    }
}
