import Casework
import Kernel
import SQL
import Store

/// One record of a person, with the cases under it.
package struct PersonRecord: Sendable {
    package var id: PersonID
    /// Nil once erased.
    package var identity: Identity?
    package var isErased: Bool
    package var cases: [CaseRow]
}

/// A person: the record that stands for them, and those joined into it.
package struct FoundPerson: Sendable {
    package var id: PersonID
    package var records: [PersonRecord]
    /// Whether they sign in, by an account of one of the records that is not shut out.
    package var hasAccount: Bool

    package var cases: [CaseRow] { records.flatMap(\.cases) }
}

/// Two records that may be of one person, without their names.
package struct LikePair: Sendable, Hashable {
    package enum Why: String, Sendable, CaseIterable {
        case sameNumber = "same-nhs-number"
        case sameName = "same-name-and-birth-date"
        case samePlace = "same-postcode-and-birth-date"
    }

    package var one: PersonID
    package var other: PersonID
    package var why: Why
    /// The references of their cases.
    package var oneCases: [String]
    package var otherCases: [String]
    /// When they were found to be two people, after they had been joined.
    package var partedOn: CivilDate?
}

extension Identity {
    /// Whether there is enough of it to find people by.
    package var canBeLookedUp: Bool {
        let hasNames = givenName != nil && familyName != nil
        return nhsNumber != nil || birthDate != nil && (hasNames || postcode != nil)
    }
}

extension Goodwork {
    /// Finds people among all, by NHS number, by name and birth date, or by postcode and birth date.
    ///
    /// - Parameter reason: why; kept in the access log.
    package func find(
        _ identity: Identity,
        reason: String,
        by actor: Actor
    ) async throws -> [FoundPerson] {
        try await authorise(actor, .findPerson, on: "people", reason: reason)
        let store = store
        let found = try await store.database.read { transaction in
            let indexes = PersonIndexes(identity, vault: store.vault)
            let people = try PersonIndexes.Kind.allCases.flatMap { kind in
                try store.people(like: indexes, by: kind, in: transaction)
            }
            var seen: Set<PersonID> = []
            return try people.compactMap { person -> FoundPerson? in
                let kept = try store.keptPerson(person.id, in: transaction)
                return seen.insert(kept).inserted ? try self.person(kept, in: transaction) : nil
            }
        }
        for person in found {
            try await authorise(actor, .findPerson, on: person.id.text, reason: reason)
        }
        return found
    }

    /// Shows two people side by side, the merges of the two that were undone, and what says that
    /// they are two people.
    package func compare(
        _ one: PersonID,
        _ other: PersonID,
        reason: String,
        by actor: Actor
    ) async throws -> (
        one: FoundPerson, other: FoundPerson, parted: [PersonPair], apart: PersonPair?
    ) {
        for id in [one, other] {
            try await authorise(actor, .findPerson, on: id.text, reason: reason)
        }
        let store = store
        return try await store.database.read { transaction in
            let kept = try [one, other].map { try store.keptPerson($0, in: transaction) }
            for id in kept where try store.person(id, in: transaction) == nil {
                throw ServiceError(.notFound, "There is no such person.")
            }
            return (
                try person(kept[0], in: transaction), try person(kept[1], in: transaction),
                try partings(of: one, other, in: transaction),
                try standingApart(one, other, in: transaction)
            )
        }
    }

    /// Records that may be of one person, are not joined, and were not found to be of two people.
    ///
    /// The same NHS number; or the same name or postcode, and birth date, where one of them has no
    /// NHS number.
    package func likePairs(by actor: Actor) async throws -> [LikePair] {
        try await authorise(actor, .mergePeople, on: "people")
        let store = store
        return try await store.database.read { transaction in
            var pairs: [LikePair] = []
            var seen: Set<[PersonID]> = []
            for (kind, why) in [
                (PersonIndexes.Kind.nhs, LikePair.Why.sameNumber), (.name, .sameName),
                (.place, .samePlace),
            ] {
                for (one, other) in try store.pairs(by: kind, limit: 500, in: transaction) {
                    let kept = try [one, other].map { try store.keptPerson($0, in: transaction) }
                        .sorted()
                    guard seen.insert(kept).inserted else { continue }
                    pairs.append(
                        LikePair(
                            one: kept[0],
                            other: kept[1],
                            why: why,
                            oneCases: try references(of: kept[0], in: transaction),
                            otherCases: try references(of: kept[1], in: transaction),
                            partedOn: try partings(of: one, other, in: transaction)
                                .last?.undone?.at.civilDateUK
                        )
                    )
                }
            }
            return pairs
        }
    }

    /// The merges of two records that were undone, the first first.
    private func partings(
        of one: PersonID,
        _ other: PersonID,
        in transaction: any Transaction
    ) throws -> [PersonPair] {
        try pairs(.joined, of: one, other, in: transaction)
            .filter { $0.undone != nil }
            .sorted { $0.saidAt < $1.saidAt }
    }

    private func references(
        of person: PersonID,
        in transaction: any Transaction
    ) throws -> [String] {
        try store.records(of: person, in: transaction)
            .flatMap { try store.headers(person: $0, in: transaction) }
            .map(\.reference)
    }

    func person(_ kept: PersonID, in transaction: any Transaction) throws -> FoundPerson {
        let records = try store.records(of: kept, in: transaction).map { id in
            let person = try store.person(id, in: transaction)
            return PersonRecord(
                id: id,
                identity: try person?.identity(),
                isErased: person?.erasedAt != nil,
                cases: try store.caseRows(.person(id), in: transaction)
            )
        }
        let hasAccount = try records.contains { record in
            let account = try store.account(of: record.id, in: transaction)
            return account.map { $0.disabledAt == nil } ?? false
        }
        return FoundPerson(id: kept, records: records, hasAccount: hasAccount)
    }
}
