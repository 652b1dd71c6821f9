import Application
import Casework
import Kernel
import Programmes
import SQL
import Store
import TestSupport

/// People and actors that the tests of governance share.
enum GovernancePeople {
    static let programme = PeopleMatchingTests.id

    /// The columns by which a case of a list ends; without them it is open.
    static let endings = [
        "discharged_on", "discharge_status", "discharge_improved", "tracking_ended_on",
        "closed_on", "closure_reason",
    ]

    static let officer = Actor(user: "ig-1", organisation: "host", role: .governance)
    static let otherOfficer = Actor(user: "ig-2", organisation: "host", role: .governance)
    static let administrator = Actor(user: "admin-1", organisation: "host", role: .administrator)

    /// An installation with cases, each line a reference, number, given name, family name and
    /// birth date.
    static func with(
        _ backend: Backend,
        _ people: [String],
        _ body: (TestInstallation) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            var list = try PeopleMatchingTests.list(people)
            for column in endings { list.remove(column) }
            try await installation.importList(list, programme)
            try await body(installation)
        }
    }

    /// People who differ in all, from A on.
    static func different(_ count: Int) -> [String] {
        (0..<count).map { place in
            let letter = String(UnicodeScalar(UInt8(65 + place)))
            let number = NHSNumber(nineDigits: "99930\(4_010 + place)")?.digits ?? ""
            return "\(letter),\(number),Given\(letter),Family\(letter),1980-01-\(10 + place)"
        }
    }
}

extension TestInstallation {
    func person(_ reference: String) async throws -> PersonID {
        try await header(reference).person
    }

    /// The record that stands for each case's person.
    func kept(_ references: [String]) async throws -> [PersonID] {
        var kept: [PersonID] = []
        for reference in references {
            let person = try await self.person(reference)
            let store = store
            kept.append(try await database.read { try store.keptPerson(person, in: $0) })
        }
        return kept
    }

    /// Joins the person of a case into the person of another.
    @discardableResult
    func merge(_ one: String, into other: String) async throws -> PersonPair {
        try await goodwork.merge(
            try await person(one),
            into: try await person(other),
            reason: "The GP says so",
            by: GovernancePeople.officer,
            seed: .random(in: .min ... .max)
        )
    }

    /// Breaks the glass on a case, as a coach elsewhere would.
    func breakGlass(
        _ id: String,
        _ reference: String,
        by account: String,
        reason: String
    ) async throws {
        let caseID = try await header(reference).id.text
        let (store, now) = (store, clock.now)
        try await database.write { transaction in
            try transaction.execute(
                """
                INSERT INTO glass (id, case_id, account, organisation, reason, broken_at, ends_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                [
                    .text(id), .text(caseID), .text(account), "elsewhere",
                    .blob(try store.vault.seal(Array(reason.utf8), at: "glass:\(id)")),
                    .int(now.milliseconds), .int(now.milliseconds + 14_400_000),
                ]
            )
        }
    }

    /// Closes a case on a day.
    func close(_ reference: String, on day: String) async throws {
        var closed = Closed()
        closed.reason = .completed
        let on = CivilDate(iso: day) ?? CivilDate(day: 0)
        try await change(reference, Command(.closed(closed), on: on))
    }
}
