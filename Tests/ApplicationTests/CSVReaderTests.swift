import Application
import Foundation
import Kernel
import Testing

/// The rows and the faults of a CSV text, in order.
private func read(_ bytes: [UInt8]) throws(Faults) -> (rows: [[String]], faults: [Fault]) {
    var file = try CSVFile(bytes: bytes)
    var rows: [[String]] = []
    var faults: [Fault] = []
    while true {
        do throws(Faults) {
            guard try file.next() else { return (rows, faults) }
            rows.append((0..<file.count).map { file.field($0) })
        } catch {
            faults += error.faults
        }
    }
}

/// The rows and the faults of a CSV text.
private func read(_ text: String) throws(Faults) -> (rows: [[String]], faults: [Fault]) {
    try read(Array(text.utf8))
}

@Suite("Reading CSV")
struct CSVReaderTests {
    @Test(
        "Lines may end with LF, CRLF or CR, the last with none, and blank lines are skipped",
        arguments: ["\n", "\r\n", "\r"]
    )
    func lineEnds(end: String) throws {
        let lines = ["", " a , b", "", "1,2", "  ", "3,", "", ",4"].joined(separator: end)
        for text in [lines, lines + end, "\u{FEFF}" + lines] {
            var file = try CSVFile(bytes: Array(text.utf8))
            #expect(file.columns == ["a", "b"])
            var seen: [String] = []
            while try file.next() { seen.append("\(file.line): \(file.field(0))|\(file.field(1))") }
            #expect(seen == ["4: 1|2", "6: 3|", "8: |4"])
            #expect(try !file.next())
            #expect(file.count == 0 && file.field(0).isEmpty)
        }
    }

    @Test("Rows with nothing in them are passed over, however many commas they have")
    func blankRows() throws {
        let (rows, faults) = try read(",,\na,b\n,\n1,2\n , \n,,,\n\"\",\"\"\n3,\n,\n")
        #expect(rows == [["1", "2"], ["3", ""]])
        #expect(faults.isEmpty)
    }

