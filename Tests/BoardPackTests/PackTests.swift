import Foundation
import Funding
import Kernel
import Measures
import Programmes
import Testing

@testable import BoardPack

/// What stands in a paper, and that its figures are those of the tables they come from.
@Suite struct PackTests {
    /// A paper that was looked at; `GOODWORK_GOLDEN=write` writes it anew.
    @Test func `the paper is as it was looked at`() throws {
        let document = Paper(try examplePack(), try exampleData(exampleFacts())).document
        let html = String(decoding: document, as: UTF8.self).replacing("><", with: ">\n<") + "\n"
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "golden/example.html")
        if ProcessInfo.processInfo.environment["GOODWORK_GOLDEN"] == "write" {
            try html.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(html == (try String(contentsOf: file, encoding: .utf8)))
    }

    @Test func `figures in sentences are those of the report`() throws {
        let data = try exampleData(exampleFacts())
        let text = words(Paper(try examplePack(), data).document)
        let rows = try #require(data.reports[nil]).rows
        #expect(rows.map(\.whole.shown) == ["32", "20 (20%)", "60%", "34"])
        #expect(text.contains("By 31 March 2025, 20 people had started."))
        #expect(text.contains("Of 32 people referred to Example & Co, 63% were engaged."))
        let interval = try #require(rows[2].whole.interval?.text)
        #expect(text.contains("60% were in work, \(interval)."))
        #expect(text.contains("Note that 20 people have started."))
        #expect(text.contains("The median wait was 34 days."))
        #expect(text.contains("£10,000; 32% before, for 100 people."))
        #expect(text.contains("20 so far."))
        #expect(text.contains("The example, {{so far}}"), "a subject is no text")
    }

    @Test func `one case more changes the sentence`() throws {
        let pack = try examplePack()
        let before = words(Paper(pack, try exampleData(exampleFacts())).document)
        let after = words(Paper(pack, try exampleData(exampleFacts(south: 21))).document)
        #expect(before.contains("Of 32 people referred"))
        #expect(after.contains("Of 33 people referred"))
    }

    static let sentences: [(cases: Int, sentence: String)] = [
        (0, "No people came, and it is done. All were seen: 0."),
        (1, "1 person came, and it is done. One was seen: 1."),
        (12, "12 people came, and it is done. All were seen: 12."),
    ]

    @Test(arguments: sentences)
    func `words go with the number that they follow`(cases: Int, sentence: String) throws {
        let text = """
            pack: p
            programme: example
            board: b
            subject: s
            figures: {referrals: {row: Referrals}}
            sections:
              - heading: h
                content:
                  - "{referrals person|people} came, and it is done. {referrals: one was|all were} seen: {referrals}."
            """
        let facts = exampleFacts(south: cases, north: 0, started: 0)
        let data = try exampleData(facts, audience: .operational)
        let said = words(Paper(try examplePack(text), data).document)
        #expect(said.contains(sentence), "\(said)")
    }

    static let hidden: [(reference: String, says: String)] = [
        ("{n person|people} came", "An undisclosed number of people came"),
        ("{n}", "An undisclosed number"),
        ("We saw {n person|people}", "We saw an undisclosed number of people"),
        ("{n: was|were}", "Were"),
        ("{n.percent} of them", "An undisclosed share of them"),
        ("Between {n.interval}", "Between an undisclosed figure"),
        ("{share} were in work", "An undisclosed share were in work"),
    ]

    @Test(arguments: hidden)
    func `a figure that is held back leaves the sentence right`(
        reference: String,
        says: String
    ) throws {
        let text = """
            pack: p
            programme: example
            board: b
            subject: s
            figures: {n: {row: Started}, share: {row: Share in work}}
            sections:
              - {heading: h, content: ["\(reference)."]}
            """
        // Three have started in all.
        let data = try exampleData(exampleFacts(south: 3, north: 0, started: 3))
        let said = words(Paper(try examplePack(text), data).document)
        #expect(said.contains("1.1 \(says)."), "\(said)")
        #expect(!said.contains(" 3 "))
    }

    @Test func `a chart of a small count is not drawn, and a plan shows what it may`() throws {
        // Three of the north have started, and twelve of the south.
        let few = exampleFacts(south: 12, north: 3, started: 12)
        let data = try exampleData(few)
        let text = words(Paper(try examplePack(), data).document)
        #expect(text.contains("Held back: "))
        for month in data.runs[.starts]?.points ?? [] {
            #expect(month.cell.isHidden || !(1...4).contains(month.cell.numerator?.whole ?? 0))
        }
        let north = try #require(data.trajectories.first { $0.part.strand == "north" })
        #expect(north.isActualHidden)
        #expect(text.contains("North side held back"))
    }

    static let claims: [(people: [Int], total: String, quarter: String)] = [
        ([6, 9], "£1,500", "£600"), ([6, 3], "£900", "an undisclosed amount"),
        ([2, 1], "held back", "an undisclosed amount"),
    ]

    @Test(arguments: claims)
    func `claims for few people are not set apart`(
        people: [Int],
        total: String,
        quarter: String
    ) throws {
        let made = zip(people, ["2025-Q1", "2025-Q2"]).map { people, quarter in
            PackClaims.Claim(
                quarter: Quarter(text: quarter) ?? Quarter(holding: day("2025-01-01")),
                claimant: "south-cic",
                state: .submitted,
                amount: Pence(Int64(people) * 9_980),
                people: people,
                largest: Pence(9_980)
            )
        }
        let claims = PackClaims(made, people: people.reduce(0, +))
        let data = try exampleData(exampleFacts(), claims: claims)
        let text = words(Paper(try examplePack(), data).document)
        #expect(text.contains("All \(total)"), "\(text)")
        let sentence = quarter.prefix(1).uppercased() + quarter.dropFirst()
        #expect(text.contains("\(sentence) was claimed of £10,000"))
    }

    @Test func `the annex tells each figure that is named, with what it counts`() throws {
        let data = try exampleData(exampleFacts())
        let document = Paper(try examplePack(), data).document
        let text = words(document)
        let html = String(decoding: document, as: UTF8.self)
        let pack = try examplePack()
        for figure in pack.figures {
            #expect(html.components(separatedBy: "id=\"figure-\(figure.id)\"").count == 2)
        }
        for link in html.matches(of: /href="#([^"]*)"/) {
            #expect(html.contains("id=\"\(link.output.1)\""), "\(link.output.1)")
        }
        #expect(text.contains("Cases with support started, divided by the target of 100"))
        #expect(text.contains("31 March 2025 Report, file version 4 recommendations, summary"))
    }

    @Test func `a draft says so, and a paper loads nothing`() throws {
        var data = try exampleData(exampleFacts())
        #expect(!words(Paper(try examplePack(), data).document).contains("Draft."))
        data.isDraft = true
        let document = Paper(try examplePack(), data).document
        #expect(words(document).contains("Draft. These figures were not released."))
        let html = String(decoding: document, as: UTF8.self)
        for door in ["<script", "src=", "url(", "style=\"", "<link"] {
            #expect(!html.contains(door), "\(door)")
        }
    }
}
