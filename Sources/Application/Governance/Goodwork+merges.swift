import Casework
import Kernel
import SQL
import Store

/// A merge, and whose it was, by the references of the cases that each record has of its own.
package struct Merge: Sendable {
    package var link: PersonLink
    package var cases: [String]
    package var intoCases: [String]
}

extension Goodwork {
    /// Every merge there was, the latest first.
    package func merges(by actor: Actor) async throws -> [Merge] {
        try await authorise(actor, .mergePeople, on: "merges")
        let store = store
        return try await store.database.read { transaction in
            try store.everyLink(in: transaction).map { try self.told($0, in: transaction) }
        }
    }

    /// One of them; nil where there is none of that id.
    package func merge(_ id: String, by actor: Actor) async throws -> Merge? {
        try await authorise(actor, .mergePeople, on: "merges")
        let store = store
        return try await store.database.read { transaction in
            try store.link(id, in: transaction).map { try self.told($0, in: transaction) }
        }
    }

    private func told(_ link: PersonLink, in transaction: any Transaction) throws -> Merge {
        let cases = try [link.person, link.into].map { id in
            try store.headers(person: id, in: transaction).map(\.reference)
        }
        return Merge(link: link, cases: cases[0], intoCases: cases[1])
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
    ) async throws -> PersonLink {
        try await authorise(actor, .mergePeople, on: person.text)
        let reason = try stated(reason)
        let (store, now) = (store, now())
        return try await store.committer.submit { transaction in
            var ids = IDMaker(seed: seed)
            let id: ID<MergeTag> = ids.make(at: now)
            // The log's row is locked first, so that merges wait for one another.
            try store.log(
                peopleEntry(.mergePeople, "merge \(id.text)", on: other, by: actor, at: now),
                in: transaction
            )
            let kept = try unjoined(person, other, in: transaction)
            if let apart = try standingApart(kept[0], kept[1], in: transaction) {
                throw ServiceError(
                    .refused,
                    code: "two-people",
                    "These two were found to be two people on \(apart.saidAt.civilDateUK.uk). "
                        + "Withdraw that first."
                )
            }
            let link = PersonLink(
                id: id.text,
                person: kept[0],
                into: kept[1],
                reason: reason,
                linkedAt: now,
                linkedBy: actor.user
            )
            try store.keep(link, in: transaction)
            return link
        }
    }

    /// Parts two records again, as if they had not been joined.
    package func unmerge(_ id: String, reason: String, by actor: Actor) async throws {
        let (store, now) = (store, now())
        let known = try await store.database.read { try store.link(id, in: $0) }
        try await authorise(actor, .partPeople, on: known?.person.text ?? "merges")
        guard let known else { throw ServiceError(.notFound, "There is no such merge.") }
        let undone = PersonLink.Undone(at: now, by: actor.user, reason: try stated(reason))
        try await store.committer.submit { transaction in
            try store.log(
                peopleEntry(.partPeople, "unmerge \(id)", on: known.into, by: actor, at: now),
                in: transaction
            )
            guard let link = try store.link(id, in: transaction),
                try store.undo(link, undone, in: transaction)
            else {
                throw ServiceError(
                    .refused,
                    code: "already-parted",
                    "These two records have been parted already."
                )
            }
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
    /// The words of a reason are sealed with the merge, or whatever it is; the log has only which
    /// one it was.
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

/// Tags the identifier of a merge.
private enum MergeTag {}
