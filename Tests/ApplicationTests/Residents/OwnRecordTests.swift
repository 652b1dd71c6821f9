import Application
import Casework
import Kernel
import Programmes
import Store
import TestSupport
import Testing

/// A resident and their own record, on both databases.
@Suite struct OwnRecordTests {
    @Test(
        "A resident sees and changes their own case, and somebody else's is not there",
        arguments: Backend.allCases
    )
    func onlyOnesOwn(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            let bob = try await installation.addResident("Bob")
            for resident in [ann, bob] { try await installation.support(resident) }
            let ways: [(String, @Sendable (TestResident, TestResident) async throws -> Void)] = [
                ("open", { _ = try await goodwork.ownFile($1.id, by: $0.actor) }),
                (
                    "tick",
                    {
                        try await goodwork.tick(
                            action: "action-1",
                            of: $1.id,
                            by: $0.actor,
                            key: nil
                        )
                    }
                ),
                (
                    "consent",
                    {
                        try await goodwork.setConsent(
                            .evaluation,
                            to: true,
                            of: $1.id,
                            by: $0.actor,
                            key: nil
                        )
                    }
                ),
            ]
            for (name, way) in ways {
                for (who, whose) in [(ann, ann), (ann, bob), (bob, ann), (bob, bob)] {
                    var kind: ServiceError.Kind?
                    do { try await way(who, whose) } catch let error as ServiceError {
                        kind = error.kind
                    }
                    #expect(
                        kind == (who.id == whose.id ? nil : .notFound),
                        "\(name) by \(who.actor.user) of \(whose.actor.user)"
                    )
                }
            }
            let own = try await goodwork.ownRecord(by: ann.actor)
            #expect(own.cases.map(\.header.id) == [ann.id])
            #expect(own.identities.map(\.givenName) == ["Ann"])
        }
    }

    @Test("Nobody but a resident has an own record", arguments: [Role.coach, .referrer, .manager])
    func notStaff(_ role: Role) async throws {
        try await withInstallation(.sqlite) { installation in
            let staff = Actor(user: "x", organisation: "big-life", role: role)
            await #expect(throws: ServiceError.self) {
                try await installation.goodwork.ownRecord(by: staff)
            }
        }
    }

    @Test("Records that were merged are one record to whoever they are of")
    func merged() async throws {
        try await withInstallation(.sqlite) { installation in
            let old = try await installation.addResident("Ann")
            let new = try await installation.addResident("Anne")
            let (oldID, newID) = (old.header.person.text, new.header.person.text)
            try await installation.tamper(
                """
                INSERT INTO person_links (id, person_id, kept_id, reason, linked_at, linked_by)
                VALUES ('1', '\(newID)', '\(oldID)', x'00', 0, 'governance')
                """
            )
            for actor in [old.actor, new.actor] {
                let record = try await installation.goodwork.ownRecord(by: actor)
                #expect(Set(record.cases.map(\.header.id)) == [old.id, new.id])
            }
        }
    }

    @Test("An action is ticked once, however often it is sent", arguments: Backend.allCases)
    func ticking(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let ann = try await installation.addResident("Ann")
            try await installation.support(ann)
            let before = try await installation.count("journal")
            for key in ["a", "a", "b"] {
                try await installation.goodwork.tick(
                    action: "action-1",
                    of: ann.id,
                    by: ann.actor,
                    key: key
                )
            }
            let file = try await installation.file(ann)
            #expect(file.case.actions.first?.state == .done)
            #expect(try await installation.count("journal") == before + 1)
            await #expect(throws: ServiceError.self) {
                try await installation.goodwork.tick(
                    action: "action-9",
                    of: ann.id,
                    by: ann.actor,
                    key: nil
                )
            }
        }
    }

    struct Answer: Sendable, CustomTestStringConvertible {
        var scope: ConsentScope
        var said: [Bool]
        var kind: EventKind
        var isOpen: Bool

        var testDescription: String { "\(scope.rawValue) \(said)" }
    }

    @Test(
        "Consent is changed and withdrawn; without it to be referred the case closes",
        arguments: [
            Answer(scope: .evaluation, said: [true], kind: .consentGiven, isOpen: true),
            Answer(scope: .evaluation, said: [false], kind: .consentRefused, isOpen: true),
            Answer(scope: .evaluation, said: [true, false], kind: .consentWithdrawn, isOpen: true),
            Answer(
                scope: .evaluation,
                said: [true, false, true],
                kind: .consentGiven,
                isOpen: true
            ),
            Answer(scope: .employer, said: [true, true], kind: .consentGiven, isOpen: true),
            Answer(scope: .referral, said: [true], kind: .consentGiven, isOpen: true),
            Answer(scope: .referral, said: [false], kind: .consentWithdrawn, isOpen: false),
            Answer(scope: .referral, said: [false, false], kind: .consentWithdrawn, isOpen: false),
        ]
    )
    func consent(_ answer: Answer) async throws {
        for backend in Backend.allCases {
            try await withInstallation(backend) { installation in
                let ann = try await installation.addResident("Ann")
                for said in answer.said {
                    try await installation.goodwork.setConsent(
                        answer.scope,
                        to: said,
                        of: ann.id,
                        by: ann.actor,
                        key: nil
                    )
                }
                let file = try await installation.file(ann)
                #expect(file.case.consents[answer.scope] == answer.kind)
                #expect(file.case.isOpen == answer.isOpen)
                if !answer.isOpen { #expect(file.case.closure == .consentWithdrawn) }
                #expect(try await installation.problems().isEmpty)
            }
        }
    }

    @Test("A copy is asked for once until it is given", arguments: Backend.allCases)
    func copies(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            let bob = try await installation.addResident("Bob")
            try await goodwork.askForCopy(by: ann.actor)
            try await goodwork.askForCopy(by: ann.actor)
            try await goodwork.askForCopy(by: bob.actor)
            let asked = try await goodwork.ownCopyRequests(by: ann.actor)
            #expect(asked.map(\.dueOn.iso) == ["2025-07-02"])
            try await installation.tamper("UPDATE copies_asked SET answered_at = 1")
            installation.clock.advance()
            try await goodwork.askForCopy(by: ann.actor)
            let again = try await goodwork.ownCopyRequests(by: ann.actor)
            #expect(again.map { $0.answeredAt == nil } == [true, false])
            #expect(try await goodwork.ownCopyRequests(by: bob.actor).count == 1)
        }
    }

    @Test("A wish for a copy made while records are joined stays that of whoever made it")
    func copiesOfJoined() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            let bob = try await installation.addResident("Bob")
            func own(_ resident: TestResident) async throws -> [Bool] {
                try await goodwork.ownCopyRequests(by: resident.actor).map { $0.answeredAt == nil }
            }
            try await goodwork.askForCopy(by: bob.actor)
            let (one, other) = try (#require(ann.actor.person), #require(bob.actor.person))
            let officer = Actor(user: "g-1", organisation: "host", role: .governance)
            let link = try await goodwork.merge(
                one,
                into: other,
                reason: "One person",
                by: officer,
                seed: 1
            )
            let joined = try await goodwork.ownRecord(by: ann.actor)
            #expect(joined.identities.map(\.givenName) == ["Bob", "Ann"])
            #expect(try await own(ann) == [true])
            installation.clock.advance()
            try await goodwork.askForCopy(by: ann.actor)
            #expect(try await own(bob) == [true, true])
            try await goodwork.unmerge(link.id, reason: "Two", by: officer)
            #expect(try await own(ann) == [true])
            #expect(try await own(bob) == [true])
            let asked = try await goodwork.copiesAsked(by: officer).map(\.asked.person)
            #expect(Set(asked) == [one, other])
            #expect(try await goodwork.ownRecord(by: ann.actor).identities.count == 1)
        }
    }

    @Test("New details become an action of the coach's, sealed; on a closed case a note")
    func details() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            try await installation.support(ann)
            try await goodwork.askForDetails("telephone: 1", by: ann.actor, key: "a")
            try await goodwork.askForDetails("telephone: 1", by: ann.actor, key: "a")
            try await goodwork.askForDetails("telephone: 2", by: ann.actor, key: "b")
            let file = try await installation.file(ann)
            let asked = file.case.actions.filter { $0.owner == "coach" }
            #expect(asked.map(\.text) == ["telephone: 1", "telephone: 2"])
            #expect(asked.map(\.dueOn?.iso) == ["2025-06-09", "2025-06-09"])
            var closed = Closed()
            closed.reason = .movedAway
            try await installation.tell(ann, [.closed(closed)])
            try await goodwork.askForDetails("telephone: 3", by: ann.actor, key: "c")
            let last = try #require(
                try await installation.history(ann.header.reference).events.last
            )
            guard case .noteWritten(let note) = last.body else {
                Issue.record("the last entry is \(last.body.kind)")
                return
            }
            #expect(note.text == "telephone: 3")
            #expect(note.audience == .team)
            try await goodwork.setConsent(
                .referral,
                to: false,
                of: ann.id,
                by: ann.actor,
                key: nil
            )
            let before = try await installation.count("journal")
            await #expect(throws: ServiceError.self) {
                try await goodwork.askForDetails("telephone: 4", by: ann.actor, key: "d")
            }
            #expect(try await installation.count("journal") == before)
        }
    }

    @Test("The log tells organisation and role, and never who it was", arguments: Backend.allCases)
    func looks(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann")
            let bob = try await installation.addResident("Bob")
            try await goodwork.addOrganisation(
                Organisation(id: "big-life", name: "Big Life", kinds: [.provider]),
                by: installation.actor
            )
            let coach = try await goodwork.addAccount(
                NewAccount(
                    login: "cora@example.org",
                    name: "Cora Coach",
                    organisation: "big-life",
                    roles: [.coach]
                ),
                by: installation.actor
            ).account
            for _ in 1...2 {
                _ = try await goodwork.file(ann.id, for: .readClinical, by: coach.actor)
            }
            installation.clock.advance()
            let stranger = Actor(user: "stranger", organisation: "elsewhere", role: .coach)
            _ = try? await goodwork.file(ann.id, for: .readCase, by: stranger)
            installation.clock.advance()
            _ = try await goodwork.ownRecord(by: ann.actor)
            let looks = try await goodwork.ownAccessLog(by: ann.actor)
            let told = looks.map { look in
                "\(look.isOwn) \(look.organisation) \(look.roles.map(\.rawValue)) "
                    + "\(look.action?.rawValue ?? "-") \(look.isAllowed)"
            }
            #expect(
                told == [
                    "true public [] use-own-record true",
                    "false elsewhere [] read-case false",
                    "false big-life [\"coach\"] read-clinical true",
                ]
            )
            #expect(try await goodwork.ownAccessLog(by: bob.actor).allSatisfy(\.isOwn))
        }
    }
}
