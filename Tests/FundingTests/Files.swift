import Casework
import Foundation
import Funding
import Kernel
import Programmes

/// A programme file of the repository.
func shipped(_ name: String) throws -> Programme {
    let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appending(path: "programmes/\(name).yaml")
    return try Programme(yaml: String(contentsOf: file, encoding: .utf8), file: name)
}

/// A programme with two strands whose section about money changes from test to test.
func programme(_ funding: String, strands: String? = nil) throws -> Programme {
    let text = """
        programme: example
        version: 4
        name: Example
        runs: {from: 2024-10-01, to: 2026-03-31}
        source: none
        calendar: england-and-wales
        areas:
          trafford: {outward: [M33]}
        referral: {sources: [gp]}
        strands:
        \(strands ?? twoStrands)
        outcomes:
          - {id: job-start, started: true}
          - {id: thirteen, sustained: {weeks: 13}}
        populations:
          supported: {reached: started}
          working: {all: [supported, {outcome: job-start}]}
        indicators:
          gp: {count: {reached: accepted}, of: everyone}
          referrals: {count: everyone}
        funding:
          payer: the-payer
          host: the-host
          supported: supported

        """
    let section = funding.split(separator: "\n").map { "  \($0)\n" }.joined()
    return try Programme(yaml: text + section, file: "example.yaml")
}

let twoStrands = """
      - {id: north, name: North, provider: north-cic, target: 3, funding: 1000, localities: [{id: trafford, target: 1}]}
      - {id: south, name: South, provider: south-cic, partners: [west-cic], target: 7, funding: 2000}
    """

func day(_ iso: String) -> CivilDate { CivilDate(iso: iso) ?? CivilDate(day: 0) }
func quarter(_ text: String) -> Quarter { Quarter(text: text) ?? Quarter(holding: day("")) }
func caseID(_ number: Int) -> CaseID { CaseID(high: 0, low: UInt64(number)) }
func person(_ number: Int) -> PersonID { PersonID(high: 9, low: UInt64(number)) }
func claimID(_ number: Int) -> ClaimID { ClaimID(high: 7, low: UInt64(number)) }

/// An achievement of the person of a case's number.
func achieved(
    _ number: Int,
    _ rule: String,
    _ iso: String,
    strand: String? = "north",
    by who: Int? = nil
) -> Achievement {
    Achievement(
        rule: rule,
        caseID: caseID(number),
        person: person(who ?? number),
        day: day(iso),
        place: HeldPlace(strand: strand, provider: "\(strand ?? "no")-cic", locality: nil)
    )
}
