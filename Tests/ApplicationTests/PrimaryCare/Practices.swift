import Application
import Foundation
import Kernel
import PrimaryCare
import TestSupport
import Testing

/// Extracts written by a test, and imported as the command line imports them.
struct ExtractText {
    static let headings =
        "practice,nhs_number,birth_date,code,value,recorded_on,from,to,duration_days,condition,"
        + "entry_id,status,dissent"
    var lines: [String] = []

    /// A valid NHS number of a small number.
    static func number(_ number: Int) -> String {
        for step in 0..<3 {
            if let made = NHSNumber(nineDigits: String(100_000_000 + number * 3 + step)) {
                return made.digits
            }
        }
        return ""
    }

    mutating func patient(_ number: Int, _ practice: String = "P84001", dissent: Bool = false) {
        let answer = dissent ? "yes" : ""
        lines.append("\(practice),\(Self.number(number)),1985-06-15,,,,,,,,,,\(answer)")
    }

    mutating func status(
        _ number: Int,
        _ code: String,
        _ on: String,
        _ practice: String = "P84001",
        status: String = ""
    ) {
        lines.append(
            "\(practice),\(Self.number(number)),1985-06-15,\(code),,\(on),,,,,,\(status),"
        )
    }

    mutating func note(
        _ number: Int,
        _ from: String,
        _ to: String,
        _ practice: String = "P84001"
    ) {
        lines.append(
            "\(practice),\(Self.number(number)),1985-06-15,751481000000104,,\(from),\(from),\(to),,"
                + "F32,,,"
        )
    }

    var text: String { ([Self.headings] + lines).joined(separator: "\n") + "\n" }
}

extension TestInstallation {
    @discardableResult
    func importExtract(
        _ text: String,
        on day: String,
        name: String = "extract.csv",
        map: [String] = [],
        practice: String? = nil,
        skipping: Bool = false
    ) async throws -> [ExtractResult] {
        try await importExtract(
            files: [(name, text)],
            on: day,
            map: map,
            practice: practice,
            skipping: skipping
        )
    }

    @discardableResult
    func importExtract(
        files: [(name: String, text: String)],
        on day: String,
        map: [String] = [],
        practice: String? = nil,
        skipping: Bool = false
    ) async throws -> [ExtractResult] {
        try await imported(
            files: files,
            on: day,
            map: map,
            practice: practice,
            skipping: skipping
        ).results
    }

    /// What was imported, and what was left out.
    func imported(
        files: [(name: String, text: String)],
        on day: String,
        map: [String] = [],
        practice: String? = nil,
        skipping: Bool = true
    ) async throws -> ImportedExtract {
        let list = try goodwork.practiceFiles.codes()
        let taken = try #require(CivilDate(iso: day))
        let reading = try await withTemporaryDirectory { folder in
            for file in files {
                try file.text.write(
                    toFile: folder + "/" + file.name,
                    atomically: true,
                    encoding: .utf8
                )
            }
            return try ExtractReading(
                ExtractQuestion(
                    paths: files.map { folder + "/" + $0.name },
                    map: try ColumnMap(map),
                    practice: practice,
                    day: taken
                ),
                list: list
            )
        }
        return try await goodwork.importExtract(
            reading,
            day: taken,
            list: list,
            skipping: skipping,
            by: actor,
            seed: .random(in: .min ... .max)
        )
    }

    /// A count of the practice P84001, today.
    func practice(_ what: PracticeCount, known: String? = nil) async throws -> Int? {
        let figures = try await goodwork.practiceFigures(
            "P84001",
            PracticeQuestion(knownOn: known.flatMap { CivilDate(iso: $0) }),
            by: Self.gp()
        )
        return figures.table.cell(what.place, practice: 0).count
    }

    static func gp(_ practice: String = "P84001") -> Actor {
        Actor(user: "gp", organisation: practice, role: .referrer)
    }
}
