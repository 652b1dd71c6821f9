import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Who the person is, put right on the case page.
@Suite struct DetailsFormTests {
    private static let number = "999 300 0019"

    @Test("A coach puts details right; what the referral said stays", arguments: Backend.allCases)
    func change(_ backend: Backend) async throws {
        try await withCase(backend) { scene in
            let browser = scene.site.browser(CaseScene.ana)
            let path = scene.path + "/details"
            #expect(await browser.get(scene.path).text.contains("href=\"\(path)\""))
            let page = await browser.get(path)
            #expect(page.value("given_name") == "Nadia")
            #expect(page.value("birth_date") == "4 March 1980")
            #expect(page.value("phone") == "0161 496 0000")
            let typed: KeyValuePairs = [
                "had-phone": "0161 496 0000", "phone": "0161 496 0111",
                "nhs_number": Self.number, "postcode": "m20 2ls", "birth_date": "5 3 1980",
                "had-birth_date": "4 March 1980",
            ]
            let saved = await browser.submit(path, from: page, typed)
            let names = "birth date, NHS number, postcode, telephone"
            #expect(saved.words.contains("Details changed: \(names)"))
            // A double click.
            #expect(await browser.submit(path, from: page, typed).status == 200)
            #expect(saved.words.contains("0161 496 0111"))
            let identity = try await scene.installation.identity(scene.header.reference)
            #expect(identity?.nhsNumber == "9993000019")
            #expect(identity?.postcode == "M20 2LS")
            #expect(identity?.birthDate == "1980-03-05")
            #expect(identity?.familyName == "Khan")
            #expect(try await scene.history().fold().referral?.outwardCode == "M14")
            // It is changed anew, and not withdrawn.
            let event = try #require(
                try await scene.history().events.last { $0.body.kind == .detailsChanged }
            )
            // The referral had no age: it follows from the date of birth.
            #expect(try await scene.history().fold().referral?.age == 45)
            #expect(event.by.user == "ana")
            #expect(!saved.text.contains("/entries/\(event.id.text)/withdraw"))
        }
    }

    @Test("A telephone number that is no longer theirs is cleared; other blanks say nothing")
    func clear() async throws {
        try await withCase { scene in
            let browser = scene.site.browser(CaseScene.ana)
            let path = scene.path + "/details"
            func send(_ fields: KeyValuePairs<String, String>) async -> TestBrowser.Page {
                await browser.submit(path, from: await browser.get(path), fields)
            }
            let same = await send(["had-phone": "0161 496 0000", "phone": "0161 496 0000"])
            #expect(same.words.contains("Change at least one of the details"))
            let unnamed = await send(["had-family_name": "Khan", "family_name": ""])
            #expect(unnamed.words.contains("Enter the last name"))
            for (field, value, says) in [
                ("nhs_number", "12", "has 2 digits, not 10"), ("postcode", "M", "whole postcode"),
                ("birth_date", "31 2 1980", "real date in the past"),
                ("email", "nadia", "name@example.org"),
            ] {
                let page = await send([field: value])
                #expect(page.status == 422, "\(field)")
                #expect(page.words.contains(says), "\(field)")
                #expect(page.value(field) == value)
            }
            #expect(try await scene.count(.detailsChanged) == 0)
            _ = await send(["had-phone": "0161 496 0000", "phone": "", "email": ""])
            let identity = try await scene.installation.identity(scene.header.reference)
            #expect(identity?.phone == nil)
            let event = try #require(try await scene.history().events.last)
            guard case .detailsChanged(let told) = event.body else {
                Issue.record("the last entry is \(event.body.kind.rawValue)")
                return
            }
            #expect(told.fields == ["phone"])
        }
    }

    @Test("A number that somebody else has is told, taken at the second go, and both can be joined")
    func sameNumber() async throws {
        try await withCase { scene in
            let installation = scene.installation
            let goodwork = installation.goodwork
            let other = try await installation.refer("Omar", "Bee")
            var details = DetailsChanged()
            details.identity.nhsNumber = Self.number
            try await installation.change(
                other.reference,
                Command(.detailsChanged(details), on: CaseScene.today)
            )
            let browser = scene.site.browser(CaseScene.ana)
            let path = scene.path + "/details"
            let page = await browser.get(path)
            let asked = await browser.submit(path, from: page, ["nhs_number": Self.number])
            #expect(asked.status == 422)
            #expect(asked.words.contains("Case \(other.reference) has this NHS number too"))
            #expect(asked.value("_same_number") == Self.number)
            #expect(try await scene.count(.detailsChanged) == 0)
            let saved = await browser.submit(
                path,
                from: asked,
                ["nhs_number": Self.number, "_same_number": Self.number]
            )
            #expect(saved.words.contains("Details changed: NHS number"))
            let officer = Actor(user: "g-1", organisation: "host", role: .governance)
            let pairs = try await goodwork.likePairs(by: officer)
            #expect(pairs.contains { $0.why == .sameNumber })
            // Whoever has no part in the other case does not learn of it.
            let number = try #require(NHSNumber(Self.number))
            for (actor, count) in [(CaseScene.ana, 1), (CaseScene.olu, 0)] {
                let found = try await goodwork.cases(
                    withNumber: number,
                    besides: scene.header.person,
                    by: actor
                )
                #expect(found.count == count, "\(actor.user)")
            }
        }
    }

    @Test("Nobody but the case team changes details, and nobody while the person says no")
    func guards() async throws {
        try await withInstallation(.sqlite) { installation in
            let header = try await installation.refer(
                "Nadia",
                "Khan",
                consents: [.referral: false]
            )
            let agreed = try await installation.refer("Omar", "Bee")
            let site = TestSite(installation, names: CaseScene.names)
            for (actor, status) in [
                (CaseScene.ana, 200), (CaseScene.mo, 200), (CaseScene.gp, 403),
                (CaseScene.olu, 404),
            ] {
                let page = await site.browser(actor).get("/cases/\(agreed.id.text)/details")
                #expect(page.status == status, "\(actor.user)")
            }
            let page = await site.browser(CaseScene.ana).get("/cases/\(header.id.text)/details")
            #expect(page.status == 403)
        }
    }

    @Test("The person's wish leads to the form, is done with it, and they see the new value")
    func wish() async throws {
        try await withInstallation(.sqlite) { installation in
            let site = TestSite(installation)
            let ann = try await installation.addResident("Ann")
            try await installation.support(ann)
            try await installation.goodwork.askForDetails(
                "Change of details; telephone: 0161 496 0111",
                by: ann.actor,
                key: "a"
            )
            let coach = site.browser(Actor(user: "coach-1", organisation: "big-life", role: .coach))
            let path = "/cases/\(ann.id.text)/details"
            let steps = await coach.get("/cases/\(ann.id.text)").text.ranges(of: path)
            // At the top of the case, and beside the step.
            #expect(steps.count == 2)
            let page = await coach.get(path)
            #expect(page.words.contains("telephone: 0161 496 0111"))
            let wish = try #require(page.value("wishes"))
            let saved = await coach.submit(
                path,
                from: page,
                ["had-phone": "0161 496 0000", "phone": "0161 496 0111", "wishes": wish]
            )
            #expect(saved.words.contains("Details changed: telephone"))
            let actions = try await installation.file(ann).case.actions
            #expect(actions.first { $0.id == wish }?.state == .done)
            let own = await site.browser(ann.actor).get("/my/data")
            #expect(own.words.contains("0161 496 0111"))
            #expect(site.errors.isEmpty)
        }
    }
}
