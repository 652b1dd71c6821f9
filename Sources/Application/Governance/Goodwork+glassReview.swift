import Casework
import Kernel
import SQL
import Store

/// One breaking of the glass with what was looked at during it.
package struct GlassCase: Sendable {
    package var glass: BrokenGlass
    package var reference: String
    package var programme: String
    package var looks: [AccessEntry]
}

extension Goodwork {
    /// Every breaking of the glass, the newest first.
    package func brokenGlass(by actor: Actor) async throws -> [GlassCase] {
        try await authorise(actor, .reviewGlass, on: "glass")
        let store = store
        return try await store.database.read { transaction in
            try store.everyGlass(in: transaction).map { try opened($0, in: transaction) }
        }
    }

    /// One breaking of the glass.
    package func brokenGlass(_ id: String, by actor: Actor) async throws -> GlassCase {
        let store = store
        let glass = try await store.database.read { try store.glass(id, in: $0) }
        guard let glass, Access.decide(actor, .reviewGlass) == .allowed else {
            try await authorise(actor, .reviewGlass, on: "glass")
            throw ServiceError(.notFound, "There is no such entry.")
        }
        try await authorise(actor, .reviewGlass, on: glass.caseID.text)
        return try await store.database.read { try opened(glass, in: $0) }
    }

    /// Judges whether the glass was rightly broken; nobody judges their own.
    package func review(
        glass id: String,
        _ verdict: BrokenGlass.Verdict,
        words: String,
        by actor: Actor
    ) async throws {
        let (store, now) = (store, now())
        let found = try await brokenGlass(id, by: actor).glass
        let words = try stated(words)
        guard found.account != actor.user else {
            throw ServiceError(
                .refused,
                code: "own-glass",
                "You broke this glass yourself. Ask somebody else to review it."
            )
        }
        let review = BrokenGlass.Review(at: now, by: actor.user, verdict: verdict, words: words)
        let kept = try await store.committer.submit { transaction in
            try store.keep(review, ofGlass: id, in: transaction)
        }
        guard kept else {
            throw ServiceError(.conflict, "Somebody else has reviewed this already.")
        }
    }

    private func opened(
        _ glass: BrokenGlass,
        in transaction: any Transaction
    ) throws -> GlassCase {
        let header = try store.header(id: glass.caseID, in: transaction)
        return GlassCase(
            glass: glass,
            reference: header?.reference ?? glass.caseID.text,
            programme: header?.programme ?? "",
            looks: try store.accessLog(
                of: glass.caseID.text,
                by: glass.account,
                from: glass.brokenAt,
                to: glass.endsAt,
                in: transaction
            )
        )
    }
}
