import CXLSXWriter
import Kernel

/// A workbook (Office Open XML, ECMA-376) that is written row by row to a file.
///
/// It holds one row in memory at a time, whatever its length. Use it from one thread, and close it.
package final class Workbook {
    private let book: UnsafeMutablePointer<lxw_workbook>
    private let bold: UnsafeMutablePointer<lxw_format>?
    private let share: UnsafeMutablePointer<lxw_format>?
    private let day: UnsafeMutablePointer<lxw_format>?
    private let moment: UnsafeMutablePointer<lxw_format>?
    private var sheet: UnsafeMutablePointer<lxw_worksheet>?
    private var row: UInt32 = 0
    private var isClosed = false

    /// The most rows that a sheet can have, its heading included.
    package static let rowsMax = 1_048_576
    /// The most characters of UTF-16 that a cell can have.
    package static let charactersMax = 32_767

    /// Begins a workbook.
    ///
    /// - Parameter path: a file that is made, or written over.
    package init(path: String) throws(SheetError) {
        var options = lxw_workbook_options()
        options.constant_memory = 1
        guard let book = workbook_new_opt(path, &options) else {
            throw SheetError(description: "\(path) cannot be written")
        }
        self.book = book
        func format(_ number: String?) -> UnsafeMutablePointer<lxw_format>? {
            let format = workbook_add_format(book)
            if let number { format_set_num_format(format, number) } else { format_set_bold(format) }
            return format
        }
        bold = format(nil)
        share = format("0.0%")
        day = format("yyyy-mm-dd")
        moment = format("yyyy-mm-dd hh:mm:ss")
    }

    deinit { if !isClosed { _ = workbook_close(book) } }

    /// Begins a sheet with a row of headings that stays in sight.
    package func begin(_ name: String, _ columns: [SheetColumn]) throws(SheetError) {
        guard let sheet = workbook_add_worksheet(book, name) else {
            throw SheetError(description: "a sheet cannot be named \(name)")
        }
        self.sheet = sheet
        row = 0
        for (place, column) in columns.enumerated() {
            let column16 = UInt16(place)
            try check(
                worksheet_set_column(sheet, column16, column16, Double(column.width), nil)
            )
            try check(worksheet_write_string(sheet, 0, column16, column.heading, bold))
        }
        worksheet_freeze_panes(sheet, 1, 0)
        row = 1
    }

    /// Adds a row to the sheet that was begun last.
    package func add(_ values: [SheetValue]) throws(SheetError) {
        guard let sheet else { throw SheetError(description: "no sheet was begun") }
        guard Int(row) < Self.rowsMax else {
            throw SheetError(
                description: "a sheet has at most \(Self.rowsMax) rows: export as CSV"
            )
        }
        for (place, value) in values.enumerated() {
            try write(value, sheet, UInt16(place))
        }
        row += 1
    }

    private func write(
        _ value: SheetValue,
        _ sheet: UnsafeMutablePointer<lxw_worksheet>,
        _ column: UInt16
    ) throws(SheetError) {
        switch value {
        case .blank: break
        case .text(let text):
            guard text.utf16.count <= Self.charactersMax else {
                throw SheetError(
                    description: "a cell has at most \(Self.charactersMax) characters: "
                        + "export as CSV"
                )
            }
            try check(worksheet_write_string(sheet, row, column, text, nil))
        case .whole(let number):
            try check(worksheet_write_number(sheet, row, column, Double(number), nil))
        case .number(let number):
            try check(worksheet_write_number(sheet, row, column, number, nil))
        case .share(let number):
            try check(worksheet_write_number(sheet, row, column, number, share))
        case .day(let date):
            var when = Self.midnight(date)
            try check(worksheet_write_datetime(sheet, row, column, &when, day))
        case .moment(let instant):
            let date = instant.civilDateUTC
            let rest = instant.milliseconds - Instant(midnightUTC: date).milliseconds
            var when = Self.midnight(date)
            when.hour = Int32(rest / 3_600_000)
            when.min = Int32(rest / 60_000 % 60)
            when.sec = Double(rest % 60_000) / 1000
            try check(worksheet_write_datetime(sheet, row, column, &when, moment))
        }
    }

    private static func midnight(_ date: CivilDate) -> lxw_datetime {
        var when = lxw_datetime()
        when.year = Int32(date.year)
        when.month = Int32(date.month)
        when.day = Int32(date.dayOfMonth)
        return when
    }

    /// Writes what is left; afterwards the file is whole.
    package func close() throws(SheetError) {
        isClosed = true
        try check(workbook_close(book))
    }

    private func check(_ error: lxw_error) throws(SheetError) {
        guard error != LXW_NO_ERROR else { return }
        throw SheetError(
            description: "the workbook cannot be written: " + String(cString: lxw_strerror(error))
        )
    }
}
