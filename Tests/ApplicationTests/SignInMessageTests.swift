import Casework
import Kernel
import Programmes
import SQL
import Store
import TestSupport
import Testing

@testable import Application

/// A resident is told that how they sign in was changed, by a case of theirs.
@Suite struct SignInMessageTests {
    private static let login = "rosa@login.example"

    private static func born() throws -> CivilDate {
        try #require(CivilDate(iso: "1985-04-03"))
    }

    /// Lends a team, and the case of Rosa, who has an account and an address for messages.
    private func withResident(
        _ backend: Backend = .sqlite,
        _ body: (TestTeam, CaseHeader) async throws -> Void
    ) async throws {
        try await withTeam(backend) { team in
            let goodwork = team.installation.goodwork
            let header = try await team.refer("Rosa") { referral in
                referral.identity.email = "rosa@mail.example"
                referral.identity.birthDate = "1985-04-03"
            }
            _ = try await goodwork.registerResident(
                ResidentAccount(login: Self.login, password: "thirteen green buses"),
                byInvitation: goodwork.token(for: goodwork.invitationLink(for: header.id)),
                birthDate: Self.born()
            )
            try await body(team, header)
        }
    }

    @Test(
        "A resident is told that how they sign in was changed, and the team of the case is not",
        arguments: Backend.allCases
    )
    func signInChanged(_ backend: Backend) async throws {
        try await withResident(backend) { team, header in
            let goodwork = team.installation.goodwork
            let post = Post()
            func changePassword(_ words: String) async throws {
                team.installation.clock.advance()
                let link = try await goodwork.passwordLink(for: header, by: TestTeam.coach)
                let answer = try await goodwork.changePassword(
                    to: words,
                    byInvitation: goodwork.token(for: link),
                    birthDate: Self.born()
                )
                #expect(answer == .changed(login: "r…@login.example"))
                _ = try await goodwork.deliver(with: post.messengers)
            }
            _ = try await goodwork.deliver(with: post.messengers)
            #expect(post.email.taken.isEmpty)
            try await changePassword("eleven purple trams")
            #expect(post.email.taken.map(\.address) == ["rosa@mail.example"])
            #expect(
                post.email.taken.first?.text
                    == "Your password, or another way in which you sign in, was changed on "
                    + "\(team.today.uk). Was it not you? Tell big-life at once, and give this "
                    + "reference: \(header.reference)."
            )
            let file = try await goodwork.file(header.id, for: .readCase, by: TestTeam.coach)
            #expect(file.messages.allSatisfy { $0.event != nil })
            // A wish for no messages holds for these too.
            var wish = ContactPreferred()
            wish.way = .noMessages
            try await team.change(header, .contactPreferred(wish))
            try await changePassword("twelve orange ferries")
            #expect(post.email.taken.count == 1)
            let store = team.installation.store
            let kept = try await store.database.read { try store.messages(of: header.id, in: $0) }
            let outcomes = kept.filter { $0.event == nil }.map(\.outcome)
            #expect(outcomes == ["sent", "skipped-not-wished"])
        }
    }

    @Test("That how a resident signs in was changed is told by the last case, where all are closed")
    func signInChangedAfterwards() async throws {
        try await withResident { team, header in
            let goodwork = team.installation.goodwork
            try await team.change(header, .referralAccepted(Plain()))
            var closed = Closed()
            closed.reason = .disengaged
            try await team.change(header, .closed(closed))
            let account = try await goodwork.account(login: Self.login)
            let issuer = "https://id.example.org"
            try await goodwork.connect(issuer: issuer, subject: "1", by: account.actor)
            let post = Post()
            _ = try await goodwork.deliver(with: post.messengers)
            let told = post.email.taken.map(\.text).filter { $0.contains("Was it not you?") }
            #expect(told.count == 1 && told.allSatisfy { $0.contains(header.reference) })
        }
    }

    @Test("An issuer that vouches for a resident's account from the first sign-in on is told, once")
    func issuerAtFirstSignIn() async throws {
        try await withResident { team, header in
            let goodwork = team.installation.goodwork
            for _ in 1...2 {
                let answer = try await goodwork.signInWith(
                    issuer: "https://id.example.org",
                    subject: "1",
                    verifiedEmail: Self.login
                )
                #expect(answer != .wrong)
            }
            let post = Post()
            _ = try await goodwork.deliver(with: post.messengers)
            let told = post.email.taken.map(\.text).filter { $0.contains("Was it not you?") }
            #expect(told.count == 1 && told.allSatisfy { $0.contains(header.reference) })
        }
    }
}
