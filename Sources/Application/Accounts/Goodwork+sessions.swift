import Kernel
import SQL
import Store

/// How somebody signed in.
enum SignInWay: String {
    case password
    case openID = "openid"
}

extension Goodwork {
    private static let secondsBetweenLooks: Int64 = 60
    /// How long a session that ran out still tells whose it was.
    private static let expiredDays: Int64 = 7

    /// Whose a session is, and how far they came.
    ///
    /// The account is read each time, so that what is taken from it is gone at once.
    package func session(_ token: String) async throws -> SessionState {
        guard let token = SessionToken(token) else { return .none }
        let (store, now) = (store, now())
        guard let found = try await found(token), found.session.endedAt == nil,
            !found.account.isDisabled
        else { return .none }
        let (session, account) = (found.session, found.account)
        guard now < session.endsAt, now < session.idleEnd(signInRules) else {
            return session.stage == StoredSession.full ? .expired(account.id) : .none
        }
        if now >= session.lastSeenAt.adding(milliseconds: Self.secondsBetweenLooks * 1_000) {
            try await store.committer.submit { transaction in
                try store.see(session: session.id, at: now, in: transaction)
            }
        }
        return .live(
            SignedIn(
                account: account,
                stage: stage(of: session, found.stored)
            )
        )
    }

    /// Ends a session.
    package func signOut(_ token: String) async throws {
        guard let token = SessionToken(token), let found = try await found(token) else { return }
        let (store, now) = (store, now())
        let entry = signInEntry(found.stored, "sign-out")
        try await store.committer.submit { transaction in
            try store.end(session: token.id, at: now, in: transaction)
            try store.log(entry, in: transaction)
        }
    }

    /// Ends every session of whoever this one belongs to.
    package func signOutEverywhere(_ token: String) async throws {
        let live = try await liveSession(token)
        let (store, now) = (store, now())
        let entry = signInEntry(live.stored, "sign-out-everywhere")
        try await store.committer.submit { transaction in
            try store.endSessions(of: live.stored.id, at: now, in: transaction)
            try store.log(entry, in: transaction)
        }
    }
}

extension Goodwork {
    /// A session that serves now.
    struct LiveSession: Sendable {
        var token: SessionToken
        var session: StoredSession
        var stored: StoredAccount
        var account: Account
        var stage: SignInStage
    }

    /// The session of a token.
    ///
    /// - Throws: `ServiceError` when it is over.
    func liveSession(_ text: String) async throws -> LiveSession {
        let state = try await session(text)
        guard let signedIn = state.signedIn, let token = SessionToken(text),
            let found = try await found(token)
        else { throw ServiceError(.forbidden, code: "signed-out", "Sign in first.") }
        return LiveSession(
            token: token,
            session: found.session,
            stored: found.stored,
            account: signedIn.account,
            stage: signedIn.stage
        )
    }

    private func found(
        _ token: SessionToken
    ) async throws -> (session: StoredSession, stored: StoredAccount, account: Account)? {
        let store = store
        return try await store.database.look { transaction in
            guard let session = try store.session(token.id, in: transaction),
                let stored = try store.account(session.account, in: transaction)
            else { return nil }
            return (session, stored, try account(stored, in: transaction))
        }
    }

    /// Begins a session, in place of one before if somebody came a step further.
    func begin(
        _ account: StoredAccount,
        way: SignInWay,
        hasGivenFactor: Bool,
        replacing old: StoredSession? = nil,
        in transaction: any Transaction
    ) throws -> SignInAnswer {
        let token = SessionToken()
        let now = now()
        var session = StoredSession(
            id: token.id,
            account: account.id,
            way: way.rawValue,
            stage: hasGivenFactor ? StoredSession.full : StoredSession.passwordGiven,
            createdAt: now,
            endsAt: now
        )
        let stage = stage(of: session, account)
        if stage == .full { session.stage = StoredSession.full }
        let minutes = stage == .full ? signInRules.wholeHours * 60 : signInRules.unfinishedMinutes
        session.endsAt = now.adding(milliseconds: Int64(minutes) * 60_000)
        if let old { try store.end(session: old.id, at: now, in: transaction) }
        try store.forgetSessions(
            before: now.adding(milliseconds: -Self.expiredDays * 86_400_000),
            in: transaction
        )
        try store.add(session, in: transaction)
        return SignInAnswer(token, stage)
    }

    /// What somebody still has to do, from what they gave and what their account needs.
    private func stage(of session: StoredSession, _ account: StoredAccount) -> SignInStage {
        if session.way == SignInWay.openID.rawValue { return .full }
        let hasFactor = account.totpSealed != nil
        if hasFactor, session.stage != StoredSession.full { return .secondFactorNeeded }
        if account.mustChangePassword { return .passwordMustChange }
        let needsFactor = account.roleSet.isStaff && signInRules.asksSecondFactor
        return needsFactor && !hasFactor ? .secondFactorMustBeSetUp : .full
    }
}

extension StoredSession {
    static let passwordGiven = "password-given"
    /// The second factor was given, or there is none to give.
    static let full = "full"

    fileprivate func idleEnd(_ rules: SignInRules) -> Instant {
        lastSeenAt.adding(milliseconds: Int64(rules.idleMinutes) * 60_000)
    }
}
