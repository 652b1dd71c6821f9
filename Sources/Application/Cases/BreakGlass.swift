import Casework
import Kernel
import SQL
import Store

extension Goodwork {
    /// How long a broken glass lasts: four hours.
    package static let glassMilliseconds: Int64 = 4 * 3_600_000

    /// Lets a coach or a manager read somebody else's case in an emergency, for four hours.
    ///
    /// Whoever may read it anyway breaks nothing, and a second sending writes nothing more.
    ///
    /// - Parameters:
    ///   - reference: of the case, or its id.
    ///   - programme: needed only where programmes use the same reference.
    ///   - reason: in their words; sealed, and reviewed by information governance.
    /// - Returns: the case.
    @discardableResult
    package func breakGlass(
        _ reference: String,
        programme: String? = nil,
        reason: String,
        by actor: Actor,
        seed: UInt64
    ) async throws -> CaseHeader {
        let header = try await header(reference: reference, programme: programme)
        let store = store
        let relations = try await store.database.read { transaction in
            try self.relations(of: header, for: actor, in: transaction)
        }
        if Access.decide(actor, .readClinical, on: .case(relations)) == .allowed { return header }
        try await authorise(
            actor,
            .breakGlass,
            on: header.id.text,
            resource: .case(relations),
            reason: reason
        )
        let now = now()
        try await store.committer.submit { transaction in
            let isBroken = try store.isGlassBroken(
                by: actor.user,
                on: header.id,
                at: now,
                in: transaction
            )
            if isBroken { return }
            var ids = IDMaker(seed: seed)
            try store.breakGlass(
                ids.make(EventTag.self, at: now).text,
                on: header.id,
                by: Recorder(user: actor.user, organisation: actor.organisation),
                reason: reason,
                from: now,
                until: now.adding(milliseconds: Self.glassMilliseconds),
                in: transaction
            )
        }
        return header
    }

    /// Until when the actor may read a case whose glass they broke; nil when they did not.
    package func glassEnds(on id: CaseID, by actor: Actor) async throws -> Instant? {
        let (store, now) = (store, now())
        return try await store.database.read { transaction in
            try store.glassEnds(by: actor.user, on: id, at: now, in: transaction)
        }
    }
}
