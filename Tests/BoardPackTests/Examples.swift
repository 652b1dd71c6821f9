import Casework
import Foundation
import Funding
import Kernel
import Measures
import Programmes

@testable import BoardPack

/// The programme that the example packs are about.
func exampleProgramme() throws -> Programme {
    let text = """
        programme: example
        version: 4
        name: Example & Co
        runs: {from: 2025-01-01, to: 2026-03-31}
        source: none
        calendar: england-and-wales
        referral: {sources: [gp]}
        strands:
          - {id: south, name: South side, provider: south-cic, target: 40, funding: 4000}
          - {id: north, name: North side, provider: north-cic, target: 60, funding: 6000}
        targets: {people: 100}
        populations:
          in-work: {employment_status: [in-work]}
          started: {reached: started}
        report:
          title: The board's table
          rows:
            - {row: Referrals, count: everyone}
            - {row: Started, count: started, of: {target: people}}
            - {row: Share in work, count: in-work, of: started, show: percent}
            - {row: Days to the plan, median: {days: {from: referred, to: plan-agreed}}, over: {reached: plan-agreed}, show: whole}
        funding:
          payer: the-payer
          host: the-host
          supported: started
          total: 10000
          shares: {guaranteed: 60, performance: 40}
          payments:
            - {id: supported, share: 100, for: started}

        """
    return try Programme(yaml: text, file: "example.yaml")
}

func beside(_ name: String) throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: name)
    return try String(contentsOf: file, encoding: .utf8)
}

func day(_ iso: String) -> CivilDate { CivilDate(iso: iso) ?? CivilDate(day: 0) }

func examplePack(_ text: String? = nil) throws -> Pack {
    let programme = try exampleProgramme()
    return try Pack(
        yaml: text ?? beside("sound-pack.yaml"),
        file: "pack.yaml",
        programmes: ["example", "other"],
        programme: { $0 == programme.id ? programme : nil }
    )
}

/// Cases of whom so many are of the north, the first `started` of each strand having started.
func exampleFacts(south: Int = 20, north: Int = 12, started: Int = 10) -> FactTable {
    var table = FactTable()
    for number in 0..<(south + north) {
        let isNorth = number >= south
        let place = isNorth ? number - south : number
        var facts = Facts(
            caseID: CaseID(high: 0, low: UInt64(number)),
            programme: "example",
            programmeVersion: 4,
            reference: "R\(number)"
        )
        facts[.strand] = isNorth ? "north" : "south"
        facts[.referred] = day("2025-01-06").adding(days: place)
        facts[.employmentStatus] = place % 5 < 3 ? "in-work" : "out-of-work"
        if place < started {
            facts[.firstContact] = day("2025-01-10").adding(days: place)
            facts[.started] = day("2025-01-13").adding(days: place * 7)
            facts[.planAgreed] = facts[.started]
        }
        table.append(facts)
    }
    return table
}

/// What a pack is made of, counted from some cases.
func exampleData(
    _ facts: FactTable,
    audience: Audience = .board,
    claims: PackClaims = PackClaims()
) throws -> PackData {
    let programme = try exampleProgramme()
    let asAt = day("2025-03-31")
    var data = PackData(
        programme: programme,
        asAt: asAt,
        knownAt: Instant(milliseconds: 1_744_000_000_000),
        claims: claims
    )
    let sheet = FigureSheet.decide(
        programme: programme,
        table: facts,
        asAt: asAt,
        control: DisclosureControl(audience: audience)
    )
    var needs = PackNeeds()
    needs.reports = [nil, .strand]
    needs.dashboard = true
    data.draw(needs, of: facts, from: sheet)
    return data
}

/// The words of a document, without markup and with single spaces.
func words(_ document: [UInt8]) -> String {
    var text = String(decoding: document, as: UTF8.self)
    if let start = text.range(of: "<style>"), let end = text.range(of: "</style>") {
        text.removeSubrange(start.lowerBound..<end.upperBound)
    }
    let plain = text.replacing(/<[^>]*>/, with: " ").replacing("&amp;", with: "&")
    return plain.split { $0.isWhitespace }.joined(separator: " ")
        .replacing(" ,", with: ",").replacing(" .", with: ".").replacing(" ;", with: ";")
}