    @Test("Something under a blank heading is a fault where every column must be known")
    func blankHeadings() throws {
        let text = "a,,b,\n1,,2,\n3,,4,x\n,,,\n5, ,6,\n"
        var file = try CSVFile(bytes: Array(text.utf8), file: "f.csv")
        var rows = 0
        var open = file
        while try open.next() { rows += 1 }
        #expect(rows == 3)
        file.refusesNamelessCells = true
        #expect(try file.next())
        var told: [String] = []
        do throws(Faults) {
            _ = try file.next()
        } catch {
            told = error.faults.map(\.description)
        }
        #expect(
            told == [
                "f.csv:3:6: the heading is blank; expected a heading for this column, or nothing in it"
            ]
        )
        #expect(try file.next())
        #expect(file.field(0) == "5")
        #expect(try !file.next())
    }

    @Test(
        "Fields are read plain or in quotes, and trimmed of spaces",
        arguments: [
            ("x", "x", "x"), ("  x y  ", "x y", "  x y  "), ("\"x\"", "x", "x"),
            ("\" x \"", "x", " x "), (" \"x\" ", "x", "x"), ("\"\"", "", ""),
            ("\"a,b\"", "a,b", "a,b"), ("\"a\nb\"", "a\nb", "a\nb"),
            ("\"say \"\"hi\"\"\"", "say \"hi\"", "say \"hi\""), ("\"\"\"\"", "\"", "\""),
            ("\" \"\"\"", "\"", " \""), ("5\" pipe", "5\" pipe", "5\" pipe"),
            ("é £ 😀", "é £ 😀", "é £ 😀"),
        ]
    )
    func fields(raw: String, trimmed: String, exact: String) throws {
        var file = try CSVFile(bytes: Array("a,b,c\r\n1,\(raw),2\r\n".utf8))
        #expect(try file.next())
        #expect(file.count == 3)
        #expect(file.field(1) == trimmed)
        #expect(file.exactField(1) == exact)
        #expect(file.field(2) == "2")
        #expect(file.rowText == "1,\(raw),2")
    }

    @Test("A row that cannot be read is a fault, and no other row is lost")
    func faults() throws {
        let text = """
            id,name
            1,"open
            2,"x"y
            3,too,many
            4
            5,"ok"
            6,"never closed
            7,last
            """
        let (rows, faults) = try read(text)
        #expect(rows == [["5", "ok"], ["7", "last"]])
        #expect(
            faults.map { "\($0)" } == [
                // The quote of line 2 closes at that of line 3.
                "3:4: there is text after a closing quote; "
                    + "expected a comma, or quotes doubled within a quoted field",
                "3:6: there is text after a closing quote; "
                    + "expected a comma, or quotes doubled within a quoted field",
                "4:1: the row has 3 fields; expected 2, as in the headings",
                "5:1: the row has 1 field; expected 2, as in the headings",
                "7:3: the quote that opens here is never closed",
            ]
        )
    }

    @Test("A row that is not UTF-8 is a fault that says how to save the file")
    func notUTF8() throws {
        let bytes = Array("a,b\n1,".utf8) + [0xE9] + Array("\n2,é\n".utf8)
        let (rows, faults) = try read(bytes)
        #expect(rows == [["2", "é"]])
        #expect(faults.map(\.line) == [2])
        #expect(faults.allSatisfy { $0.expected?.contains("CSV UTF-8") == true })
    }

    @Test("A zero byte far into the file is a fault of its row")
    func zeroByte() throws {
        let rows = String(repeating: "1,2\n", count: 2_000)
        let bytes = Array("a,b\n\(rows)x,".utf8) + [0] + Array("\n3,4\n".utf8)
        let result = try read(bytes)
        #expect(result.rows.count == 2_001)
        #expect(result.faults.map(\.line) == [2_002])
    }

    @Test(
        "A file that is no CSV gives one fault",
        arguments: [
            ([0xFF, 0xFE, 0x61, 0x00], "UTF-16"), ([0xFE, 0xFF, 0x00, 0x61], "UTF-16"),
            ([0x61, 0x00, 0x2C, 0x00], "not text"), ([0x50, 0x4B, 0x03, 0x04, 1], "spreadsheet"),
            ([0xE9, 0x2C, 0x62, 0x0A], "not UTF-8"),
        ] as [([UInt8], String)]
    )
    func notCSV(bytes: [UInt8], words: String) {
        let error = #expect(throws: Faults.self) { try CSVFile(bytes: bytes) }
        #expect(error?.faults.count == 1)
        #expect(error?.faults.first?.problem.contains(words) == true)
        #expect(error?.faults.first?.expected?.contains("\"CSV UTF-8\"") == true)
    }

    @Test(
        "Headings that cannot be used are refused",
        arguments: [
            ("", "the file is empty"), ("\n\n", "the file is empty"), ("\u{FEFF}", "is empty"),
            ("a;b;c\n1;2;3", "no commas"), ("a\tb\n", "no commas"), ("a,b, a\n", "comes twice"),
            ("a,\"b\n", "never closed"),
        ]
    )
    func badHeadings(text: String, words: String) {
        let error = #expect(throws: Faults.self) { try CSVFile(bytes: Array(text.utf8)) }
        #expect(error?.faults.count == 1)
        #expect(error?.faults.first?.problem.contains(words) == true)
    }

    @Test("Lines and columns are those where a field begins, in characters, past newlines")
    func places() throws {
        let text = "a,b,c\n\"é\r\nü\", \"x\",£y\nlast,1,2\n"
        var file = try CSVFile(bytes: Array(text.utf8), file: "f.csv")
        #expect(try file.next())
        #expect(file.line == 2)
        #expect((0..<3).map { file.line(ofField: $0) } == [2, 3, 3])
        #expect((0..<3).map { file.column($0) } == [1, 5, 9])
        #expect("\(file.fault(field: 2, problem: "bad"))" == "f.csv:3:9: c: bad")
        #expect(try file.next())
        #expect(file.line == 4)
        #expect((0..<3).map { file.column($0) } == [1, 6, 8])
    }

    @Test("A caller can go back to any row by its offset and line")
    func seek() throws {
        let text = "\u{FEFF}a,b\r\n1,\"x\r\ny\"\r\n\r\n2,z\r\n3,w"
        var file = try CSVFile(bytes: Array(text.utf8))
        var places: [(offset: Int, line: Int, row: String)] = []
        while try file.next() { places.append((file.rowOffset, file.line, file.rowText)) }
        #expect(places.map(\.line) == [2, 5, 6])
        for place in places.reversed() {
            file.seek(to: place.offset, line: place.line)
            #expect(try file.next())
            #expect(file.rowText == place.row)
            #expect(file.line == place.line)
        }
        file.seek(to: .max, line: 9)
        #expect(try !file.next())
        file.seek(to: -1, line: 1)
        #expect(try file.next())
        #expect(file.rowText == "a,b")
    }

    @Test("A copy of the reader reads on by itself")
    func copy() throws {
        var file = try CSVFile(bytes: Array("a\n1\n2\n".utf8))
        #expect(try file.next())
        var copy = file
        #expect(try copy.next())
        #expect(file.field(0) == "1")
        #expect(copy.field(0) == "2")
    }

    @Test("A file is read from disk, and one that cannot be is a fault")
    func disk() throws {
        let folder = FileManager.default.temporaryDirectory
        let path = folder.appendingPathComponent("goodwork-csv-\(getpid()).csv").path
        defer { unlink(path) }
        for (text, rows) in [("a,b\n1,2\n", 1), ("a,b", 0)] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            var file = try CSVFile(path: path)
            var count = 0
            while try file.next() { count += 1 }
            #expect(count == rows)
            #expect(file.size == text.utf8.count)
        }
        try Data().write(to: URL(fileURLWithPath: path))
        for bad in [path, folder.path, path + ".none"] {
            let error = #expect(throws: Faults.self) { try CSVFile(path: bad) }
            #expect(error?.faults.first?.file == bad)
        }
    }
}

