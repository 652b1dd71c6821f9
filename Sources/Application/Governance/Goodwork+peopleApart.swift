import Casework
import Kernel
import SQL
import Store

/// That two records are of two people, and whose they are, by the references of the cases that each
/// record has of its own.
package struct ToldApart: Sendable {
    package var apart: PeopleApart
    package var oneCases: [String]
    package var otherCases: [String]
}

extension Goodwork {
    /// Every pair of records that was found to be of two people, the latest first.
    package func peopleApart(by actor: Actor) async throws -> [ToldApart] {
        try await authorise(actor, .tellPeopleApart, on: "people")
        let store = store
        return try await store.database.read { transaction in
            try store.everyApart(in: transaction).map { try told($0, in: transaction) }
        }
    }

    /// One pair of records that was found to be of two people.
    package func peopleApart(_ id: String, by actor: Actor) async throws -> ToldApart {
        try await authorise(actor, .tellPeopleApart, on: "people")
        let store = store
        let found = try await store.database.read { transaction in
            try store.apart(id, in: transaction).map { try told($0, in: transaction) }
        }
        guard let found else { throw Self.noFinding }
        return found
    }

    private func told(
        _ apart: PeopleApart,
        in transaction: any Transaction
    ) throws -> ToldApart {
        func cases(_ record: PersonID) throws -> [String] {
            try store.headers(person: record, in: transaction).map(\.reference)
        }
        return ToldApart(
            apart: apart,
            oneCases: try cases(apart.one),
            otherCases: try cases(apart.other)
        )
    }

    private static var noFinding: ServiceError {
        ServiceError(.notFound, "There is no such finding of two people.")
    }

    /// Says that two records are of two people.
    ///
    /// Until that is withdrawn, they are not offered as perhaps one person, and not joined. It is
    /// said of the records that stand for the two, and so of all that are joined with them.
    ///
    /// - Parameter reason: nil or blank where nobody says why.
    @discardableResult
    package func tellApart(
        _ one: PersonID,
        _ other: PersonID,
        reason: String?,
        by actor: Actor,
        seed: UInt64
    ) async throws -> PeopleApart {
        try await authorise(actor, .tellPeopleApart, on: one.text)
        let isBlank = reason?.allSatisfy(\.isWhitespace) ?? true
        let words = isBlank ? nil : reason
        let (store, now) = (store, now())
        return try await store.committer.submit { transaction in
            var ids = IDMaker(seed: seed)
            let id: ID<ApartTag> = ids.make(at: now)
            // The log's row is locked first, so that this and a merge wait for one another.
            try store.log(
                peopleEntry(.tellPeopleApart, "apart \(id.text)", on: other, by: actor, at: now),
                in: transaction
            )
            let kept = try unjoined(one, other, in: transaction).sorted()
            guard try standingApart(kept[0], kept[1], in: transaction) == nil else {
                throw ServiceError(
                    .refused,
                    code: "already-apart",
                    "These two were found to be two people already."
                )
            }
            let apart = PeopleApart(
                id: id.text,
                one: kept[0],
                other: kept[1],
                reason: words,
                saidAt: now,
                saidBy: actor.user
            )
            try store.keep(apart, in: transaction)
            return apart
        }
    }

    /// Takes back that two records are of two people.
    package func withdrawApart(_ id: String, by actor: Actor) async throws {
        let (store, now) = (store, now())
        let known = try await store.database.read { try store.apart(id, in: $0) }
        try await authorise(actor, .tellPeopleApart, on: known?.one.text ?? "people")
        guard let known else { throw Self.noFinding }
        let withdrawn = PeopleApart.Withdrawn(at: now, by: actor.user)
        try await store.committer.submit { transaction in
            try store.log(
                peopleEntry(
                    .tellPeopleApart,
                    "withdraw \(id)",
                    on: known.other,
                    by: actor,
                    at: now
                ),
                in: transaction
            )
            guard try store.withdrawApart(id, withdrawn, in: transaction) else {
                throw ServiceError(
                    .refused,
                    code: "already-withdrawn",
                    "That these are two people has been withdrawn already."
                )
            }
        }
    }

    /// What says that two people are two, of any of their records; nil where nothing does.
    func standingApart(
        _ one: PersonID,
        _ other: PersonID,
        in transaction: any Transaction
    ) throws -> PeopleApart? {
        let ones = try store.records(of: one, in: transaction)
        let others = try store.records(of: other, in: transaction)
        return try ones.flatMap { try store.apart(of: $0, in: transaction) }.first { apart in
            apart.withdrawn == nil
                && (ones.contains(apart.one) && others.contains(apart.other)
                    || ones.contains(apart.other) && others.contains(apart.one))
        }
    }
}

/// Tags the identifier of a finding that two records are of two people.
private enum ApartTag {}
