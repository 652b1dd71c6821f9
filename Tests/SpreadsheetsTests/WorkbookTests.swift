import Foundation
import Kernel
import Spreadsheets
import TestPrograms
import Testing

/// Workbooks are read back by a program that others wrote.
@Suite struct WorkbookTests {
    @Test("Dates are dates, numbers are numbers, and words are never formulas")
    func types() async throws {
        let cells = try await Self.readBack { book in
            try book.begin(
                "Facts",
                [SheetColumn("day"), SheetColumn("number"), SheetColumn("words")]
            )
            try book.add([
                .day(try #require(CivilDate(iso: "2015-01-31"))), .whole(689), .text("x"),
            ])
            try book.add([.blank, .number(7.5), .text("=1+1")])
            try book.add([.moment(Instant(milliseconds: 1_400_000_000_000)), .share(0.765), .blank])
            try book.begin("Definitions", [SheetColumn("column")])
            try book.add([.text("@SUM(A1) <b> & “quoted”")])
            try book.add([.text("+44 161 496 0000")])
            try book.add([.text("https://example.org")])
        }
        #expect(
            cells == [
                "Facts A1 s day", "Facts B1 s number", "Facts C1 s words",
                "Facts A2 d 2015-01-31T00:00:00", "Facts B2 n 689", "Facts C2 s x",
                "Facts B3 n 7.5", "Facts C3 s =1+1",
                "Facts A4 d 2014-05-13T16:53:20", "Facts B4 n 0.765",
                "Definitions A1 s column", "Definitions A2 s @SUM(A1) <b> & “quoted”",
                "Definitions A3 s +44 161 496 0000", "Definitions A4 s https://example.org",
            ]
        )
    }

    @Test("What a workbook cannot hold is said, not cut")
    func limits() async throws {
        await #expect(throws: SheetError.self) {
            try await Self.readBack { book in
                try book.begin("Facts", [SheetColumn("words")])
                try book.add([.text(String(repeating: "a", count: 32_768))])
            }
        }
        await #expect(throws: SheetError.self) {
            try await Self.readBack { book in try book.begin("a/b", []) }
        }
    }

    /// Writes a workbook and reads it with openpyxl: sheet, cell, type, value.
    static func readBack(_ fill: (Workbook) throws -> Void) async throws -> [String] {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("\(UUID().uuidString).xlsx")
        defer { try? FileManager.default.removeItem(at: file) }
        let book = try Workbook(path: file.path)
        try fill(book)
        try book.close()
        return try await TestProgram.python("-c", script, file.path)
            .split(separator: "\n").map(String.init)
    }

    private static let script = """
        import sys, openpyxl
        for sheet in openpyxl.load_workbook(sys.argv[1]):
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is None: continue
                    value = cell.value.isoformat() if cell.is_date else cell.value
                    print(sheet.title, cell.coordinate, cell.data_type, value)
        """
}
