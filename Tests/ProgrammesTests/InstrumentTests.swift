import Kernel
import Testing

@testable import Programmes

/// The published instruments, and those that a file brings.
@Suite("Instruments") struct InstrumentTests {
    static let named =
        "{id: phq-9, occasions: [baseline, exit], score: {min: 0, max: 27, better: lower}}"

    /// The sound file with other measures.
    private func programme(_ measures: String) throws -> Programme {
        let old = Self.named
        let text = try Repository.beside("sound-file.yaml").replacing(old, with: measures)
        return try Programme(yaml: text, file: "f")
    }

    @Test("A version that was accepted before a check was made can still be read")
    func keptVersions() throws {
        let measures =
            "{id: m, occasions: [exit, exit], score: {min: 0, max: 9, better: lower}, "
            + "bands: [{id: a, from: 0}, {id: a, from: 5}]}"
        #expect(throws: Faults.self) { try programme(measures) }
        let text = try Repository.beside("sound-file.yaml").replacing(Self.named, with: measures)
        let kept = try Programme(kept: text, file: "f")
        let instrument = try #require(kept.measures.first { $0.id == "m" })
        #expect(instrument.occasions == [.exit] && instrument.bands.count == 2)
        #expect(throws: Faults.self) { try Programme(kept: text + "\nnonsense: 1\n", file: "f") }
    }

    /// Instrument, score, and the name of its band as it is published.
    static let bands = """
        phq-9 0 None or minimal; phq-9 4 None or minimal; phq-9 5 Mild; phq-9 9 Mild; phq-9 10 Moderate
        phq-9 14 Moderate; phq-9 15 Moderately severe; phq-9 19 Moderately severe; phq-9 20 Severe
        phq-9 27 Severe; gad-7 0 None or minimal; gad-7 4 None or minimal; gad-7 5 Mild; gad-7 9 Mild
        gad-7 10 Moderate; gad-7 14 Moderate; gad-7 15 Severe; gad-7 21 Severe
        """

    @Test("Scores fall into the bands as published") func bandsAsPublished() throws {
        let rows = Self.bands.split { $0 == "\n" || $0 == ";" }
        #expect(rows.count == 18)
        for row in rows {
            let words = row.split(separator: " ", maxSplits: 2)
            let instrument = try #require(Instrument.published.first { $0.id == words[0] })
            #expect(instrument.band(of: try #require(Int(words[1])))?.name == String(words[2]))
        }
    }

    @Test("The published items have the number, the range and the names that they should")
    func itemsAsPublished() {
        for (id, items, answers) in [("ons4", 4, 11), ("phq-9", 9, 4), ("gad-7", 7, 4)] {
            let instrument = Instrument.published.first { $0.id == id }
            #expect(instrument?.items.count == items)
            for item in instrument?.items ?? [] {
                #expect(item.answers.count == answers && item.scores == Array(0..<answers))
                #expect(item.id.hasPrefix(id.filter { $0 != "-" } + "-"), "\(item.id)")
            }
            guard let score = instrument?.score else { continue }
            #expect(score == 0...(items * 3))
        }
        #expect(Instrument.phq9.items[0].answers.map(\.asName) == Self.oftenness)
        #expect(Instrument.phq9.safety == [SafetyItem(item: "phq9-9", from: 1)])
        #expect(Instrument.ons4.items.map(\.lowerIsBetter) == [false, false, false, true])
    }

    static let oftenness = [
        "Not at all", "Several days", "More than half the days", "Nearly every day",
    ]

    @Test("A file that names a published instrument by its score keeps the items")
    func namedByScore() throws {
        let score = "{min: 0, max: 27, better: lower}"
        let named = "{id: phq-9, name: Mood, occasions: [exit], score: \(score)}"
        let programme = try programme(named)
        let instrument = try #require(programme.instrument("phq-9"))
        #expect(instrument.name == "Mood" && instrument.occasions == [.exit])
        #expect(instrument.items.count == 9 && instrument.isClinical && !instrument.safety.isEmpty)
        #expect(programme.measures.first?.items == [])
        #expect(programme.instruments.map(\.id) == ["phq-9", "ons4", "gad-7"])
        #expect(programme.instruments.first == instrument)
    }

    @Test("A file that scores it otherwise, or brings items, has its own way")
    func ownWay() throws {
        let other = "{id: phq-9, occasions: [exit], score: {min: 0, max: 9, better: lower}}"
        #expect(try programme(other).instrument("phq-9")?.items == [])
        let items = "[{id: phq9-1, question: Low?, answers: [no, yes]}]"
        let own = "{id: phq-9, occasions: [exit], items: \(items)}"
        #expect(try programme(own).instrument("phq-9")?.items.count == 1)
        #expect(try programme(own).instrument("phq-9")?.isClinical == false)
    }

    @Test("A loaded instrument is read with all that it says") func loaded() throws {
        let mood = try Programme(
            yaml: Repository.beside("tenth-programme.yaml"),
            file: "t"
        ).instrument("mood")
        #expect(mood?.isSummed == true && mood?.isClinical == true)
        #expect(mood?.stem == "Over the last week")
        #expect(mood?.bands.map(\.name) == ["Fine", "Low mood"])
        #expect(mood?.safety == [SafetyItem(item: "mood-harm", from: 1)])
        #expect(mood?.items.map(\.scores) == [[0, 2], [0, 2]])
        #expect(mood?.items.first?.score(of: "often") == 2)
        #expect(mood?.items.first?.score(of: "now") == nil)
    }

    @Test("Answers that are sealed cannot be counted, and those of ONS4 can")
    func sealedAnswers() throws {
        let items = "[{id: sore, question: Sore?, answers: [no, yes]}]"
        let measure = "{id: m, occasions: [exit], clinical: true, items: \(items)}"
        let text = try Repository.beside("sound-file.yaml")
            .replacing("known: {all: [engaged, retained]}", with: "known: {answer: {sore: yes}}")
            .replacing(Self.named, with: measure)
        let faults = Programme.check(yaml: text, file: "f").map(\.description)
        #expect(faults.count == 1 && faults.first?.contains("`sore` is not a question") == true)
        let counted = text.replacing("{answer: {sore: yes}}", with: "{answer: {ons4-anxiety: 3}}")
        #expect(Programme.check(yaml: counted, file: "f") == [])
        let scored = text.replacing("{answer: {sore: yes}}", with: "{score: gad-7.tracking}")
        #expect(Programme.check(yaml: scored, file: "f") == [])
    }

    @Test("An onward service is answered by its own organisation, or by the one that it names")
    func onwardOrganisation() throws {
        let programme = try Programme(yaml: Repository.beside("tenth-programme.yaml"), file: "t")
        let answerers = programme.pathway.onward.map(\.organisation)
        #expect(answerers == ["talking-therapies", "money-advice"])
        #expect(programme.priority.map(\.when) == [.employmentStatus(["off-sick"])])
    }
}
