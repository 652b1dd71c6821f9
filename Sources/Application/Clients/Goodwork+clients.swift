import Kernel
import SQL
import Store

extension Goodwork {
    /// Every client, by name.
    package func clients(by actor: Actor) async throws -> [Client] {
        try await authorise(actor, .manageAccounts, on: "clients")
        let store = store
        return try await store.database.read { try store.clients(in: $0).map { Client($0) } }
    }

    /// One client, for those who manage them.
    package func client(_ id: String, by actor: Actor) async throws -> Client {
        try await authorise(actor, .manageAccounts, on: Client.user(id))
        let store = store
        let found = try await store.database.read { try store.client(id, in: $0) }
        guard let found else { throw ServiceError(.notFound, "There is no such client.") }
        return Client(found)
    }

    /// Lets a program in for an organisation.
    ///
    /// - Throws: `ServiceError` with every fault of it.
    package func addClient(_ new: NewClient, by actor: Actor) async throws -> Client {
        var found = ClientRules.faults(new, scopeProblem)
        let (store, now) = (store, now())
        var ids = IDMaker(seed: .random(in: .min ... .max))
        let id = ids.make(UserTag.self, at: now).text
        let organisation = try await store.database.read { transaction in
            try store.organisation(new.organisation, in: transaction)
        }
        if organisation == nil {
            found.append(
                Fault(
                    field: "organisation",
                    problem: "there is no organisation “\(new.organisation)”",
                    expected: "the id of one that was added"
                )
            )
        }
        let faults = found
        let roles = new.roles.text
        let what = "add client for \(new.organisation): \(roles)"
        return try await manageClient(id, what, by: actor) { transaction in
            guard faults.isEmpty else { throw ServiceError.inAccount(faults) }
            let stored = StoredClient(
                id: id,
                name: new.name,
                organisation: new.organisation,
                roles: roles,
                purpose: new.purpose,
                scopes: ClientScopes(new.scopes).text,
                keys: new.keys.uploaded,
                keysAddress: new.keys.address,
                createdAt: now,
                createdBy: actor.user
            )
            try store.add(stored, in: transaction)
            return Client(stored)
        }
    }

    /// Shuts a client out at once, or lets it in again.
    @discardableResult
    package func setClient(
        _ id: String,
        isDisabled: Bool,
        by actor: Actor
    ) async throws -> Client {
        let now = now()
        return try await changeClient(id, isDisabled ? "disable" : "enable", by: actor) { client in
            client.disabledAt = isDisabled ? client.disabledAt ?? now : nil
        }
    }

    /// Gives a client other keys; tokens that it got by the old ones end.
    @discardableResult
    package func changeKeys(
        of id: String,
        to keys: ClientKeys,
        by actor: Actor
    ) async throws -> Client {
        let faults = ClientRules.faults(keys)
        return try await changeClient(id, "change keys", by: actor) { client in
            guard faults.isEmpty else { throw ServiceError.inAccount(faults) }
            client.keys = keys.uploaded
            client.keysAddress = keys.address
        }
    }

    /// What each client is called, by who it is in the journal and the logs.
    package func clientNames() async throws -> [String: String] {
        let store = store
        let all = try await store.database.read { try store.clients(in: $0) }
        return Dictionary(all.map { (Client.user($0.id), $0.name) }) { first, _ in first }
    }

    // MARK: - Parts

    /// Whatever changes of a client, its tokens end.
    private func changeClient(
        _ id: String,
        _ what: String,
        by actor: Actor,
        _ change: @Sendable @escaping (inout StoredClient) throws -> Void
    ) async throws -> Client {
        let store = store
        return try await manageClient(id, what, by: actor) { transaction in
            guard var client = try store.client(id, in: transaction) else {
                throw ServiceError(.notFound, "There is no such client.")
            }
            try change(&client)
            try store.update(client, in: transaction)
            try store.endTokens(of: id, in: transaction)
            return Client(client)
        }
    }

    private func manageClient(
        _ id: String,
        _ what: String,
        by actor: Actor,
        _ job: @Sendable @escaping (any Transaction) throws -> Client
    ) async throws -> Client {
        try await write(
            by: actor,
            .manageAccounts,
            on: Client.user(id),
            because: .code(what),
            job
        )
    }
}

extension ClientKeys {
    fileprivate var uploaded: String? {
        if case .uploaded(let text) = self { text } else { nil }
    }

    fileprivate var address: String? {
        if case .address(let text) = self { text } else { nil }
    }
}
