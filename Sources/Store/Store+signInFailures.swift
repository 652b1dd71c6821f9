import Kernel
import SQL

/// What failures to sign in are counted by, as keyed hashes.
///
/// Either may be left out: all logins from one remote, or one login from all remotes.
package struct SignInCounter: Sendable, Hashable {
    package var login: [UInt8]
    package var remote: [UInt8]
}

/// How often signing in has failed.
package struct SignInFailures: Sendable, Hashable {
    package var count: Int
    package var lastAt: Instant
    package var blockedUntil: Instant

    package init(count: Int, lastAt: Instant, blockedUntil: Instant) {
        self.count = count
        self.lastAt = lastAt
        self.blockedUntil = blockedUntil
    }
}

extension Store {
    /// Makes the counter's row where there is none, and holds it.
    private static let takeFailures: Statement = """
        INSERT INTO sign_in_failures (login_index, remote_index, failures, last_at, blocked_until)
        VALUES ($1, $2, 0, 0, 0)
        ON CONFLICT (login_index, remote_index) DO UPDATE SET last_at = sign_in_failures.last_at
        """
    private static let findFailures: Statement = """
        SELECT failures, last_at, blocked_until FROM sign_in_failures
        WHERE login_index = $1 AND remote_index = $2
        """
    private static let keepFailures: Statement = """
        INSERT INTO sign_in_failures (login_index, remote_index, failures, last_at, blocked_until)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (login_index, remote_index) DO UPDATE SET failures = excluded.failures,
            last_at = excluded.last_at, blocked_until = excluded.blocked_until
        """
    private static let clearFailures: Statement =
        "DELETE FROM sign_in_failures WHERE login_index = $1 AND remote_index = $2"
    private static let forgetFailures: Statement =
        "DELETE FROM sign_in_failures WHERE last_at < $1"

    package func counter(login: String?, remote: String?) -> SignInCounter {
        SignInCounter(
            login: login.map { vault.index("sign-in-login", $0) } ?? [],
            remote: remote.map { vault.index("sign-in-remote", $0) } ?? []
        )
    }

    /// What a counter says, locked until the transaction ends so that tries at once all count.
    package func takeFailures(
        _ counter: SignInCounter,
        in transaction: any Transaction
    ) throws -> SignInFailures {
        try transaction.execute(
            Self.takeFailures,
            [.blob(counter.login), .blob(counter.remote)]
        )
        return try failures(counter, in: transaction)
            ?? SignInFailures(
                count: 0,
                lastAt: Instant(milliseconds: 0),
                blockedUntil: Instant(milliseconds: 0)
            )
    }

    private func failures(
        _ counter: SignInCounter,
        in transaction: any Transaction
    ) throws -> SignInFailures? {
        try transaction.first(
            Self.findFailures,
            [.blob(counter.login), .blob(counter.remote)]
        ) { row in
            SignInFailures(
                count: Int(try row.int(0)),
                lastAt: Instant(milliseconds: try row.int(1)),
                blockedUntil: Instant(milliseconds: try row.int(2))
            )
        }
    }

    package func keep(
        _ failures: SignInFailures,
        of counter: SignInCounter,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(
            Self.keepFailures,
            [
                .blob(counter.login), .blob(counter.remote), .int(Int64(failures.count)),
                .int(failures.lastAt.milliseconds), .int(failures.blockedUntil.milliseconds),
            ]
        )
    }

    package func clear(_ counter: SignInCounter, in transaction: any Transaction) throws {
        try transaction.execute(
            Self.clearFailures,
            [.blob(counter.login), .blob(counter.remote)]
        )
    }

    /// Forgets counters that have been quiet since before a moment.
    package func forgetFailures(
        before moment: Instant,
        in transaction: any Transaction
    ) throws {
        try transaction.execute(Self.forgetFailures, [.int(moment.milliseconds)])
    }
}
