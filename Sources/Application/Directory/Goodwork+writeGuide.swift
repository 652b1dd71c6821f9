import Directory
import Kernel
import SQL
import Store

/// What became of records that were brought to the guide.
package struct GuideImported: Sendable, Hashable {
    package var added = 0
    package var changed = 0
    /// Services that were just so already.
    package var unchanged = 0
    package var organisations = 0
    package var taxonomies = 0
    package var terms = 0
    /// What the standard does not have, and was left out.
    package var leftOut: [String] = []
    /// The ids of the services, in their order.
    package var services: [String] = []
}

extension Goodwork {
    /// Takes records into the guide: all of them, or none.
    ///
    /// A record that is there already, by its id, is replaced; the others stay. A service belongs to
    /// the organisation that brought it, and only those who may change that one's services may
    /// change it. Organisations, taxonomies and terms that others brought stay as they are.
    ///
    /// - Parameter expecting: the versions that services were changed on; another one is a conflict.
    package func importGuide(
        _ batch: GuideBatch,
        expecting: [String: Int] = [:],
        by actor: Actor
    ) async throws -> GuideImported {
        let (store, now) = (store, now())
        let words = "import of \(batch.services.count) services"
        return try await write(
            by: actor,
            .manageGuide,
            on: "guide",
            because: .code(words)
        ) { transaction in
            for (id, version) in expecting {
                let kept = try store.guideRecord(.service, id, in: transaction)
                if kept?.version ?? 0 != version { throw StoreError.conflict(reference: id) }
            }
            var writing = GuideWriting(store: store, actor: actor, now: now)
            for service in batch.services { try writing.put(service, .service, in: transaction) }
            for one in batch.organisations {
                try writing.put(one, .organisation, in: transaction)
            }
            for one in batch.taxonomies { try writing.put(one, .taxonomy, in: transaction) }
            for one in batch.terms { try writing.put(one, .term, in: transaction) }
            guard writing.faults.isEmpty else {
                throw ServiceError(.faults, "Nothing was changed.", faults: writing.faults)
            }
            if !writing.records.isEmpty { try store.keep(writing.records, in: transaction) }
            writing.done.leftOut = batch.leftOut
            return writing.done
        }
    }

    /// Reads records against what is in the guide, and takes them in.
    package func importGuide(
        expecting: [String: Int] = [:],
        by actor: Actor,
        reading read: (GuideKnown) throws -> GuideBatch
    ) async throws -> GuideImported {
        let batch: GuideBatch
        do {
            batch = try read(try await guideKnown(by: actor))
        } catch let faults as Faults {
            throw ServiceError(.faults, "Nothing was changed.", faults: faults.faults)
        }
        return try await importGuide(batch, expecting: expecting, by: actor)
    }

    /// Everything that was written here, to be taken away: it is public.
    package func guideBatch() async throws -> GuideBatch { try await storedGuide().batch }

    /// What records may point to, and which services are not the actor's to change.
    ///
    /// It is asked for before a file is read, and not for everybody.
    package func guideKnown(by actor: Actor) async throws -> GuideKnown {
        guard Access.decide(actor, .manageGuide) == .allowed else {
            // Asks again, so that the refusal is written down.
            try await authorise(actor, .manageGuide, on: "guide")
            return GuideKnown()
        }
        var known = try await guide().known
        known.others = Set(
            try await storedGuide().services.filter { service in
                guard case .stored(let owner) = service.origin else { return false }
                let resource = Resource.guideService(owner: owner)
                return Access.decide(actor, .manageGuide, on: resource) != .allowed
            }
            .map(\.id)
        )
        return known
    }

