import Kernel
import SQL
import Store

/// Leave, and what is written down of it.
extension Goodwork {
    /// Asks `Access` and writes the answer down, whichever it is.
    ///
    /// - Parameter reason: why; words that somebody typed are kept sealed.
    /// - Throws: `ServiceError` when it may not be done.
    package func authorise(
        _ actor: Actor,
        _ action: Action,
        on subject: String,
        resource: Resource = .installation,
        because reason: AccessReason? = nil
    ) async throws {
        let entry = try await permit(actor, action, on: subject, resource, because: reason)
        let store = store
        try await store.committer.submit { try store.log(entry, in: $0) }
    }

    /// Reads what the actor may read while its entry in the access log is on its way to the disk.
    ///
    /// Nothing is answered before the entry is durable.
    func whileLogging<R: Sendable>(
        _ actor: Actor,
        _ action: Action,
        on subject: String,
        _ read: @Sendable () async throws -> R
    ) async throws -> R {
        let entry = try await permit(actor, action, on: subject, .installation)
        let store = store
        async let logged: Void = store.committer.submit { try store.log(entry, in: $0) }
        let answer = try await read()
        try await logged
        return answer
    }

    /// Asks and writes down, with a reason that somebody typed.
    package func authorise(
        _ actor: Actor,
        _ action: Action,
        on subject: String,
        resource: Resource = .installation,
        reason: String?
    ) async throws {
        try await authorise(
            actor,
            action,
            on: subject,
            resource: resource,
            because: reason.map { .words($0) }
        )
    }

    /// Asks `Access`; a refusal is written down, leave is for the caller to write down.
    private func permit(
        _ actor: Actor,
        _ action: Action,
        on subject: String,
        _ resource: Resource,
        because reason: AccessReason? = nil
    ) async throws -> AccessEntry {
        let decision = Access.decide(actor, action, on: resource, reason: reason?.text)
        let outcome =
            switch decision {
            case .allowed: "allowed"
            case .refused(let why): "refused: \(why)"
            case .hidden: "refused: no part in the case"
            }
        let entry = AccessEntry(
            at: now(),
            actor: actor.user,
            organisation: actor.organisation,
            action: action.rawValue,
            subject: subject,
            reason: actor.reason(reason),
            outcome: outcome
        )
        if decision == .allowed { return entry }
        let store = store
        try await store.committer.submit { try store.log(entry, in: $0) }
        // Somebody else's case is answered as one that does not exist.
        if decision == .hidden {
            if case .claim = resource { throw ServiceError(.notFound, "There is no such claim.") }
            if case .practice = resource {
                throw ServiceError(.notFound, "There is no such practice.")
            }
            if case .guideService = resource {
                throw ServiceError(.notFound, "There is no such service of yours.")
            }
            if case .runChart = resource {
                throw ServiceError(.notFound, "There is no such chart of yours.")
            }
            throw ServiceError(.notFound, "There is no such case.")
        }
        let why = outcome.dropFirst("refused: ".count)
        throw ServiceError(.forbidden, "This is not allowed: \(why).")
    }

    /// Writes what the actor may write, with its entry in the access log, in one durable step.
    ///
    /// - Throws: what the job throws; the entry then stands alone.
    func write<R: Sendable>(
        by actor: Actor,
        _ action: Action,
        on subject: String,
        resource: Resource = .installation,
        because reason: AccessReason? = nil,
        _ job: @Sendable @escaping (any Transaction) throws -> R
    ) async throws -> R {
        try await write(by: actor, action, on: subject, resource: resource, because: reason) {
        } _: { _, transaction in
            try job(transaction)
        }
    }

    /// The same, with what can be made before the write, on a thread that does not hold up others.
    ///
    /// - Parameter prepare: runs once leave is given; the job checks that what it made still holds.
    func write<P: Sendable, R: Sendable>(
        by actor: Actor,
        _ action: Action,
        on subject: String,
        resource: Resource = .installation,
        because reason: AccessReason? = nil,
        preparing prepare: @Sendable () -> P,
        _ job: @Sendable @escaping (P, any Transaction) throws -> R
    ) async throws -> R {
        let entry = try await permit(actor, action, on: subject, resource, because: reason)
        let store = store
        let prepared = prepare()
        do {
            return try await store.committer.submit { transaction in
                try store.log(entry, in: transaction)
                return try job(prepared, transaction)
            }
        } catch {
            try await store.committer.submit { try store.log(entry, in: $0) }
            throw error
        }
    }
}
