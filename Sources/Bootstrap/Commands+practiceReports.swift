import Application
import Foundation
import HTML
import Kernel
import Measures
import PrimaryCare
import WebPages

/// How practices' figures are printed.
public enum PracticeFormat: String, CaseIterable, Sendable {
    case text
    case csv
    case json
    case html
}

/// A report on practices as it is asked for on the command line.
public struct PracticeReportOptions: Sendable {
    var practice: String?
    var part: String?
    var asAt: String?
    var knownOn: String?
    var audience: String?
    var months: Int

    /// Takes the options as they were written.
    public init(
        practice: String?,
        part: String?,
        asAt: String?,
        knownOn: String?,
        audience: String?,
        months: Int
    ) {
        self.practice = practice
        self.part = part
        self.asAt = asAt
        self.knownOn = knownOn
        self.audience = audience
        self.months = months
    }
}

extension Commands {
    /// Prints the figures of practices.
    public static func practiceReport(
        _ configuration: Configuration,
        _ options: PracticeReportOptions,
        format: PracticeFormat,
        _ terminal: Terminal
    ) async throws {
        let parts = try parts(options.part)
        let question = PracticeQuestion(
            asAt: try day(options.asAt, "--as-at"),
            knownOn: try day(options.knownOn, "--known-on"),
            months: options.months
        )
        guard let audience = Audience(rawValue: options.audience ?? "operational") else {
            let known = Audience.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError("--audience is one of \(known).", exit: .usage)
        }
        let installation = try await Installation.open(configuration)
        let goodwork = installation.goodwork
        let report: PracticeReport
        if let practice = options.practice {
            try await needsExtract(of: practice, installation)
            let figures = try await goodwork.practiceFigures(
                practice,
                question,
                by: installation.actor
            )
            report = PracticeReport(figures)
        } else {
            report = try await goodwork.comparePractices(
                question,
                audience: audience,
                by: installation.actor
            )
        }
        try await installation.close()
        switch terminal.json ? .json : format {
        case .text: terminal.print(text(report, parts))
        case .json: terminal.print(String(decoding: report.json, as: UTF8.self))
        case .csv:
            terminal.stream(CSVWriter.line(PracticeReport.columns))
            let wanted = Set(parts.map(\.rawValue))
            for line in report.lines where wanted.contains(line[0]) {
                terminal.stream(CSVWriter.line(line))
            }
            terminal.flush()
        case .html:
            terminal.print(
                String(decoding: PracticeReportDocument.html(report, parts), as: UTF8.self)
            )
        }
    }

    private static func parts(_ text: String?) throws -> [PracticeReport.Part] {
        guard let text else { return PracticeReport.Part.allCases }
        guard let part = PracticeReport.Part(rawValue: text) else {
            let known = PracticeReport.Part.allCases.map(\.rawValue).joined(separator: ", ")
            throw CommandError("--part \(text) is not known: \(known).", exit: .usage)
        }
        return [part]
    }

    private static func day(_ text: String?, _ option: String) throws -> CivilDate? {
        guard let text else { return nil }
        guard let day = CivilDate(text: text) else {
            throw CommandError("\(option) \(text) is not a date: write YYYY-MM-DD.", exit: .usage)
        }
        return day
    }

    private static func text(_ report: PracticeReport, _ parts: [PracticeReport.Part]) -> String {
        guard !report.table.practices.isEmpty else {
            return "No practice has sent an extract yet. Import one: goodwork practice import FILE"
        }
        var blocks = ["Employment status in primary care, as at \(report.asAt.uk)"]
        for part in parts {
            let grid = report.grid(part)
            // Narrow enough for a terminal: rows become columns where there are few practices.
            let cells = [grid.headings] + grid.rows
            let isWide = part != .months && part != .fitNotes
            blocks.append(grid.title + "\n" + Columns.aligned(isWide ? turned(cells) : cells))
        }
        if !report.remarks.isEmpty { blocks.append(report.remarks.joined(separator: " ")) }
        return blocks.joined(separator: "\n\n")
    }

    private static func turned(_ cells: [[String]]) -> [[String]] {
        (cells.first ?? []).indices.map { column in cells.map { $0[column] } }
    }

    // MARK: - For one practice

