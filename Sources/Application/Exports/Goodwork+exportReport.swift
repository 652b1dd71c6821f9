import Kernel
import Measures
import SQL
import Spreadsheets

extension Goodwork {
    /// A report as a file.
    ///
    /// Unless it is for the case team, it is kept back as its audience asks and entered in the register.
    ///
    /// - Parameter purpose: what it is for; without words for it nothing is exported.
    package func exportReport(
        _ question: ReportQuestion,
        as format: ExportFormat,
        purpose: String,
        by actor: Actor
    ) async throws -> ExportedFile {
        try requirePurpose(purpose, of: actor, for: .exportReport)
        var question = question
        question.audience = question.audience ?? Audience.usual(for: actor)
        try await authorise(actor, .exportReport, on: question.programme, reason: purpose)
        let table =
            question.audience == .operational
            ? try await report(question, by: actor)
            : try await register(question, .export, purpose: purpose, by: actor)
        var name = "\(table.programme)-\(table.asAt.iso)"
        if let grouping = table.grouping { name += "-by-\(grouping.rawValue)" }
        let bytes =
            switch format {
            case .csv: Array(table.csv.utf8)
            case .json: table.json
            case .xlsx:
                try Workbook.bytes { book in
                    try book.write(table)
                    try book.writeAbout(about(table) + exported(purpose, at: now()))
                }
            case .parquet:
                try await press.make(Press.Kind.parquet, of: Array(table.typedCSV.utf8))
            }
        return ExportedFile(name: "\(name).\(format.rawValue)", format: format, bytes: bytes)
    }

    private func about(_ table: ReportTable) -> [(String, SheetValue)] {
        var about: [(String, SheetValue)] = [
            ("Report", .text(table.title)),
            ("Programme", .text(table.programmeName)),
            ("Version of its file", .whole(table.programmeVersion)),
            ("As at", .day(table.asAt)),
        ]
        if let grouping = table.grouping { about.append(("By", .text(grouping.heading))) }
        if let keptBack = table.keptBack {
            about.append(("For", .text(keptBack.audience.rawValue)))
            about += keptBack.sentences.map { ("Kept back", .text($0)) }
        }
        return about
    }

    /// The lines that say why and when something was exported.
    func exported(_ purpose: String, at now: Instant) -> [(String, SheetValue)] {
        [("Exported for", .text(purpose)), ("Exported at (UTC)", .moment(now))]
    }
}

extension ReportTable {
    private static let types = [
        "numerator": "number", "denominator": "integer", "lower": "number", "upper": "number",
    ]

    /// Its CSV with the type of each column in the first line.
    fileprivate var typedCSV: String {
        let end = csv.firstIndex(of: "\n") ?? csv.endIndex
        let head = csv[..<end].split(separator: ",").map { name in
            "\(name):\(Self.types[String(name)] ?? "text")"
        }
        return head.joined(separator: ",") + csv[end...]
    }
}

extension Workbook {
    /// A sheet of figures, a line for each row and group, and a sheet of what each row counts.
    fileprivate func write(_ table: ReportTable) throws {
        var columns = [
            SheetColumn("Row", width: 50), SheetColumn("Group", width: 22), SheetColumn("Figure"),
            SheetColumn("Numerator"), SheetColumn("Denominator"),
            SheetColumn("95% interval from"), SheetColumn("95% interval to"),
            SheetColumn("Left out", width: 40),
        ]
        if table.keptBack != nil { columns.append(SheetColumn("Kept back", width: 40)) }
        try begin("Figures", columns)
        for row in table.rows {
            try add(line(row, row.whole, "All", table.keptBack))
            for (group, cell) in zip(table.groups, row.cells) {
                try add(line(row, cell, group.label, table.keptBack))
            }
        }
        try begin(
            "Definitions",
            [SheetColumn("Row", width: 50), SheetColumn("What is counted", width: 90)]
        )
        for row in table.rows {
            let words = [row.definition, row.note].compactMap { $0 }.joined(separator: " ")
            try add([.text(row.label), .words(words)])
        }
    }

    private func line(
        _ row: ReportLine,
        _ cell: ReportCell,
        _ group: String,
        _ keptBack: KeptBack?
    ) -> [SheetValue] {
        let number = cell.numerator.map { ratio in
            ratio.whole.map(SheetValue.whole) ?? .number(ratio.double)
        }
        let interval = cell.interval
        return [
            .text(row.label), .text(group), .text(cell.shown), number ?? .blank,
            cell.denominator.map(SheetValue.whole) ?? .blank,
            interval.map { .share($0.lower) } ?? .blank,
            interval.map { .share($0.upper) } ?? .blank,
            .words(cell.leftOutText),
        ] + (keptBack.map { [cell.isHidden ? .text($0.reason) : .blank] } ?? [])
    }

    /// A sheet that says what the workbook is.
    func writeAbout(_ lines: [(String, SheetValue)]) throws {
        try begin("About", [SheetColumn("What", width: 24), SheetColumn("", width: 90)])
        for (name, value) in lines { try add([.text(name), value]) }
    }
}
