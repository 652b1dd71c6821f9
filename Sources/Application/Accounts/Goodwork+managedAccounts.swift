import Kernel
import SQL
import Store

extension Goodwork {
    /// Changes who somebody is, where they work, what they are here for, and how much they can hold.
    ///
    /// Another organisation or other roles let the account's sessions run out.
    ///
    /// - Throws: `ServiceError` with every fault of it; then nothing is changed.
    @discardableResult
    package func changeAccount(
        _ id: UserID,
        _ change: AccountChange,
        by actor: Actor
    ) async throws -> Account {
        try await manage(id, change.words, by: actor) { account, transaction in
            let faults =
                change.faults(account.roleSet)
                + (try storedFaults(change, of: account, in: transaction))
            guard faults.isEmpty else { throw ServiceError.inAccount(faults) }
            try changeIdentity(of: &account, to: change, in: transaction)
            if let organisation = change.organisation {
                try move(&account, to: organisation, by: actor, in: transaction)
            }
            if let roles = change.roles {
                try changeRoles(of: &account, to: roles, by: actor, in: transaction)
            }
            if let capacity = change.capacity { account.capacity = capacity }
        }
    }

    /// Shuts an account out at once.
    @discardableResult
    package func disable(_ id: UserID, by actor: Actor) async throws -> Account {
        let (store, now) = (store, now())
        return try await manage(id, "disable", by: actor) { account, transaction in
            guard account.disabledAt == nil else { return }
            try requireAnotherAdministrator(than: account, in: transaction)
            account.disabledAt = now
            try store.endSessions(of: id, at: now, in: transaction)
        }
    }

    /// Lets a disabled account in again.
    @discardableResult
    package func enable(_ id: UserID, by actor: Actor) async throws -> Account {
        try await manage(id, "enable", by: actor) { account, _ in account.disabledAt = nil }
    }

    /// Gives an account a new password that serves once, and ends its sessions.
    ///
    /// - Parameter clearsSecondFactor: whether the second factor is lost too, and has to be set up
    ///   anew.
    /// - Returns: the password to be handed over.
    package func resetPassword(
        of id: UserID,
        clearsSecondFactor: Bool = false,
        by actor: Actor
    ) async throws -> String {
        let (store, now) = (store, now())
        let password = RandomText.password()
        let hash = try await hash(password, for: actor)
        let words = clearsSecondFactor ? "reset password and second factor" : "reset password"
        try await manage(id, words, by: actor) { account, transaction in
            if actor.user == id.text {
                throw ServiceError(
                    .refused,
                    code: "own-password",
                    "Nobody can reset their own password. Change it, or ask another administrator."
                )
            }
            account.passwordHash = hash
            account.passwordSetAt = now
            account.mustChangePassword = true
            account.passwordUntil = StoredAccount.oneTimePasswordEnds(from: now)
            if clearsSecondFactor { try clearSecondFactor(of: &account, in: transaction) }
            try store.endSessions(of: id, at: now, in: transaction)
        }
        return password
    }

    /// Hashes only for those who may manage accounts: hashing costs.
    private func hash(_ password: String, for actor: Actor) async throws -> String {
        guard Access.decide(actor, .manageAccounts) == .allowed else { return "" }
        return try await passwords.hash(password)
    }

    /// Asks whether it may be done, changes an account and writes down what was done.
    ///
    /// A resident's account is in nobody's hands but the resident's: whoever could give it a
    /// password could read what is told about them.
    @discardableResult
    private func manage(
        _ id: UserID,
        _ what: String,
        by actor: Actor,
        _ change: @Sendable @escaping (inout StoredAccount, any Transaction) throws -> Void
    ) async throws -> Account {
        try await authorise(actor, .manageAccounts, on: id.text)
        let store = store
        let entry = managed(id, what, by: actor)
        return try await store.committer.submit { transaction in
            try store.lockAccounts(in: transaction)
            guard var account = try store.accountToChange(id, in: transaction),
                account.roleSet.isStaff
            else { throw Self.noAccount }
            let before = account
            try change(&account, transaction)
            if account != before {
                try store.update(account, in: transaction)
                try store.log(entry, in: transaction)
            }
            return try self.account(account, in: transaction)
        }
    }

