import Kernel

/// What stands in a cell of a spreadsheet, with its type.
package enum SheetValue: Sendable, Hashable {
    case blank
    /// Words. They stay words whatever they begin with: nothing here is ever taken for a formula.
    case text(String)
    case whole(Int)
    case number(Double)
    /// A share from 0 to 1, shown as a percentage.
    case share(Double)
    case day(CivilDate)
    /// A moment, in UTC.
    case moment(Instant)

    /// Words, or blank where there are none.
    package static func words(_ text: String?) -> SheetValue {
        text.map { $0.isEmpty ? .blank : .text($0) } ?? .blank
    }

    /// A day, or blank where there is none.
    package static func day(_ day: CivilDate?) -> SheetValue { day.map(SheetValue.day) ?? .blank }
}

/// A column of a sheet.
package struct SheetColumn: Sendable, Hashable {
    package var heading: String
    /// In characters.
    package var width: Int

    package init(_ heading: String, width: Int = 14) {
        self.heading = heading
        self.width = width
    }
}

/// Why a workbook could not be written.
package struct SheetError: Error, Sendable, CustomStringConvertible {
    package let description: String
}
