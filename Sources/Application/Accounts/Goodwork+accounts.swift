import Kernel
import SQL
import Store

// MARK: - Reading

extension Goodwork {
    /// Every account of staff, by name.
    ///
    /// Who is helped here is not for those who manage accounts to know.
    package func accounts(by actor: Actor) async throws -> [Account] {
        try await authorise(actor, .manageAccounts, on: "accounts")
        let store = store
        return try await store.database.read { transaction in
            try store.accounts(in: transaction).filter { $0.roleSet.isStaff }
                .map { try account($0, in: transaction) }.byName
        }
    }

    /// The accounts of an organisation's staff by name, perhaps those with one role.
    ///
    /// Staff may see those of their own organisation.
    package func accounts(
        of organisation: String,
        with role: Role? = nil,
        by actor: Actor
    ) async throws -> [Account] {
        let isColleague = actor.organisation == organisation && actor.roles.isStaff
        if !isColleague {
            try await authorise(actor, .manageAccounts, on: organisation)
        }
        let store = store
        return try await store.database.read { transaction in
            try store.accounts(of: organisation, in: transaction)
                .filter { role.map($0.roleSet.contains) ?? true }
                .filter { $0.roleSet.isStaff }
                .map { try account($0, in: transaction) }.byName
        }
    }

    /// An account, for use cases that have asked whether they may.
    package func account(_ id: UserID) async throws -> Account? {
        let store = store
        return try await store.database.read { transaction in
            try store.account(id, in: transaction).map { try account($0, in: transaction) }
        }
    }

    /// The account with a login, for use cases that have asked whether they may.
    ///
    /// - Throws: `ServiceError` when there is none.
    package func account(login: String) async throws -> Account {
        let store = store
        let folded = AccountRules.folded(login)
        let found = try await store.database.read { transaction in
            try store.account(login: folded, in: transaction).map {
                try account($0, in: transaction)
            }
        }
        guard let found else { throw Self.unknown(login) }
        return found
    }

    /// An account of staff, for those who manage accounts.
    ///
    /// - Throws: `ServiceError` when there is none: a resident's is no different to them.
    package func staffAccount(_ id: UserID) async throws -> Account {
        guard let account = try await account(id), account.isStaff else { throw Self.noAccount }
        return account
    }

    /// The account of staff with a login, for those who manage accounts.
    ///
    /// - Throws: `ServiceError` when there is none: a resident's is no different to them.
    package func staffAccount(login: String) async throws -> Account {
        let account = try await account(login: login)
        guard account.isStaff else { throw Self.unknown(login) }
        return account
    }

    static let noAccount = ServiceError(.notFound, "There is no such account.")

    private static func unknown(_ login: String) -> ServiceError {
        ServiceError(.notFound, "There is no account \(login).")
    }

    func account(_ stored: StoredAccount, in transaction: any Transaction) throws -> Account {
        Account(stored, try store.identity(of: stored, in: transaction))
    }
}

extension [Account] {
    fileprivate var byName: [Account] { sorted { ($0.name, $0.login) < ($1.name, $1.login) } }
}

// MARK: - Adding

extension Goodwork {
    /// Adds an account.
    ///
    /// - Parameter password: for demonstrations; otherwise one is made up that serves once.
    /// - Returns: the account, and the password to be handed over.
    /// - Throws: `ServiceError` with every fault of it.
    package func addAccount(
        _ new: NewAccount,
        password: String? = nil,
        by actor: Actor
    ) async throws -> (account: Account, password: String) {
        try await authorise(actor, .manageAccounts, on: "accounts")
        let login = AccountRules.folded(new.login)
        var found = AccountRules.faults(new)
        if let password { found += PasswordRules.faults(password, login: login) }
        let (store, now, faults) = (store, now(), found)
        var ids = IDMaker(seed: .random(in: .min ... .max))
        let id: UserID = ids.make(at: now)
        try await store.database.read { transaction in
            let all = faults + (try storedFaults(new, login: login, in: transaction))
            guard all.isEmpty else { throw ServiceError.inAccount(all) }
        }
        let chosen = password ?? RandomText.password()
        let hash = try await passwords.hash(chosen)
        let entry = managed(id, "add \(new.roles.text) of \(new.organisation)", by: actor)
        let account = try await store.committer.submit { transaction in
            // Somebody else may have added the same meanwhile.
            let again = try storedFaults(new, login: login, in: transaction)
            guard again.isEmpty else { throw ServiceError.inAccount(again) }
            let sealed = try store.seal(
                AccountIdentity(login: login, name: new.name),
                of: id,
                person: new.person,
                in: transaction
            )
            guard let sealed else { throw ServiceError.inAccount([Self.unknownPerson]) }
            let stored = StoredAccount(
                id: id,
                organisation: new.organisation,
                sealed: sealed,
                roles: new.roles.text,
                person: new.person,
                passwordHash: hash,
                capacity: new.capacity,
                mustChangePassword: password == nil,
                passwordUntil: password == nil
                    ? StoredAccount.oneTimePasswordEnds(from: now) : nil,
                createdAt: now
            )
            guard try store.add(stored, login: login, in: transaction) else {
                throw ServiceError.inAccount([Self.taken(login)])
            }
            try store.log(entry, in: transaction)
            return try self.account(stored, in: transaction)
        }
        return (account, chosen)
    }

    /// What is wrong with a new account because of what is stored.
    private func storedFaults(
        _ new: NewAccount,
        login: String,
        in transaction: any Transaction
    ) throws -> [Fault] {
        var faults: [Fault] = []
        if try store.account(login: login, in: transaction) != nil {
            faults.append(Self.taken(login))
        }
        if try store.organisation(new.organisation, in: transaction) == nil {
            faults.append(Self.unknownOrganisation(new.organisation))
        }
        guard let person = new.person else { return faults }
        if try store.person(person, in: transaction)?.key == nil {
            faults.append(Self.unknownPerson)
        } else if try store.account(of: person, in: transaction) != nil {
            faults.append(Fault(field: "person", problem: "has an account already"))
        }
        return faults
    }

    static func taken(_ login: String) -> Fault {
        Fault(field: "login", problem: "“\(login)” has an account already")
    }

    static func unknownOrganisation(_ id: String) -> Fault {
        Fault(
            field: "organisation",
            problem: "there is no organisation “\(id)”",
            expected: "the id of one that was added"
        )
    }

    private static let unknownPerson = Fault(
        field: "person",
        problem: "is not known, or has been erased"
    )

    /// An entry of the access log about an account that is managed.
    func managed(_ id: UserID, _ what: String, by actor: Actor) -> AccessEntry {
        AccessEntry(
            at: now(),
            actor: actor.user,
            organisation: actor.organisation,
            action: Action.manageAccounts.rawValue,
            subject: id.text,
            reason: .code(what)
        )
    }
}
