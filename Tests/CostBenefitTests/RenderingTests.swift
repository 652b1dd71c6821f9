import Foundation
import Testing

@testable import CostBenefit

/// The same figures in every form.
@Suite struct RenderingTests {
    static func found(_ changes: [(id: String, text: String)] = []) throws -> Valuation {
        let appraisal = try appraisal("workwell-manchester").setting(changes)
        return Valuation(appraisal, try basis(someCounts))
    }

    @Test("Every named figure stands in every form")
    func everyForm() throws {
        let found = try Self.found()
        #expect(found.namedFigures.count == 14)
        for figure in found.namedFigures where !figure.name.hasPrefix("cost_each.") {
            for form in [found.text, found.markdown, found.htmlPage] {
                #expect(form.contains(figure.words) && form.contains(figure.text), "\(figure.name)")
            }
        }
        #expect(found.figure("bcr")?.value == found.publicValue.ratio)
        #expect(found.figure("cost_each.entered-work")?.text == "£10,480")
        #expect(found.figure("nothing") == nil)
    }

    @Test("JSON and CSV give the numbers themselves")
    func machines() throws {
        let found = try Self.found()
        let object = try JSONSerialization.jsonObject(with: Data(found.json)) as? [String: Any]
        let figures = object?["figures"] as? [String: [String: Any]]
        let ratio = try #require(found.publicValue.ratio.number)
        let written = try #require(figures?["bcr"]?["value"] as? Double)
        #expect(abs(written - ratio) < 1e-12)
        #expect((object?["assumptions"] as? [Any])?.count == found.appraisal.assumptions.count)
        let lines = found.csv.split(separator: "\n")
        #expect(lines.first == "part,item,figure,value")
        #expect(lines.contains("benefit,entered-work/wages,gross,1000000"))
        #expect(lines.contains("assumption,entered-work.deadweight,low,20"))
        #expect(
            lines.allSatisfy {
                $0.split(separator: ",", omittingEmptySubsequences: false).count == 4
            }
        )
    }

    @Test("What was changed is said, with what the file says")
    func changes() throws {
        let found = try Self.found([("entered-work.deadweight", "50"), ("discount", "3.5%")])
        #expect(found.appraisal.changes.map(\.id) == ["entered-work.deadweight"])
        #expect(found.text.contains("1 assumption was put at another value"))
        #expect(found.text.contains("entered-work.deadweight = 50%"))
        #expect(found.text.contains("The file says 40%."))
    }

    @Test("What is kept back is a star, and the row is named")
    func keptBack() throws {
        var counts = someCounts
        counts["Used CBT"] = .some(nil)
        let found = Valuation(try appraisal("workwell-manchester"), try basis(counts))
        #expect(found.preamble.contains { $0.contains("“Used CBT”") })
        #expect(found.csv.contains("figure,bcr,value,*\n"))
        #expect(found.csv.contains("figure,avoided_cost,value,*\n"))
        #expect(found.csv.contains("benefit,entered-work/wages,gross,1000000\n"))
        #expect(!found.csv.contains("sensitivity,"))
    }

    @Test("Examples are called examples, and the tornado begins with what moves most")
    func judgement() throws {
        let found = try Self.found()
        #expect(found.preamble.contains { $0.contains("nobody has vouched for") })
        let spans = found.swings.map(\.span)
        #expect(spans.count > 8 && spans == spans.sorted(by: >))
        #expect(found.breakEvens.count > 15)
        #expect(found.appraisal.assumed.count > found.appraisal.assumptions.count / 2)
    }
}
