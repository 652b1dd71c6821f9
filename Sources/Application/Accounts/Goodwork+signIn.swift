import Kernel
import SQL
import Store

extension Goodwork {
    /// Signs somebody in with login and password.
    ///
    /// An unknown login, a wrong password and a disabled account are answered the same, after the
    /// same work. Only whoever gives the right password is told that it is too old.
    ///
    /// - Parameters:
    ///   - remote: the address that it comes from; of IPv6 its first 64 bits.
    ///   - device: the device token that an earlier sign-in left.
    package func signIn(
        login: String,
        password: String,
        remote: String,
        device: String? = nil
    ) async throws -> SignInAnswer {
        let store = store
        let folded = AccountRules.folded(String(login.prefix(254)))
        let found = try await store.database.read { transaction in
            try store.account(login: folded, in: transaction)
        }
        let known = knownDevice(device, of: found?.id)
        let start = try await beginTry(folded, remote: remote, device: known)
        guard case .begun(let begun) = start else { return start.answer }
        let isRight = try await tried(begun) {
            // Whatever is too long to be a password is verified against nothing, at the same cost.
            PasswordRules.isTooLong(password)
                ? try await passwords.verify("", against: nil)
                : try await passwords.verify(password, against: found?.passwordHash)
        }
        guard isRight, let found, found.disabledAt == nil else {
            return try await failed("wrong login or password", found)
        }
        if let end = found.oneTimePasswordEnds, now() >= end {
            _ = try await failed("the one-time password is too old", found)
            return .passwordTooOld
        }
        let hash = found.passwordHash
        let newHash: String? =
            if let hash, passwords.needsRehash(hash) {
                try await tried(begun) { try await passwords.hash(password) }
            } else { nil }
        return try await store.committer.submit { transaction in
            try takeBack(begun, clears: true, in: transaction)
            guard var account = try store.accountToChange(found.id, in: transaction),
                account.disabledAt == nil, account.passwordHash == hash
            else { return .wrong }
            if let newHash {
                account.passwordHash = newHash
                try store.update(account, in: transaction)
            }
            try store.log(signInEntry(account), in: transaction)
            return try begin(account, way: .password, hasGivenFactor: false, in: transaction)
        }
    }

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
            }
            try store.log(signInEntry(account), in: transaction)
            return try begin(account, way: .openID, hasGivenFactor: true, in: transaction)
        }
        if let answer { return answer }
        return try await failed("no account for this OpenID identity", nil)
    }

    /// An entry of the access log about somebody's own account.
    func signInEntry(
        _ account: StoredAccount?,
        _ action: String = "sign-in",
        outcome: String = "allowed"
    ) -> AccessEntry {
        // A login that has no account is not kept: people type passwords there.
        AccessEntry(
            at: now(),
            actor: account?.id.text ?? "unknown",
            organisation: account?.organisation ?? "unknown",
            action: action,
            subject: account?.id.text ?? "unknown",
            outcome: outcome
        )
    }

    func failed(_ why: String, _ account: StoredAccount?) async throws -> SignInAnswer {
        let store = store
        let entry = signInEntry(account, outcome: "refused: \(why)")
        try await store.committer.submit { try store.log(entry, in: $0) }
        return .wrong
    }

    /// Does what a try needs; when it cannot be done at all, the try does not count.
    func tried<R: Sendable>(_ begun: SignInTry, _ work: () async throws -> R) async throws -> R {
        do {
            return try await work()
        } catch {
            try await store.committer.submit { try takeBack(begun, clears: false, in: $0) }
            throw error
        }
    }
}
