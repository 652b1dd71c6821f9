import Application
import Kernel
import TestSupport
import Testing

/// What a new password may be, and what changing it ends.
@Suite struct PasswordChangeTests {
    /// A new password of rae@example.org, and what is wrong with it.
    static let table: [(password: String, problem: String?)] = [
        ("", "is too short"),
        ("eleven char", "is too short"),
        ("twelve chars", nil),
        (String(repeating: "long enough ", count: 21) + "1234", nil),
        (String(repeating: "long enough ", count: 21) + "12345", "is too long"),
        (String(repeating: "a", count: 5_000_000), "is too long"),
        ("Rae@Example.org", "is your login"),
        ("rae@example.org is me", nil),
        ("password1234", "is one that many people use"),
        ("Password 1234", "is one that many people use"),
        ("QWERTYUIOP12", "is one that many people use"),
        ("aaaaaaaaaaaaaaaa", "is one that many people use"),
        ("abcabcabcabcabc", "is one that many people use"),
        ("ÄÖÜ ßéñ 日本語の合言葉", nil),
        ("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", "is too short"),
        ("allsmallletters", nil),
        (People.password, "is the one that you have"),
    ]

    @Test("Long enough and not common; nothing else is asked", arguments: table.indices)
    func rules(_ index: Int) async throws {
        let (password, problem) = Self.table[index]
        try await withPeople(.sqlite) { people in
            _ = try await people.addResident("rae")
            let token = try #require(try await people.signIn("rae").token)
            do {
                let answer = try await change(token, to: password, people)
                #expect(problem == nil, "\(answer)")
                #expect(try await people.signIn("rae", password).word == "in")
                #expect(try await people.signIn("rae").word == "wrong")
            } catch let error as ServiceError {
                #expect(error.faults.map(\.problem) == [problem])
                #expect(error.faults.first?.field == "new-password")
                #expect(try await people.signIn("rae").word == "in")
            }
        }
    }

    @Test("Every fault is told at once")
    func faults() async throws {
        try await withPeople(.sqlite) { people in
            _ = try await people.addResident("rae")
            let token = try #require(try await people.signIn("rae").token)
            let word = await outcome {
                try await people.goodwork.changePassword(
                    token,
                    current: "not this one",
                    to: "short",
                    remote: People.remote
                )
            }
            #expect(word == "faults new-password current-password")
        }
    }

    @Test("Changing a password ends every session, and begins one", arguments: Backend.allCases)
    func sessions(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            _ = try await people.addResident("rae")
            let one = try #require(try await people.signIn("rae").token)
            let two = try #require(try await people.signIn("rae").token)
            let new = try #require(try await change(one, to: "eleven purple trams", people).token)
            #expect(try await people.state(one) == "none")
            #expect(try await people.state(two) == "none")
            #expect(try await people.state(new) == "full")
        }
    }

    @Test("A second factor that was given need not be given again")
    func keepsFactor() async throws {
        try await withPeople(.sqlite) { people in
            _ = try await people.add("ada")
            let token = try await people.signInFully("ada").token
            #expect(try await change(token, to: "eleven purple trams", people).word == "in")
        }
    }

    @Test("Without the second factor no password is changed")
    func needsFactor() async throws {
        try await withPeople(.sqlite) { people in
            let ada = try await people.add("ada")
            let secret = try await people.signInFully("ada").secret
            let oneTime = try await people.goodwork.resetPassword(of: ada.id, by: people.operator)
            people.wait(minutes: 5)
            let begun = try await people.signIn("ada", oneTime)
            #expect(begun.word == "second factor")
            let token = try #require(begun.token)
            let early = await outcome { try await change(token, to: "eleven purple trams", people) }
            #expect(early == "forbidden")
            let given = try await people.goodwork.giveSecondFactor(
                token,
                code: people.code(secret),
                remote: People.remote
            )
            #expect(given.word == "change password")
            let last = try #require(given.token)
            #expect(
                await outcome { try await change(last, to: oneTime, people) }
                    == "faults new-password"
            )
            #expect(try await change(last, to: "eleven purple trams", people).word == "in")
        }
    }

    private func change(
        _ token: String,
        to new: String,
        _ people: People
    ) async throws -> SignInAnswer {
        try await people.goodwork.changePassword(
            token,
            current: People.password,
            to: new,
            remote: People.remote
        )
    }
}