@Suite("Writing CSV")
struct CSVWriterTests {
    @Test(
        "Fields are put in quotes only where they need them",
        arguments: [
            (["a", "b c", ""], "a,b c,"), (["a,b", "c"], "\"a,b\",c"),
            ([" a", "b "], "\" a\",\"b \""),
            (["say \"hi\""], "\"say \"\"hi\"\"\""), (["a\nb", "c\rd"], "\"a\nb\",\"c\rd\""),
            ([""], "\"\""), (["", ""], ","), ([], ""), (["=1+1", "-5"], "=1+1,-5"),
        ] as [([String], String)]
    )
    func quotes(fields: [String], line: String) {
        #expect(CSVWriter.line(fields) == line + "\r\n")
    }

    @Test(
        "A field that a spreadsheet might run gets an apostrophe, unless it is a number",
        arguments: [
            ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("+x", "'+x"), ("-x", "'-x"),
            ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("-5", "-5"), ("+44", "+44"), ("-5.25", "-5.25"),
            ("-", "'-"), ("-5.", "'-5."), ("-5-5", "'-5-5"), ("--5", "'--5"), ("a=b", "a=b"),
            ("=a,b", "\"'=a,b\""), ("-1.2.3", "'-1.2.3"),
        ]
    )
    func spreadsheetSafe(field: String, written: String) {
        #expect(CSVWriter.line([field, "x"], spreadsheetSafe: true) == written + ",x\r\n")
    }
}

@Suite("CSV under random input")
struct CSVFuzzTests {
    /// A random field of characters that matter to CSV.
    private func field(_ random: inout RandomGenerator) -> String {
        let parts = ["a", "bc ", " ", ",", "\"", "\n", "\r", "\r\n", "é", "😀", "=", "'", ";", "12"]
        return (0..<random.below(7)).map { _ in random.pick(parts) ?? "" }.joined()
    }

    @Test("Rows that were written read back the same", arguments: [1, 2, 3] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var random = RandomGenerator(seed: seed)
        for round in 0..<300 {
            let width = random.below(6) + 1
            let rows = (0..<random.below(12)).map { _ in (0..<width).map { _ in field(&random) } }
            let headings = CSVWriter.line((0..<width).map { "column \($0)" })
            let text = headings + rows.map { CSVWriter.line($0) }.joined()
            var file = try CSVFile(bytes: Array(text.utf8))
            // A row with nothing in it is passed over, unless it is one of a single column.
            let told = rows.filter { row in
                width == 1 || !row.allSatisfy { $0.utf8.allSatisfy { $0 == UInt8(ascii: " ") } }
            }
            var back: [[String]] = []
            while try file.next() { back.append((0..<file.count).map { file.exactField($0) }) }
            #expect(
                back.map { $0.map { Array($0.utf8) } } == told.map { $0.map { Array($0.utf8) } },
                "seed \(seed), round \(round)"
            )
        }
    }

    @Test(
        "Random and mutated bytes never stop the reader, and every row or fault moves it on",
        arguments: [10, 11, 12, 13] as [UInt64]
    )
    func mutations(seed: UInt64) {
        var random = RandomGenerator(seed: seed)
        let alphabet = Array("a1 ,,,\"\"\r\n\n;'=é".utf8) + [0xFF, 0xC3, 0xA9, 0x80]
        for round in 0..<2_000 {
            var bytes = Array("h,i\n".utf8)
            for _ in 0..<random.below(60) { bytes.append(random.pick(alphabet) ?? 0) }
            for _ in 0..<random.below(3) {
                bytes[random.below(bytes.count)] = UInt8(random.below(256))
            }
            guard var file = try? CSVFile(bytes: bytes) else { continue }
            var offset = -1
            var line = 0
            var steps = 0
            while steps <= bytes.count + 1 {
                steps += 1
                do throws(Faults) {
                    guard try file.next() else { break }
                    let sound = file.count == file.columns.count && !file.rowText.isEmpty
                    #expect(sound, "seed \(seed), round \(round)")
                    for index in 0..<file.count {
                        _ = file.field(index)
                        _ = file.exactField(index)
                        let inside =
                            file.column(index) >= 1 && file.line(ofField: index) >= file.line
                        #expect(inside, "seed \(seed), round \(round)")
                    }
                } catch {
                    #expect(error.faults.count == 1, "seed \(seed), round \(round)")
                }
                #expect(file.rowOffset > offset && file.line > line, "seed \(seed), round \(round)")
                offset = file.rowOffset
                line = file.line
            }
            #expect(steps <= bytes.count + 1, "seed \(seed), round \(round)")
        }
    }
}
