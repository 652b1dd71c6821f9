import Casework
import Kernel
import Measures
import Programmes
import Testing

@Suite("The papers' figures")
struct FitForWorkTests {
    @Test("Fit for Work (in work) is the printed table, cell by cell")
    func inWork() throws {
        let name = "fit-for-work-in-work"
        let text = try repositoryFile("programmes/\(name).yaml")
        let programme = try Programme(yaml: text, file: "\(name).yaml")
        let report = ReportTable.evaluate(
            programme: programme,
            table: table(try cases(name)),
            request: ReportRequest(asAt: try #require(programme.report?.asAt))
        )
        let expected = try repositoryFile("fixtures/\(name)/expected.csv")
        #expect(firstFour(report.csv) == firstFour(expected))
        #expect(report.rows.map(\.verdict).allSatisfy { $0 == "agrees" })
    }

    /// The first four fields of each line.
    private func firstFour(_ csv: String) -> [[String]] {
        csv.split(separator: "\n").map { line in
            var fields = [""]
            var quoted = false
            for character in line {
                switch character {
                case "\"": quoted.toggle()
                case "," where !quoted: fields.append("")
                default: fields[fields.count - 1].append(character)
                }
            }
            return Array(fields.prefix(4))
        }
    }

    /// The facts of the fixture, as far as the report needs them.
    func cases(_ name: String) throws -> [Facts] {
        var sessions: [String: [String]] = [:]
        for row in try rows("fixtures/\(name)/activities.csv") {
            sessions[row["case_ref"] ?? "", default: []]
                .append("\(row["kind"] ?? ""):\(row["sessions"] ?? "")")
        }
        return try rows("fixtures/\(name)/referrals.csv").enumerated().map { place, row in
            facts(place + 1) { facts in
                for milestone in Milestone.allCases {
                    facts[milestone] = row[milestone.column].flatMap { CivilDate(iso: $0) }
                }
                for field in CodeField.allCases {
                    facts[field] = row[field.column].flatMap { $0.isEmpty ? nil : $0 }
                }
                let answers = ["felt-helped", "felt-returned-earlier"].compactMap { key in
                    row[key.underscored].flatMap { $0.isEmpty ? nil : "\(key):\($0)" }
                }
                facts[.answers] = answers.joined(separator: " ")
                facts[.interventions] = sessions[row["case_ref"] ?? "", default: []]
                    .sorted().joined(separator: " ")
                facts[.clocks] = clock(facts)
            }
        }
    }

    private func clock(_ facts: Facts) -> String {
        guard let from = facts[.referred], let to = facts[.assessed] else { return "" }
        let days = WorkingDayCalendar.englandAndWales.workingDays(from: from, to: to)
        return days <= 3 ? "assessment:met" : "assessment:missed"
    }

    /// The rows of a CSV file whose fields hold no quotes.
    private func rows(_ path: String) throws -> [[String: String]] {
        let lines = try repositoryFile(path).split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let headings = lines.first ?? []
        return lines.dropFirst().map { fields in
            Dictionary(zip(headings, fields)) { first, _ in first }
        }
    }
}
