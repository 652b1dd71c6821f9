import Application
import Casework
import Foundation
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Cases go to other strands, programmes, coaches and providers.
@Suite struct MovingTests {
    @Test("A case goes to another strand, whose provider then holds it")
    func strand() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa")
            let browser = team.site.browser(TestTeam.manager)
            let path = "/cases/\(header.id.text)/reroute"
            let page = await browser.get(path)
            #expect(page.words.contains("This strand is for patients of musculo-skeletal"))
            #expect(page.words.contains("Not known yet. Ask: Does the person belong to"))
            let blank = await browser.post(path, [:])
            #expect(blank.words.contains("Choose where this person should go"))
            let done = await browser.post(path, ["place": "strand/rmg"])
            #expect(done.words.contains("The case was rerouted."))
            #expect(try await team.folded(header).strand == "rmg")
            #expect(await browser.get("/cases/\(header.id.text)/accept").status == 404)
            // The referrer is told, on the page and through the link.
            let referrer = team.site.browser(TestTeam.referrer)
            let status = await referrer.get("/cases/\(header.id.text)/status")
            #expect(status.words.contains("Moved to Support for racially minoritised groups"))
            let goodwork = team.installation.goodwork
            let link = goodwork.token(for: goodwork.statusLink(for: header.id))
            let coarse = await team.site.browser().get("/status/\(link)")
            #expect(coarse.words.contains("Moved to another part of the programme"))
            #expect(!coarse.words.contains("racially"))
        }
    }

    @Test("A case goes to another programme in one go", arguments: Backend.allCases)
    func programme(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let header = try await team.refer("Rosa")
            let browser = team.site.browser(TestTeam.manager)
            let path = "/cases/\(header.id.text)/reroute"
            let page = await browser.get(path)
            // What another programme asks stands in its own words.
            #expect(page.words.contains("Does the person want to work?"))
            let place = ["place": "programme/ips-primary-care/service"] as KeyValuePairs
            let done = await browser.submit(path, from: page, place)
            #expect(done.words.contains("referred to the other programme"))
            #expect(try await team.folded(header).closure == .transferred)
            #expect(try await team.installation.count("cases") == 2)
            #expect(try await team.installation.count("people") == 1)
            let cases = try await team.installation.count("journal")
            // The referrer is told where, and finds the other referral among their own.
            let referrer = team.site.browser(TestTeam.referrer)
            let status = await referrer.get("/cases/\(header.id.text)/status")
            let there = try #require(status.text.range(of: "Referred instead to"))
            let link = try #require(status.text[there.upperBound...].range(of: "href=\""))
            let other = status.text[link.upperBound...].prefix { $0 != "\"" }
            let reference = try #require(status.words.range(of: "instead, as "))
            let name = String(status.words[reference.upperBound...].prefix { $0 != " " })
            #expect(name != header.reference && !name.isEmpty)
            let next = await referrer.get(String(other))
            #expect(next.words.contains(name) && next.words.contains("Referral received"))
            let listed = String(other.dropLast("/status".count))
            #expect(await referrer.get("/referrals?whose=all").text.contains(listed))
            let coarse = await team.site.browser().get(
                "/status/"
                    + team.installation.goodwork.token(
                        for: team.installation.goodwork.statusLink(for: header.id)
                    )
            )
            #expect(!coarse.words.contains(name))
            // The same form again is answered alike.
            _ = await browser.submit(path, from: page, place)
            #expect(try await team.installation.count("journal") == cases)
        }
    }

    @Test("A programme whose rules refuse is refused in place, and nothing is written")
    func refusedProgramme() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa") { $0.practice = "P84001" }
            let events = try await team.installation.count("journal")
            let page = await team.site.browser(TestTeam.manager).post(
                "/cases/\(header.id.text)/reroute",
                ["place": "programme/working-better/working-better"]
            )
            #expect(page.status == 422)
            #expect(page.words.contains("Working Better takes referrals from seven"))
            #expect(try await team.installation.count("journal") == events)
            #expect(try await team.installation.count("cases") == 1)
        }
    }

    @Test("Ticked cases go to a coach; one that was changed meanwhile is told, not lost")
    func bulk() async throws {
        try await withTeam(.sqlite) { team in
            var headers: [CaseHeader] = []
            for name in ["Rosa", "Sam", "Tariq", "Uma"] {
                let header = try await team.refer(name)
                try await team.change(header, .referralAccepted(Plain()))
                headers.append(header)
            }
            let other = try await team.refer("Vera") { $0.strand = "msk" }
            let browser = team.site.browser(TestTeam.manager)
            let page = await browser.get("/team/assign")
            #expect(page.words.contains("Amina Khan, 0 of 2 open cases"))
            let blank = await browser.submit("/team/assign", from: page, [:])
            #expect(blank.status == 422)
            #expect(blank.words.contains("Tick the cases to assign"))
            #expect(blank.words.contains("Choose a coach"))

            try await team.assign(headers[1], to: "coach-2")
            var form = Form()
            for name in ["_csrf", "_key"] { form.set(name, page.value(name)) }
            form.set("coach", "coach-1")
            for value in ticks(page) { form.add("case", value) }
            form.add("case", "\(other.id.text).4")
            let done = await browser.send(.post, "/team/assign", form)
            #expect(done.words.contains("3 cases were assigned to Amina Khan"))
            #expect(done.words.contains("Not assigned: 2 cases"))
            #expect(done.words.contains("Case \(headers[1].reference) :"))
            #expect(done.words.contains("Somebody else changed this case meanwhile."))
            #expect(done.words.contains("There is no such case."))
            #expect(!done.text.contains(other.reference))
            #expect(done.words.contains("1 more than the 2 that they can hold"))
            for (place, header) in headers.enumerated() {
                let coach = try await team.folded(header).coach
                #expect(coach == (place == 1 ? "coach-2" : "coach-1"))
            }
            // The back button, and the form sent again.
            let events = try await team.installation.count("journal")
            let again = await browser.send(.post, "/team/assign", form)
            #expect(again.words.contains("3 cases were assigned to Amina Khan"))
            #expect(try await team.installation.count("journal") == events)
            // Nobody is warned of what was not done.
            let tick = "\(other.id.text).4"
            let none = await browser.submit(
                "/team/assign",
                from: await browser.get("/team/assign"),
                ["case": tick, "coach": "coach-1"]
            )
            #expect(none.words.contains("0 cases were assigned to Amina Khan"))
            #expect(!none.words.contains("More than they can hold"))
        }
    }

    @Test("The cases of a coach who has left are assigned from the list of those without a coach")
    func coachHasLeft() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa")
            try await team.change(header, .referralAccepted(Plain()))
            try await team.assign(header, to: TestTeam.gone)
            let browser = team.site.browser(TestTeam.manager)
            let home = await browser.get("/team")
            #expect(home.words.contains("1 without a coach"))
            #expect(home.words.contains("Zoe Gone not in the team"))
            let page = await browser.get("/team/assign")
            #expect(page.words.contains("Rosa Tester"))
            #expect(page.words.contains("Zoe Gone not in the team"))
            let tick = try #require(ticks(page).first)
            let answers = ["case": tick, "coach": "coach-1"] as KeyValuePairs
            let done = await browser.submit("/team/assign", from: page, answers)
            #expect(done.words.contains("1 case was assigned to Amina Khan"))
            let left = await browser.get("/team/assign")
            #expect(!left.words.contains("Rosa Tester"))
        }
    }

    @Test("Ticks come back in the list that they were made in, with a problem and a new session")
    func ticksStay() async throws {
        try await withTeam(.sqlite) { team in
            for number in 1...102 { _ = try await team.refer("Person\(number)") }
            let browser = team.site.browser(TestTeam.manager)
            let one = try await team.refer("Rosa").id.text
            for list in ["?coach=all&page=2", "?case=\(one)"] {
                let page = await browser.get("/team/assign" + list)
                let address = try #require(action(page))
                #expect(address == "/team/assign" + list)
                let tick = try #require(ticks(page).last)
                let refused = await browser.submit(address, from: page, ["case": tick])
                #expect(refused.words.contains("Choose a coach"))
                #expect(ticked(refused) == [tick], "\(list)")
                #expect(action(refused) == address)
                // Sent with nothing ticked, nothing is ticked.
                let none = await browser.submit(address, from: page, ["coach": "coach-1"])
                #expect(none.words.contains("Tick the cases to assign"))
                #expect(ticked(none) == [], "\(list)")

                team.site.end(browser)
                let signIn = await browser.submit(address, from: page, ["case": tick])
                #expect(signIn.path.hasPrefix("/sign-in"))
                team.site.signInAgain(browser, TestTeam.manager)
                let back = await browser.get(address)
                #expect(ticked(back) == [tick], "\(list)")
                #expect(signIn.path == "/sign-in?then=\(URLEncoding.encode(address))")
            }
        }
    }

    /// Where the page's form of ticks is sent.
    private func action(_ page: TestBrowser.Page) -> String? {
        guard let start = page.text.firstRange(of: "action=\"/team/assign") else { return nil }
        let rest = String(page.text[start.upperBound...].prefix { $0 != "\"" })
        return "/team/assign" + rest.replacing("&amp;", with: "&")
    }

    /// The values of the boxes that are ticked.
    private func ticked(_ page: TestBrowser.Page) -> [String] {
        ticks(page).filter { page.text.contains("value=\"\($0)\" checked") }
    }

    /// The values of the boxes to tick.
    private func ticks(_ page: TestBrowser.Page) -> [String] {
        page.text.ranges(of: "name=\"case\" type=\"checkbox\" value=\"").map { found in
            String(page.text[found.upperBound...].prefix { $0 != "\"" })
        }
    }

    @Test("Cases without a coach have a list of their own, which says what it holds")
    func withoutCoach() async throws {
        try await withTeam(.sqlite) { team in
            _ = try await team.refer("Rosa")
            let browser = team.site.browser(TestTeam.manager)
            let page = await browser.get("/team/assign?coach=none")
            let words = "No coach, referrals to accept among them"
            #expect(
                page.text.contains(
                    "href=\"/team/assign?coach=none\" aria-current=\"page\">\(words): 1<"
                )
            )
            #expect(page.words.contains("Cases: \(words)"))
            #expect(page.words.contains("Rosa Tester"))
        }
    }

    @Test("A transfer is asked and accepted", arguments: Backend.allCases)
    func transfer(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let header = try await team.refer("Rosa")
            let path = "/cases/\(header.id.text)/transfer"
            let (ours, theirs) = (
                team.site.browser(TestTeam.manager), team.site.browser(TestTeam.neighbour)
            )
            #expect(await theirs.get(path + "/accept").status == 404)
            let unknown = await ours.post(path, ["provider": "nobody"])
            #expect(unknown.words.contains("Choose one of the answers"))
            let asked = await ours.post(path, ["provider": "pathways-cic"])
            #expect(asked.words.contains("The other provider was asked"))
            let sent = await ours.get("/team/transfers")
            #expect(sent.words.contains("Asked of others"))
            #expect(sent.words.contains("Rosa Tester (\(header.reference))"))

            let page = await theirs.get("/team/transfers")
            #expect(page.words.contains(header.reference))
            #expect(page.words.contains("Big Life"))
            // Who it is may be seen only once the case is theirs.
            #expect(!page.words.contains("Rosa"))
            let next = await theirs.submit(path + "/accept", from: page, [:])
            #expect(next.path == "/team/assign?case=\(header.id.text)")
            #expect(next.words.contains("Rosa Tester"))
            #expect(next.text.contains("checked"))
            #expect(try await team.folded(header).provider == "pathways-cic")
            #expect(await ours.get(path).status == 404)
        }
    }

    @Test("A transfer is declined with a reason")
    func declined() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa")
            let path = "/cases/\(header.id.text)/transfer"
            _ = await team.site.browser(TestTeam.manager).post(path, ["provider": "pathways-cic"])
            let theirs = team.site.browser(TestTeam.neighbour)
            let blank = await theirs.post(path + "/decline", [:])
            #expect(blank.words.contains("Say why you cannot take this case"))
            let done = await theirs.post(path + "/decline", ["why": "We are full"])
            #expect(done.words.contains("No other provider asks you to take a case."))
            #expect(try await team.folded(header).transferAskedTo == nil)
        }
    }
}
