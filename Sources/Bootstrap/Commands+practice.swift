import Application
import Foundation
import Kernel
import Measures
import PrimaryCare
import Store

/// An extract as it is asked for on the command line.
public struct ExtractOptions: Sendable {
    var files: [String]
    var day: String?
    var practice: String?
    var map: [String]
    var mapFile: String?
    var skipsFaulty: Bool
    var faultyFile: String?

    /// Takes the options as they were written.
    public init(
        files: [String],
        day: String?,
        practice: String?,
        map: [String],
        mapFile: String?,
        skipsFaulty: Bool,
        faultyFile: String?
    ) {
        self.files = files
        self.day = day
        self.practice = practice
        self.map = map
        self.mapFile = mapFile
        self.skipsFaulty = skipsFaulty
        self.faultyFile = faultyFile
    }
}

extension Commands {
    /// Imports practices' extracts.
    public static func importExtract(
        _ configuration: Configuration,
        _ options: ExtractOptions,
        _ terminal: Terminal
    ) async throws {
        for file in options.files { try CommandError.check(isThere: file) }
        let installation = try await Installation.open(configuration, creating: true)
        let results = try await importExtract(installation, options, terminal)
        try await installation.close()
        terminal.print(terminal.json ? json(results) : text(results))
    }

    static func importExtract(
        _ installation: Installation,
        _ options: ExtractOptions,
        _ terminal: Terminal
    ) async throws -> [ExtractResult] {
        let goodwork = installation.goodwork
        let list = try goodwork.practiceFiles.codes()
        let question = try question(options)
        let reading = try ExtractReading(question, list: list) { terminal.progress($0, $1, $2) }
        if reading.passedOver > 0 {
            terminal.say("Passed over: \(counted(reading.passedOver, "resource")) of other kinds.")
        }
        do {
            let imported = try await goodwork.importExtract(
                reading,
                day: question.day,
                list: list,
                skipping: options.skipsFaulty,
                by: installation.actor,
                seed: Installation.seed()
            ) { terminal.progress($0, $1, $2) }
            try listFaulty(imported.reading, options, terminal)
            if let several = PracticeReport.several(imported.onSeveralLists) {
                terminal.say(several)
            }
            return imported.results
        } catch let error as ServiceError where error.kind == .faults {
            throw CommandError(
                "\(counted(error.faults.count, "fault")) in the extract. Nothing was imported. "
                    + "Mend them, or leave the faulty rows out with --skip-faulty.",
                exit: .faults,
                code: "faults",
                faults: error.faults
            )
        }
    }

    /// Writes the rows that were left out: some show only once they are compared with what is known.
    private static func listFaulty(
        _ reading: ExtractReading,
        _ options: ExtractOptions,
        _ terminal: Terminal
    ) throws {
        if reading.faults.isEmpty { return }
        let path = options.faultyFile ?? "practice.faulty.csv"
        try reading.faultyFile.write(toFile: path, atomically: true, encoding: .utf8)
        terminal.say(
            "Left out: \(counted(reading.faultyRows.count, "faulty row")); "
                + "\(path) lists them with the reasons."
        )
    }

    private static func question(_ options: ExtractOptions) throws -> ExtractQuestion {
        var map = try ColumnMap(options.map)
        if let file = options.mapFile {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw CommandError.noFile(file)
            }
            let lines = text.split(whereSeparator: \.isNewline).map(String.init)
            map.fields.merge(try ColumnMap(lines, file: file).fields) { first, _ in first }
        }
        var practice: String?
        if let text = options.practice {
            guard let code = ODSCode(practice: text) else {
                throw CommandError(
                    "--practice \(text) is not an ODS code of a practice, such as P84001.",
                    exit: .usage
                )
            }
            practice = code.text
        }
        var day = Installation.now().civilDateUK
        if let text = options.day {
            guard let date = CivilDate(text: text), date <= day else {
                throw CommandError(
                    "--taken-on \(text) is not a date up to today: write YYYY-MM-DD.",
                    exit: .usage
                )
            }
            day = date
        }
        return ExtractQuestion(paths: options.files, map: map, practice: practice, day: day)
    }

    private static func text(_ results: [ExtractResult]) -> String {
        let rows = results.sorted { $0.practice < $1.practice }.map { result in
            [
                result.practice, grouped(result.patients), grouped(result.newPatients),
                grouped(result.entries), grouped(result.change.added),
                grouped(result.change.corrected), grouped(result.change.withdrawn),
                grouped(result.change.older), grouped(result.change.unchanged),
            ]
        }
        let headings = [
            "practice", "patients", "new", "entries", "added", "corrected", "withdrawn", "older",
            "unchanged",
        ]
        return Columns.aligned([headings] + rows) + "\nNext: goodwork practice report"
    }

    private static func json(_ results: [ExtractResult]) -> String {
        var writer = JSONWriter()
        writer.beginArray()
        for result in results.sorted(by: { $0.practice < $1.practice }) {
            writer.beginObject()
            writer.optional("practice", result.practice)
            writer.optional("patients", result.patients)
            writer.optional("new_patients", result.newPatients)
            writer.optional("entries", result.entries)
            writer.optional("added", result.change.added)
            writer.optional("corrected", result.change.corrected)
            writer.optional("withdrawn", result.change.withdrawn)
            writer.optional("older", result.change.older)
            writer.optional("unchanged", result.change.unchanged)
            writer.endObject()
        }
        writer.endArray()
        return writer.text
    }
}
