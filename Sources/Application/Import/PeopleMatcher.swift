import Casework
import Kernel
import SQL
import Store

/// Finds the people of a list among those known, by keyed indexes only.
///
/// The same NHS number with the same birth date, or with one that is not known, is the same person.
/// The same name and birth date is reported and never joined by itself.
struct PeopleMatcher {
    let goodwork: Goodwork
    let now: Instant
    /// People of this batch and the one that is being written, by their indexes.
    private var recent: [[UInt8]: [Known]] = [:]
    private var older: [[UInt8]: [Known]] = [:]
    private var found: [[UInt8]: [Known]] = [:]

    fileprivate struct Known: Sendable {
        var id: PersonID
        var key: PersonKey
        var identity: Identity
        var reference: String?

        func mayBeBorn(on other: String?) -> Bool {
            identity.birthDate == nil || other == nil || identity.birthDate == other
        }
    }

    init(goodwork: Goodwork, now: Instant) {
        self.goodwork = goodwork
        self.now = now
    }

    /// Looks for everyone of a batch in one reading.
    mutating func look(for plans: [Importer.Plan]) async throws {
        older = recent
        recent = [:]
        let store = goodwork.store
        let wanted = plans.filter { $0.faults.isEmpty && ($0.isNew || $0.changesIdentity) }
            .map { PersonIndexes($0.correctedIdentity, vault: store.vault) }
        found = try await store.database.read { transaction in
            var found: [[UInt8]: [Known]] = [:]
            for indexes in wanted {
                for (kind, index) in [(PersonIndexes.Kind.nhs, indexes.nhs), (.name, indexes.name)]
                {
                    guard let index else { continue }
                    found[index] = try store.people(like: indexes, by: kind, in: transaction)
                        .compactMap(Known.init)
                }
            }
            return found
        }
    }

    /// Gives a new case its person: one that is known, or a new one to be written.
    mutating func place(
        _ plan: inout Importer.Plan,
        _ result: inout ImportResult
    ) throws -> PersonWrite? {
        let vault = goodwork.store.vault
        let identity = plan.listed.identity
        let indexes = PersonIndexes(identity, vault: vault)
        let reference = plan.listed.reference
        let sameNumber = known(indexes.nhs)
        if let known = sameNumber.first(where: { $0.mayBeBorn(on: identity.birthDate) }) {
            plan.history = History(header: plan.history.header.with(person: known.id))
            plan.key = known.key
            result.note(.matched, reference, known.reference)
            return PersonWrite(changing: known.id, at: now) { $0 = identity.filled(from: $0) }
        }
        note(plan, indexes, &result)
        let id = plan.history.header.person
        let (key, wrapped) = try vault.newKey(for: id)
        plan.key = key
        let known = Known(
            id: id,
            key: key,
            identity: identity,
            reference: reference
        )
        for index in [indexes.nhs, indexes.name] {
            if let index { recent[index, default: []].append(known) }
        }
        return try PersonWrite(
            id: id,
            wrappedKey: wrapped,
            key: key,
            identity: identity,
            vault: vault,
            at: now
        )
    }

    /// Notes others who may be the same person, or who have the same NHS number.
    private func note(
        _ plan: Importer.Plan,
        _ indexes: PersonIndexes,
        _ result: inout ImportResult
    ) {
        let identity = plan.correctedIdentity
        let own = plan.history.header.person
        let sameNumber = known(indexes.nhs).first { $0.id != own }
        let sameName = known(indexes.name).first {
            $0.id != own && ($0.identity.nhsNumber == nil || identity.nhsNumber == nil)
        }
        if let known = sameNumber {
            let match: ImportResult.Match =
                known.mayBeBorn(on: identity.birthDate) ? .possible : .sameNumber
            result.note(match, plan.listed.reference, known.reference)
        } else if let known = sameName {
            result.note(.possible, plan.listed.reference, known.reference)
        }
    }

    /// What is to be written of a person whose case is corrected.
    ///
    /// Somebody whose corrected identity is that of another person is reported, and not joined.
    func correct(_ plan: Importer.Plan, _ result: inout ImportResult) -> PersonWrite? {
        guard plan.changesIdentity, plan.key != nil else { return nil }
        note(plan, PersonIndexes(plan.correctedIdentity, vault: goodwork.store.vault), &result)
        let (listed, told) = (plan.listed.identity, plan.toldIdentity)
        return PersonWrite(changing: plan.history.header.person, at: now) { identity in
            // What has been told of the person since stays, unless this row changes it.
            guard let told else {
                identity = listed.filled(from: identity)
                return
            }
            identity.change(to: listed, from: told)
        }
    }

    private func known(_ index: [UInt8]?) -> [Known] {
        guard let index else { return [] }
        return (found[index] ?? []) + (older[index] ?? []) + (recent[index] ?? [])
    }
}

extension PeopleMatcher.Known {
    /// A stored person; nil once erased.
    fileprivate init?(_ person: Person) throws {
        guard let key = person.key else { return nil }
        self.init(
            id: person.id,
            key: key,
            identity: try person.identity() ?? Identity(),
            reference: nil
        )
    }
}

extension Identity {
    /// This identity, its blanks filled with what was known before.
    func filled(from known: Identity) -> Identity {
        var filled = self
        filled.fill(from: known)
        return filled
    }
}

extension CaseHeader {
    fileprivate func with(person: PersonID) -> CaseHeader {
        var header = self
        header.person = person
        return header
    }
}
