import Application
import Kernel
import Passwords
import SQL
import Store
import TestSupport
import Testing

/// The way in, for each kind of account.
@Suite struct SignInTests {
    @Test(
        "A resident gives a password; the login's case and blanks do not matter",
        arguments: Backend.allCases
    )
    func resident(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let rae = try await people.addResident("rae")
            for login in ["rae@example.org", " RAE@Example.ORG\t"] {
                let answer = try await people.goodwork.signIn(
                    login: login,
                    password: People.password,
                    remote: People.remote
                )
                let token = try #require(answer.token)
                #expect(answer.word == "in")
                let signedIn = try #require(try await people.goodwork.session(token).signedIn)
                #expect(signedIn.account == rae)
                #expect(signedIn.actor.person == rae.person)
            }
            #expect(try await people.signIn("rae", "Thirteen green buses").word == "wrong")
        }
    }

    @Test(
        "A new coach changes the password, sets up a second factor, and gives it from then on",
        arguments: Backend.allCases
    )
    func coach(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let goodwork = people.goodwork
            let (account, oneTime) = try await goodwork.addAccount(
                NewAccount(
                    login: "Ada@example.org",
                    name: "Ada",
                    organisation: "big-life",
                    roles: [.coach, .manager]
                ),
                by: people.operator
            )
            #expect(account.login == "ada@example.org")
            #expect(account.mustChangePassword)
            let first = try await people.signIn("ada", oneTime)
            #expect(first.word == "change password")
            let firstToken = try #require(first.token)
            #expect(
                await outcome { try await goodwork.setUpSecondFactor(firstToken) } == "forbidden"
            )

            let second = try await goodwork.changePassword(
                firstToken,
                current: nil,
                to: People.password,
                remote: People.remote
            )
            #expect(second.word == "set up")
            let secondToken = try #require(second.token)
            #expect(try await people.state(firstToken) == "none")
            #expect(try await people.signIn("ada", oneTime).word == "wrong")

            let setUp = try await goodwork.setUpSecondFactor(secondToken)
            #expect(try await goodwork.setUpSecondFactor(secondToken) == setUp)
            #expect(
                setUp.uri == "otpauth://totp/Goodwork:ada%40example.org?secret=\(setUp.secret)"
                    + "&issuer=Goodwork&algorithm=SHA1&digits=6&period=30"
            )
            let secret = try People.bytes(ofBase32: setUp.secret)
            #expect(secret.count == 20)
            let off = people.code(secret, steps: 9)
            #expect(try await goodwork.confirmSecondFactor(secondToken, code: off).answer == .wrong)
            let (third, codes) = try await goodwork.confirmSecondFactor(
                secondToken,
                code: people.code(secret)
            )
            #expect(third.word == "in")
            #expect(Set(codes).count == 10)
            #expect(try await people.state(secondToken) == "none")

            people.wait(minutes: 1)
            let again = try await people.signIn("ada")
            #expect(again.word == "second factor")
            let begun = try #require(again.token)
            let code = people.code(secret)
            let full = try await give(" \(code.prefix(3)) \(code.suffix(3))", begun, people)
            #expect(full.word == "in")
            #expect(try await people.state(begun) == "none")
            #expect(try await people.state(try #require(full.token)) == "full")
        }
    }

    @Test("A code and a recovery code each serve once", arguments: Backend.allCases)
    func once(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let ada = try await people.add("ada")
            let (_, secret, codes) = try await people.signInFully("ada")
            let code = people.code(secret)
            let next = people.code(secret, steps: 1)
            let steps: [(String, String)] = [
                (code, "wrong"), (next, "in"), (next, "wrong"), (code, "wrong"),
                (codes[0], "in"), (codes[0], "wrong"), (codes[1].uppercased(), "in"),
            ]
            for (number, (given, word)) in steps.enumerated() {
                let begun = try #require(try await people.signIn("ada").token)
                #expect(try await give(given, begun, people).word == word, "\(number)")
            }
            #expect(try await people.goodwork.recoveryCodesLeft(of: ada.id) == 8)
        }
    }

    @Test("A code that two send at once lets one of them in", arguments: Backend.allCases)
    func raced(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            _ = try await people.add("ada")
            let secret = try await people.signInFully("ada").secret
            people.wait(minutes: 5)
            let tokens = [
                try #require(try await people.signIn("ada").token),
                try #require(try await people.signIn("ada").token),
            ]
            let code = people.code(secret)
            async let one = give(code, tokens[0], people).word
            async let two = give(code, tokens[1], people).word
            #expect(try await [one, two].sorted() == ["in", "wrong"])
        }
    }

    /// Who tries, and with what: each is answered `wrong`, after one verification.
    @Test(
        "Unknown, wrong, disabled, empty and over-long are the same answer for the same work",
        arguments: Backend.allCases
    )
    func sameAnswer(_ backend: Backend) async throws {
        let passwords = TestPasswords()
        try await withPeople(backend, passwords: passwords) { people in
            _ = try await people.add("ada")
            let off = try await people.add("off")
            _ = try await people.goodwork.disable(off.id, by: people.operator)
            let long = String(repeating: "a", count: 100_000)
            let tries = [
                ("nobody", People.password), ("ada", "wrong password"), ("off", People.password),
                ("off", "wrong password"), ("ada", ""), ("ada", long), ("nobody", long),
                (long, People.password),
            ]
            for (number, (name, password)) in tries.enumerated() {
                let before = passwords.verifications
                let rows = try await people.installation.count("access_log")
                let answer = try await people.signIn(name, password, remote: "\(number)")
                #expect(answer == .wrong, "\(name.prefix(9))")
                #expect(passwords.verifications == before + 1, "\(name.prefix(9))")
                #expect(try await people.installation.count("access_log") == rows + 1)
            }
        }
    }

    @Test("A hash of another cost is made anew at sign-in")
    func rehash() async throws {
        try await withFreshDatabase(.sqlite) { database in
            let old = try await People(try await TestInstallation(database))
            _ = try await old.addResident("rae")
            let before = try await Self.hash(database)
            let clock = old.clock
            let new = try await TestInstallation(
                database,
                clock: clock,
                passwords: TestPasswords(cost: .init(memoryBytes: 128 << 10, passes: 2))
            )
            for _ in 1...2 {
                let answer = try await new.goodwork.signIn(
                    login: "rae@example.org",
                    password: People.password,
                    remote: People.remote
                )
                #expect(answer.word == "in")
            }
            let after = try await Self.hash(database)
            #expect(before.contains("m=64,t=1"))
            #expect(after.contains("m=128,t=2"))
        }
    }

    @Test("Who cannot be served now has not failed")
    func busy() async throws {
        try await withFreshDatabase(.sqlite) { database in
            let people = try await People(try await TestInstallation(database))
            _ = try await people.addResident("rae")
            let busy = Goodwork(
                store: people.goodwork.store,
                library: people.goodwork.library,
                now: people.goodwork.now,
                passwords: BusyPasswords()
            )
            for _ in 1...30 {
                let word = await outcome {
                    try await busy.signIn(
                        login: "rae@example.org",
                        password: "wrong",
                        remote: People.remote
                    )
                }
                #expect(word == "busy")
            }
            #expect(try await people.signIn("rae").word == "in")
        }
    }

    private static func hash(_ database: any Database) async throws -> String {
        try await database.read { transaction in
            try transaction.first("SELECT password_hash FROM accounts") { try $0.text(0) } ?? ""
        }
    }

    private func give(
        _ code: String,
        _ token: String,
        _ people: People
    ) async throws -> SignInAnswer {
        try await people.goodwork.giveSecondFactor(token, code: code, remote: People.remote)
    }
}

/// A hasher whose queue is always full.
private struct BusyPasswords: PasswordHashing {
    func hash(_ password: String) async throws -> String { throw ServiceError.passwordsBusy }
    func verify(_ password: String, against hash: String?) async throws -> Bool {
        throw ServiceError.passwordsBusy
    }
    func needsRehash(_ hash: String) -> Bool { false }
}
