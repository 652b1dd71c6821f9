import Casework
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// A case from its assessment to its end, as a coach works it.
@Suite struct SupportJourneyTests {
    @Test("From assessment to closure and back, by pages alone", arguments: Backend.allCases)
    func wholeWay(_ backend: Backend) async throws {
        try await withSupportCase(backend) { supported in
            try await assessAndStart(supported)
            try await deliver(supported)
            try await referOn(supported)
            try await findWork(supported)
            try await end(supported)
        }
    }

    private func assessAndStart(_ supported: SupportCase) async throws {
        let (browser, path) = (supported.browser, supported.path)
        var page = await browser.get(path)
        #expect(page.words.contains("Not assessed yet"))
        #expect(!page.text.contains("/start\""))
        page = await browser.post(
            path + "/assess",
            ["barriers": "mental-health", "barriers": "housing", "on": "2025-04-03"]
        )
        #expect(page.path == path + "/measures")
        #expect(page.words.contains("Ask PHQ-9 (baseline)"))
        page = await browser.get(path)
        #expect(page.words.contains("Mental health, Housing"))
        #expect(page.text.contains("action=\"\(path)/start\""))
        page = await browser.submit(path + "/start", from: page, ["on": "2025-04-04"])
        #expect(page.words.contains("Support started 4 April 2025"))
        #expect(!page.text.contains("action=\"\(path)/start\""))
    }

    private func deliver(_ supported: SupportCase) async throws {
        let (browser, path) = (supported.browser, supported.path)
        var page = await browser.get(path + "/onward/refer")
        #expect(page.words.contains("No service can take this person today"))
        #expect(page.words.contains("Agree a plan first"))
        // There is nothing to send, and what can be done instead is said.
        #expect(!page.text.contains("action=\"\(path)/onward/refer\""))
        #expect(page.text.contains("href=\"\(path)/notes\""))
        let other = await browser.get(path + "/plan")
        let sent = await browser.submit(
            path + "/onward/refer",
            from: other,
            ["service": "be-well"]
        )
        #expect(sent.status == 422 && sent.words.contains("Nothing was sent"), "\(sent.words)")
        #expect(!sent.text.contains("href=\"#service\""))
        page = await browser.post(
            path + "/plan",
            [
                "plan": "move-into-work", "goal-1": "Work with animals again",
                "goal-2": "Sleep better", "action-1": "Visit the rescue centre",
                "action-1-due": "2025-05-01", "action-1-goal": "1",
                "action-3": "Ring the doctor", "action-3-owner": "coach", "on": "2025-04-10",
            ]
        )
        #expect(page.words.contains("Move into work"))
        #expect(page.words.contains("Visit the rescue centre For: Work with animals again"))
        #expect(page.words.contains("overdue by 32 days"))
        let folded = try await supported.folded()
        #expect(folded.goals.map(\.id) == ["g1", "g2"])
        #expect(folded.actions.map(\.id) == ["a1", "a2"])
        #expect(folded.actions.map(\.owner) == ["person", "coach"])
        page = await browser.submit(path + "/plan/items", from: page, ["action-a2": "done"])
        #expect(try await supported.folded().actions.map(\.state) == [.open, .done])
        page = await browser.post(
            path + "/plan/review",
            ["goal-g2": "dropped", "action-a1": "open", "on": "2025-05-02"]
        )
        #expect(page.words.contains("Last reviewed 2 May 2025"))
        #expect(try await supported.folded().goals.map(\.state) == [.open, .dropped])

        page = await browser.post(path + "/deliver", ["intervention": "cbt", "sessions": "6"])
        #expect(page.words.contains("6 of 6 delivered"))
        page = await browser.post(path + "/deliver", ["intervention": "cbt", "sessions": "1"])
        #expect(page.status == 422)
        #expect(page.words.contains("6 of 6 sessions of Cognitive behavioural therapy"))
        #expect(page.text.contains("id=\"sessions-error\""))
    }

    private func referOn(_ supported: SupportCase) async throws {
        let (browser, path) = (supported.browser, supported.path)
        var page = await browser.get(path + "/onward/refer")
        let why = "WorkWell in another locality is for people who live outside Manchester"
        #expect(page.text.contains("value=\"be-well\""))
        #expect(!page.text.contains("value=\"own-locality\""))
        #expect(page.words.contains(why))
        page = await browser.post(path + "/onward/refer", ["service": "own-locality"])
        #expect(page.status == 422)
        #expect(page.text.contains("id=\"service-error\""))
        #expect(try await supported.folded().onward.isEmpty)
        page = await browser.post(
            path + "/onward/refer",
            ["service": "be-well", "on": "2025-05-12"]
        )
        #expect(page.words.contains("Sent 12 May 2025, 21 days without an answer"))
        #expect(page.words.contains("overdue by 14 days"))
        #expect(page.words.contains("We still hold the case"))
        page = await browser.submit(
            path + "/onward/answer",
            from: page,
            ["onward": "o1", "to": "pending"]
        )
        #expect(page.words.contains("Asked again on 2 June 2025"))
        #expect(!page.words.contains("overdue by 14 days"))
        page = await browser.post(path + "/onward/answer", ["onward": "o1", "to": "declined"])
        #expect(page.words.contains("Error: Choose why"))
        page = await browser.post(path + "/onward/answer", ["onward": "o1", "to": "accepted"])
        #expect(page.words.contains("Accepted"))
        #expect(!page.words.contains("without an answer"))
    }

