import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Referrals are accepted in one click, or go back with a reason.
@Suite struct QueueTests {
    @Test("A referral is accepted once, with its coach", arguments: Backend.allCases)
    func accept(_ backend: Backend) async throws {
        try await withTeam(backend) { team in
            let header = try await team.refer("Rosa")
            let browser = team.site.browser(TestTeam.manager)
            let queue = await browser.get("/team/queue")
            #expect(queue.status == 200)
            #expect(queue.words.contains("Rosa Tester"))
            #expect(queue.words.contains("Eligible"))
            #expect(queue.words.contains("3 days"))
            #expect(queue.words.contains("First contact"))
            #expect(queue.words.contains("Accept or return: 3 June 2025"))
            #expect(queue.text.contains("<div class=\"gw-waiting\">3 days<"))

            let path = "/cases/\(header.id.text)/accept"
            let done = await browser.submit(path, from: queue, ["coach": "coach-1"])
            #expect(done.words.contains("The referral was accepted."))
            #expect(done.words.contains("No referral waits."))
            let after = try await team.folded(header)
            #expect(after[.accepted] == team.today)
            #expect(after.coach == "coach-1")

            // A double click: the same form again is answered alike, and changes nothing.
            let events = try await team.installation.count("journal")
            let again = await browser.submit(path, from: queue, ["coach": "coach-1"])
            #expect(again.words.contains("The referral was accepted."))
            #expect(try await team.installation.count("journal") == events)
        }
    }

    @Test("The queue shows how old somebody is, and marks a child")
    func ages() async throws {
        try await withTeam(.sqlite) { team in
            _ = try await team.refer("Rosa")
            let browser = team.site.browser(TestTeam.manager)
            let adult = await browser.get("/team/queue")
            #expect(adult.words.contains("Age 40"))
            #expect(!adult.words.contains("Under 18"))
            _ = try await team.refer("Kit") {
                $0.age = 13
                $0.identity.birthDate = "2012-03-05"
            }
            #expect(await browser.get("/team/queue").words.contains("Age 13 Under 18"))
        }
    }

