import Application
import Casework
import Foundation
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Information governance at work, page by page.
@Suite struct GovernanceJourneyTests {
    static let officer = Actor(user: "ig-1", organisation: "host", role: .governance)
    static let administrator = Actor(user: "admin-1", organisation: "host", role: .administrator)
    static let coach = Actor(user: "coach-1", organisation: "big-life", role: .coach)
    static let id = "fit-for-work-out-of-work"

    /// A site with two cases, FOW0001 and FOW0002.
    private func withSite(
        _ backend: Backend = .sqlite,
        _ body: (TestSite, TestInstallation) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            var list = try ClientList(fixture: Self.id).only([1, 2])
            for (row, name) in [(1, "Zelda"), (2, "Quentin")] {
                list[row, "given_name"] = name
                list[row, "family_name"] = "Sample"
                list[row, "birth_date"] = "1980-01-02"
            }
            list[2, "nhs_number"] = list[1, "nhs_number"]
            list[2, "birth_date"] = "1981-01-02"
            for column in [
                "discharged_on", "discharge_status", "discharge_improved", "tracking_ended_on",
                "closed_on", "closure_reason",
            ] {
                list.remove(column)
            }
            try await installation.importList(list, Self.id)
            let site = TestSite(installation)
            try await body(site, installation)
            #expect(site.errors == [])
        }
    }

    /// Whether anything is left of who the person of a case is.
    static func isNamed(
        _ reference: String,
        _ installation: TestInstallation
    ) async throws -> Bool {
        try await installation.identity(reference) != nil
    }

    static let governance = [
        "/governance", "/governance/log", "/governance/log/refused", "/governance/glass",
        "/governance/people", "/governance/people/merges", "/governance/people/apart",
        "/governance/copies",
        "/governance/erase", "/governance/retention",
    ]
    static let administration = [
        "/admin", "/admin/accounts", "/admin/accounts/add", "/admin/organisations",
        "/admin/programmes", "/admin/translations", "/admin/translations/pl",
        "/admin/translations/pl/import", "/admin/translations/pl/export",
        "/admin/programmes/kickstarter/1",
    ]

    @Test("Each page is for its role, and for nobody else")
    func guards() async throws {
        try await withSite { site, _ in
            let officer = site.browser(Self.officer)
            let administrator = site.browser(Self.administrator)
            let coach = site.browser(Self.coach)
            for path in Self.governance {
                #expect(await officer.get(path).status == 200, "\(path)")
                #expect(await administrator.get(path).status == 403, "\(path)")
                #expect(await coach.get(path).status == 403, "\(path)")
                let nobody = await site.browser().answer(.get, path, Form())
                #expect(nobody["Location"]?.hasPrefix("/sign-in") == true, "\(path)")
            }
            for path in Self.administration {
                #expect(await administrator.get(path).status == 200, "\(path)")
                #expect(await officer.get(path).status == 403, "\(path)")
                #expect(await coach.get(path).status == 403, "\(path)")
            }
            let pages = GovernancePages.routes + AdministratorPages.routes
            for route in pages {
                #expect(route.guard != .anyone && route.guard != .signedIn, "\(route.pattern)")
            }
        }
    }

    @Test("The log is searched by a form, and nothing typed stands in an address")
    func log() async throws {
        try await withSite { site, installation in
            let browser = site.browser(Self.officer)
            _ = await site.browser(Self.coach).get("/governance")
            let page = await browser.post("/governance/log", ["reference": "FOW0001"])
            #expect(page.status == 200)
            #expect(page.path == "/governance/log")
            #expect(page.words.contains("case FOW0001") || page.words.contains("No entry"))
            let wrong = await browser.post("/governance/log", ["reference": "NONE"])
            #expect(wrong.status == 422)
            #expect(wrong.words.contains("There is no case NONE"))
            let backwards = await browser.post(
                "/governance/log",
                ["from": "2025-06-02", "to": "2025-06-01"]
            )
            #expect(backwards.words.contains("The last day must not be before the first day"))
            for _ in 1...60 { _ = try await installation.goodwork.retentionDue(by: Self.officer) }
            let many = await browser.post("/governance/log", ["account": "ig-1"])
            let before = try #require(many.value("before"))
            let older = await browser.submit(
                "/governance/log",
                from: many,
                ["account": "ig-1", "before": before]
            )
            #expect(older.status == 200)
            #expect(older.words.contains("Counts") == false)
            #expect(older.text != many.text)
        }
    }

    @Test("Two records are found, compared, joined and parted", arguments: Backend.allCases)
    func people(_ backend: Backend) async throws {
        try await withSite(backend) { site, installation in
            let browser = site.browser(Self.officer)
            let start = await browser.get("/governance/people")
            #expect(start.words.contains("FOW0001 and FOW0002"))
            #expect(!start.words.contains("Zelda"))
            let number = try await installation.identity("FOW0001")?.nhsNumber ?? ""
            let without = await browser.post("/governance/people", ["nhs_number": number])
            #expect(without.words.contains("Say why you look for this person"))
            #expect(!without.words.contains("Zelda"))
            let found = await browser.post(
                "/governance/people",
                ["nhs_number": number, "reason": "Two records"]
            )
            #expect(found.words.contains("Zelda Sample"))
            #expect(found.words.contains("Quentin Sample"))
            #expect(found.path == "/governance/people")
            let (one, other) = (
                try await installation.header("FOW0001").person.text,
                try await installation.header("FOW0002").person.text
            )
            // A slip keeps who was found, and what was chosen.
            let slip = await browser.submit(
                "/governance/people/compare",
                from: found,
                ["person": one, "nhs_number": number, "reason": "Two records"]
            )
            #expect(slip.status == 422)
            #expect(slip.text.contains("href=\"#person\""))
            #expect(slip.words.contains("Zelda Sample"))
            #expect(slip.text.contains("\(one)\" aria-describedby=\"person-item-hint\" checked"))
            let blamed = await browser.submit(
                "/governance/people/compare",
                from: start,
                ["pair": "\(one) \(other)"]
            )
            #expect(blamed.words.contains("Say why you compare them"))
            let pair = "\(one) \(other)\" aria-describedby=\"pair-item-hint\" checked"
            #expect(blamed.text.contains(pair))
            let compared = await browser.submit(
                "/governance/people/compare",
                from: found,
                ["person": one, "person": other, "reason": "Two records"]
            )
            #expect(compared.words.contains("2 January 1980"))
            #expect(compared.words.contains("2 January 1981"))
            let blank = await browser.submit(
                "/governance/people/compare",
                from: compared,
                ["person": one, "person": other, "reason": "Two records", "keep": other]
            )
            #expect(blank.status == 422)
            #expect(blank.words.contains("Say how you know"))
            let joined = await browser.submit(
                "/governance/people/compare",
                from: compared,
                [
                    "person": one, "person": other, "reason": "Two records", "keep": other,
                    "because": "Their GP says so",
                ]
            )
            #expect(joined.path == "/governance/people/merges")
            #expect(joined.words.contains("Their GP says so"))
            #expect(joined.words.contains("Joined"))
            #expect(await browser.get("/governance").words.contains("1 person linked"))
            let link = try #require(
                try await installation.goodwork.merges(by: Self.officer).first?.link.id
            )
            let path = "/governance/people/merges/\(link)"
            let parted = await browser.post(path, ["because": "They are twins"])
            #expect(parted.words.contains("Parted"))
            #expect(await browser.get(path).words.contains("They are twins"))
            #expect(await browser.get("/governance").words.contains("0 people linked"))
        }
    }

    @Test("Two records are found to be of two people, until that is withdrawn")
    func twoPeople() async throws {
        try await withSite { site, installation in
            let browser = site.browser(Self.officer)
            let start = await browser.get("/governance/people")
            #expect(start.words.contains("FOW0001 and FOW0002"))
            let ids = [
                try await installation.header("FOW0001").person.text,
                try await installation.header("FOW0002").person.text,
            ]
            let (one, other) = (ids[0], ids[1])
            let compared = await browser.submit(
                "/governance/people/compare",
                from: start,
                ["person": one, "person": other, "reason": "Two records"]
            )
            #expect(compared.words.contains("Or are they two people?"))
            let told = await browser.submit(
                "/governance/people/apart",
                from: compared,
                ["person": one, "person": other, "reason": "Two records", "why_two": "A niece"]
            )
            #expect(told.path == "/governance/people/apart")
            #expect(told.words.contains("A niece"))
            let without = await browser.get("/governance/people")
            #expect(!without.words.contains("FOW0001 and FOW0002"))
            let again = await browser.submit(
                "/governance/people/compare",
                from: without,
                ["person": one, "person": other, "reason": "Two records"]
            )
            #expect(again.words.contains("They were found to be two people on"))
            #expect(!again.words.contains("Join them"))
            let refused = await browser.submit(
                "/governance/people/compare",
                from: again,
                [
                    "person": one, "person": other, "reason": "Two records", "keep": other,
                    "because": "They are one",
                ]
            )
            #expect(refused.words.contains("Withdraw that first"))

            let found = try await installation.goodwork.peopleApart(by: Self.officer)
            let id = try #require(found.first?.apart.id)
            let page = await browser.get("/governance/people/apart/\(id)")
            #expect(page.words.contains("A niece"))
            #expect(await browser.get("/governance/people/apart/none").status == 404)
            let back = await browser.submit("/governance/people/apart/\(id)", from: page, [:])
            #expect(back.path == "/governance/people/apart")
            #expect(back.words.contains("Withdrawn"))
            let offered = await browser.get("/governance/people")
            #expect(offered.words.contains("FOW0001 and FOW0002"))
            #expect(site.errors == [])
        }
    }

    @Test("A copy is read, kept as a document and as JSON, with what to check set apart")
    func copies() async throws {
        try await withSite { site, installation in
            let header = try await installation.header("FOW0001")
            var note = NoteWritten()
            note.text = "Her neighbour Bob shouts <b>"
            try await installation.change(
                "FOW0001",
                Command(.noteWritten(note), on: CivilDate(day: 16_500))
            )
            try await installation.database.write { transaction in
                try transaction.execute(
                    "INSERT INTO copies_asked (id, person_id, asked_at) VALUES ($1, $2, $3)",
                    ["c-1", .text(header.person.text), .int(1_745_000_000_000)]
                )
            }
            let browser = site.browser(Self.officer)
            let list = await browser.get("/governance/copies")
            #expect(list.words.contains("Overdue"))
            #expect(list.words.contains("FOW0001"))
            let path = "/governance/copies"
            let none = await browser.post(path, ["reference": "FOW0001", "format": "page"])
            #expect(none.words.contains("Say why"))
            #expect(!none.words.contains("Zelda"))
            let read = await browser.post(
                path,
                ["reference": "FOW0001", "reason": "asked for", "format": "page"]
            )
            #expect(read.words.contains("Zelda Sample"))
            #expect(read.words.contains("Check before giving"))
            #expect(read.text.contains("Bob shouts &lt;b&gt;"))
            #expect(read.text.components(separatedBy: "Bob shouts").count == 2)
            #expect(read.words.contains("Who looked at your record"))
            let document = await browser.post(
                path,
                ["reference": "FOW0001", "reason": "asked for", "format": "document"]
            )
            #expect(document.text.hasPrefix("<!DOCTYPE html>"))
            #expect(document.headers.contains { $0.value == "attachment; filename=\"copy.html\"" })
            let json = await browser.post(
                path,
                ["reference": "FOW0001", "reason": "asked for", "format": "json"]
            )
            let parsed = try JSONValue(parsing: json.text)
            guard case .object(let object) = parsed else {
                Issue.record("the copy is not an object")
                return
            }
            #expect(
                object.keys == [
                    "made_at", "person", "records", "accounts", "cases", "looked_at",
                    "glass_broken", "merges", "told_apart", "claims", "practices", "copies_asked",
                ]
            )
            let given = await browser.post("/governance/copies/c-1/given", [:])
            #expect(given.words.contains("Nobody waits for a copy"))
        }
    }

    @Test(
        "Erasing shows what goes, asks for the reference once more, then does it",
        arguments: Backend.allCases
    )
    func erase(_ backend: Backend) async throws {
        try await withSite(backend) { site, installation in
            let browser = site.browser(Self.officer)
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
            let stays = try await Self.isNamed("FOW0001", installation)
            #expect(stays)
            let done = await browser.submit(
                path,
                from: first,
                ["reference": "FOW0001", "reason": "asked", "step": "erase", "again": "FOW0001"]
            )
            #expect(done.words.contains("The person is erased"))
            let goes = try await Self.isNamed("FOW0001", installation)
            #expect(goes == false)
            let otherStays = try await Self.isNamed("FOW0002", installation)
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
        try await withSite { site, installation in
            let browser = site.browser(Self.officer)
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
            let people = try await installation.goodwork.retentionDue(by: Self.officer)
                .map(\.person.text)
            let some = await browser.post(path, ["person": people[0]])
            #expect(some.words.contains("Erase 1 person"))
            let ask = await browser.post(path, ["person": "all"])
            #expect(ask.words.contains("Erase 2 people"))
            #expect(ask.words.contains("(Manchester Fit for Work (out of work))"))
            for person in people { #expect(ask.text.contains("value=\"\(person)\"")) }
            #expect(try await Self.isNamed("FOW0001", installation))
            let done = await browser.submit(
                path,
                from: ask,
                ["person": people[0], "person": people[1], "confirmed": "yes"]
            )
            #expect(done.words.contains("2 people are erased"))
            for reference in ["FOW0001", "FOW0002"] {
                #expect(try await Self.isNamed(reference, installation) == false)
            }
            #expect(await browser.get(path).words.contains("Nothing is due"))
        }
    }

    @Test("Who waits for a copy stands apart, and erasing them warns")
    func waitsForCopy() async throws {
        try await withSite { site, installation in
            let browser = site.browser(Self.officer)
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

    @Test("Broken glass is reviewed with a verdict and words")
    func glass() async throws {
        try await withSite { site, installation in
            let caseID = try await installation.header("FOW0001").id.text
            let (store, now) = (installation.store, installation.clock.now)
            for (id, account) in [("g-1", "coach-9"), ("g-2", "ig-1")] {
                try await installation.database.write { transaction in
                    try transaction.execute(
                        """
                        INSERT INTO glass (id, case_id, account, organisation, reason, broken_at,
                            ends_at)
                        VALUES ($1, $2, $3, $4, $5, $6, $7)
                        """,
                        [
                            .text(id), .text(caseID), .text(account), "elsewhere",
                            .blob(try store.vault.seal(Array("She fell".utf8), at: "glass:\(id)")),
                            .int(now.milliseconds), .int(now.milliseconds + 14_400_000),
                        ]
                    )
                }
            }
            let browser = site.browser(Self.officer)
            #expect(await browser.get("/governance").words.contains("2 glass to review"))
            let page = await browser.get("/governance/glass/g-1")
            #expect(page.words.contains("She fell"))
            let blank = await browser.post("/governance/glass/g-1", ["verdict": "justified"])
            #expect(blank.status == 422)
            let done = await browser.post(
                "/governance/glass/g-1",
                ["verdict": "justified", "words": "She had fallen"]
            )
            #expect(done.path == "/governance/glass")
            #expect(done.words.contains("Justified"))
            let own = await browser.get("/governance/glass/g-2")
            #expect(own.words.contains("You broke this glass yourself"))
            let refused = await browser.submit(
                "/governance/glass/g-2",
                from: own,
                ["verdict": "justified", "words": "Mine"]
            )
            #expect(refused.status == 422)
        }
    }
}
