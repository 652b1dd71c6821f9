import Casework
import Kernel
import Programmes
import SQL
import Store

/// How a program finds cases: by what names them, or else among those of its organisation.
package enum CaseSearch: Sendable, Hashable {
    case ids([CaseID])
    /// Our own reference.
    case reference(String)
    /// The key of the entry that made the case.
    case key(String)
    case people([PersonID])
    case own(CaseNarrowing)
}

/// A person with those of their cases by which they may be seen.
package struct SeenPerson: Sendable {
    package var id: PersonID
    /// Nil once erased.
    package var identity: Identity?
    package var updatedAt: Instant
    package var stories: [CaseStory]

    /// The records that were joined with this one, as far as cases of them are seen.
    package var otherRecords: [PersonID] {
        Set(stories.map(\.history.header.person)).subtracting([id]).sorted()
    }
}

extension Goodwork {
    /// The actions that let somebody list cases, and the parts in cases that each is about.
    private static let listing: [(Action, [CasePart])] = [
        (.listReferrals, [.referrer]), (.listCases, [.provider, .asked]),
        (.listOnward, [.onward]), (.listQueue, [.unassigned]),
    ]
    package static let listingActions = listing.map(\.0)

    /// Writes down that an actor searched its cases.
    ///
    /// - Throws: `ServiceError` where that is not part of its role.
    package func searching(by actor: Actor) async throws {
        let allowed = Self.listing.filter { Access.decide(actor, $0.0) == .allowed }
        let action = allowed.first?.0 ?? .listCases
        let part = allowed.first?.1.first ?? .provider
        try await authorise(actor, action, on: "\(part.rawValue):\(actor.organisation)")
    }

    /// Cases that an actor may see, in the order of their ids, with all that was told of them.
    ///
    /// Whoever shows one to the actor writes that down: `looked`.
    ///
    /// - Parameters:
    ///   - from: the first id that is wanted.
    ///   - limit: the most rows that are read at once; ten or more.
    /// - Returns: the cases, and the id from which to go on; nil at the end.
    package func find(
        _ search: CaseSearch,
        from: CaseID? = nil,
        limit: Int = 100,
        by actor: Actor
    ) async throws -> (stories: [CaseStory], next: CaseID?) {
        let store = store
        return try await store.database.read { transaction in
            var rows = try self.rows(search, from, limit, for: actor, in: transaction)
            var next: CaseID?
            if case .own = search, rows.count == limit, let last = rows.last?.header.id {
                // The last may have more parts than were read: it begins the next portion.
                next = last
                rows.removeAll { $0.header.id == last }
            }
            var seen: Set<CaseID> = []
            rows = rows.filter { row in
                seen.insert(row.header.id).inserted && from.map { $0 <= row.header.id } ?? true
            }.sorted { $0.header.id < $1.header.id }
            let stories = try rows.compactMap {
                try self.story(of: $0, for: actor, in: transaction)
            }
            return (stories, next)
        }
    }

    /// The case that an entry with this key opened, referred by the actor's own organisation.
    package func caseReferred(withKey key: String, by actor: Actor) async throws -> CaseID? {
        let store = store
        return try await store.database.look { transaction in
            try store.cases(withEntryKey: key, in: transaction).first { id in
                guard let row = try store.caseRow(id, in: transaction),
                    row.referrer == actor.organisation
                else { return false }
                let relations = try self.relations(of: row, for: actor, in: transaction)
                return Access.allowed(actor, on: relations).contains(.readStatus)
            }
        }
    }

    /// Whether a case is certainly of another person than the one of an identity, or of an id.
    ///
    /// No more than that is told of whom it is of, so whoever knows of the case may ask. A sender
    /// repeats what it sent, so the person is also who the referral said, whatever was put right.
    package func isCase(
        _ id: CaseID,
        ofAnotherThan identity: Identity?,
        named person: PersonID? = nil
    ) async throws -> Bool {
        let store = store
        return try await store.database.look { transaction in
            guard let header = try store.header(id: id, in: transaction) else { return false }
            if let person, person != header.person {
                return try !store.records(of: header.person, in: transaction).contains(person)
            }
            guard person == nil, let identity,
                let row = try store.person(header.person, in: transaction),
                let kept = try row.identity(), identity.isOther(than: kept)
            else { return false }
            let history = try store.history(header, key: row.key, in: transaction)
            guard let sent = history.identityReferred else { return true }
            return identity.isOther(than: sent)
        }
    }

    /// What the person of a case agrees to by now, for the sender of its referral, who said so.
    package func consents(of id: CaseID) async throws -> [ConsentScope: Bool] {
        let store = store
        return try await store.database.look { transaction in
            try store.caseRow(id, in: transaction)?.consents ?? [:]
        }
    }