    /// Prints or writes who might be offered support.
    public static func practiceWorklist(
        _ configuration: Configuration,
        practice: String,
        asAt: String?,
        format: PracticeFormat,
        reason: String?,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        try await needsExtract(of: practice, installation)
        let list = try await installation.goodwork.practiceWorklist(
            practice,
            on: try day(asAt, "--as-at"),
            by: installation.actor,
            reason: reason
        )
        try await installation.close()
        switch terminal.json ? .json : format {
        case .csv: terminal.print(list.csv)
        case .json:
            var writer = JSONWriter()
            writer.beginArray()
            for patient in list.patients {
                writer.beginObject()
                writer.optional("nhs_number", patient.nhsNumber)
                writer.optional("birth_date", patient.birth.iso)
                writer.optional("why", patient.why)
                writer.endObject()
            }
            writer.endArray()
            terminal.print(writer.text)
        case .text, .html:
            let rows = list.patients.map { [$0.nhsNumber, $0.birth.iso, $0.why] }
            let title = "\(list.name): \(counted(rows.count, "patient")) of \(practice)"
            terminal.print(title + "\n" + Columns.aligned([["nhs number", "born", "why"]] + rows))
        }
    }

    private enum SheetFormat: String, CaseIterable {
        case html, pdf
    }

    /// A table of nothing would hide a code that was mistyped.
    private static func needsExtract(
        of practice: String,
        _ installation: Installation
    ) async throws {
        let known = try await installation.goodwork.practicesWithExtract(by: installation.actor)
        if known.contains(practice) { return }
        throw CommandError("\(practice) has sent no extract yet.", exit: .notFound)
    }

    /// Writes a practice's feedback sheet.
    public static func practiceSheet(
        _ configuration: Configuration,
        practice: String,
        asAt: String?,
        to destination: Destination,
        _ terminal: Terminal
    ) async throws {
        let format = try destination.format(else: SheetFormat.html)
        let installation = try await Installation.open(configuration)
        let sheet = try await installation.goodwork.practiceSheet(
            practice,
            PracticeQuestion(asAt: try day(asAt, "--as-at"), months: 13),
            by: installation.actor
        )
        try await installation.close()
        guard sheet.hasExtract else {
            throw CommandError("\(practice) has sent no extract yet.", exit: .notFound)
        }
        let document = PracticeSheetContent(sheet).document
        guard let path = destination.path else {
            return terminal.print(String(decoding: document, as: UTF8.self))
        }
        let press = installation.goodwork.press
        let file = format == .pdf ? try await press.make(Press.Kind.sheet, of: document) : document
        try Destination.write(file, to: path)
        terminal.print("The sheet of \(sheet.name) is in \(path).")
    }

    /// What a practice can take in: rows, or FHIR.
    private enum ReturnFormat: String, CaseIterable {
        case csv, json
    }

    /// Writes what a practice is to write in its records, or says whether it did.
    ///
    /// - Parameter audits: whether to say what was written, rather than ask for more.
    public static func practiceReturn(
        _ configuration: Configuration,
        practice: String,
        audits: Bool,
        to destination: Destination,
        reason: String?,
        _ terminal: Terminal
    ) async throws {
        let format = try destination.format(else: terminal.json ? ReturnFormat.json : .csv)
        let installation = try await Installation.open(configuration)
        try await needsExtract(of: practice, installation)
        let goodwork = installation.goodwork
        let actor = installation.actor
        let made =
            audits
            ? try await goodwork.auditReturn(practice, by: actor, reason: reason)
            : try await goodwork.makeReturn(practice, by: actor, reason: reason)
        try await installation.close()
        let bytes = format == .json ? made.fhir : Array(made.csv.utf8)
        if let path = destination.path {
            try Destination.write(bytes, to: path)
            terminal.print("\(counted(made.entries.count, "entry", "entries")) written to \(path).")
        } else {
            terminal.print(String(decoding: bytes, as: UTF8.self))
        }
        if audits {
            let written = made.written
            terminal.say(
                "\(written.count) of \(written.of) entries that an extract could show are in the record."
            )
        }
    }
}

/// A number with what it counts, where its plural is not made with an s.
private func counted(_ number: Int, _ one: String, _ many: String) -> String {
    "\(grouped(number)) \(number == 1 ? one : many)"
}
