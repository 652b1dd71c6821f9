import Casework
import Kernel
import Programmes
import TestSupport
import Testing
import Web
import WebPages

/// Questionnaires, as they are asked and as they come out.
@Suite struct MeasurePagesTests {
    /// One digit for each item: 0 is "not at all", 3 is "nearly every day".
    struct Example: Sendable, CustomStringConvertible {
        var instrument: String
        var digits: String
        var score: Int
        var band: String
        var description: String { "\(instrument) \(digits)" }
    }

    /// The cut-points of Kroenke 2001 (PHQ-9) and Spitzer 2006 (GAD-7), on either side.
    static let examples = [
        Example(instrument: "phq-9", digits: "000000000", score: 0, band: "None or minimal"),
        Example(instrument: "phq-9", digits: "111100000", score: 4, band: "None or minimal"),
        Example(instrument: "phq-9", digits: "111110000", score: 5, band: "Mild"),
        Example(instrument: "phq-9", digits: "222111000", score: 9, band: "Mild"),
        Example(instrument: "phq-9", digits: "222211000", score: 10, band: "Moderate"),
        Example(instrument: "phq-9", digits: "333311000", score: 14, band: "Moderate"),
        Example(instrument: "phq-9", digits: "333321000", score: 15, band: "Moderately severe"),
        Example(instrument: "phq-9", digits: "333333100", score: 19, band: "Moderately severe"),
        Example(instrument: "phq-9", digits: "333333200", score: 20, band: "Severe"),
        Example(instrument: "gad-7", digits: "1111000", score: 4, band: "None or minimal"),
        Example(instrument: "gad-7", digits: "1111100", score: 5, band: "Mild"),
        Example(instrument: "gad-7", digits: "3321000", score: 9, band: "Mild"),
        Example(instrument: "gad-7", digits: "3331000", score: 10, band: "Moderate"),
        Example(instrument: "gad-7", digits: "3333200", score: 14, band: "Moderate"),
        Example(instrument: "gad-7", digits: "3333300", score: 15, band: "Severe"),
        Example(instrument: "gad-7", digits: "3333333", score: 21, band: "Severe"),
    ]

    static let words = [
        "not-at-all", "several-days", "more-than-half-the-days", "nearly-every-day",
    ]

    /// The answers of an example, in the fields of its page.
    private func form(
        _ instrument: String,
        _ digits: String,
        _ occasion: String,
        from page: TestBrowser.Page
    ) -> Form {
        var form = Form(["occasion": occasion])
        for name in ["_csrf", "_key", "_version"] { form.set(name, page.value(name)) }
        let prefix = instrument.filter { $0 != "-" }
        for (place, digit) in digits.enumerated() {
            let word = Self.words[digit.wholeNumberValue ?? 0]
            form.set("item-\(prefix)-\(place + 1)", word)
        }
        return form
    }

    private func ask(
        _ instrument: String,
        _ digits: String,
        _ occasion: String,
        _ supported: SupportCase
    ) async -> TestBrowser.Page {
        let path = "\(supported.path)/measures/\(instrument)"
        let page = await supported.browser.get(path)
        return await supported.browser.send(
            .post,
            path,
            form(instrument, digits, occasion, from: page)
        )
    }

    @Test("Scores and bands come out as published")
    func published() async throws {
        try await withSupportCase { supported in
            for example in Self.examples {
                let page = await ask(example.instrument, example.digits, "review", supported)
                let most = example.instrument == "phq-9" ? 27 : 21
                let says = "Score \(example.score) of \(most) What it means \(example.band)"
                #expect(page.words.contains(says), "\(example)")
                #expect(!page.words.contains("Act now"), "\(example)")
            }
        }
    }

