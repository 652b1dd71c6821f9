import Application
import TestSupport
import Testing
import Web
import WebPages

/// The answers of one self-referral, page by page.
struct SelfReferralJourney: Sendable {
    typealias Answer = (step: String, fields: KeyValuePairs<String, String>)

    var browser: TestBrowser
    /// What is answered otherwise than usual, by the page.
    var otherwise: [String: String] = [:]

    /// The pages in order, with answers of somebody who can be helped.
    var answers: [Answer] {
        [
            ("programme", ["programme": one("programme", "workwell-manchester")]),
            ("age", ["age": one("age", "yes")]),
            ("name", ["given_name": "Sam", "family_name": "Selfmade"]),
            (
                "birth-date",
                ["birth_date-day": "31", "birth_date-month": "1", "birth_date-year": "1980"]
            ),
            ("postcode", ["postcode": one("postcode", "m20 2ls")]),
            ("contact", ["reach": "text", "phone": "0161 496 0999", "email": ""]),
            ("nhs-number", ["nhs-number": one("nhs-number", "999 000 0018")]),
            ("work", ["work": one("work", "off-sick")]),
            ("condition", ["condition": one("condition", "mental-health")]),
            (
                "question-health-condition",
                ["question-health-condition": one("question-health-condition", "yes")]
            ),
            ("question-racially-minoritised", ["question-racially-minoritised": "not-said"]),
            ("question-pathway-point", ["question-pathway-point": "do-not-know"]),
            ("agree", ["agree": one("agree", "yes")]),
            ("agree-gp", ["agree-gp": "no"]),
            ("agree-study", ["agree-study": "yes"]),
        ]
    }

    private func one(_ step: String, _ usual: String) -> String { otherwise[step] ?? usual }

    /// Answers pages in order, from one on.
    ///
    /// - Returns: the page that the last answer led to.
    @discardableResult
    func answer(from first: Int = 0, to last: Int = 14) async -> TestBrowser.Page {
        var page = await browser.get("/self-referral")
        for (step, fields) in answers[first...last] {
            page = await browser.post("/self-referral/\(step)", fields)
        }
        return page
    }

    func send() async -> TestBrowser.Page { await browser.post("/self-referral/check", [:]) }
}
