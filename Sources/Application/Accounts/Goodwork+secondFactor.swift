import Kernel
import SQL
import Store

/// What an authenticator app is given.
package struct SecondFactorSetUp: Sendable, Hashable {
    /// To be typed: letters A to Z and digits 2 to 7.
    package var secret: String
    /// To be scanned, as `otpauth://totp/…`.
    package var uri: String
}

extension Goodwork {
    static let recoveryCodesCount = 10

    /// Begins setting up a second factor; asked again in one session it answers the same.
    package func setUpSecondFactor(_ token: String) async throws -> SecondFactorSetUp {
        let live = try await liveSession(token)
        let mustSetUp = live.stage == .secondFactorMustBeSetUp
        let isPassword = live.session.way == SignInWay.password.rawValue
        guard isPassword, mustSetUp || live.stage == .full, live.stored.totpSealed == nil else {
            throw ServiceError(.forbidden, "There is a second factor already.")
        }
        let store = store
        let secret = try await store.committer.submit { transaction -> [UInt8] in
            let place = live.session.pendingPlace
            let session = try store.session(live.session.id, in: transaction)
            if let sealed = session?.totpSealed { return try store.vault.open(sealed, at: place) }
            let secret = RandomText.bytes(TOTP.secretBytes)
            let sealed = try store.vault.seal(secret, at: place)
            try store.keep(pending: sealed, session: live.session.id, in: transaction)
            return secret
        }
        return SecondFactorSetUp(
            secret: Base32.text(secret),
            uri: TOTP.uri(
                secret: secret,
                issuer: signInRules.issuer,
                login: live.account.login
            )
        )
    }

    /// Ends setting up a second factor, with a code of the app.
    ///
    /// - Returns: the next session, and ten recovery codes that are shown this once; or `wrong`.
    package func confirmSecondFactor(
        _ token: String,
        code: String
    ) async throws -> (answer: SignInAnswer, recoveryCodes: [String]) {
        let live = try await liveSession(token)
        let (store, now) = (store, now())
        guard let sealed = live.session.totpSealed, live.stored.totpSealed == nil else {
            throw ServiceError(.forbidden, "No second factor is being set up.")
        }
        let secret = try store.vault.open(sealed, at: live.session.pendingPlace)
        guard let step = TOTP.step(of: code.bare, secret: secret, at: now) else {
            return (.wrong, [])
        }
        let codes = (0..<Self.recoveryCodesCount).map { _ in RandomText.recoveryCode() }
        let entry = signInEntry(live.stored, "set-up-second-factor")
        let answer = try await store.committer.submit { transaction -> SignInAnswer in
            guard var account = try store.accountToChange(live.stored.id, in: transaction),
                account.totpSealed == nil, account.disabledAt == nil
            else { return .wrong }
            account.totpSealed = try store.vault.seal(secret, at: account.totpPlace)
            account.totpStep = step
            try store.update(account, in: transaction)
            try store.keep(recoveryCodes: codes.map(\.bare), of: account.id, in: transaction)
            try store.endSessions(of: account.id, at: now, in: transaction)
            try store.log(entry, in: transaction)
            try tellOfSignIn(account, in: transaction)
            return try begin(account, way: .password, hasGivenFactor: true, in: transaction)
        }
        return (answer, answer == .wrong ? [] : codes)
    }

    /// Gives the second factor after the password: a code of the app, or a recovery code.
    package func giveSecondFactor(
        _ token: String,
        code: String,
        remote: String,
        device: String? = nil
    ) async throws -> SignInAnswer {
        let live = try await liveSession(token)
        guard live.stage == .secondFactorNeeded else {
            throw ServiceError(.forbidden, "No second factor is asked for.")
        }
        let id = live.stored.id
        let start = try await beginTry(
            "second-factor:\(id.text)",
            remote: remote,
            device: knownDevice(device, of: id)
        )
        guard case .begun(let begun) = start else { return start.answer }
        let (store, now, bare) = (store, now(), code.bare)
        let answer = try await store.committer.submit { transaction -> SignInAnswer? in
            guard let account = try store.accountToChange(id, in: transaction),
                let sealed = account.totpSealed, account.disabledAt == nil
            else { return nil }
            let secret = try store.vault.open(sealed, at: account.totpPlace)
            let isRight =
                if let step = TOTP.step(of: bare, secret: secret, at: now) {
                    try store.useStep(step, of: id, in: transaction)
                } else {
                    try store.use(recoveryCode: bare, of: id, in: transaction)
                }
            guard isRight else { return nil }
            try takeBack(begun, clears: true, in: transaction)
            try store.log(signInEntry(account, "second-factor"), in: transaction)
            return try begin(
                account,
                way: .password,
                hasGivenFactor: true,
                replacing: live.session,
                in: transaction
            )
        }
        if let answer { return answer }
        return try await failed("wrong second factor", live.stored)
    }

    /// Takes the second factor from an account that is about to be kept, with its recovery codes.
    func clearSecondFactor(
        of account: inout StoredAccount,
        in transaction: any Transaction
    ) throws {
        account.totpSealed = nil
        account.totpStep = nil
        try store.removeRecoveryCodes(of: account.id, in: transaction)
    }

    /// How many recovery codes somebody has left.
    package func recoveryCodesLeft(of account: UserID) async throws -> Int {
        let store = store
        return try await store.database.read { transaction in
            try store.recoveryCodesLeft(of: account, in: transaction)
        }
    }
}

extension StoredSession {
    fileprivate var pendingPlace: String { "totp-pending:\(Base64URL.text(id))" }
}

extension String {
    /// A code as it is compared: people type blanks, hyphens and capitals.
    fileprivate var bare: String {
        String(lowercased().filter { $0 != " " && $0 != "-" }.prefix(64))
    }
}
