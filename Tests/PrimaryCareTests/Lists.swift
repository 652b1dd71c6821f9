import Foundation
import Kernel
import PrimaryCare
import Testing

/// The shipped code list and rule, and short ways to write entries.
enum Lists {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .resolvingSymlinksInPath()

    static func text(_ name: String) -> String {
        // In the small package of pure rooms this file is a link: the tests' folder is the root's.
        let here = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        let main = here.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = main.appendingPathComponent("programmes/primary-care/\(name)").path
        return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    /// The first three columns have no commas within.
    static let codes = CodeList(
        text("codes.csv").split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: ",", maxSplits: 3).map(String.init)
            guard fields.count == 4, let code = RecordCode(fields[0]),
                let meaning = CodeMeaning(fields[2])
            else { return nil }
            return CodeList.Line(code: code, system: fields[1], meaning: meaning, name: fields[3])
        }
    )

    static func rule() throws -> WorklistRule {
        try WorklistRule(json: Array(text("worklist.json").utf8))
    }

    static func code(_ text: String) -> RecordCode { RecordCode(text) ?? .none }

    static let employed = code("224363007")
    static let unemployed = code("73438004")
    static let notFit = code("751481000000104")
    static let mayBeFit = code("751601000000107")

    static func day(_ iso: String) -> Int32 { CivilDate(iso: iso)?.day ?? 0 }

    static func status(_ code: RecordCode, _ on: String, id: UInt64 = 0) -> RecordEntry {
        var entry = RecordEntry(code: code, on: day(on))
        entry.id = id
        return entry
    }

    static func note(
        _ from: String,
        _ to: String,
        issued: String? = nil,
        kind: RecordCode = notFit,
        reason: String = ""
    ) -> RecordEntry {
        var entry = RecordEntry(code: kind, on: day(issued ?? from))
        entry.from = day(from)
        entry.to = day(to)
        entry.reason = code(reason)
        return entry
    }

    /// A practice of patients aged 40 or so, each with a history.
    static func records(
        _ histories: [[RecordEntry]],
        birth: String = "1985-06-15",
        dissent: Bool = false,
        left: Int32? = nil,
        cases: [PracticeRecords.PatientCase] = []
    ) -> PracticeRecords {
        var records = PracticeRecords(practices: ["P84001"], list: codes)
        for entries in histories {
            let history = PatientHistory(
                entries.map { entry in
                    var entry = entry
                    if entry.told == RecordEntry.noDay { entry.told = entry.on }
                    return entry
                }
            )
            let isRead = history.encoded.withUnsafeBytes { bytes in
                records.add(
                    practice: 0,
                    birthMonth: PracticeRecords.months(of: day(birth)),
                    registered: nil,
                    left: left,
                    dissent: dissent,
                    history: bytes,
                    cases: cases
                )
            }
            #expect(isRead)
        }
        return records
    }
}
