import Application
import Foundation
import Kernel
import Measures
import PrimaryCare
import SQLiteBackend
import Store

/// A primary-care extract of a million entries: read, checked, sealed, merged, written and reported.
enum PracticeReporting {
    static let entries = 1_000_000
    static let practices = 77
    private static let day = CivilDate(year: 2025, month: 10, day: 31) ?? CivilDate(day: 0)
    private static let actor = Actor(user: "bench", organisation: "bench", role: .operator)

    static func run(_ options: BenchOptions) async throws -> Figures {
        let path = options.path("extract.csv")
        let patients = try write(to: path)
        options.removeDatabase("practice.db")
        let database = try SQLiteDatabase(path: options.path("practice.db"))
        let store = try await Store.open(database, masterKey: [UInt8](0..<32))
        let goodwork = Goodwork(
            store: store,
            library: ProgrammeLibrary(directory: "programmes"),
            now: { Instant(milliseconds: 1_762_000_000_000) }
        )
        let list = try goodwork.practiceFiles.codes()
        var figures = Figures()
        figures["entries"] = Double(entries)
        figures["patients"] = Double(patients)
        figures["bare_seconds"] = try Stopwatch.seconds {
            var file = try CSVFile(path: path)
            while try file.next() {}
        }.0
        let (read, reading) = try Stopwatch.seconds {
            try ExtractReading(ExtractQuestion(paths: [path], day: day), list: list)
        }
        figures["read_seconds"] = read
        for name in ["import_seconds", "again_seconds"] {
            let (seconds, imported) = try await Stopwatch.seconds {
                try await goodwork.importExtract(
                    reading,
                    day: day,
                    list: list,
                    skipping: false,
                    by: actor,
                    seed: 1
                )
            }
            figures[name] = seconds
            let added = imported.results.reduce(0) { $0 + $1.change.added }
            guard added == (name == "import_seconds" ? entries : 0) else {
                throw BenchError("\(added) entries were added")
            }
        }
        let question = PracticeQuestion(asAt: day)
        for (name, audience) in [("report_seconds", Audience.operational), ("board", .board)] {
            let (seconds, report) = try await Stopwatch.seconds {
                try await goodwork.comparePractices(question, audience: audience, by: actor)
            }
            figures[name == "board" ? "board_seconds" : name] = seconds
            guard report.table.practices.count == practices else {
                throw BenchError("there are \(report.table.practices.count) practices")
            }
        }
        figures["seconds"] =
            try read + figures.need("import_seconds") + figures.need("report_seconds")
        try await database.close()
        return figures
    }

    /// Writes an extract of five entries a patient or so.
    ///
    /// - Returns: how many patients it tells of.
    private static func write(to path: String) throws -> Int {
        var random = RandomGenerator(seed: 7)
        var text: [UInt8] = Array(
            "practice,nhs_number,birth_date,code,recorded_on,to,condition,entry_id\n".utf8
        )
        let statuses = ["224363007", "160903007", "73438004", "105493001", "01", "04", "ZZ"]
        let conditions = ["35489007", "197480006", "279039007", "F32.1", "54150009", ""]
        var patients = 0
        var written = 0
        var number = 0
        while written < entries {
            number += 1
            guard let made = NHSNumber(nineDigits: String(100_000_000 + number)) else { continue }
            patients += 1
            let practice = 100 + patients % practices
            let birth = CivilDate(day: Int32(random.below(22_000)) - 7_000).iso
            let head = "P84\(practice),\(made.digits),\(birth),"
            var on = day.day - Int32(random.below(1_400))
            for _ in 0..<min(1 + random.below(9), entries - written) {
                written += 1
                let recorded = CivilDate(day: on).iso
                if random.below(5) < 2 {
                    let end = CivilDate(day: on + 6 + Int32(random.below(50)))
                    let condition = random.pick(conditions) ?? ""
                    text += Array(
                        "\(head)751481000000104,\(recorded),\(end.iso),\(condition),\(written)\n"
                            .utf8
                    )
                    on = min(day.day, end.day + 1)
                } else {
                    let status = random.pick(statuses) ?? "01"
                    text += Array("\(head)\(status),\(recorded),,,\(written)\n".utf8)
                    on = min(day.day, on + Int32(random.below(200)))
                }
            }
        }
        try Data(text).write(to: URL(fileURLWithPath: path))
        return patients
    }
}

extension Results {
    /// How a practice's extract went, in words.
    func practiceText() throws -> String {
        func seconds(_ name: String) throws -> String { try practice.need(name).places(2) + " s" }
        return """
            A primary-care extract of \(try practice.need("entries").whole) entries of \
            \(try practice.need("patients").whole) patients in \(PracticeReporting.practices) practices
              imported and reported                    \(try seconds("seconds"))
              read and checked                         \(try seconds("read_seconds")) \
            (its rows parted and no more: \(try seconds("bare_seconds")))
              sealed, merged and written               \(try seconds("import_seconds"))
              the same again, which changes nothing    \(try seconds("again_seconds"))
              reported, from the database              \(try seconds("report_seconds"))
              reported with small counts kept back     \(try seconds("board_seconds"))
              peak memory \(try practice.need("peak").whole) MB
            """
    }
}