    /// Closes a service, or opens it again; nothing is ever taken out of the guide.
    ///
    /// The days of a programme's service stand in its file, and are changed there.
    ///
    /// - Parameter version: the one that was decided on; another one now is a conflict.
    @discardableResult
    package func setGuideService(
        _ id: String,
        to status: GuideStatus,
        version: Int? = nil,
        by actor: Actor
    ) async throws -> GuideImported {
        let (store, now) = (store, now())
        let isTold = try await guide().service(id).map { !$0.isStored } ?? false
        return try await write(
            by: actor,
            .manageGuide,
            on: "guide:\(id)",
            because: .code(status.rawValue)
        ) { transaction in
            if isTold {
                throw ServiceError(
                    .refused,
                    code: "told-by-a-programme",
                    "A programme file says when this service takes people. Change it there."
                )
            }
            guard let kept = try store.guideRecord(.service, id.lowercased(), in: transaction),
                var document = kept.object
            else { throw ServiceError(.notFound, "There is no such service.") }
            if let version, version != kept.version {
                throw StoreError.conflict(reference: id)
            }
            document["status"] = .string(status.rawValue)
            var writing = GuideWriting(store: store, actor: actor, now: now)
            try writing.put(document, .service, in: transaction)
            guard writing.faults.isEmpty else {
                throw ServiceError(.notFound, "There is no such service.")
            }
            if !writing.records.isEmpty { try store.keep(writing.records, in: transaction) }
            return writing.done
        }
    }

    /// A stored service for whoever may change it, and the version to change it on.
    package func guideService(
        _ id: String,
        changingBy actor: Actor
    ) async throws -> (service: GuideService, version: Int) {
        guard let service = try await storedGuide().service(id),
            case .stored(let owner) = service.origin
        else { throw ServiceError(.notFound, "There is no such service.") }
        try await authorise(
            actor,
            .manageGuide,
            on: "guide:\(service.id)",
            resource: .guideService(owner: owner)
        )
        return (service, service.version)
    }
}

/// Records on their way into the guide.
private struct GuideWriting {
    let store: Store
    let actor: Actor
    let now: Instant
    var records: [StoredGuideRecord] = []
    var faults: [Fault] = []
    var done = GuideImported()

    mutating func put(
        _ object: JSONObject,
        _ kind: StoredGuideRecord.Kind,
        in transaction: any Transaction
    ) throws {
        let id = object["id"]?.string ?? ""
        var object = object
        // When it changed is what this installation knows, not what a file says.
        object["last_modified"] = nil
        let document = JSONValue.object(object).text
        let kept = try store.guideRecord(kind, id, in: transaction)
        if kind == .service { done.services.append(id) }
        if let kept, !mayChange(kept) {
            // The reader tells it at its place, but for what has come in meanwhile.
            if kind == .service {
                faults.append(
                    Fault(
                        problem: "service \(id) belongs to another organisation",
                        expected: "services of your own"
                    )
                )
            }
            return
        }
        if kept?.document == document || kept?.object?.saysTheSame(as: object) == true {
            if kind == .service { done.unchanged += 1 }
            return
        }
        records.append(
            StoredGuideRecord(
                kind: kind,
                id: id,
                owner: kept?.owner ?? actor.organisation,
                document: document,
                version: (kept?.version ?? 0) + 1,
                modifiedAt: now,
                modifiedBy: actor.user
            )
        )
        switch kind {
        case .service where kept == nil: done.added += 1
        case .service: done.changed += 1
        case .organisation: done.organisations += 1
        case .taxonomy: done.taxonomies += 1
        case .term: done.terms += 1
        }
    }

    private func mayChange(_ kept: StoredGuideRecord) -> Bool {
        Access.decide(actor, .manageGuide, on: .guideService(owner: kept.owner)) == .allowed
    }
}

extension JSONObject {
    /// Whether it has the same members as another, in whatever order.
    fileprivate func saysTheSame(as other: JSONObject) -> Bool {
        count == other.count
            && members.allSatisfy { key, value in other[key]?.saysTheSame(as: value) == true }
    }
}

extension JSONValue {
    /// Whether it says the same as another; a number may be written otherwise: 53.4770 and 53.477.
    fileprivate func saysTheSame(as other: JSONValue) -> Bool {
        switch (self, other) {
        case (.number, .number): self == other || double == other.double
        case (.array(let ours), .array(let theirs)):
            ours.count == theirs.count && zip(ours, theirs).allSatisfy { $0.saysTheSame(as: $1) }
        case (.object(let ours), .object(let theirs)): ours.saysTheSame(as: theirs)
        default: self == other
        }
    }
}