    @Test("A second acceptance is refused in place, and says what happened meanwhile")
    func acceptTwice() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa")
            let path = "/cases/\(header.id.text)/accept"
            let (one, other) = (
                team.site.browser(TestTeam.manager), team.site.browser(TestTeam.manager)
            )
            let (first, second) = (await one.get("/team/queue"), await other.get("/team/queue"))
            _ = await one.submit(path, from: first, [:])
            let conflict = await other.submit(path, from: second, ["coach": "coach-2"])
            #expect(conflict.status == 422)
            #expect(conflict.words.contains("What changed meanwhile"))
            #expect(conflict.text.contains("value=\"coach-2\" selected"))
            let refused = await other.submit(path, from: conflict, ["coach": "coach-2"])
            #expect(refused.status == 422)
            #expect(refused.words.contains("This referral was accepted on 2 June 2025."))
            #expect(try await team.folded(header).coach == nil)
        }
    }

    @Test("A coach who is not of the team cannot be chosen")
    func strangers() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa")
            let browser = team.site.browser(TestTeam.manager)
            let page = await browser.post(
                "/cases/\(header.id.text)/accept",
                ["coach": "coach-7"]
            )
            #expect(page.words.contains("Choose one of the answers"))
            #expect(try await team.folded(header)[.accepted] == nil)
        }
    }

    @Test("A return needs a reason and a next step, and tells the referrer both")
    func returned() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa")
            let browser = team.site.browser(TestTeam.manager)
            let path = "/cases/\(header.id.text)/return"
            let blank = await browser.post(path, ["reason": "deferred"])
            #expect(blank.status == 422)
            #expect(blank.words.contains("Say what happens instead"))
            let taken = await browser.post(
                path,
                ["reason": "consent-withdrawn", "instead": "Nothing"]
            )
            #expect(taken.status == 422)
            #expect(taken.words.contains("Did the person take back their consent?"))
            let told = try await team.installation.count("outbox")
            let page = await browser.post(
                path,
                ["reason": "deferred", "instead": "Her clinic will ask again in May"]
            )
            #expect(page.words.contains("The referral was returned."))
            let after = try await team.folded(header)
            #expect(after.closure == .deferred)
            #expect(after.returned?.instead == "Her clinic will ask again in May")
            #expect(try await team.installation.count("outbox") == told + 2)
        }
    }

    @Test("Why somebody cannot be judged yet, and who may be here already, stand in the queue")
    func reasons() async throws {
        try await withTeam(.sqlite) { team in
            let first = try await team.refer("Rosa", daysAgo: 20)
            _ = try await team.refer("Rosa") { $0.answers = [:] }
            let elsewhere = try await team.refer("Rosa") {
                $0.strand = "rmg"
                $0.answers["racially-minoritised"] = "yes"
            }
            let page = await team.site.browser(TestTeam.manager).get("/team/queue")
            #expect(page.words.contains("Not known yet"))
            #expect(page.words.contains("Ask: Does a physical or mental health condition"))
            #expect(page.words.contains("May be here already Case \(first.reference)"))
            #expect(page.words.contains("overdue"))
            // A case of another organisation is neither named nor counted.
            #expect(!page.text.contains(elsewhere.reference))
            #expect(!page.text.contains(elsewhere.id.text))
            // Who was referred first stands first.
            let order = page.text.ranges(of: "Rosa Tester</a>").count
            #expect(order == 2)
            let (old, new) = (
                page.text.firstRange(of: "20 days"), page.text.firstRange(of: "3 days")
            )
            #expect(try #require(old).lowerBound < (try #require(new).lowerBound))
        }
    }

    @Test("Who comes first by the programme's rule stands first, in the queue and the waiting list")
    func priority() async throws {
        try await withTeam(.sqlite) { team in
            _ = try await team.refer("Old", daysAgo: 20)
            _ = try await team.refer("Sick", daysAgo: 1) { $0.employmentStatus = "off-sick" }
            for path in ["/team/queue", "/team/waiting"] {
                let page = await team.site.browser(TestTeam.manager).get(path)
                #expect(page.words.contains("Priority 1 Off sick from a job"))
                let sick = try #require(page.text.firstRange(of: "Sick Tester"))
                let old = try #require(page.text.firstRange(of: "Old Tester"))
                #expect(sick.lowerBound < old.lowerBound, "\(path)")
            }
        }
    }

    @Test("Whoever refused to be referred is not named, and no duplicate is told of them")
    func unnamed() async throws {
        try await withTeam(.sqlite) { team in
            _ = try await team.refer("Rosa")
            _ = try await team.refer("Rosa", consents: [.referral: false])
            let page = await team.site.browser(TestTeam.manager).get("/team/queue")
            #expect(page.text.ranges(of: "Rosa Tester</a>").count == 1)
            #expect(!page.words.contains("May be here already"))
        }
    }

    @Test("Pages of the team are for its managers alone")
    func guards() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa")
            let id = header.id.text
            let pages = [
                "/team", "/team/queue", "/team/waiting", "/team/overdue", "/team/due",
                "/team/at-risk", "/team/assign", "/team/transfers", "/team/data",
                "/team/data/ethnicity",
            ]
            let forms = ["accept", "return", "reroute", "transfer"].map { "/cases/\(id)/\($0)" }
            let (coach, stranger) = (
                team.site.browser(TestTeam.coach), team.site.browser(TestTeam.neighbour)
            )
            for path in pages + forms {
                #expect(await coach.get(path).status == 403, "\(path)")
                #expect(
                    await team.site.browser(TestTeam.manager).get(path).status == 200,
                    "\(path)"
                )
            }
            for path in pages {
                let page = await stranger.get(path)
                #expect(page.status == 200, "\(path)")
                #expect(!page.text.contains(id), "\(path)")
                #expect(!page.words.contains("Rosa"), "\(path)")
            }
            for path in forms { #expect(await stranger.get(path).status == 404, "\(path)") }
            let missing = await coach.get("/team/data/nothing")
            #expect(missing.status == 403)
            let unknown = await team.site.browser(TestTeam.manager).get("/team/data/nothing")
            #expect(unknown.status == 404)
        }
    }
}
