import Casework
import Kernel
import SQL
import Store

/// Two records that were joined or told apart, and whose they are, by the references of the cases
/// that each record has of its own.
package struct ToldPair: Sendable {
    package var pair: PersonPair
    package var oneCases: [String]
    package var otherCases: [String]
}

extension Goodwork {
    /// Every pair of a kind that there was, the latest first.
    package func pairs(_ kind: PersonPair.Kind, by actor: Actor) async throws -> [ToldPair] {
        try await authorise(actor, kind.action, on: kind.all)
        let store = store
        return try await store.database.read { transaction in
            try store.pairs(kind, in: transaction).map { try told($0, in: transaction) }
        }
    }

    /// One of them.
    package func pair(
        _ id: String,
        _ kind: PersonPair.Kind,
        by actor: Actor
    ) async throws -> ToldPair {
        try await authorise(actor, kind.action, on: kind.all)
        let store = store
        let found = try await store.database.read { transaction in
            try store.pair(id, kind, in: transaction).map { try told($0, in: transaction) }
        }
        guard let found else { throw kind.unknown }
        return found
    }

    private func told(_ pair: PersonPair, in transaction: any Transaction) throws -> ToldPair {
        let cases = try [pair.one, pair.other].map { id in
            try store.headers(person: id, in: transaction).map(\.reference)
        }
        return ToldPair(pair: pair, oneCases: cases[0], otherCases: cases[1])
    }

    /// Joins two records that are of one person; nothing of either is moved.
    ///
    /// Whatever is joined already comes along: the records that stand for the two are joined, and
    /// every link stays one step long.
    package func merge(
        _ person: PersonID,
        into other: PersonID,
        reason: String,
        by actor: Actor,
        seed: UInt64
    ) async throws -> PersonPair {
        try await authorise(actor, .mergePeople, on: person.text)
        let reason = try stated(reason)
        return try await say(.joined, person, other, reason: reason, by: actor, seed: seed)
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
    ) async throws -> PersonPair {
        try await authorise(actor, .tellPeopleApart, on: one.text)
        let isBlank = reason?.allSatisfy(\.isWhitespace) ?? true
        let words = isBlank ? nil : reason
        return try await say(.apart, one, other, reason: words, by: actor, seed: seed)
    }

    private func say(
        _ kind: PersonPair.Kind,
        _ one: PersonID,
        _ other: PersonID,
        reason: String?,
        by actor: Actor,
        seed: UInt64
    ) async throws -> PersonPair {
        let (store, now) = (store, now())
        return try await store.committer.submit { transaction in
            var ids = IDMaker(seed: seed)
            let id: ID<PairTag> = ids.make(at: now)
            let word = kind == .joined ? "merge" : "apart"
            // The log's row is locked first, so that whoever joins or tells apart waits for others.
            try store.log(
                peopleEntry(kind.action, "\(word) \(id.text)", on: other, by: actor, at: now),
                in: transaction
            )
            var kept = try unjoined(one, other, in: transaction)
            if let apart = try standingApart(kept[0], kept[1], in: transaction) {
                throw kind.refusal(apart)
            }
            // One is joined into the other, but two people are two in either order.
            if kind == .apart { kept.sort() }
            let pair = PersonPair(
                id: id.text,
                kind: kind,
                one: kept[0],
                other: kept[1],
                reason: reason,
                saidAt: now,
                saidBy: actor.user
            )
            try store.keep(pair, in: transaction)
            return pair
        }
    }

    /// Parts two records again, as if they had not been joined.
    package func unmerge(_ id: String, reason: String, by actor: Actor) async throws {
        try await undo(id, .joined, as: .partPeople, "unmerge", reason: reason, by: actor)
    }

    /// Takes back that two records are of two people.
    package func withdrawApart(_ id: String, by actor: Actor) async throws {
        try await undo(id, .apart, as: .tellPeopleApart, "withdraw", reason: nil, by: actor)
    }

