import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import WebPages

/// What the referral said wrongly of the person, put right on the case page.
@Suite struct CorrectionFormTests {
    /// Lends a team with a case, of which the referral may have said something wrongly, a coach's
    /// browser, and the path of the case's correction.
    private static func withForm(
        _ backend: Backend = .sqlite,
        isMistaken: Bool = true,
        _ body: (TestTeam, CaseHeader, TestBrowser, String) async throws -> Void
    ) async throws {
        try await withTeam(backend) { team in
            let header = try await team.refer("Rosa") { referral in
                guard isMistaken else { return }
                referral.gender = "male"
                referral.ethnicity = "A"
                referral.practice = "P84001"
                // None that the form offers.
                referral.jobcentre = "JCP-OLD"
            }
            let browser = team.site.browser(TestTeam.coach)
            try await body(team, header, browser, "/cases/\(header.id.text)/correction")
        }
    }

    @Test(
        "A coach corrects what the referral said, and it is counted so",
        arguments: Backend.allCases
    )
    func correct(_ backend: Backend) async throws {
        try await Self.withForm(backend) { team, header, browser, path in
            let start = "/cases/\(header.id.text)"
            for place in [start, start + "/details"] {
                #expect(await browser.get(place).text.contains("href=\"\(path)\""), "\(place)")
            }
            let page = await browser.get(path)
            #expect(page.text.contains("value=\"male\" selected"))
            #expect(page.value("had-gender") == "male")
            #expect(page.value("gp_practice") == "P84001")
            // What is not asked here: where they live, and an answer that the referral lacks.
            #expect(page.value("postcode") == nil && page.value("had-benefit") == nil)
            let saved = await browser.submit(
                path,
                from: page,
                [
                    "had-gender": "male", "gender": "female", "had-ethnicity": "A",
                    "ethnicity": "A", "had-gp_practice": "P84001", "gp_practice": "P84001",
                    "had-jobcentre": "JCP-OLD", "jobcentre": "JCP-OLD",
                ]
            )
            #expect(saved.words.contains("The referral was corrected: gender female"))
            // A double click.
            let twice = ["had-gender": "male", "gender": "female"] as KeyValuePairs
            #expect(await browser.submit(path, from: page, twice).status == 200)
            let programme = try await team.installation.programme("workwell-manchester")
            let facts = try await team.folded(header).facts(in: programme)
            #expect(facts[.gender] == "female" && facts[.ethnicity] == "A")
            #expect(facts[.practice] == "P84001")
            #expect(try await team.folded(header).referral?.jobcentre == "JCP-OLD")
            let events = try await team.installation.history(header.id.text).events
            let told = try #require(events.last { $0.body.kind == .referralAnswered })
            #expect(told.by.user == TestTeam.coach.user)
            guard case .referralAnswered(let fields) = told.body else { return }
            #expect(fields.corrects == ["gender"] && fields.ethnicity == nil)
            #expect(team.site.errors == [])
        }
    }

    @Test("A correction that is sent again stands as it was saved")
    func again() async throws {
        try await Self.withForm { team, header, browser, path in
            let page = await browser.get(path)
            let form = ["had-gender": "male", "gender": "female"] as KeyValuePairs
            for _ in 1...2 {
                let saved = await browser.submit(path, from: page, form)
                #expect(saved.words.contains("The referral was corrected: gender female"))
            }
            // Going back makes the form anew, with what was typed in it.
            let back = await browser.submit(path, from: await browser.get(path), form)
            #expect(back.status == 422)
            #expect(back.words.contains("You saved exactly this a moment ago"))
            let insists =
                ["had-gender": "male", "gender": "female", "_again": "yes"] as KeyValuePairs
            let third = await browser.submit(path, from: await browser.get(path), insists)
            #expect(third.words.contains("The referral says this already"))
            let events = try await team.installation.history(header.id.text).events
            #expect(events.count { $0.body.kind == .referralAnswered } == 1)
        }
    }

    @Test("What is said again after something else is saved, and is not taken for the same twice")
    func backAgain() async throws {
        try await Self.withForm { team, header, browser, path in
            var had = "male"
            for gender in ["female", "other", "female"] {
                let answers = ["had-gender": had, "gender": gender] as KeyValuePairs
                let saved = await browser.submit(path, from: await browser.get(path), answers)
                #expect(saved.status == 200, "\(gender): \(saved.words)")
                let holds = try await team.folded(header).referral?.gender
                #expect(holds == gender)
                had = gender
            }
        }
    }

    @Test("An age that did not follow the date of birth is put right by it")
    func age() async throws {
        try await Self.withForm(isMistaken: false) { team, header, browser, path in
            #expect(await browser.get(path).value("ask_age") == nil)
            var closed = Closed()
            closed.reason = .completed
            var details = DetailsChanged()
            details.identity.birthDate = "1987-02-01"
            for body: EventBody in [
                .closed(closed), .detailsChanged(details), .reopened(Reopened()),
            ] {
                try await team.change(header, body)
            }
            #expect(try await team.folded(header).referral?.age == 40)
            let page = await browser.get(path)
            #expect(page.value("ask_age") == "38" && page.value("had-ask_age") == "40")
            let wrong = ["had-ask_age": "40", "ask_age": "50"] as KeyValuePairs
            #expect(await browser.submit(path, from: page, wrong).status == 422)
            let right = ["had-ask_age": "40", "ask_age": "38"] as KeyValuePairs
            let saved = await browser.submit(path, from: page, right)
            #expect(saved.words.contains("The referral was corrected: age 38"))
            #expect(try await team.folded(header).referral?.age == 38)
            #expect(await browser.get(path).value("ask_age") == nil)
            let back = await browser.submit(path, from: await browser.get(path), right)
            #expect(back.words.contains("You saved exactly this a moment ago"))
        }
    }

    @Test("Something is to be corrected, it can be read, and the case team alone does it")
    func refused() async throws {
        try await Self.withForm { team, header, browser, path in
            let page = await browser.get(path)
            let same = ["had-gender": "male", "gender": "male"] as KeyValuePairs
            let nothing = await browser.submit(path, from: page, same)
            #expect(nothing.status == 422)
            #expect(nothing.words.contains("Correct at least one answer"))
            let odd = ["had-gp_practice": "P84001", "gp_practice": "9"] as KeyValuePairs
            let wrong = await browser.submit(path, from: page, odd)
            #expect(wrong.words.contains("A GP practice code is a letter and five digits"))
            #expect(!page.text.contains("<option value=\"\""))
            let blank = ["had-gp_practice": "P84001", "gp_practice": " "] as KeyValuePairs
            let cleared = await browser.submit(path, from: page, blank)
            #expect(cleared.status == 422)
            #expect(cleared.words.contains("cannot be taken away, only replaced"))
            #expect(await team.site.browser(TestTeam.referrer).get(path).status == 403)
            var closed = Closed()
            closed.reason = .completed
            try await team.change(header, .closed(closed))
            #expect(await browser.get(path).words.contains("There is nothing to correct"))
            let corrected = try await team.folded(header).referral?.gender
            #expect(corrected == "male")
        }
    }
}
