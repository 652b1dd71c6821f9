import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing
import Web
import WebPages

/// Every number of the team's pages leads to a list of as many rows.
@Suite struct TeamCountsTests {
    @Test("Every number is the length of its list", arguments: [UInt64(1), 2])
    func numbersLeadToTheirLists(_ seed: UInt64) async throws {
        try await withTeam(.sqlite) { team in
            try await Self.fill(team, seed, cases: 40)
            try await expectNumbersToHold(team, TestTeam.manager, leastChecked: 30, seed)
            // Asked to take cases over, and holding those that it took.
            try await expectNumbersToHold(team, TestTeam.neighbour, leastChecked: 5, seed)
            #expect(team.site.errors == [])
        }
    }

    private func expectNumbersToHold(
        _ team: TestTeam,
        _ actor: Actor,
        leastChecked: Int,
        _ seed: UInt64
    ) async throws {
        let browser = team.site.browser(actor)
        var checked = 0
        var gaps = 0
        var told = 0
        for page in ["/team", "/team/assign", "/team/data"] {
            let shown = await browser.get(page)
            #expect(shown.status == 200)
            for (path, number) in Self.numbers(on: shown) {
                if path == "/team/data" {
                    told = number
                    continue
                }
                let list = await browser.get(path)
                let rows =
                    path == "/team/transfers"
                    ? list.text.ranges(of: "/transfer/accept\"").count : Self.rows(list)
                #expect(rows == number, "seed \(seed): \(path) on \(page) of \(actor)")
                checked += 1
                if page == "/team/data", !path.contains("?") { gaps += rows }
            }
        }
        #expect(told == gaps, "seed \(seed)")
        #expect(checked >= leastChecked, "seed \(seed)")
    }

    @Test("Every form that a list names is there, or the case page stands for it")
    func overdueIsSettled() async throws {
        try await withTeam(.sqlite) { team in
            try await Self.fill(team, 4, cases: 20)
            let page = await team.site.browser(TestTeam.manager).get("/team/overdue")
            #expect(page.words.contains("overdue"))
            #expect(page.words.contains("Log a contact"))
            #expect(page.words.contains("See the risk"))
        }
    }

    @Test("A list of more than a hundred is shown in parts")
    func parts() async throws {
        try await withTeam(.sqlite) { team in
            for count in 1...105 { _ = try await team.refer("Rosa\(count)") }
            let browser = team.site.browser(TestTeam.manager)
            let first = await browser.get("/team/queue")
            #expect(first.words.contains("1 to 100 of 105"))
            #expect(Self.rows(first) == 100)
            #expect(Self.rows(await browser.get("/team/queue?page=2")) == 5)
            #expect(Self.rows(await browser.get("/team/queue?page=9")) == 5)
        }
    }

    // MARK: - Reading pages

    /// The links to the team's pages that say a number.
    private static func numbers(on page: TestBrowser.Page) -> [(path: String, number: Int)] {
        page.text.ranges(of: "href=\"/team").compactMap { found in
            let rest = page.text[found.upperBound...]
            let path = "/team" + rest.prefix { $0 != "\"" }
            guard let start = rest.firstIndex(of: ">"), let end = rest.firstRange(of: "</a>")
            else { return nil }
            // Tags have no digits in them.
            let inside = rest[start..<end.lowerBound].filter { $0 != "," }
            let digits = inside.drop { !$0.isNumber }.prefix { $0.isNumber }
            return Int(digits).map { (path, $0) }
        }
    }

    private static func rows(_ page: TestBrowser.Page) -> Int {
        page.text.ranges(of: "<tr ").count - page.text.ranges(of: "<thead").count
    }

    // MARK: - Random cases

    /// Cases with things done to them that people do, sensible and not.
    private static func fill(_ team: TestTeam, _ seed: UInt64, cases: Int) async throws {
        var random = RandomGenerator(seed: seed)
        for place in 0..<cases {
            let days = 1 + random.below(150)
            let dice = (0..<8).map { _ in random.below(3) }
            let strand = random.pick(["be-well", "be-well", "be-well", "msk"])
            let header = try await team.refer(
                "Person\(place)",
                daysAgo: days,
                consents: dice[0] == 0 ? [:] : [.referral: dice[1] > 0]
            ) { referral in
                referral.strand = strand
                if dice[2] == 0 { referral.age = nil }
                if dice[3] == 0 { referral.outwardCode = nil }
                if dice[4] == 0 { referral.answers = [:] }
                if dice[5] > 0 { referral.ethnicity = "A" }
                if dice[6] > 0 { referral.gender = "female" }
                if dice[7] == 0 { referral.condition = nil }
            }
            var day = days
            for body in bodies(&random, team.today) {
                day = random.below(day + 1)
                // What the rules refuse is left out.
                try? await team.change(header, body, daysAgo: day)
            }
        }
    }

    private static func bodies(_ random: inout RandomGenerator, _ today: CivilDate) -> [EventBody] {
        var coach = CoachAssigned()
        coach.coach = random.pick(["coach-1", "coach-2", "Jo Bloggs"]) ?? ""
        var consent = Consent()
        consent.scope = .referral
        var plan = PlanAgreed()
        plan.plan = "thrive-in-work"
        var action = ActionAdded()
        action.action = "a1"
        action.dueOn = today.adding(days: random.below(40) - 20)
        var booked = AppointmentBooked()
        booked.appointment = "b1"
        booked.kind = "clinic"
        booked.day = today.adding(days: random.below(40) - 20)
        var risk = RiskRaised()
        risk.risk = "r1"
        var transfer = Transfer()
        transfer.provider = "pathways-cic"
        var discharged = Discharged()
        discharged.status = "in-work"
        var closed = Closed()
        closed.reason = .disengaged
        let all: [(EventBody, Int)] = [
            (.referralAccepted(Plain()), 3), (.coachAssigned(coach), 3),
            (.contactAttempted(ContactAttempted()), 3), (.consentGiven(consent), 1),
            (.assessmentCompleted(AssessmentCompleted()), 2), (.supportStarted(Plain()), 2),
            (.planAgreed(plan), 2), (.actionAdded(action), 1), (.appointmentBooked(booked), 2),
            (.riskRaised(risk), 1), (.transferAsked(transfer), 1),
            (.transferAccepted(transfer), random.below(2)), (.discharged(discharged), 1),
            (.closed(closed), 1),
        ]
        return all.filter { random.below(4) < $0.1 }.map(\.0)
    }
}
