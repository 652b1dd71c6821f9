import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Testing
import WebPages

/// What the data to mend lacks can be given by the form that its list leads to.
@Suite struct MendingTests {
    /// No record comes to lack its status at discharge: the rules refuse one without it.
    static let gaps = RecordGap.allCases.filter { $0 != .dischargeStatus }

    @Test("Each gap is mended by the form that its list leads to", arguments: gaps)
    func eachGap(_ gap: RecordGap) async throws {
        try await withTeam(.sqlite) { team in
            let header = try await Self.lacking(gap, team)
            let browser = team.site.browser(TestTeam.manager)
            let list = "/team/data/\(gap.rawValue)"
            let path = try #require(Self.form(of: header, on: await browser.get(list)))
            let saved = await browser.submit(
                path,
                from: await browser.get(path),
                Self.answers(gap, on: team.today)
            )
            #expect(saved.status == 200, "\(saved.words)")
            #expect(Self.form(of: header, on: await browser.get(list)) == nil)
            #expect(team.site.errors == [])
        }
    }

    @Test("What the case team answers stands in what is counted")
    func facts() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await Self.lacking(.ethnicity, team)
            let browser = team.site.browser(TestTeam.coach)
            let path = "/cases/\(header.id.text)/answers"
            let saved = await browser.submit(
                path,
                from: await browser.get(path),
                ["ethnicity": "A", "gender": "female", "gp_practice": "P84002"]
            )
            #expect(saved.path == "/cases/\(header.id.text)")
            let programme = try await team.installation.programme("workwell-manchester")
            let facts = try await team.folded(header).facts(in: programme)
            #expect(facts[.ethnicity] == "A")
            #expect(facts[.ethnicityGroup] == "white")
            #expect(facts[.gender] == "female")
            #expect(facts[.practice] == "P84002")
        }
    }

    @Test("A date of birth that is known is offered, and no other is taken for the age")
    func birthDate() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await Self.lacking(.birthDate, team)
            let browser = team.site.browser(TestTeam.coach)
            let path = "/cases/\(header.id.text)/answers"
            let page = await browser.get(path)
            #expect(page.value("birth_date") == "1 2 1985")
            let other = await browser.submit(path, from: page, ["birth_date": "2 2 1985"])
            #expect(other.words.contains("known is 1 February 1985"))
            #expect(try await team.folded(header).referral?.age == nil)
        }
    }

    @Test("Whoever referred is asked for nothing that only is counted")
    func referrer() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa")
            let path = "/cases/\(header.id.text)/answers"
            let page = await team.site.browser(TestTeam.referrer).get(path)
            #expect(page.words.contains("Nothing is missing"))
            let own = await team.site.browser(TestTeam.coach).get(path)
            #expect(own.words.contains("Ethnic group"))
        }
    }

    @Test("Nobody is discharged without the status that is counted")
    func discharge() async throws {
        try await withTeam(.sqlite) { team in
            let header = try await team.refer("Rosa")
            try await team.change(header, .supportStarted(Plain()))
            let command = Command(.discharged(Discharged()), on: team.today)
            let code = try await team.installation.refusal(header.id.text, command)
            #expect(code == "status-missing-value")
        }
    }

    // MARK: - Cases that lack something

    /// The form that a list of gaps leads to for a case; nil where the case is not on it.
    private static func form(of header: CaseHeader, on page: TestBrowser.Page) -> String? {
        let start = "/cases/\(header.id.text)/"
        guard let found = page.text.firstRange(of: "href=\"\(start)") else { return nil }
        return start + page.text[found.upperBound...].prefix { $0 != "\"" }
    }

    private static func lacking(_ gap: RecordGap, _ team: TestTeam) async throws -> CaseHeader {
        let header = try await team.refer(
            "Rosa",
            daysAgo: 60,
            consents: gap == .consent ? [:] : [.referral: true]
        ) { referral in
            switch gap {
            case .birthDate: referral.age = nil
            case .postcode: referral.outwardCode = nil
            case .employmentStatus: referral.employmentStatus = "unknown"
            case .condition: referral.condition = nil
            case .eligibility: referral.answers = [:]
            default: break
            }
        }
        switch gap {
        case .contact:
            try await team.change(header, .contactAttempted(ContactAttempted()), daysAgo: 40)
        case .appointments:
            var booked = AppointmentBooked()
            booked.appointment = "b1"
            booked.kind = "clinic"
            booked.day = team.today.adding(days: -5)
            try await team.change(header, .appointmentBooked(booked), daysAgo: 10)
        case .plan:
            var plan = PlanAgreed()
            plan.plan = "thrive-in-work"
            try await team.change(header, .planAgreed(plan), daysAgo: 10)
        default:
            // By then the referrer is asked nothing more.
            try await team.change(header, .supportStarted(Plain()), daysAgo: 10)
        }
        return header
    }

    private static func answers(
        _ gap: RecordGap,
        on today: CivilDate
    ) -> KeyValuePairs<String, String> {
        switch gap {
        case .ethnicity: ["ethnicity": "A"]
        case .gender: ["gender": "female"]
        case .birthDate: ["birth_date": "1 2 1985"]
        case .postcode: ["postcode": "M8 8UF"]
        case .practice: ["gp_practice": "P84001"]
        case .employmentStatus: ["status": "in-work"]
        case .condition: ["condition": "msk"]
        case .eligibility: ["ask_health_condition": "yes"]
        case .consent: ["referral": "given"]
        case .contact: ["channel": "phone", "outcome": "reached"]
        case .appointments: ["outcome": "attended"]
        case .dischargeStatus: [:]
        case .plan: ["action": "Write to the employer", "action-due": today.adding(days: 7).iso]
        }
    }
}
