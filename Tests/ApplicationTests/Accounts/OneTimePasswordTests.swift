import Application
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// A password that was handed over serves for seven days.
@Suite struct OneTimePasswordTests {
    /// Adds somebody with a password that serves once.
    private func add(_ people: People) async throws -> (account: Account, password: String) {
        try await people.goodwork.addAccount(
            NewAccount(
                login: "ada@example.org",
                name: "Ada",
                organisation: "big-life",
                roles: [.coach]
            ),
            by: people.operator
        )
    }

    /// Minutes after the password was made, and what signing in with it gives.
    private static let moments: [(minutes: Int, word: String)] = [
        (0, "change password"), (7 * 1_440 - 1, "change password"), (7 * 1_440, "too old"),
        (30 * 1_440, "too old"),
    ]

    @Test(
        "A first password ends after seven days, and so does another",
        arguments: Backend.allCases
    )
    func ends(_ backend: Backend) async throws {
        for (minutes, word) in Self.moments {
            try await withPeople(backend) { people in
                let (account, first) = try await add(people)
                people.wait(minutes: minutes)
                #expect(try await people.signIn("ada", first).word == word, "\(minutes)")
                // A wrong password is told nothing of this.
                #expect(try await people.signIn("ada", "a wrong one").word == "wrong")
                let next = try await people.goodwork.resetPassword(
                    of: account.id,
                    by: people.operator
                )
                people.wait(minutes: minutes)
                #expect(try await people.signIn("ada", next).word == word, "\(minutes)")
                #expect(try await people.signIn("ada", first).word == "wrong")
            }
        }
    }

    @Test("A password of one's own does not end")
    func ownPassword() async throws {
        try await withPeople(.sqlite) { people in
            let (account, first) = try await add(people)
            let end = people.clock.now.adding(milliseconds: 7 * 86_400_000)
            #expect(account.passwordUntil == end)
            let token = try #require(try await people.signIn("ada", first).token)
            _ = try await people.goodwork.changePassword(
                token,
                current: nil,
                to: People.password,
                remote: People.remote
            )
            people.wait(minutes: 400 * 1_440)
            #expect(try await people.signIn("ada").word == "set up")
            #expect(try await people.goodwork.account(account.id)?.passwordUntil == nil)
        }
    }

    @Test("One that was handed over before there was an end counts from the account's beginning")
    func before() async throws {
        try await withPeople(.sqlite) { people in
            let (_, first) = try await add(people)
            try await people.installation.tamper("UPDATE accounts SET password_until = NULL")
            people.wait(minutes: 7 * 1_440 - 1)
            #expect(try await people.signIn("ada", first).word == "change password")
            people.wait(minutes: 1)
            #expect(try await people.signIn("ada", first).word == "too old")
        }
    }

    @Test("Guessing stays slow, and the log says why")
    func isCounted() async throws {
        try await withPeople(.sqlite) { people in
            let (account, first) = try await add(people)
            people.wait(minutes: 7 * 1_440)
            for _ in 1...5 {
                #expect(try await people.signIn("ada", first).word == "too old")
            }
            #expect(try await people.signIn("ada", first).word == "wait")
            let store = people.goodwork.store
            let log = try await store.database.read {
                try store.accessLog(of: account.id.text, in: $0)
            }
            #expect(log.last?.outcome == "refused: the one-time password is too old")
        }
    }
}
