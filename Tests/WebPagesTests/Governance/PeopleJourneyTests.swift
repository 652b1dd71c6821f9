import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Records of one person, and of two, as information governance finds them, page by page.
@Suite struct PeopleJourneyTests {
    @Test("Two records are found, compared, joined and parted", arguments: Backend.allCases)
    func people(_ backend: Backend) async throws {
        try await GovernanceSite.with(backend) { site, installation in
            let browser = site.browser(GovernanceSite.officer)
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
                try await installation.goodwork.pairs(.joined, by: GovernanceSite.officer)
                    .first?.pair.id
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
        try await GovernanceSite.with { site, installation in
            let browser = site.browser(GovernanceSite.officer)
            let start = await browser.get("/governance/people")
            #expect(start.words.contains("FOW0001 and FOW0002"))
            let ids = [
                try await installation.header("FOW0001").person.text,
                try await installation.header("FOW0002").person.text,
            ]
            let (one, other) = (ids[0], ids[1])
            let alone = await browser.submit(
                "/governance/people/compare",
                from: start,
                ["person": one, "person": other, "reason": "Two records"]
            )
            #expect(!alone.words.contains("signs in here"))
            try await installation.goodwork.addOrganisation(
                Organisation(id: "home", name: "Home", kinds: [.provider]),
                by: installation.actor
            )
            _ = try await installation.goodwork.addAccount(
                NewAccount(
                    login: "zelda@example.org",
                    name: "Zelda Sample",
                    organisation: "home",
                    roles: [.resident],
                    person: try #require(PersonID(one))
                ),
                password: "thirteen green buses",
                by: installation.actor
            )
            let compared = await browser.submit(
                "/governance/people/compare",
                from: start,
                ["person": one, "person": other, "reason": "Two records"]
            )
            #expect(compared.words.contains("Or are they two people?"))
            #expect(compared.words.contains("The first signs in here, and will see all"))
            #expect(!compared.words.contains("The second signs in here"))
            #expect(compared.words.contains("the two differ in name, birth date"))
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

            let found = try await installation.goodwork.pairs(.apart, by: GovernanceSite.officer)
            let id = try #require(found.first?.pair.id)
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
}
