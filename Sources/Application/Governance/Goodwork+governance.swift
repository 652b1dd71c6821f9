import Casework
import Kernel
import SQL
import Store

/// What waits for those who look after the records.
package struct GovernanceCounts: Sendable, Hashable {
    package var glassToReview = 0
    package var copiesAsked = 0
    /// Copies whose day to answer is past.
    package var copiesOverdue = 0
    package var retentionDue = 0
    package var peopleLinked = 0
    /// Refusals within the last 24 hours.
    package var refusals = 0
}

extension Goodwork {
    package func governanceCounts(by actor: Actor) async throws -> GovernanceCounts {
        try await authorise(actor, .readAccessLog, on: "counts")
        let (store, now) = (store, now())
        return try await store.database.read { transaction in
            var counts = GovernanceCounts()
            counts.glassToReview = try store.glassToReview(in: transaction)
            let asked = try store.copiesAsked(in: transaction)
            counts.copiesAsked = asked.count
            counts.copiesOverdue = asked.count { $0.dueOn < now.civilDateUK }
            counts.retentionDue = try self.retention(in: transaction).due.count
            counts.peopleLinked = try store.linkCount(in: transaction)
            counts.refusals = try store.refusals(
                since: now.adding(milliseconds: -86_400_000),
                in: transaction
            )
            return counts
        }
    }

    /// The references of those ids that are cases.
    func references(
        of ids: some Sequence<String>,
        in transaction: any Transaction
    ) throws -> [String: String] {
        var found: [String: String] = [:]
        for id in Set(ids) {
            guard let caseID = CaseID(id),
                let header = try store.header(id: caseID, in: transaction)
            else { continue }
            found[id] = header.reference
        }
        return found
    }

    /// The reason as it is kept: trimmed of blanks.
    ///
    /// - Throws: `ServiceError` when there is none.
    func stated(_ reason: String) throws -> String {
        let blanks: (Character) -> Bool = { $0.isWhitespace }
        var words = reason[...].drop(while: blanks)
        while let last = words.last, blanks(last) { words.removeLast() }
        guard !words.isEmpty else {
            throw ServiceError(.refused, code: "missing-value", "Say why.", field: "reason")
        }
        return String(words)
    }
}