    private func findWork(_ supported: SupportCase) async throws {
        let (browser, path) = (supported.browser, supported.path)
        var page = await browser.post(
            path + "/work/job",
            ["kind": "job", "employer": "Paws Ltd", "on": "2025-04-01", "hours_per_week": "20"]
        )
        #expect(page.words.contains("Job, Paws Ltd"))
        #expect(page.words.contains("Met on 1 April 2025"))
        #expect(page.words.contains("63 of 91 days; earliest 30 June 2025"))
        page = await browser.post(
            path + "/work/job-change",
            ["pay": "312.50", "on": "2025-05-01", "spell": "j1"]
        )
        #expect(page.words.contains("£312.50"))
        page = await browser.post(path + "/work/job-change", ["spell": "j1"])
        #expect(page.words.contains("Give the new hours, the new pay, or both"))
        page = await browser.post(path + "/work/status", ["status": "in-work"])
        #expect(page.words.contains("Employment status In work"))
        page = await browser.post(
            path + "/work/fit-note",
            ["from": "2025-05-10", "to": "2025-05-01", "advice": "not-fit"]
        )
        #expect(page.words.contains("before it begins"))
        page = await browser.post(path + "/work/adjustment", ["adjustment": "phased-return"])
        #expect(page.words.contains("Changes at work Phased return"))
        page = await browser.post(path + "/work/return", ["return_on": "2025-06-16"])
        #expect(page.words.contains("Return to work 16 June 2025"))
        page = await browser.post(path + "/work/job-end", ["on": "2025-05-31", "spell": "j1"])
        #expect(page.words.contains("31 May 2025"))
        let last = try SupportCase.day("2025-05-31")
        #expect(try await supported.folded().spells.map(\.to) == [last])
    }

    private func end(_ supported: SupportCase) async throws {
        let (browser, path) = (supported.browser, supported.path)
        var page = await browser.get(path)
        #expect(page.text.contains("\(path)/discharge\""))
        #expect(!page.text.contains("\(path)/tracking\""))
        #expect(!page.text.contains("\(path)/reopen\""))
        page = await browser.get(path + "/discharge")
        #expect(page.words.contains("At referral Out of work"))
        #expect(page.words.contains("Onward referral to Be Well"))
        page = await browser.post(path + "/discharge", ["improved": "yes"])
        #expect(page.words.contains("Error: Choose the status at discharge"))
        page = await browser.post(path + "/discharge", ["status": "in-work", "improved": "yes"])
        #expect(page.words.contains("Status at discharge In work"))
        #expect(!page.text.contains("\(path)/discharge\""))
        page = await browser.post(path + "/tracking", ["outcome": "reached", "status": "in-work"])
        #expect(page.words.contains("Reached since 2 June 2025"))
        page = await browser.post(path + "/tracking/end", [:])
        #expect(page.words.contains("Why Completed"))
        #expect(!page.text.contains("\(path)/close\""))
        page = await browser.post(path + "/reopen", ["text": " "])
        #expect(page.words.contains("Error: Write why the case is reopened"))
        #expect(page.words.contains("Error: Choose what the person needs"))
        let why = "She rang and wants more help"
        page = await browser.post(path + "/reopen", ["for": "support", "text": why])
        #expect(try await supported.folded().isOpen)
        #expect(page.text.contains("\(path)/discharge\""))
        #expect(!page.text.contains("\(path)/tracking\""))
        page = await browser.post(path + "/discharge", ["status": "off-sick", "improved": "no"])
        #expect(page.words.contains("Status at discharge Off sick"))
        page = await browser.post(path + "/close", ["reason": "moved-away"])
        #expect(page.words.contains("Why Moved away"))
        #expect(page.text.contains("\(path)/reopen\""))
        #expect(!page.text.contains("\(path)/deliver\""))
        // What is entered for the day of the closing is taken to have gone before it.
        supported.installation.clock.advance(milliseconds: 86_400_000)
        page = await browser.post(path + "/deliver", ["intervention": "coaching", "sessions": "1"])
        #expect(page.words.contains("This case was closed on 2 June 2025. Reopen it first."))
    }
}