    private func undo(
        _ id: String,
        _ kind: PersonPair.Kind,
        as action: Action,
        _ word: String,
        reason: String?,
        by actor: Actor
    ) async throws {
        let (store, now) = (store, now())
        let known = try await store.database.read { try store.pair(id, kind, in: $0) }
        try await authorise(actor, action, on: known?.one.text ?? kind.all)
        guard let known else { throw kind.unknown }
        let why = try reason.map { try stated($0) }
        let undone = PersonPair.Undone(at: now, by: actor.user, reason: why)
        try await store.committer.submit { transaction in
            try store.log(
                peopleEntry(action, "\(word) \(id)", on: known.other, by: actor, at: now),
                in: transaction
            )
            guard try store.undo(known, undone, in: transaction) else { throw kind.undoneBefore }
        }
    }

    /// What says that two people are two, of any of their records; nil where nothing does.
    func standingApart(
        _ one: PersonID,
        _ other: PersonID,
        in transaction: any Transaction
    ) throws -> PersonPair? {
        try pairs(.apart, of: one, other, in: transaction).first { $0.undone == nil }
    }

    /// The pairs of a kind that are of a record of the one and a record of the other.
    func pairs(
        _ kind: PersonPair.Kind,
        of one: PersonID,
        _ other: PersonID,
        in transaction: any Transaction
    ) throws -> [PersonPair] {
        let ones = try store.records(of: one, in: transaction)
        let others = try store.records(of: other, in: transaction)
        return try ones.flatMap { try store.pairs(kind, of: $0, in: transaction) }.filter { pair in
            ones.contains(pair.one) && others.contains(pair.other)
                || ones.contains(pair.other) && others.contains(pair.one)
        }
    }

    /// The records that stand for two people, neither of whom is erased, and who are not joined.
    ///
    /// - Throws: `ServiceError` where that is not so.
    func unjoined(
        _ one: PersonID,
        _ other: PersonID,
        in transaction: any Transaction
    ) throws -> [PersonID] {
        let kept = try [one, other].map { id in
            let kept = try store.keptPerson(id, in: transaction)
            guard let found = try store.person(kept, in: transaction) else {
                throw ServiceError(.notFound, "There is no such person.")
            }
            guard found.erasedAt == nil else {
                throw ServiceError(
                    .refused,
                    code: "person-erased",
                    "One of the two has been erased: there is nothing to join or to tell apart."
                )
            }
            return kept
        }
        guard kept[0] != kept[1] else {
            throw ServiceError(
                .refused,
                code: "already-joined",
                "These two records are joined already."
            )
        }
        return kept
    }

    /// What the log says of two records.
    ///
    /// The words of a reason are sealed with the pair; the log has only which one it was.
    func peopleEntry(
        _ action: Action,
        _ what: String,
        on person: PersonID,
        by actor: Actor,
        at now: Instant
    ) -> AccessEntry {
        AccessEntry(
            at: now,
            actor: actor.user,
            organisation: actor.organisation,
            action: action.rawValue,
            subject: person.text,
            reason: .code(what)
        )
    }
}

extension PersonPair.Kind {
    /// What whoever says such a thing, or sees what was said, must be allowed to do.
    fileprivate var action: Action { self == .joined ? .mergePeople : .tellPeopleApart }

    /// What the access log calls all pairs of this kind.
    fileprivate var all: String { self == .joined ? "merges" : "people" }

    fileprivate var unknown: ServiceError {
        ServiceError(
            .notFound,
            self == .joined
                ? "There is no such merge." : "There is no such finding of two people."
        )
    }

    fileprivate var undoneBefore: ServiceError {
        switch self {
        case .joined:
            ServiceError(
                .refused,
                code: "already-parted",
                "These two records have been parted already."
            )
        case .apart:
            ServiceError(
                .refused,
                code: "already-withdrawn",
                "That these are two people has been withdrawn already."
            )
        }
    }

    /// Why it cannot be said of two who were told apart.
    fileprivate func refusal(_ apart: PersonPair) -> ServiceError {
        switch self {
        case .joined:
            ServiceError(
                .refused,
                code: "two-people",
                "These two were found to be two people on \(apart.saidAt.civilDateUK.uk). "
                    + "Withdraw that first."
            )
        case .apart:
            ServiceError(
                .refused,
                code: "already-apart",
                "These two were found to be two people already."
            )
        }
    }
}

/// Tags the identifier of a pair of records.
private enum PairTag {}
