import Casework
import Foundation
import Kernel
import Measures
import Programmes

/// A programme file of which only the parts named here change from test to test.
func programme(_ rows: String = "", populations: String = "") throws -> Programme {
    let text = """
        programme: example
        version: 3
        name: Example <programme> & more
        runs: {from: 2014-01-01}
        source: none
        calendar: england-and-wales
        referral: {sources: [gp]}
        strands:
          - {id: south, name: South side, provider: south-cic}
          - {id: north, name: North side, provider: north-cic}
        targets: {participants: 40}
        clocks:
          - {id: assessment, name: Assessment, from: referred, to: assessed, within: {working_days: 3}}
        pathway:
          intensity: [high, low]
          interventions: [{id: physiotherapy, unit_cost: 234.13}, {id: cbt}]
          appointments: [{id: first-appointment, name: First appointment}]
          discharge_status: [in-work, out-of-work]
        measures:
          - id: exit-questions
            occasions: [exit]
            items: [{id: helped, question: Did it help?, answers: [yes, no]}]
        outcomes:
          - {id: job, name: Job start, started: true}
          - {id: soon, name: Job within 100 days, started: true, within_days: 100}
          - {id: kept, name: Kept for 13 weeks, sustained: {weeks: 13, within_weeks: 16}}
        populations:
          engaged: {reached: first-contact}
          started: {reached: started}
        \(populations.isEmpty ? "" : "  " + populations)
        report:
          title: The board's table
          as_at: 2015-01-31
          rows:
            - {row: Everyone, count: everyone}

        """
    let more = rows.split(separator: "\n").map { "    \($0)\n" }.joined()
    return try Programme(yaml: text + more, file: "example.yaml")
}

/// A day, which must be real.
func day(_ iso: String) -> CivilDate { CivilDate(iso: iso) ?? CivilDate(day: 0) }

/// The identifier of the case of that number.
func caseID(_ number: Int) -> CaseID { CaseID(high: 0, low: UInt64(number)) }

/// The facts of the case of that number, referred on 1 January 2015.
func facts(_ number: Int, _ fill: (inout Facts) -> Void = { _ in }) -> Facts {
    var facts = Facts(
        caseID: caseID(number),
        programme: "example",
        programmeVersion: 1,
        reference: "R\(number)"
    )
    facts[.referred] = day("2015-01-01")
    fill(&facts)
    return facts
}

/// A table of some facts.
func table(_ facts: [Facts]) -> FactTable {
    var table = FactTable()
    for facts in facts { table.append(facts) }
    return table
}

/// The numbers of some cases.
func numbers(_ cases: [CaseID]?) -> [Int] { (cases ?? []).map { Int($0.low) } }

/// The first row of a report, after the row that counts everyone.
func figure(
    _ row: String,
    _ facts: [Facts],
    asAt: String = "2015-01-31",
    populations: String = ""
) throws -> ReportLine {
    let report = ReportTable.evaluate(
        programme: try programme(row, populations: populations),
        table: table(facts),
        request: ReportRequest(asAt: day(asAt))
    )
    return report.rows[1]
}

/// The text of a file of the repository.
func repositoryFile(_ path: String) throws -> String {
    var folder = URL(filePath: #filePath)
    while folder.path != "/" {
        folder.deleteLastPathComponent()
        let file = folder.appending(path: path)
        if FileManager.default.fileExists(atPath: file.path) {
            return try String(contentsOf: file, encoding: .utf8)
        }
    }
    throw CocoaError(.fileNoSuchFile)
}
