import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing

/// Links by which whoever has an account is given a new password.
@Suite struct PasswordLinkTests {
    @Test(
        "Whoever has an account is given a new password, once, and is signed out",
        arguments: Backend.allCases
    )
    func newPassword(_ backend: Backend) async throws {
        try await LinkHolder.with(backend) { holder in
            let (goodwork, clock) = (holder.goodwork, holder.installation.clock)
            let unused = try await holder.passwordToken()
            clock.advance()
            let token = try await holder.passwordToken()
            // An invitation to an account gives no new password.
            let invitation = goodwork.token(for: goodwork.invitationLink(for: holder.ann.id))
            #expect(try await goodwork.invitation(invitation) == .used)
            #expect(try await goodwork.invitation(token) == .open(.password))
            let wrong = try await holder.changePassword(by: token, born: "1980-01-30")
            #expect(wrong == .wrongBirthDate(triesLeft: 4))
            let none = try await goodwork.registerResident(
                LinkHolder.new,
                byInvitation: token,
                birthDate: try #require(CivilDate(iso: LinkHolder.birthDate))
            )
            #expect(none == .used)
            let short = await outcome { try await holder.changePassword(to: "short", by: token) }
            #expect(short == "faults new-password")
            #expect(try await holder.signIn(LinkHolder.new.password).word == "in")
            clock.advance()
            let changed = try await holder.changePassword(by: token)
            #expect(changed == .changed(login: "a…@example.org"))
            #expect(try await goodwork.session(holder.session).signedIn == nil)
            #expect(try await holder.signIn(LinkHolder.new.password).word == "wrong")
            #expect(try await holder.signIn(LinkHolder.newPassword).word == "in")
            // Neither this link nor one that was made before serves any more; a later one does.
            #expect(try await goodwork.invitation(token) == .used)
            #expect(try await goodwork.invitation(unused) == .used)
            clock.advance()
            let later = try await holder.passwordToken()
            #expect(try await goodwork.invitation(later) == .open(.password))
            #expect(try await holder.seesWhoLooked())
            #expect(try await holder.installation.problems() == [])
        }
    }

    @Test("Whether a password is the login is said after the birth date, and costs a try")
    func passwordIsLogin() async throws {
        try await LinkHolder.with { holder in
            let token = try await holder.passwordToken()
            func take(_ password: String, _ born: String) async throws -> InvitationAnswer {
                try await holder.changePassword(to: password, by: token, born: born)
            }
            let (login, words) = (LinkHolder.new.login, LinkHolder.newPassword)
            #expect(try await take(login, "1980-01-30") == .wrongBirthDate(triesLeft: 4))
            #expect(try await take(login, "1980-01-31") == .passwordIsLogin)
            #expect(try await take(words, "1980-01-30") == .wrongBirthDate(triesLeft: 2))
            #expect(try await take(words, "1980-01-31") == .changed(login: "a…@example.org"))
        }
    }

    @Test("No issuer vouches any more for an account that was given a new password")
    func newPasswordAndIssuer() async throws {
        try await LinkHolder.with { holder in
            let (goodwork, actor) = (holder.goodwork, holder.account.actor)
            let issuer = "https://id.example.org"
            try await goodwork.connect(issuer: issuer, subject: "1", by: actor)
            _ = try await holder.changePassword(by: holder.passwordToken())
            #expect(try await goodwork.isConnected(actor) == false)
            // Nothing is told of what changes nothing.
            let told = try await holder.installation.count("outbox")
            try await goodwork.disconnectOpenID(by: actor)
            #expect(try await holder.installation.count("outbox") == told)
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
        try await LinkHolder.with { holder in
            let (goodwork, installation) = (holder.goodwork, holder.installation)
            _ = try await holder.setUpSecondFactor()
            let left = try await goodwork.recoveryCodesLeft(of: holder.account.id)
            _ = try await holder.changePassword(by: holder.passwordToken())
            #expect(try await goodwork.recoveryCodesLeft(of: holder.account.id) == left)
            #expect(try await holder.signIn(LinkHolder.newPassword).word == "second factor")
            installation.clock.advance()
            let token = try await holder.passwordToken()
            try await installation.tamper("UPDATE accounts SET disabled_at = 1")
            #expect(try await goodwork.invitation(token) == .dead)
            await #expect(throws: ServiceError.self) { try await holder.passwordToken() }
        }
    }

    @Test("Nobody makes a link to a new password once the case is closed, nor without a part in it")
    func noPasswordLink() async throws {
        try await LinkHolder.with { holder in
            let stranger = Actor(user: "x", organisation: "elsewhere", role: .coach)
            let hidden = await outcome {
                try await holder.goodwork.passwordLink(for: holder.ann.header, by: stranger)
            }
            #expect(hidden == "not-found")
            var closed = Closed()
            closed.reason = .died
            try await holder.installation.tell(holder.ann, [.closed(closed)])
            let refused = await outcome { try await holder.passwordToken() }
            #expect(refused == "no-password-link")
        }
    }
}