    @Test("PHQ-9 item 9 above 0 says at once what to do, and a risk is open")
    func safetyStep() async throws {
        try await withSupportCase { supported in
            let page = await ask("phq-9", "000000001", "baseline", supported)
            #expect(page.status == 200)
            #expect(page.words.contains("Act now"))
            for step in [
                "Stay with the person", "Are you thinking of ending your life?", "call 999",
                "call NHS 111, option 2", "Tell your manager", "Record the risk",
            ] {
                #expect(page.words.contains(step))
            }
            let folded = try await supported.folded()
            #expect(folded.risks.map(\.measure) == ["phq-9"])
            let risk = "A risk is open since 2 June 2025: suicide, because of an answer to PHQ-9."
            #expect(await supported.browser.get(supported.path).words.contains(risk))
            let safety = await supported.browser.get(supported.path + "/safety")
            #expect(safety.words.contains(risk))
            // Answered anew the same day, it says what was said now; the risk stays open.
            let better = await ask("phq-9", "000000000", "review", supported)
            #expect(!better.words.contains("Act now"))
            #expect(!better.words.contains("They said so"))
            #expect(better.words.contains("A risk raised on 2 June 2025, by earlier answers"))
            // What was answered stands on no page; the score does.
            for path in ["", "/measures", "/measures/phq-9/taken", "/safety"] {
                let page = await supported.browser.get(supported.path + path)
                #expect(!page.words.contains("several days"), "\(path)")
                #expect(!page.words.contains("Several days"), "\(path)")
            }
        }
    }

    @Test("A question left out is asked for, and the other answers are kept")
    func missing() async throws {
        try await withSupportCase { supported in
            let page = await ask("phq-9", "33333333", "baseline", supported)
            #expect(page.status == 422)
            #expect(page.words.contains("Error: Answer question 9"))
            #expect(page.text.contains("href=\"#item-phq9-9\""))
            #expect(page.text.components("value=\"nearly-every-day\" checked") == 8)
            let folded = try await supported.folded()
            #expect(folded.readings.isEmpty)
        }
    }

    @Test("The change since the baseline is shown, and whether it is better")
    func distance() async throws {
        try await withSupportCase { supported in
            _ = await ask("phq-9", "333333000", "baseline", supported)
            let page = await supported.browser.get(supported.path + "/measures")
            #expect(page.words.contains("Ask PHQ-9 (review)"))
            #expect(page.words.contains("Ask GAD-7 (baseline)"))
            _ = await ask("phq-9", "111111000", "review", supported)
            _ = await ask("gad-7", "1111111", "baseline", supported)
            _ = await ask("gad-7", "2222222", "exit", supported)
            let words = await supported.browser.get(supported.path).words
            #expect(words.contains("18, moderately severe"))
            #expect(words.contains("6, mild"))
            #expect(words.contains("−12 Better"))
            #expect(words.contains("+7 Worse"))
        }
    }

    @Test("ONS4 is never added up, and a programme's own questions are asked as well")
    func others() async throws {
        try await withSupportCase { supported in
            let path = supported.path + "/measures/ons4"
            var page = await supported.browser.post(
                path,
                ["occasion": "baseline", "item-ons4-anxiety": "8"]
            )
            #expect(!page.words.contains("Score"))
            page = await supported.browser.post(
                path,
                ["occasion": "review", "item-ons4-anxiety": "3"]
            )
            #expect(page.words.contains("−5 Better"))
            page = await supported.browser.post(path, ["occasion": "review"])
            #expect(page.words.contains("Error: Give at least one answer"))
            page = await supported.browser.get(supported.path + "/measures/satisfaction")
            #expect(page.words.contains("How satisfied were you with the support?"))
            #expect(page.value("occasion") == "exit")
            page = await supported.browser.post(
                supported.path + "/measures/confidence",
                ["occasion": "baseline", "score": "11"]
            )
            #expect(page.words.contains("The score must be a whole number, 0 to 10"))
            page = await supported.browser.post(
                supported.path + "/measures/confidence",
                ["occasion": "baseline", "score": "4"]
            )
            #expect(page.words.contains("Score 4 of 10"))
            #expect(await supported.browser.get(supported.path + "/measures/none").status == 404)
        }
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func components(_ text: String) -> Int { split(separator: text).count - 1 }
}
