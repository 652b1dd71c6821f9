import Casework
import Crypto
import Kernel
import Programmes
import SQL
import Store

/// Changing a case.
extension Goodwork {
    /// What a change left behind.
    package struct Change: Sendable, Hashable {
        package var caseID: CaseID
        package var version: Int
        package var events: [CaseEvent]
    }

    /// Decides a command on a case and makes it durable.
    ///
    /// - Parameters:
    ///   - action: what the change is by the rules of access.
    ///   - version: the version the caller decided on; another one now is a conflict.
    ///   - idempotencyKey: the same key with the same command gets the first answer again.
    package func change(
        _ header: CaseHeader,
        _ command: Command,
        by actor: Actor,
        as action: Action = .changeCase,
        version: Int? = nil,
        idempotencyKey: String? = nil,
        seed: UInt64
    ) async throws -> Change {
        let store = store
        let relations = try await store.database.read { transaction in
            try self.relations(of: header, for: actor, in: transaction)
        }
        let now = now()
        let digest = Array(SHA256.hash(data: command.fingerprint(of: header, by: actor)))
        let guide = command.refersOn ? try await guide() : nil
        return try await write(
            by: actor,
            action,
            on: header.id.text,
            resource: .case(relations)
        ) { transaction in
            if let key = idempotencyKey,
                let answer = try store.answer(toKey: key, digest: digest, in: transaction)
            {
                return try store.change(answer, of: header, in: transaction)
            }
            let person = try store.person(header.person, in: transaction)
            if person?.key == nil, !command.needsNobody { throw Self.erased(header) }
            let (history, programme) = try told(of: header, key: person?.key, in: transaction)
            if let version, version != history.version {
                throw StoreError.conflict(reference: header.reference)
            }
            var context = Context(
                now: now,
                today: now.civilDateUK,
                by: Recorder(user: actor.user, organisation: actor.organisation),
                ids: IDMaker(seed: seed)
            )
            let events: [CaseEvent]
            var told = command
            try told.fillDeprivation(from: store, in: transaction)
            do {
                try told.followBirthDate(of: person, in: history)
                if let guide {
                    try told.nameGuideServices(in: guide, of: history.fold(), under: programme)
                }
                events = try Casework.decide(
                    told,
                    history: history,
                    programme: programme,
                    context: &context
                )
            } catch let refusal as Refusal {
                throw ServiceError(
                    .refused,
                    code: refusal.code,
                    refusal.says,
                    field: refusal.field,
                    entry: refusal.entry
                )
            }
            if person?.key == nil, events.contains(where: { $0.body.names }) {
                throw Self.erased(header)
            }
            let write = try CaseWrite(
                history: history,
                events: events,
                programme: programme,
                key: person?.key,
                person: person.flatMap {
                    identified($0, by: events, filling: command.identity, at: now)
                },
                notifies: true
            )
            try store.write([write], in: transaction)
            let after = history.version + events.count
            if let key = idempotencyKey {
                try store.keepAnswer(
                    "\(history.version) \(after)",
                    toKey: key,
                    digest: digest,
                    at: now,
                    in: transaction
                )
            }
            return Change(caseID: header.id, version: after, events: events)
        }
    }

    /// Nothing is kept of somebody who has been erased, whatever the way by which it is told.
    private static func erased(_ header: CaseHeader) -> ServiceError {
        ServiceError(
            .refused,
            code: "person-erased",
            "The person of \(header.reference) has been erased: nothing more can be kept of them, and "
                + "no free text. The case can be closed."
        )
    }

    /// What is to be written of a person whose identity the events give anew or change, or the
    /// command fills.
    private func identified(
        _ person: Person,
        by events: [CaseEvent],
        filling blanks: Identity?,
        at now: Instant
    ) -> PersonWrite? {
        let bodies = events.map(\.body).filter {
            $0.kind == .referralReceived || $0.kind == .detailsChanged
        }
        guard blanks != nil || !bodies.isEmpty else { return nil }
        return PersonWrite(changing: person.id, at: now) { identity in
            for (place, body) in bodies.enumerated() {
                switch body {
                case .referralReceived(let referral) where place == 0:
                    identity = referral.identity
                case .detailsChanged(let changed): identity.change(by: changed)
                default: break
                }
            }
            if let blanks { identity.fill(from: blanks) }
        }
    }
}

extension EventBody {
    /// Whether it names somebody, or holds free text.
    fileprivate var names: Bool {
        kind == .detailsChanged || !encoded().sealed.isEmpty
    }
}

extension Store {
    /// The first answer to an idempotency key: the versions before and after it, in words.
    fileprivate func change(
        _ answer: String,
        of header: CaseHeader,
        in transaction: any Transaction
    ) throws -> Goodwork.Change {
        let versions = answer.split(separator: " ").compactMap { Int($0) }
        guard versions.count == 2 else {
            throw StoreError.damaged("an answer given to an idempotency key cannot be read")
        }
        let person = try person(header.person, in: transaction)
        let events = try history(header, key: person?.key, in: transaction).events
        return Goodwork.Change(
            caseID: header.id,
            version: versions[1],
            events: events.filter { $0.sequence > versions[0] && $0.sequence <= versions[1] }
        )
    }
}

extension Command {
    /// Bytes that are the same only for the same command of the same person on the same case.
    fileprivate func fingerprint(of header: CaseHeader, by actor: Actor) -> [UInt8] {
        var parts = [Array(header.id.text.utf8), Array(actor.user.utf8)]
        for entry in entries {
            let encoded = entry.body.encoded()
            let texts = [
                "entry", entry.body.kind.rawValue, entry.on.iso, entry.key ?? "",
                entry.replaces?.text ?? "",
            ]
            parts += texts.map { Array($0.utf8) } + [encoded.payload, encoded.sealed]
        }
        for void in voids {
            let texts = ["void", void.event.text, void.reason, void.text ?? ""]
            parts += texts.map { Array($0.utf8) }
        }
        if let identity { parts += [Array("identity".utf8), identity.encoded()] }
        return parts.flatMap { Array("\($0.count):".utf8) + $0 }
    }
}
