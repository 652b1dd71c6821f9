import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing

/// Referring oneself, and the account that follows from it.
@Suite struct SelfReferralTests {
    static let password = "thirteen green buses"

    static func referral(nhsNumber: String? = nil) -> NewReferral {
        var referral = ReferralReceived()
        referral.strand = "be-well"
        referral.employmentStatus = "in-work"
        referral.outwardCode = "M20"
        referral.answers = ["health-condition": "yes"]
        referral.identity.givenName = "Sam"
        referral.identity.familyName = "Self"
        referral.identity.birthDate = "1980-01-31"
        referral.identity.nhsNumber = nhsNumber
        referral.identity.phone = "0161 496 0999"
        return NewReferral(
            programme: "workwell-manchester",
            referral: referral,
            consents: [.referral: true],
            on: TestClock().now.civilDateUK
        )
    }

    @Test(
        "The same form is referred once, and says who is in touch by when",
        arguments: Backend.allCases
    )
    func once(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            async let one = goodwork.referOneself(Self.referral(), note: "By text.", key: "k")
            async let two = goodwork.referOneself(Self.referral(), note: "By text.", key: "k")
            let (first, second) = try await (one, two)
            #expect(first.caseID == second.caseID)
            #expect(try await installation.count("cases") == 1)
            #expect(first.contactBy.iso == "2025-06-09")
            #expect(first.provider == "big-life")
            let events = try await installation.history(first.reference).events
            #expect(events.filter { $0.body.kind == .noteWritten }.count == 1)
            guard case .referralReceived(let fields)? = events.first?.body else {
                Issue.record("the first entry is no referral")
                return
            }
            #expect(fields.source == "self")
            #expect(try await installation.problems().isEmpty)
        }
    }

    @Test("How the person wishes to be reached is their wish about messages, once")
    func wish() async throws {
        try await withInstallation(.sqlite) { installation in
            var wish = ContactPreferred()
            wish.way = .phone
            wish.language = "ur"
            for _ in 0..<2 {
                let sent = try await installation.goodwork.referOneself(
                    Self.referral(),
                    note: "By telephone.",
                    wish: wish,
                    key: "k"
                )
                let history = try await installation.history(sent.reference)
                #expect(history.fold().contactWish == wish)
                let told = history.events.filter { $0.body.kind == .contactPreferred }
                #expect(told.count == 1)
            }
        }
    }

    @Test("Knowing somebody's number opens and changes nothing of theirs")
    func duplicate() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let number = "9990000018"
            let known = try await installation.addResident("Ann", nhsNumber: number)
            let sent = try await goodwork.referOneself(
                Self.referral(nhsNumber: number),
                note: nil,
                key: "k"
            )
            let identity = try await installation.identity(known.header.reference)
            #expect(identity?.phone == "0161 496 0000")
            let isMade = try await goodwork.registerResident(
                ResidentAccount(login: "sam@example.org", password: Self.password),
                after: sent
            )
            #expect(isMade)
            let account = try await goodwork.account(login: "sam@example.org")
            #expect(account.person != known.header.person)
            let record = try await goodwork.ownRecord(by: account.actor)
            #expect(record.cases.map(\.header.id) == [sent.caseID])
        }
    }

    struct Fit: Sendable, CustomTestStringConvertible {
        var condition: String?
        var outward: String?
        var answers: [String: String]
        var strand: String
        var verdict: Verdict

        var testDescription: String { "\(condition ?? "-") \(outward ?? "-") \(answers)" }
    }

    @Test(
        "A self-referral goes where the person is taken, else where they come nearest",
        arguments: [
            Fit(
                condition: "msk",
                outward: "M20",
                answers: ["health-condition": "yes"],
                strand: "msk",
                verdict: .met
            ),
            Fit(
                condition: "mental-health",
                outward: "M20",
                answers: ["health-condition": "yes"],
                strand: "be-well",
                verdict: .met
            ),
            Fit(
                condition: "copd",
                outward: "B1",
                answers: ["health-condition": "no"],
                strand: "be-well",
                verdict: .notMet
            ),
            Fit(
                condition: "copd",
                outward: nil,
                answers: [:],
                strand: "be-well",
                verdict: .notKnown
            ),
        ]
    )
    func strands(_ fit: Fit) async throws {
        try await withInstallation(.sqlite) { installation in
            var referral = ReferralReceived()
            referral.source = "self"
            referral.condition = fit.condition
            referral.outwardCode = fit.outward
            referral.answers = fit.answers
            let offer = installation.goodwork.strand(
                for: referral,
                in: try await installation.programme("workwell-manchester"),
                on: installation.today
            )
            #expect(offer?.strand == fit.strand)
            #expect(offer?.verdict == fit.verdict)
        }
    }

    @Test("The account is a resident's, for the person just referred", arguments: Backend.allCases)
    func account(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let sent = try await goodwork.referOneself(Self.referral(), note: nil, key: "k")
            let new = ResidentAccount(login: " Sam@Example.org", password: Self.password)
            let isMade = try await goodwork.registerResident(new, after: sent)
            #expect(isMade)
            let account = try await goodwork.account(login: "sam@example.org")
            #expect(account.roles == [.resident])
            #expect(account.login == "sam@example.org")
            // A form sent twice makes it once.
            let isMadeAgain = try await goodwork.registerResident(new, after: sent)
            #expect(!isMadeAgain)
            #expect(try await installation.count("accounts") == 1)
            let answer = try await goodwork.signIn(
                login: "sam@example.org",
                password: Self.password,
                remote: "192.0.2.1"
            )
            guard case .signedIn = answer else {
                Issue.record("signing in gave \(answer)")
                return
            }
            let other = try await goodwork.referOneself(Self.referral(), note: nil, key: "other")
            installation.clock.advance(milliseconds: 3_600_000)
            await #expect(throws: ServiceError.self) {
                _ = try await goodwork.registerResident(
                    ResidentAccount(login: "late@example.org", password: Self.password),
                    after: other
                )
            }
        }
    }

    @Test(
        "What is wrong with a login or a password is told by field",
        arguments: [
            ("sam", password, "login"), ("sam@example.org", "short", "new-password"),
            ("sam@example.org", "passwordpassword", "new-password"),
        ]
    )
    func faults(_ login: String, _ password: String, _ field: String) async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let sent = try await goodwork.referOneself(Self.referral(), note: nil, key: "k")
            let error = await #expect(throws: ServiceError.self) {
                try await goodwork.registerResident(
                    ResidentAccount(login: login, password: password),
                    after: sent
                )
            }
            #expect(error?.faults.map(\.field) == [field])
            #expect(try await installation.count("accounts") == 0)
        }
    }
}
