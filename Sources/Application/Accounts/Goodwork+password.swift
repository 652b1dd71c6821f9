import Kernel
import SQL
import Store

extension Goodwork {
    /// Changes one's own password; every session ends, and a new one begins.
    ///
    /// - Parameter current: the password until now; not asked where it must change, since it was
    ///   given just before.
    /// - Throws: `ServiceError` with the faults of the new password or of the current one.
    package func changePassword(
        _ token: String,
        current: String?,
        to new: String,
        remote: String
    ) async throws -> SignInAnswer {
        let live = try await liveSession(token)
        let mustChange = live.stage == .passwordMustChange
        guard mustChange || live.stage == .full, let hash = live.stored.passwordHash else {
            throw ServiceError(.forbidden, "There is no password to change here.")
        }
        var faults = PasswordRules.faults(new, login: live.account.login)
        if !mustChange {
            let subject = "password:\(live.stored.id.text)"
            let start = try await beginTry(subject, remote: remote, device: nil)
            guard case .begun(let begun) = start else { return start.answer }
            let given = current ?? ""
            let isRight = try await tried(begun) {
                try await passwords.verify(
                    PasswordRules.isTooLong(given) ? "" : given,
                    against: hash
                )
            }
            if isRight {
                try await store.committer.submit { try takeBack(begun, clears: true, in: $0) }
            } else {
                faults.append(Fault(field: "current-password", problem: "is not your password"))
            }
        }
        if faults.isEmpty, try await passwords.verify(new, against: hash) {
            faults.append(PasswordRules.fault("is the one that you have", "another one"))
        }
        guard faults.isEmpty else { throw ServiceError.inAccount(faults) }
        let newHash = try await passwords.hash(new)
        return try await keep(newHash, instead: hash, live)
    }

    private func keep(
        _ newHash: String,
        instead hash: String,
        _ live: LiveSession
    ) async throws -> SignInAnswer {
        let (store, now) = (store, now())
        let entry = signInEntry(live.stored, "change-password")
        return try await store.committer.submit { transaction in
            guard var account = try store.accountToChange(live.stored.id, in: transaction),
                account.passwordHash == hash, account.disabledAt == nil
            else {
                throw ServiceError(.conflict, "The password was changed meanwhile. Sign in again.")
            }
            account.passwordHash = newHash
            account.passwordSetAt = now
            account.mustChangePassword = false
            account.passwordUntil = nil
            try store.update(account, in: transaction)
            try store.endSessions(of: account.id, at: now, in: transaction)
            try store.log(entry, in: transaction)
            try tellOfSignIn(account, in: transaction)
            return try begin(
                account,
                way: .password,
                hasGivenFactor: live.session.stage == StoredSession.full,
                in: transaction
            )
        }
    }
}
