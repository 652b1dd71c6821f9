import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing

/// Invitations by signed link: the birth date makes the account, and few tries are free.
@Suite struct InvitationTests {
    /// Lends Ann, who has no account, and the token of an invitation of hers.
    private func withInvitation(
        _ backend: Backend = .sqlite,
        _ body: (TestInstallation, TestResident, String) async throws -> Void
    ) async throws {
        try await LinkHolder.withToken(backend, of: { $0.invitationLink(for: $1) }, body)
    }

    private static func born(_ text: String) throws -> CivilDate {
        try #require(CivilDate(iso: text))
    }

    @Test("The right birth date makes the account, once", arguments: Backend.allCases)
    func invitation(_ backend: Backend) async throws {
        try await withInvitation(backend) { installation, ann, token in
            let goodwork = installation.goodwork
            for left in [4, 3] {
                let answer = try await goodwork.registerResident(
                    LinkHolder.new,
                    byInvitation: token,
                    birthDate: Self.born("1980-01-30")
                )
                #expect(answer == .wrongBirthDate(triesLeft: left))
            }
            let answer = try await goodwork.registerResident(
                LinkHolder.new,
                byInvitation: token,
                birthDate: Self.born("1980-01-31")
            )
            #expect(answer == .made)
            let account = try await goodwork.account(login: LinkHolder.new.login)
            #expect(account.person == ann.header.person)
            #expect(account.roles == [.resident])
            #expect(account.name == "Ann Example")
            #expect(try await goodwork.invitation(token) == .used)
        }
    }

    @Test(
        "After five wrong birth dates the link is dead, also for the right one",
        arguments: Backend.allCases
    )
    func tries(_ backend: Backend) async throws {
        try await withInvitation(backend) { installation, _, token in
            let goodwork = installation.goodwork
            // All at once, as somebody would who wants more than five.
            let answers = try await withThrowingTaskGroup(of: InvitationAnswer.self) { group in
                for day in 1...9 {
                    group.addTask {
                        try await goodwork.registerResident(
                            LinkHolder.new,
                            byInvitation: token,
                            birthDate: Self.born("1990-01-0\(day)")
                        )
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.filter { $0 == .dead }.count == 4)
            let right = try await goodwork.registerResident(
                LinkHolder.new,
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
        try await withInvitation(backend) { installation, ann, _ in
            let goodwork = installation.goodwork
            func take(_ born: String) async throws -> InvitationAnswer {
                installation.clock.advance()
                return try await goodwork.registerResident(
                    LinkHolder.new,
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
        try await withInvitation { installation, ann, good in
            let goodwork = installation.goodwork
            let atFirst = try await goodwork.invitation(good)
            #expect(atFirst == .open(.record))
            let answer = goodwork.token(for: goodwork.answerLink(for: ann.id))
            for token in [answer, String(good.dropLast()), "", good + "a"] {
                #expect(try await goodwork.invitation(token) == .dead)
            }
            installation.clock.advance(milliseconds: 7 * 86_400_000)
            #expect(try await goodwork.invitation(good) == .dead)
        }
    }
}
