import Foundation
import Spreadsheets

/// The kind of a file that leaves.
package enum ExportFormat: String, Sendable, CaseIterable {
    case csv
    case json
    case xlsx
    case parquet

    package var mediaType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .json: "application/json"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .parquet: "application/vnd.apache.parquet"
        }
    }

    /// What it is called on pages.
    package var words: String {
        switch self {
        case .csv: "CSV, for any program"
        case .json: "JSON, for programmers"
        case .xlsx: "Excel workbook, with definitions"
        case .parquet: "Parquet, for analysts' programs"
        }
    }
}

/// A file that leaves.
package struct ExportedFile: Sendable {
    package var name: String
    package var format: ExportFormat
    package var bytes: [UInt8]
}

extension Workbook {
    /// The bytes of a workbook, which is written to a temporary file on the way.
    static func bytes(_ fill: (Workbook) throws -> Void) throws -> [UInt8] {
        let folder = try PrivateFolder()
        defer { folder.remove() }
        let file = folder.file("book.xlsx")
        let book = try Workbook(path: file.path)
        try fill(book)
        try book.close()
        return Array(try Data(contentsOf: file))
    }
}
