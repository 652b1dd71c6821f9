import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing

/// Invitations and answers by signed link.
@Suite struct LinkTests {
    private static let new = ResidentAccount(
        login: "ann@example.org",
        password: SelfReferralTests.password
    )

    private static func born(_ text: String) throws -> CivilDate {
        try #require(CivilDate(iso: text))
    }

    @Test("The right birth date makes the account, once", arguments: Backend.allCases)
    func invitation(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            let token = goodwork.token(for: goodwork.invitationLink(for: ann.id))
            for left in [4, 3] {
                let answer = try await goodwork.registerResident(
                    Self.new,
                    byInvitation: token,
                    birthDate: Self.born("1980-01-30")
                )
                #expect(answer == .wrongBirthDate(triesLeft: left))
            }
            let answer = try await goodwork.registerResident(
                Self.new,
                byInvitation: token,
                birthDate: Self.born("1980-01-31")
            )
            #expect(answer == .made)
            let account = try await goodwork.account(login: Self.new.login)
            #expect(account.person == ann.header.person)
            #expect(account.roles == [.resident])
            #expect(account.name == "Ann Example")
            #expect(try await goodwork.invitation(token) == .used)
        }
    }

    /// A person with an account whose password is forgotten, and the token of a session.
    private static func register(
        _ installation: TestInstallation
    ) async throws -> (ann: TestResident, account: Account, session: String) {
        let goodwork = installation.goodwork
        let ann = try await installation.addResident("Ann")
        _ = try await goodwork.registerResident(
            new,
            byInvitation: goodwork.token(for: goodwork.invitationLink(for: ann.id)),
            birthDate: born("1980-01-31")
        )
        let account = try await goodwork.account(login: new.login)
        let session = try #require(try await signIn(new.password, installation).token)
        installation.clock.advance()
        return (ann, account, session)
    }

    private static func signIn(
        _ password: String,
        _ installation: TestInstallation
    ) async throws -> SignInAnswer {
        try await installation.goodwork.signIn(
            login: new.login,
            password: password,
            remote: "192.0.2.1"
        )
    }

    private static let coach = Actor(user: "coach-1", organisation: "big-life", role: .coach)

    /// The token of a link for a new password, as a coach of the case makes it.
    private static func passwordToken(
        _ ann: TestResident,
        _ goodwork: Goodwork,
        lettingInAgain: Bool = false
    ) async throws -> String {
        let link = try await goodwork.passwordLink(
            for: ann.header,
            lettingInAgain: lettingInAgain,
            by: coach
        )
        return goodwork.token(for: link)
    }

    @Test(
        "Whoever has an account is given a new password, once, and is signed out",
        arguments: Backend.allCases
    )
    func newPassword(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let (ann, account, session) = try await Self.register(installation)
            let unused = try await Self.passwordToken(ann, goodwork)
            installation.clock.advance()
            let token = try await Self.passwordToken(ann, goodwork)
            // An invitation to an account gives no new password.
            let invitation = goodwork.token(for: goodwork.invitationLink(for: ann.id))
            #expect(try await goodwork.invitation(invitation) == .used)
            #expect(try await goodwork.invitation(token) == .open(.password))
            let words = "eleven purple trams"
            let wrong = try await goodwork.changePassword(
                to: words,
                byInvitation: token,
                birthDate: Self.born("1980-01-30")
            )
            #expect(wrong == .wrongBirthDate(triesLeft: 4))
            let none = try await goodwork.registerResident(
                Self.new,
                byInvitation: token,
                birthDate: Self.born("1980-01-31")
            )
            #expect(none == .used)
            let short = await outcome {
                try await goodwork.changePassword(
                    to: "short",
                    byInvitation: token,
                    birthDate: Self.born("1980-01-31")
                )
            }
            #expect(short == "faults new-password")
            #expect(try await Self.signIn(Self.new.password, installation).word == "in")
            installation.clock.advance()
            let changed = try await goodwork.changePassword(
                to: words,
                byInvitation: token,
                birthDate: Self.born("1980-01-31")
            )
            #expect(changed == .changed(login: "a…@example.org"))
            #expect(try await goodwork.session(session).signedIn == nil)
            #expect(try await Self.signIn(Self.new.password, installation).word == "wrong")
            #expect(try await Self.signIn(words, installation).word == "in")
            // Neither this link nor one that was made before serves any more; a later one does.
            #expect(try await goodwork.invitation(token) == .used)
            #expect(try await goodwork.invitation(unused) == .used)
            installation.clock.advance()
            let later = try await Self.passwordToken(ann, goodwork)
            #expect(try await goodwork.invitation(later) == .open(.password))
            // The person sees who made the link, and that somebody used it.
            let looks = try await goodwork.ownAccessLog(by: account.actor)
                .filter { $0.action == .manageAccounts && $0.isAllowed }
            #expect(looks.contains { $0.organisation == "big-life" && !$0.isOwn })
            #expect(looks.contains { $0.isLinkHolder && !$0.isOwn })
            #expect(try await installation.problems() == [])
        }
    }

    @Test("Whether a password is the login is said after the birth date, and costs a try")
    func passwordIsLogin() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let (ann, _, _) = try await Self.register(installation)
            let token = try await Self.passwordToken(ann, goodwork)
            func take(_ password: String, _ born: String) async throws -> InvitationAnswer {
                try await goodwork.changePassword(
                    to: password,
                    byInvitation: token,
                    birthDate: Self.born(born)
                )
            }
            let (login, words) = (Self.new.login, "eleven purple trams")
            #expect(try await take(login, "1980-01-30") == .wrongBirthDate(triesLeft: 4))
            #expect(try await take(login, "1980-01-31") == .passwordIsLogin)
            #expect(try await take(words, "1980-01-30") == .wrongBirthDate(triesLeft: 2))
            #expect(try await take(words, "1980-01-31") == .changed(login: "a…@example.org"))
        }
    }

    @Test("No issuer vouches any more for an account that was given a new password")
    func newPasswordAndIssuer() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let (ann, account, _) = try await Self.register(installation)
            let issuer = "https://id.example.org"
            try await goodwork.connect(issuer: issuer, subject: "1", by: account.actor)
            _ = try await goodwork.changePassword(
                to: "eleven purple trams",
                byInvitation: Self.passwordToken(ann, goodwork),
                birthDate: Self.born("1980-01-31")
            )
            #expect(try await goodwork.isConnected(account.actor) == false)
            // Nothing is told of what changes nothing.
            let told = try await installation.count("outbox")
            try await goodwork.disconnectOpenID(by: account.actor)
            #expect(try await installation.count("outbox") == told)
            let answer = try await goodwork.signInWith(
                issuer: issuer,
                subject: "1",
                verifiedEmail: nil
            )
            #expect(answer.word == "wrong")
        }
    }

    @Test("A new password leaves the second factor, and lets in nobody who was shut out")
    func newPasswordAndFactor() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let (ann, account, session) = try await Self.register(installation)
            let setUp = try await goodwork.setUpSecondFactor(session)
            let secret = try People.bytes(ofBase32: setUp.secret)
            let code = TOTP.code(secret: secret, step: TOTP.step(at: installation.clock.now))
            _ = try await goodwork.confirmSecondFactor(session, code: code)
            let left = try await goodwork.recoveryCodesLeft(of: account.id)
            let words = "eleven purple trams"
            _ = try await goodwork.changePassword(
                to: words,
                byInvitation: Self.passwordToken(ann, goodwork),
                birthDate: Self.born("1980-01-31")
            )
            #expect(try await goodwork.recoveryCodesLeft(of: account.id) == left)
            #expect(try await Self.signIn(words, installation).word == "second factor")
            installation.clock.advance()
            let token = try await Self.passwordToken(ann, goodwork)
            try await installation.tamper("UPDATE accounts SET disabled_at = 1")
            #expect(try await goodwork.invitation(token) == .dead)
            await #expect(throws: ServiceError.self) {
                try await Self.passwordToken(ann, goodwork)
            }
        }
    }

    @Test(
        "Whoever lost telephone and codes too is let in again, and nothing ends before that",
        arguments: Backend.allCases
    )
    func lettingInAgain(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let (ann, account, first) = try await Self.register(installation)
            let setUp = try await goodwork.setUpSecondFactor(first)
            let secret = try People.bytes(ofBase32: setUp.secret)
            let code = TOTP.code(secret: secret, step: TOTP.step(at: installation.clock.now))
            let confirmed = try await goodwork.confirmSecondFactor(first, code: code)
            let session = try #require(confirmed.answer.token)
            let token = try await Self.passwordToken(ann, goodwork, lettingInAgain: true)
            #expect(try await goodwork.invitation(token) == .open(.entry))
            let words = "eleven purple trams"
            let wrong = try await goodwork.changePassword(
                to: words,
                byInvitation: token,
                birthDate: Self.born("1980-01-30")
            )
            #expect(wrong == .wrongBirthDate(triesLeft: 4))
            #expect(try await goodwork.session(session).signedIn != nil)
            #expect(try await goodwork.recoveryCodesLeft(of: account.id) == 10)
            installation.clock.advance()
            let changed = try await goodwork.changePassword(
                to: words,
                byInvitation: token,
                birthDate: Self.born("1980-01-31")
            )
            #expect(changed == .changed(login: "a…@example.org"))
            #expect(try await goodwork.session(session).signedIn == nil)
            #expect(try await goodwork.recoveryCodesLeft(of: account.id) == 0)
            #expect(try await goodwork.invitation(token) == .used)
            // Signing in asks for no code, and another second factor can be set up.
            let next = try #require(try await Self.signIn(words, installation).token)
            #expect(try await goodwork.setUpSecondFactor(next).secret != setUp.secret)
            let looks = try await goodwork.ownAccessLog(by: account.actor)
                .filter { $0.action == .manageAccounts && $0.isAllowed }
            #expect(looks.contains { $0.organisation == "big-life" && !$0.isOwn })
            #expect(looks.contains { $0.isLinkHolder && !$0.isOwn })
            #expect(try await installation.problems() == [])
        }
    }

    @Test("An account that was shut out is open again once its person has used the link")
    func shutOut() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let (ann, _, _) = try await Self.register(installation)
            try await installation.tamper("UPDATE accounts SET disabled_at = 1")
            let token = try await Self.passwordToken(ann, goodwork, lettingInAgain: true)
            #expect(try await Self.signIn(Self.new.password, installation).word == "wrong")
            installation.clock.advance()
            let words = "eleven purple trams"
            _ = try await goodwork.changePassword(
                to: words,
                byInvitation: token,
                birthDate: Self.born("1980-01-31")
            )
            #expect(try await Self.signIn(words, installation).word == "in")
        }
    }

    @Test("Only who may change the person's details lets them in again")
    func whoLetsIn() async throws {
        try await withInstallation(.sqlite) { installation in
            let (ann, _, _) = try await Self.register(installation)
            for actor in [
                Actor(user: "x", organisation: "elsewhere", role: .coach),
                Actor(user: "x", organisation: "big-life", role: .administrator),
                Actor(user: "x", organisation: "P84001", role: .referrer), ann.actor,
            ] {
                await #expect(throws: ServiceError.self, "\(actor.roles)") {
                    try await installation.goodwork.passwordLink(
                        for: ann.header,
                        lettingInAgain: true,
                        by: actor
                    )
                }
            }
        }
    }

    @Test("Nobody makes a link to a new password once the case is closed, nor without a part in it")
    func noPasswordLink() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let (ann, _, _) = try await Self.register(installation)
            let stranger = Actor(user: "x", organisation: "elsewhere", role: .coach)
            let hidden = await outcome {
                try await goodwork.passwordLink(for: ann.header, by: stranger)
            }
            #expect(hidden == "not-found")
            var closed = Closed()
            closed.reason = .died
            try await installation.tell(ann, [.closed(closed)])
            let refused = await outcome { try await Self.passwordToken(ann, goodwork) }
            #expect(refused == "no-password-link")
        }
    }

    @Test(
        "After five wrong birth dates the link is dead, also for the right one",
        arguments: Backend.allCases
    )
    func tries(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            let token = goodwork.token(for: goodwork.invitationLink(for: ann.id))
            // All at once, as somebody would who wants more than five.
            let answers = try await withThrowingTaskGroup(of: InvitationAnswer.self) { group in
                for day in 1...9 {
                    group.addTask {
                        try await goodwork.registerResident(
                            Self.new,
                            byInvitation: token,
                            birthDate: Self.born("1990-01-0\(day)")
                        )
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0 == .dead }.count == 4)
            let right = try await goodwork.registerResident(
                Self.new,
                byInvitation: token,
                birthDate: Self.born("1980-01-31")
            )
            #expect(right == .dead)
            #expect(try await goodwork.invitation(token) == .dead)
            #expect(try await installation.count("accounts") == 0)
        }
    }

    @Test(
        "Wrong birth dates are counted for the person and the day, by however many links",
        arguments: Backend.allCases
    )
    func triesOfDay(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            func take(_ born: String) async throws -> InvitationAnswer {
                installation.clock.advance()
                return try await goodwork.registerResident(
                    Self.new,
                    byInvitation: goodwork.token(for: goodwork.invitationLink(for: ann.id)),
                    birthDate: Self.born(born)
                )
            }
            for left in [4, 3, 2, 1, 0] {
                #expect(try await take("1980-01-30") == .wrongBirthDate(triesLeft: left))
            }
            #expect(try await take("1980-01-31") == .dead)
            let looks = try await goodwork.ownAccessLog(by: ann.actor)
            #expect(looks.contains { $0.isLinkHolder && !$0.isOwn && !$0.isAllowed })
            // Nobody else is held up, nor the person on the next day.
            let bob = try await installation.addResident("Bob")
            let other = goodwork.token(for: goodwork.invitationLink(for: bob.id))
            #expect(try await goodwork.invitation(other) == .open(.record))
            installation.clock.advance(milliseconds: 86_400_000)
            #expect(try await take("1980-01-31") == .made)
        }
    }

    @Test("Another link, another purpose and an old one invite nobody")
    func noInvitation() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            let good = goodwork.token(for: goodwork.invitationLink(for: ann.id))
            #expect(try await goodwork.invitation(good) == .open(.record))
            let answer = goodwork.token(for: goodwork.answerLink(for: ann.id))
            for token in [answer, String(good.dropLast()), "", good + "a"] {
                #expect(try await goodwork.invitation(token) == .dead)
            }
            installation.clock.advance(milliseconds: 7 * 86_400_000)
            #expect(try await goodwork.invitation(good) == .dead)
        }
    }

    @Test("The follow-up is answered once, whatever is tapped", arguments: Backend.allCases)
    func followUp(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            try await installation.support(ann)
            let token = goodwork.token(for: goodwork.answerLink(for: ann.id))
            #expect(try await goodwork.question(byLink: token, .followUp)?.state == .notAsked)
            try await installation.discharge(ann)
            let before = try await installation.count("journal")
            #expect(try await goodwork.question(byLink: token, .followUp)?.state == .open)
            #expect(try await installation.count("journal") == before)
            // Two different taps in the same moment: one of them stands.
            await withTaskGroup(of: Void.self) { group in
                for status in ["in-work", "out-of-work", "in-work"] {
                    group.addTask {
                        _ = try? await goodwork.answer(
                            byLink: token,
                            .followUp,
                            ["follow-up": status]
                        )
                    }
                }
            }
            #expect(try await installation.count("journal") == before + 1)
            #expect(try await goodwork.question(byLink: token, .followUp)?.state == .answered)
            let file = try await installation.file(ann)
            #expect(file.case.trackingContacts == [installation.today])
            #expect(file.lines.last?.event.by.user == "link")
        }
    }

    @Test(
        "Satisfaction is a measure at exit, whichever link brings it",
        arguments: Backend.allCases
    )
    func satisfaction(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            let token = goodwork.token(for: goodwork.answerLink(for: ann.id))
            #expect(try await goodwork.question(byLink: token, .satisfaction)?.state == .notAsked)
            try await installation.support(ann)
            try await installation.discharge(ann)
            let asked = try await goodwork.answer(
                byLink: token,
                .satisfaction,
                ["satisfied": "very"]
            )
            #expect(asked?.state == .open)
            installation.clock.advance(milliseconds: 86_400_000)
            let later = goodwork.token(for: goodwork.answerLink(for: ann.id))
            #expect(later != token)
            #expect(try await goodwork.question(byLink: later, .satisfaction)?.state == .answered)
            let reading = try #require(try await installation.file(ann).case.readings.last)
            #expect(reading.occasion == .exit)
            #expect(reading.answers == ["satisfied": "very"])
        }
    }

    @Test("Looking and answering by a link stand in the access log")
    func logged() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            let token = goodwork.token(for: goodwork.answerLink(for: ann.id))
            let before = try await installation.count("access_log")
            _ = try await goodwork.question(byLink: token, .followUp)
            #expect(try await installation.count("access_log") == before + 1)
        }
    }
}
