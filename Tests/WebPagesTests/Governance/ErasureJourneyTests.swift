import Application
import Casework
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Erasing who a person is, when it is asked for and when it is due, page by page.
@Suite struct ErasureJourneyTests {
    @Test(
        "Erasing shows what goes, asks for the reference once more, then does it",
        arguments: Backend.allCases
    )
    func erase(_ backend: Backend) async throws {
        try await GovernanceSite.with(backend) { site, installation in
            let browser = site.browser(GovernanceSite.officer)
            let path = "/governance/erase"
            let first = await browser.post(path, ["reference": "FOW0001", "reason": "asked"])
            #expect(first.words.contains("What goes, for good"))
            #expect(!first.words.contains("Zelda"))
            let wrong = await browser.submit(
                path,
                from: first,
                ["reference": "FOW0001", "reason": "asked", "step": "erase", "again": "FOW0002"]
            )
            #expect(wrong.status == 422)
            let stays = try await installation.isNamed("FOW0001")
            #expect(stays)
            let done = await browser.submit(
                path,
                from: first,
                ["reference": "FOW0001", "reason": "asked", "step": "erase", "again": "FOW0001"]
            )
            #expect(done.words.contains("The person is erased"))
            let goes = try await installation.isNamed("FOW0001")
            #expect(goes == false)
            let otherStays = try await installation.isNamed("FOW0002")
            #expect(otherStays)
            let copy = await browser.post(
                "/governance/copies",
                ["reference": "FOW0001", "reason": "to see", "format": "page"]
            )
            #expect(copy.words.contains("Who you are has been erased"))
            let none = await browser.post(path, ["reference": "NONE", "reason": "asked"])
            #expect(none.words.contains("There is no case NONE"))
        }
    }

    @Test("What is due is ticked, confirmed and erased")
    func retention() async throws {
        try await GovernanceSite.with { site, installation in
            let browser = site.browser(GovernanceSite.officer)
            let path = "/governance/retention"
            #expect(await browser.get(path).words.contains("Nothing is due"))
            var closed = Closed()
            closed.reason = .completed
            for reference in ["FOW0001", "FOW0002"] {
                let history = try await installation.history(reference)
                guard history.fold().isOpen else { continue }
                let command = Command(
                    .closed(closed),
                    on: CivilDate(iso: "2016-01-04") ?? .init(day: 0)
                )
                try await installation.change(reference, command)
            }
            let list = await browser.get(path)
            #expect(list.words.contains("All 2 people"))
            let none = await browser.post(path, [:])
            #expect(none.words.contains("Tick at least one person"))
            let people = try await installation.goodwork.retentionDue(by: GovernanceSite.officer)
                .map(\.person.text)
            let some = await browser.post(path, ["person": people[0]])
            #expect(some.words.contains("Erase 1 person"))
            let ask = await browser.post(path, ["person": "all"])
            #expect(ask.words.contains("Erase 2 people"))
            #expect(ask.words.contains("(Manchester Fit for Work (out of work))"))
            for person in people { #expect(ask.text.contains("value=\"\(person)\"")) }
            #expect(try await installation.isNamed("FOW0001"))
            let done = await browser.submit(
                path,
                from: ask,
                ["person": people[0], "person": people[1], "confirmed": "yes"]
            )
            #expect(done.words.contains("2 people are erased"))
            for reference in ["FOW0001", "FOW0002"] {
                #expect(try await installation.isNamed(reference) == false)
            }
            #expect(await browser.get(path).words.contains("Nothing is due"))
        }
    }

    @Test("Who waits for a copy stands apart, and erasing them warns")
    func waitsForCopy() async throws {
        try await GovernanceSite.with { site, installation in
            let browser = site.browser(GovernanceSite.officer)
            var closed = Closed()
            closed.reason = .completed
            let closing = Command(
                .closed(closed),
                on: CivilDate(iso: "2016-01-04") ?? .init(day: 0)
            )
            if try await installation.history("FOW0001").fold().isOpen {
                try await installation.change("FOW0001", closing)
            }
            let person = try await installation.header("FOW0001").person
            let (store, now) = (installation.store, installation.clock.now)
            _ = try await installation.database.write {
                try store.askCopy("copy-1", of: person, at: now, in: $0)
            }
            let list = await browser.get("/governance/retention")
            #expect(list.words.contains("Those who wait for a copy"))
            #expect(!list.text.contains("value=\"\(person.text)\""))
            let fields: KeyValuePairs = ["reference": "FOW0001", "reason": "They ask for it"]
            let erase = await browser.post("/governance/erase", fields)
            #expect(erase.words.contains("A copy is not given yet"))
        }
    }
}
