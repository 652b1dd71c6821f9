import Kernel
import SQL
import Store

/// Accounts that an OpenID issuer vouches for.
extension Goodwork {
    /// Signs in whom an OpenID issuer vouches for; the second factor is the issuer's work.
    ///
    /// An account is found by issuer and subject, else by its email if no issuer vouches for it
    /// yet. None is ever made.
    ///
    /// - Parameter verifiedEmail: the email, if the issuer says that it has verified it.
    package func signInWith(
        issuer: String,
        subject: String,
        verifiedEmail: String?
    ) async throws -> SignInAnswer {
        let store = store
        let login = verifiedEmail.map(AccountRules.folded)
        let answer = try await store.committer.submit { transaction -> SignInAnswer? in
            let known = try store.account(issuer: issuer, subject: subject, in: transaction)
            let found = try known ?? login.flatMap { try store.account(login: $0, in: transaction) }
            guard let found,
                var account = try store.accountToChange(found.id, in: transaction),
                account.disabledAt == nil
            else { return nil }
            if known == nil {
                guard account.issuer == nil else { return nil }
                account.issuer = issuer
                account.subject = subject
                try store.update(account, in: transaction)
                try store.log(signInEntry(account, "link-openid"), in: transaction)
                try tellOfSignIn(account, in: transaction)
            }
            try store.log(signInEntry(account), in: transaction)
            return try begin(account, way: .openID, hasGivenFactor: true, in: transaction)
        }
        if let answer { return answer }
        return try await failed("no account for this OpenID identity", nil)
    }

    /// Lets an issuer vouch for the actor's own account from now on.
    ///
    /// Many issuers do not say that an email address is verified; whoever is signed in here has
    /// shown whose the account is.
    ///
    /// - Throws: `ServiceError` when the identity is another account's already.
    package func connect(issuer: String, subject: String, by actor: Actor) async throws {
        try await changeOwn(actor, "link-openid") { account, store, transaction in
            let known = try store.account(issuer: issuer, subject: subject, in: transaction)
            guard known == nil || known?.id == account.id else {
                throw ServiceError(
                    .conflict,
                    code: "identity-taken",
                    "Another account here is signed in with that one. Ask your administrator."
                )
            }
            account.issuer = issuer
            account.subject = subject
        }
    }

    /// Whether an issuer vouches for the actor's own account.
    package func isConnected(_ actor: Actor) async throws -> Bool {
        let store = store
        return try await store.database.read { transaction in
            guard let id = UserID(actor.user) else { return false }
            return try store.account(id, in: transaction)?.issuer != nil
        }
    }

    /// Lets no issuer vouch for the actor's own account any more.
    package func disconnectOpenID(by actor: Actor) async throws {
        try await changeOwn(actor, "unlink-openid") { account, _, _ in
            account.issuer = nil
            account.subject = nil
        }
    }

    private func changeOwn(
        _ actor: Actor,
        _ action: String,
        _ change:
            @Sendable @escaping (
                inout StoredAccount, Store, any Transaction
            ) throws -> Void
    ) async throws {
        let store = store
        try await store.committer.submit { transaction in
            guard let id = UserID(actor.user),
                var account = try store.accountToChange(id, in: transaction)
            else { throw ServiceError(.notFound, "There is no such account.") }
            let before = account
            try change(&account, store, transaction)
            try store.log(signInEntry(account, action), in: transaction)
            // Who is connected, or is not, can ask for it once more: that is no news.
            if account == before { return }
            try store.update(account, in: transaction)
            try tellOfSignIn(account, in: transaction)
        }
    }
}
