import Application
import Casework
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// Who may see and change what in the pages of support.
@Suite struct SupportAccessTests {
    /// Every way in, for one case.
    private func ways(_ supported: SupportCase) -> [(method: Request.Method, path: String)] {
        SupportPages.routes.map { route in
            let parts = route.pattern.split(separator: "/").map { part in
                switch part {
                case ":case": supported.header.id.text
                case ":instrument": "phq-9"
                default: String(part)
                }
            }
            return (route.method, "/" + parts.joined(separator: "/"))
        }
    }

    private func status(
        _ way: (method: Request.Method, path: String),
        _ browser: TestBrowser,
        _ supported: SupportCase
    ) async -> Int {
        var form = Form()
        // So that it is not refused for want of this.
        if let token = browser.cookies[Site.sessionCookie] {
            form.set("_csrf", supported.installation.goodwork.csrf(of: token))
        }
        return await browser.answer(way.method, way.path, form).status
    }

    @Test("Another organisation's coach finds nothing anywhere, and nobody sees it unsigned")
    func strangers() async throws {
        try await withSupportCase { supported in
            let stranger = Actor(user: "u-else", organisation: "mft", role: .coach)
            let browser = supported.site.browser(stranger)
            let ways = ways(supported)
            #expect(ways.count > 40)
            for way in ways { #expect(await status(way, browser, supported) == 404, "\(way)") }
            let before = try await supported.version()
            for way in ways {
                let answer = await status(way, supported.site.browser(), supported)
                #expect(way.method == .get ? answer == 303 : [303, 403].contains(answer), "\(way)")
            }
            #expect(try await supported.version() == before)
        }
    }

    @Test("Neither the onward organisation nor the referrer sees measures or changes the case")
    func outsiders() async throws {
        try await withSupportCase { supported in
            var taken = MeasureTaken()
            taken.instrument = "gad-7"
            taken.score = 17
            try await supported.enter(.measureTaken(taken), on: "2025-04-05")
            try await supported.agreePlan()
            var sent = OnwardSent()
            sent.onward = "o1"
            sent.service = "talking-therapies"
            try await supported.enter(.onwardSent(sent), on: "2025-05-12")
            #expect(await supported.browser.get(supported.path).words.contains("17, severe"))

            let onward = Actor(user: "u-on", organisation: "talking-therapies", role: .coach)
            for actor in [onward, SupportCase.referrer] {
                let browser = supported.site.browser(actor)
                for way in ways(supported) where !way.path.hasSuffix("/safety") {
                    #expect(await status(way, browser, supported) == 403, "\(actor.user) \(way)")
                }
            }
            let page = await supported.site.browser(onward).get(supported.path)
            #expect(page.status == 200)
            #expect(page.words.contains("Onward referrals"))
            for hidden in ["GAD-7", "17, severe", "Measures", "Record a job", "Refer on"] {
                #expect(!page.words.contains(hidden), "\(hidden)")
            }
        }
    }

    @Test("Without the person's agreement a coach cannot open a questionnaire")
    func consentRefused() async throws {
        try await withInstallation(.sqlite) { installation in
            let supported = try await SupportCase(installation, consents: [.referral: false])
            let page = await supported.browser.get(supported.path + "/measures/phq-9")
            #expect(page.status == 403)
            let start = await supported.browser.post(supported.path + "/start", [:])
            #expect(start.status == 422)
            #expect(
                start.words.contains("The person has not agreed to being referred and supported.")
            )
            #expect(await supported.browser.get(supported.path + "/safety").status == 200)
        }
    }
}
