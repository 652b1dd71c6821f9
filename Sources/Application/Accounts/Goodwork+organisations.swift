import Kernel
import SQL
import Store

extension Goodwork {
    /// Adds an organisation.
    ///
    /// - Throws: `ServiceError` with every fault of it.
    @discardableResult
    package func addOrganisation(
        _ organisation: Organisation,
        by actor: Actor
    ) async throws -> Organisation {
        try await authorise(actor, .manageAccounts, on: organisation.id)
        let faults = organisation.faults
        guard faults.isEmpty else { throw ServiceError.inAccount(faults) }
        let (store, now) = (store, now())
        let isNew = try await store.committer.submit { transaction in
            try store.add(
                StoredOrganisation(
                    id: organisation.id,
                    name: organisation.name,
                    kinds: organisation.kindsText,
                    createdAt: now
                ),
                in: transaction
            )
        }
        guard isNew else {
            throw ServiceError.inAccount([
                Fault(field: "id", problem: "“\(organisation.id)” is taken")
            ])
        }
        return organisation
    }

    /// Gives an organisation another name, or other kinds; what is nil stays.
    ///
    /// No rule asks what kind an organisation is: kinds are for those who read.
    ///
    /// - Throws: `ServiceError` with every fault of it.
    @discardableResult
    package func changeOrganisation(
        _ id: String,
        name: String? = nil,
        kinds: Set<Organisation.Kind>? = nil,
        by actor: Actor
    ) async throws -> Organisation {
        var words: [String] = []
        if name != nil { words.append("name") }
        if let kinds { words.append("kinds \(kinds.text)") }
        let reason = AccessReason.code(words.joined(separator: ", "))
        try await authorise(actor, .manageAccounts, on: id, because: reason)
        let store = store
        return try await store.committer.submit { transaction in
            guard var stored = try store.organisation(id, in: transaction) else {
                throw ServiceError(.notFound, "There is no such organisation.")
            }
            var organisation = Organisation(stored)
            if let name { organisation.name = name }
            if let kinds { organisation.kinds = kinds }
            let faults = organisation.faults
            guard faults.isEmpty else { throw ServiceError.inAccount(faults) }
            stored.name = organisation.name
            stored.kinds = organisation.kindsText
            _ = try store.update(stored, in: transaction)
            return organisation
        }
    }

    /// Every organisation by its id; who they are is no secret.
    package func organisations() async throws -> [Organisation] {
        let store = store
        return try await store.database.read { transaction in
            try store.organisations(in: transaction).map { Organisation($0) }
        }
    }

    /// What some organisations are called; those that are not known are left out.
    package func organisationNames(_ ids: Set<String>) async throws -> [String: String] {
        try await store.database.look { try self.organisationNames(ids, in: $0) }
    }

    func organisationNames(
        _ ids: Set<String>,
        in transaction: any Transaction
    ) throws -> [String: String] {
        var names: [String: String] = [:]
        for id in ids { names[id] = try store.organisation(id, in: transaction)?.name }
        return names
    }
}

extension ServiceError {
    static func inAccount(_ faults: [Fault]) -> ServiceError {
        ServiceError(.faults, "Nothing was changed.", faults: faults)
    }
}
