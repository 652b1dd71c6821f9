import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Testing

/// What becomes of an account, and of whoever signs in with it, when it is changed.
@Suite struct AccountChangeTests {
    @Test("Somebody who is called otherwise signs in so, and is one", arguments: Backend.allCases)
    func rename(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let goodwork = people.goodwork
            let ada = try await people.add("ada")
            let changed = try await goodwork.changeAccount(
                ada.id,
                AccountChange(login: "Eve@example.org", name: "Eve"),
                by: people.operator
            )
            #expect(changed.login == "eve@example.org" && changed.name == "Eve")
            #expect(try await goodwork.staffAccount(login: "eve@example.org").id == ada.id)
            #expect(try await people.signIn("ada").word == "wrong")
            #expect(try await people.signIn("eve").word == "set up")
            // The address that they had is free again.
            _ = try await people.add("ada", organisation: "mft")
            #expect(try await people.signIn("ada").word == "set up")
            let words = try await people.log().filter { $0.contains("because email") }
            #expect(words == ["test manage-accounts allowed because email, name"])
        }
    }

    @Test(
        "Somebody who holds no open case moves to another organisation, signed out",
        arguments: Backend.allCases
    )
    func move(_ backend: Backend) async throws {
        try await withPeople(backend) { people in
            let (goodwork, installation) = (people.goodwork, people.installation)
            let ada = try await people.add("ada", [.coach, .administrator])
            let (token, _, _) = try await people.signInFully("ada")
            let change = AccountChange(organisation: "mft")
            let ann = try await installation.addResident("Ann")
            try await installation.support(ann, coach: ada.id.text)
            let refused = await outcome {
                try await goodwork.changeAccount(ada.id, change, by: people.operator)
            }
            #expect(refused == "holds-cases")
            #expect(try await people.state(token) == "full")
            var closed = Closed()
            closed.reason = .completed
            try await installation.tell(ann, [.closed(closed)])
            let own = await outcome {
                try await goodwork.changeAccount(ada.id, change, by: ada.actor)
            }
            #expect(own == "own-organisation")
            let moved = try await goodwork.changeAccount(ada.id, change, by: people.operator)
            #expect(moved.organisation == "mft")
            #expect(try await people.state(token) == "expired")
        }
    }

    @Test(
        "A reset gives a password that serves once, and clears the second factor if asked",
        arguments: [false, true]
    )
    func reset(_ clears: Bool) async throws {
        try await withPeople(.postgres) { people in
            let goodwork = people.goodwork
            let ada = try await people.add("ada")
            let (token, _, codes) = try await people.signInFully("ada")
            let password = try await goodwork.resetPassword(
                of: ada.id,
                clearsSecondFactor: clears,
                by: people.operator
            )
            #expect(password.count == 19)
            #expect(try await people.state(token) == "none")
            #expect(try await people.signIn("ada").word == "wrong")
            let word = try await people.signIn("ada", password).word
            #expect(word == (clears ? "change password" : "second factor"))
            #expect(try await goodwork.recoveryCodesLeft(of: ada.id) == (clears ? 0 : codes.count))
        }
    }
}
