import Casework
import Crypto
import Kernel
import Programmes
import SQL
import Store

/// The use cases.
///
/// Pages, interfaces, imports and the command line all come in here.
package struct Goodwork: Sendable {
    package let store: Store
    package let library: ProgrammeLibrary
    /// The time; a value, so that tests and simulations can set it.
    package let now: @Sendable () -> Instant

    package init(
        store: Store,
        library: ProgrammeLibrary,
        now: @escaping @Sendable () -> Instant
    ) {
        self.store = store
        self.library = library
        self.now = now
    }

    /// Asks `Access` and writes the answer down, whichever it is.
    ///
    /// - Throws: `ServiceError` when it may not be done.
    package func authorise(
        _ actor: Actor,
        _ action: Action,
        on subject: String,
        reason: String? = nil
    ) async throws {
        let decision = Access.decide(actor, action, reason: reason)
        var outcome = "allowed"
        if case .refused(let why) = decision { outcome = "refused: \(why)" }
        let entry = AccessEntry(
            at: now(),
            actor: actor.user,
            organisation: actor.organisation,
            action: action.rawValue,
            subject: subject,
            reason: reason,
            outcome: outcome
        )
        let store = store
        try await store.committer.submit { try store.log(entry, in: $0) }
        if case .refused(let why) = decision {
            throw ServiceError(.forbidden, "This is not allowed: \(why).")
        }
    }

    /// The case that a sender's reference names.
    ///
    /// - Parameter programme: needed only where programmes use the same reference.
    package func header(reference: String, programme: String?) async throws -> CaseHeader {
        let store = store
        let found = try await store.database.read { transaction in
            if let programme {
                let header = try store.header(
                    programme: programme,
                    reference: reference,
                    in: transaction
                )
                return header.map { [$0] } ?? []
            }
            if let id = CaseID(reference), let header = try store.header(id: id, in: transaction) {
                return [header]
            }
            return try store.headers(reference: reference, in: transaction)
        }
        if found.count > 1 {
            let programmes = found.map(\.programme).joined(separator: ", ")
            throw ServiceError(
                .invalid,
                "\(reference) is a case of \(programmes): say which with --programme."
            )
        }
        guard let header = found.first else {
            throw ServiceError(.notFound, "There is no case \(reference).")
        }
        return header
    }

    /// What a change left behind.
    package struct Change: Sendable, Hashable {
        package var caseID: CaseID
        package var version: Int
        package var events: [CaseEvent]
    }

    /// Decides a command on a case and makes it durable.
    ///
    /// - Parameters:
    ///   - version: the version the caller decided on; another one now is a conflict.
    ///   - idempotencyKey: the same key with the same command gets the first answer again.
    package func change(
        _ header: CaseHeader,
        _ command: Command,
        by actor: Actor,
        version: Int? = nil,
        idempotencyKey: String? = nil,
        seed: UInt64
    ) async throws -> Change {
        try await authorise(actor, .changeCase, on: header.id.text)
        let now = now()
        let (store, library) = (store, library)
        let digest = Array(SHA256.hash(data: command.fingerprint(of: header)))
        return try await store.committer.submit { transaction in
            if let key = idempotencyKey,
                let answer = try store.answer(toKey: key, digest: digest, in: transaction)
            {
                return Change(caseID: header.id, version: Int(answer) ?? 0, events: [])
            }
            let person = try store.person(header.person, in: transaction)
            let history = try store.history(header, key: person?.key, in: transaction)
            if let version, version != history.version {
                throw StoreError.conflict(reference: header.reference)
            }
            let programme = try library.kept(
                header.programme,
                version: header.programmeVersion,
                store: store,
                in: transaction
            )
            var context = Context(
                now: now,
                today: now.civilDateUK,
                by: Recorder(user: actor.user, organisation: actor.organisation),
                ids: IDMaker(seed: seed)
            )
            let events: [CaseEvent]
            do {
                events = try Casework.decide(
                    command,
                    history: history,
                    programme: programme,
                    context: &context
                )
            } catch let refusal as Refusal {
                throw ServiceError(.refused, code: refusal.code, refusal.says)
            }
            let write = try CaseWrite(
                history: history,
                events: events,
                programme: programme,
                key: person?.key,
                notifies: true
            )
            try store.write([write], in: transaction)
            let after = history.version + events.count
            if let key = idempotencyKey {
                try store.keepAnswer(
                    String(after),
                    toKey: key,
                    digest: digest,
                    at: now,
                    in: transaction
                )
            }
            return Change(caseID: header.id, version: after, events: events)
        }
    }
}

extension Command {
    /// Bytes that are the same only for the same command on the same case.
    fileprivate func fingerprint(of header: CaseHeader) -> [UInt8] {
        var bytes = Array(header.id.text.utf8)
        for entry in entries {
            let encoded = entry.body.encoded()
            bytes += Array("\(entry.body.kind.rawValue) \(entry.on.iso) \(entry.key ?? "")".utf8)
            bytes += encoded.payload + encoded.sealed
        }
        for void in voids { bytes += Array("void \(void.event.text) \(void.reason)".utf8) }
        return bytes
    }
}