    /// What is wrong with a change because of what is stored.
    private func storedFaults(
        _ change: AccountChange,
        of account: StoredAccount,
        in transaction: any Transaction
    ) throws -> [Fault] {
        var faults: [Fault] = []
        if let login = change.login.map(AccountRules.folded),
            let other = try store.account(login: login, in: transaction), other.id != account.id
        {
            faults.append(Self.taken(login))
        }
        if let organisation = change.organisation,
            try store.organisation(organisation, in: transaction) == nil
        {
            faults.append(Self.unknownOrganisation(organisation))
        }
        return faults
    }

    private func changeIdentity(
        of account: inout StoredAccount,
        to change: AccountChange,
        in transaction: any Transaction
    ) throws {
        guard let before = try store.identity(of: account, in: transaction) else { return }
        let login = change.login.map(AccountRules.folded) ?? before.login
        let identity = AccountIdentity(login: login, name: change.name ?? before.name)
        guard identity != before,
            let sealed = try store.seal(
                identity,
                of: account.id,
                person: account.person,
                in: transaction
            )
        else { return }
        account.sealed = sealed
        if login != before.login {
            try store.change(login: login, of: account.id, in: transaction)
        }
    }

    /// Moves an account to another organisation, when it holds no open case of the one before.
    private func move(
        _ account: inout StoredAccount,
        to organisation: String,
        by actor: Actor,
        in transaction: any Transaction
    ) throws {
        guard organisation != account.organisation else { return }
        if actor.user == account.id.text {
            throw ServiceError(
                .refused,
                code: "own-organisation",
                "Nobody can move themselves. Ask another administrator."
            )
        }
        let held = try store.caseRows(.coach(account.id.text), in: transaction)
            .count { $0.closedOn == nil }
        guard held == 0 else {
            throw ServiceError(
                .refused,
                code: "holds-cases",
                "They hold \(held) open \(held == 1 ? "case" : "cases") as coach. A manager of "
                    + "their organisation assigns them to somebody else first."
            )
        }
        account.organisation = organisation
        try store.expireSessions(of: account.id, at: now(), in: transaction)
    }

    private func changeRoles(
        of account: inout StoredAccount,
        to roles: Set<Role>,
        by actor: Actor,
        in transaction: any Transaction
    ) throws {
        let before = account.roleSet
        guard roles != before else { return }
        if roles.contains(.resident) {
            throw ServiceError(
                .refused,
                code: "resident-account",
                "An account of staff becomes no resident's. Theirs is made with their case."
            )
        }
        if actor.user == account.id.text, !roles.isSubset(of: before) {
            throw ServiceError(
                .refused,
                code: "own-roles",
                "Nobody can give a role to themselves. Ask another administrator."
            )
        }
        if !roles.contains(.administrator) {
            try requireAnotherAdministrator(than: account, in: transaction)
        }
        account.roles = roles.text
        if !roles.contains(.coach) { account.capacity = nil }
        try store.expireSessions(of: account.id, at: now(), in: transaction)
    }

    /// Refuses what would leave nobody to manage accounts.
    private func requireAnotherAdministrator(
        than account: StoredAccount,
        in transaction: any Transaction
    ) throws {
        let isOne = { (account: StoredAccount) in
            account.disabledAt == nil && account.roleSet.contains(.administrator)
        }
        guard isOne(account) else { return }
        let all = try store.accounts(in: transaction)
        if all.contains(where: { $0.id != account.id && isOne($0) }) { return }
        throw ServiceError(
            .refused,
            code: "last-administrator",
            "This is the last administrator. Make somebody else one first."
        )
    }
}
