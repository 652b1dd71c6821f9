import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing

/// Links by which whoever lost their second factor too, or was shut out, is let in again.
@Suite struct LettingInAgainTests {
    @Test(
        "Whoever lost telephone and codes too is let in again, and nothing ends before that",
        arguments: Backend.allCases
    )
    func lettingInAgain(_ backend: Backend) async throws {
        try await LinkHolder.with(backend) { holder in
            let (goodwork, account) = (holder.goodwork, holder.account)
            let (secret, session) = try await holder.setUpSecondFactor()
            let token = try await holder.passwordToken(lettingInAgain: true)
            #expect(try await goodwork.invitation(token) == .open(.entry))
            let wrong = try await holder.changePassword(by: token, born: "1980-01-30")
            #expect(wrong == .wrongBirthDate(triesLeft: 4))
            #expect(try await goodwork.session(session).signedIn != nil)
            #expect(try await goodwork.recoveryCodesLeft(of: account.id) == 10)
            holder.installation.clock.advance()
            let changed = try await holder.changePassword(by: token)
            #expect(changed == .changed(login: "a…@example.org"))
            #expect(try await goodwork.session(session).signedIn == nil)
            #expect(try await goodwork.recoveryCodesLeft(of: account.id) == 0)
            #expect(try await goodwork.invitation(token) == .used)
            // Signing in asks for no code, and another second factor can be set up.
            let next = try #require(try await holder.signIn(LinkHolder.newPassword).token)
            #expect(try await goodwork.setUpSecondFactor(next).secret != secret)
            #expect(try await holder.seesWhoLooked())
            #expect(try await holder.installation.problems() == [])
        }
    }

    @Test("An account that was shut out is open again once its person has used the link")
    func shutOut() async throws {
        try await LinkHolder.with { holder in
            try await holder.installation.tamper("UPDATE accounts SET disabled_at = 1")
            let token = try await holder.passwordToken(lettingInAgain: true)
            #expect(try await holder.signIn(LinkHolder.new.password).word == "wrong")
            holder.installation.clock.advance()
            _ = try await holder.changePassword(by: token)
            #expect(try await holder.signIn(LinkHolder.newPassword).word == "in")
        }
    }

    @Test("Only who may change the person's details lets them in again")
    func whoLetsIn() async throws {
        try await LinkHolder.with { holder in
            for actor in [
                Actor(user: "x", organisation: "elsewhere", role: .coach),
                Actor(user: "x", organisation: "big-life", role: .administrator),
                Actor(user: "x", organisation: "P84001", role: .referrer), holder.ann.actor,
            ] {
                await #expect(throws: ServiceError.self, "\(actor.roles)") {
                    try await holder.goodwork.passwordLink(
                        for: holder.ann.header,
                        lettingInAgain: true,
                        by: actor
                    )
                }
            }
        }
    }
}