    /// A person, for whoever may see who they are by one of their cases; nil for others.
    ///
    /// Whoever shows them to the actor writes that down: `looked`.
    package func seenPerson(_ id: PersonID, by actor: Actor) async throws -> SeenPerson? {
        let stories = try await find(.people([id]), by: actor).stories
            .filter { $0.may.contains(.readIdentity) }
        if stories.isEmpty { return nil }
        let store = store
        return try await store.database.read { transaction in
            guard let person = try store.person(id, in: transaction) else { return nil }
            return SeenPerson(
                id: id,
                identity: try person.identity(),
                updatedAt: try store.updated(id, in: transaction) ?? Instant(milliseconds: 0),
                stories: stories
            )
        }
    }

    /// The same for whoever asks for one person alone, written down.
    ///
    /// - Throws: `ServiceError`, `forbidden` where a part in a case of theirs does not tell who they
    ///   are, `notFound` where there is no part.
    package func readPerson(_ id: PersonID, by actor: Actor) async throws -> SeenPerson {
        if let seen = try await seenPerson(id, by: actor) {
            try await looked(at: [], people: [id], by: actor)
            return seen
        }
        let store = store
        let all = try await store.database.read { transaction in
            try self.rows(.people([id]), nil, 0, for: actor, in: transaction).map { row in
                try self.relations(of: row.header, for: actor, in: transaction)
            }
        }
        let known = all.first { relations in
            Access.decide(actor, .readIdentity, on: .case(relations)) != .hidden
        }
        if let resource = (known ?? all.first).map({ Resource.case($0) }) {
            try await authorise(actor, .readIdentity, on: id.text, resource: resource)
        }
        throw ServiceError(.notFound, "There is no such person.")
    }

    private func rows(
        _ search: CaseSearch,
        _ from: CaseID?,
        _ limit: Int,
        for actor: Actor,
        in transaction: any Transaction
    ) throws -> [CaseRow] {
        switch search {
        case .own(let narrowing):
            let parts = Self.listing.filter { Access.decide(actor, $0.0) == .allowed }.flatMap(\.1)
            return try store.caseRows(
                of: actor.organisation,
                parts,
                narrowing,
                from: from,
                limit: limit,
                in: transaction
            )
        case .ids(let ids):
            return try ids.compactMap { try store.caseRow($0, in: transaction) }
        case .reference(let reference):
            return try store.headers(reference: reference, in: transaction)
                .compactMap { try store.caseRow($0.id, in: transaction) }
        case .key(let key):
            return try store.cases(withEntryKey: key, in: transaction)
                .compactMap { try store.caseRow($0, in: transaction) }
        case .people(let people):
            return try people.flatMap { try store.records(of: $0, in: transaction) }
                .flatMap { try store.caseRows(.person($0), in: transaction) }
        }
    }

    /// The people with an NHS number, or with a name and birth date.
    package func people(like identity: Identity) async throws -> [PersonID] {
        let store = store
        return try await store.database.read { transaction in
            let indexes = PersonIndexes(identity, vault: store.vault)
            let kind: PersonIndexes.Kind = identity.nhsNumber == nil ? .name : .nhs
            return try store.people(like: indexes, by: kind, in: transaction).map(\.id)
        }
    }

    /// The cases of other people with an NHS number, of those who the actor may know to be here.
    ///
    /// - Parameter person: whose number it is to be.
    package func cases(
        withNumber number: NHSNumber,
        besides person: PersonID,
        by actor: Actor
    ) async throws -> [CaseRow] {
        let store = store
        var identity = Identity()
        identity.nhsNumber = number.digits
        let indexes = PersonIndexes(identity, vault: store.vault)
        return try await store.database.read { transaction in
            let own = try store.records(of: person, in: transaction)
            return try store.people(like: indexes, by: .nhs, in: transaction)
                .filter { !own.contains($0.id) }
                .flatMap { try store.caseRows(.person($0.id), in: transaction) }
                .filter { row in
                    Access.decide(actor, .readIdentity, on: .case(CaseRelations(row))) == .allowed
                }
        }
    }
}

extension History {
    /// Who the person was by the referral that opened the case; nil where it did not say.
    fileprivate var identityReferred: Identity? {
        for event in events {
            guard case .referralReceived(let referral) = event.body else { continue }
            return referral.identity == Identity() ? nil : referral.identity
        }
        return nil
    }
}

extension Identity {
    /// Whether this is certainly somebody else: by the NHS number; by the date of birth or the name
    /// where one of them has no number, and by both where the number is the same.
    fileprivate func isOther(than kept: Identity) -> Bool {
        if let nhsNumber, let known = kept.nhsNumber, nhsNumber != known { return true }
        guard let birthDate, let born = kept.birthDate else { return false }
        let isNamedAlike = isNamedAlike(kept)
        // A date of birth alone may be mistyped, and be put right.
        if nhsNumber != nil, kept.nhsNumber != nil { return birthDate != born && !isNamedAlike }
        return birthDate != born || !isNamedAlike
    }

    /// Whether both names are the same, or not known.
    private func isNamedAlike(_ other: Identity) -> Bool {
        guard let givenName, let familyName, let given = other.givenName,
            let family = other.familyName
        else { return true }
        return givenName.foldedName == given.foldedName
            && familyName.foldedName == family.foldedName
    }
}
