import Application
import Casework
import Foundation
import Kernel
import SQL
import Store
import TestSupport
import Testing

/// A copy of a record has everything that was told, and after erasure says that nothing is left.
@Suite struct CopyTests {
    @Test(
        "Every sealed text of a random case stands in the copy",
        arguments: zip([Backend.sqlite, .sqlite, .sqlite, .postgres], [UInt64(1), 2, 3, 4])
    )
    func everything(_ backend: Backend, _ seed: UInt64) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(2)) { installation in
            var random = RandomCommands(seed: seed)
            for _ in 1...60 {
                let history = try await installation.history("A")
                _ = try await installation.refusal("A", random.next(for: history))
            }
            try await installation.breakGlass(
                "g-1",
                "A",
                by: "coach-9",
                reason: "Fell in the lobby"
            )
            var copy = try await installation.goodwork.copy(
                personOf: try await installation.header("A"),
                reason: "asked for",
                by: GovernancePeople.officer
            )
            copy.names.organisations["elsewhere"] = "Somewhere Else"
            let json = copy.json
            #expect(throws: Never.self) { try JSONValue(parsing: json) }
            let events = try await installation.history("A").events
            var count = 0
            for event in events {
                #expect(json.contains(event.id.text))
                let words = String(decoding: event.body.encoded().sealed, as: UTF8.self)
                if !words.isEmpty {
                    count += 1
                    #expect(json.contains(words), "seed \(seed)")
                }
            }
            #expect(count > 1)
            #expect(json.contains("FamilyA"))
            #expect(json.contains("Fell in the lobby"))
            #expect(json.contains("Somewhere Else"))
            #expect(json.contains("copy-record"))
            #expect(!json.contains("FamilyB"))
        }
    }

    @Test("What may tell of somebody else is to be checked, and stands in no sentence")
    func checkBeforeGiving() async throws {
        try await GovernancePeople.with(.sqlite, GovernancePeople.different(1)) { installation in
            let on = CivilDate(day: 16_400)
            var note = NoteWritten()
            note.text = "Her sister Ann drinks"
            var risk = RiskRaised()
            (risk.risk, risk.about, risk.text) = ("r", "violence", "By Ann")
            var goal = GoalAdded()
            (goal.goal, goal.text) = ("g", "To cook again")
            var action = ActionAdded()
            (action.action, action.goal, action.text) = ("action-1", "g", "Boil an egg")
            var done = ActionRef()
            done.action = action.action
            let bodies: [EventBody] = [
                .noteWritten(note), .riskRaised(risk), .goalAdded(goal), .actionAdded(action),
                .actionDone(done),
            ]
            try await installation.change(
                "A",
                Command(entries: bodies.map { Command.Entry(body: $0, on: on) })
            )
            let copy = try await installation.goodwork.copy(
                personOf: try await installation.header("A"),
                reason: "asked for",
                by: GovernancePeople.officer
            )
            #expect(
                copy.toCheck.flatMap { $0.line.words.map(\.text) }.sorted()
                    == ["By Ann", "Her sister Ann drinks"]
            )
            let says = copy.cases.flatMap { $0.lines.map(\.says) }.joined(separator: "\n")
            #expect(!says.contains("Ann"))
            #expect(says.contains("To cook again"))
            #expect(says.contains("Action done: Boil an egg"))
        }
    }

    @Test("Staff are called by their role and their organisation, never by their name")
    func names() {
        var names = CopyNames()
        names.roles = ["1": "coach", "2": "records"]
        names.places = ["1": "be-well", "3": "be-well"]
        names.organisations = ["be-well": "Be Well"]
        #expect(names["1"] == "coach, Be Well")
        #expect(names["2"] == "records")
        #expect(names["be-well"] == "Be Well")
        #expect(names["unknown"] == "unknown")
    }

    @Test(
        "The account stands in the copy, with all that was done with it",
        arguments: Backend.allCases
    )
    func account(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(2)) { installation in
            let goodwork = installation.goodwork
            try await goodwork.addOrganisation(
                Organisation(id: "host", name: "Host", kinds: [.host]),
                by: installation.actor
            )
            var accounts: [Account] = []
            for reference in ["A", "B"] {
                accounts.append(
                    try await goodwork.addAccount(
                        NewAccount(
                            login: "login-\(reference)@mail.example",
                            name: "Given \(reference)",
                            organisation: "host",
                            roles: [.resident],
                            person: try await installation.person(reference)
                        ),
                        password: People.password,
                        by: installation.actor
                    ).account
                )
            }
            let own = try #require(accounts.first)
            for password in ["wrong", People.password] {
                _ = try await goodwork.signIn(
                    login: own.login,
                    password: password,
                    remote: People.remote
                )
            }
            _ = try await goodwork.ownRecord(by: own.actor)
            // Somebody else's case: it is not there for them, and the try is theirs.
            let other = try await installation.header("B").id
            _ = try? await goodwork.file(other, for: .useOwnRecord, by: own.actor)
            let copy = try await goodwork.copy(
                personOf: try await installation.header("A"),
                reason: "asked for",
                by: GovernancePeople.officer
            )
            #expect(copy.accounts.map(\.id) == [own.id])
            #expect(copy.accounts.first?.login == "login-a@mail.example")
            #expect(copy.json.contains("\"login\":\"login-a@mail.example\""))
            #expect(!copy.json.contains("login-b@mail.example"))
            let about = copy.looks.filter { $0.subject == own.id.text }
                .map { "\($0.action) \($0.outcome)" }.sorted()
            #expect(
                about == [
                    "manage-accounts allowed", "sign-in allowed",
                    "sign-in refused: wrong login or password",
                ]
            )
            #expect(copy.looks.contains { $0.subject == other.text && $0.outcome != "allowed" })
            // Nothing of it stands there twice.
            let kept = try await installation.database.read { transaction in
                try installation.store.accessLog(by: own.id.text, in: transaction)
            }
            #expect(copy.looks.filter { $0.actor == own.id.text }.count == kept.count)
        }
    }

    @Test("A copy holds both records of a joined person", arguments: Backend.allCases)
    func joined(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(2)) { installation in
            let goodwork = installation.goodwork
            try await installation.merge("A", into: "B")
            for reference in ["A", "B"] {
                let copy = try await goodwork.copy(
                    personOf: try await installation.header(reference),
                    reason: "asked for",
                    by: GovernancePeople.officer
                )
                #expect(
                    copy.records.compactMap(\.identity?.familyName).sorted() == [
                        "FamilyA", "FamilyB",
                    ]
                )
                #expect(copy.cases.map(\.header.reference).sorted() == ["A", "B"])
                #expect(copy.merges.map(\.reason) == ["The GP says so"])
            }
        }
    }

    @Test("Erasing takes every joined record and all words about them", arguments: Backend.allCases)
    func erased(_ backend: Backend) async throws {
        try await GovernancePeople.with(backend, GovernancePeople.different(3)) { installation in
            let (goodwork, officer) = (installation.goodwork, GovernancePeople.officer)
            _ = try await goodwork.merge(
                try await installation.person("A"),
                into: try await installation.person("B"),
                reason: "Secret reason",
                by: officer,
                seed: 1
            )
            try await installation.change("A", ChangeTests.note("Secret note"))
            try await installation.breakGlass("g-1", "A", by: "coach-9", reason: "Secret glass")
            let path = "/cases/\(try await installation.header("A").id.text)/note"
            try await goodwork.keepDraft("Secret draft", of: nil, path: path, token: "t")
            let header = try await installation.header("B")
            let view = try await goodwork.erasure(personOf: header, reason: "asked", by: officer)
            #expect(view.records == 2)
            #expect(view.cases.map(\.header.reference).sorted() == ["A", "B"])
            let done = try await goodwork.erase(personOf: header, reason: "asked", by: officer)
            #expect(done.erased)
            #expect(done.cases.map(\.reference).sorted() == ["A", "B"])
            let copy = try await goodwork.copy(personOf: header, reason: "to see", by: officer)
            #expect(copy.isErased)
            #expect(copy.records.allSatisfy { $0.identity == nil && $0.erasedAt != nil })
            let json = copy.json
            for secret in ["FamilyA", "FamilyB", "GivenA", "Secret"] {
                #expect(!json.contains(secret), "\(secret)")
            }
            #expect(try await goodwork.draft(token: "t", of: nil, path: path) == nil)
            #expect(try await installation.identity("C")?.familyName == "FamilyC")
            let again = try await goodwork.erase(personOf: header, reason: "again", by: officer)
            #expect(!again.erased)
            #expect(try await installation.problems() == [])
        }
    }

    @Test("Only information governance, who says why, makes a copy or erases")
    func access() async throws {
        try await GovernancePeople.with(.sqlite, GovernancePeople.different(1)) { installation in
            let goodwork = installation.goodwork
            let header = try await installation.header("A")
            for role in Role.ofAccounts where role != .governance {
                let actor = Actor(user: "x", organisation: "tests", role: role)
                await #expect(throws: ServiceError.self, "\(role)") {
                    _ = try await goodwork.copy(personOf: header, reason: "why", by: actor)
                }
                await #expect(throws: ServiceError.self, "\(role)") {
                    _ = try await goodwork.erase(personOf: header, reason: "why", by: actor)
                }
            }
            await #expect(throws: ServiceError.self) {
                _ = try await goodwork.copy(
                    personOf: header,
                    reason: " ",
                    by: GovernancePeople.officer
                )
            }
            #expect(try await installation.identity("A") != nil)
        }
    }
}
