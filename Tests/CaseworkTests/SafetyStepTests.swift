import Kernel
import Programmes
import Testing

@testable import Casework

/// What follows from an answer that somebody may come to harm.
@Suite("Measures and the safety step") struct SafetyStepTests {
    private static func phq9(_ last: String) -> String {
        let items = (1...8).map { "answers.phq9-\($0)=several-days" }.joined(separator: " ")
        return "measure phq-9 baseline \(items) answers.phq9-9=\(last)"
    }

    private static func told(_ rows: [(day: String, words: String)]) throws -> Situation {
        var situation = Situation(try Shipped.programme("workwell-manchester"))
        for (number, row) in rows.enumerated() {
            let day = try #require(CivilDate(iso: row.day))
            let command = try situation.command(row.words, on: day)
            #expect(situation.tell(command, row: number + 1) == "ok", "\(row.words)")
        }
        return situation
    }

    @Test(
        "Item 9 above none raises a risk of suicide, seen to on the day",
        arguments: ["several-days", "more-than-half-the-days", "nearly-every-day"]
    )
    func itemNine(_ answer: String) throws {
        let situation = try Self.told([
            ("2024-11-04", "referral gp strand=be-well"), ("2024-11-06", Self.phq9(answer)),
        ])
        let folded = situation.folded
        #expect(folded.risks.map(\.id) == ["phq-9-2024-11-06"])
        #expect(folded.risks.map(\.about) == ["suicide"])
        let item = folded.workItems(in: situation.programme).first { $0.kind == .risk }
        #expect(item?.dueOn.iso == "2024-11-06" && item?.owner == "manager")
        let risk = try #require(situation.history.events.last)
        let says = risk.body.sentence(in: situation.programme)
        #expect(
            says == "Risk raised: suicide, because of an answer to the safety question of PHQ-9"
        )
        #expect(risk.cause == situation.history.events.dropLast().last?.id)
        #expect(situation.facts()?[.risk] == "open")
    }

    @Test("Not at all raises none, nor does a score alone") func noRisk() throws {
        let situation = try Self.told([
            ("2024-11-04", "referral gp strand=be-well"), ("2024-11-06", Self.phq9("not-at-all")),
            ("2024-11-07", "measure phq-9 review score=27"),
        ])
        #expect(situation.folded.risks.isEmpty)
    }

    @Test("It falls with the measure, stands while another holds, and may be raised anew")
    func fallsWithTheMeasure() throws {
        var situation = try Self.told([
            ("2024-11-04", "referral gp strand=be-well"), ("2024-11-06", Self.phq9("several-days")),
            ("2024-11-06", Self.phq9("nearly-every-day")),
        ])
        let day = try #require(CivilDate(iso: "2024-11-06"))
        #expect(situation.folded.risks.count == 1)
        #expect(situation.tell(try situation.command("void 2", on: day)) == "ok")
        #expect(situation.folded.risks.count == 1)
        #expect(situation.tell(try situation.command("void 3", on: day)) == "ok")
        #expect(situation.folded.risks.isEmpty)
        let again = Self.phq9("several-days")
        #expect(situation.tell(try situation.command(again, on: day)) == "ok")
        let resolved = "risk-resolved phq-9-2024-11-06"
        #expect(situation.tell(try situation.command(resolved, on: day)) == "ok")
        #expect(situation.folded.risks.isEmpty)
        // A measure later on that day is not taken to have been seen to.
        #expect(situation.tell(try situation.command(again, on: day)) == "ok")
        #expect(situation.folded.risks.count == 1)
    }

    @Test("The answers are sealed; the score and its band are coded, and facts hold no more")
    func answersAreSealed() throws {
        let situation = try Self.told([
            ("2024-11-04", "referral gp strand=be-well"), ("2024-11-06", Self.phq9("several-days")),
        ])
        let measure = try #require(
            situation.history.events.first { $0.body.kind == .measureTaken }?.body
        )
        let encoded = measure.encoded()
        let coded = String(decoding: encoded.payload, as: UTF8.self)
        #expect(
            coded == #"{"instrument":"phq-9","occasion":"baseline","score":9,"band":"mild"}"#
        )
        #expect(
            String(decoding: encoded.sealed, as: UTF8.self).contains(#""phq9-9":"several-days""#)
        )
        #expect(measure.sentence(in: situation.programme) == "PHQ-9 at the start: score 9, mild")
        let facts = try #require(situation.facts())
        #expect(facts[.scores] == "phq-9.baseline:9")
        #expect(!facts[.answers].contains("phq9"))
        #expect(situation.folded.readings.first?.answers == [:])
        // Whoever reads without the key makes the same facts and the same things to do.
        var blind = situation.history.events
        for index in blind.indices {
            let stored = blind[index].body.encoded()
            blind[index].body = try EventCodingTests.read(
                blind[index].body.kind.rawValue,
                stored.payload,
                sealed: nil
            )
        }
        let history = History(header: situation.history.header, events: blind)
        #expect(history.facts(programme: situation.programme) == facts)
        let items = history.fold().workItems(in: situation.programme)
        #expect(items == situation.folded.workItems(in: situation.programme))
    }
}
