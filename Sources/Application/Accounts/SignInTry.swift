import Kernel
import SQL
import Store

/// One try of a password or a code, counted as a failure until it is known to be none.
///
/// So a thousand tries at once cannot all go before the first of them has failed.
struct SignInTry: Sendable {
    fileprivate struct Counted: Sendable {
        var counter: SignInCounter
        /// What was there, and what was put in its place.
        var before: SignInFailures
        var after: SignInFailures
    }

    fileprivate var counted: [Counted]

    enum Start: Sendable {
        case blocked(until: Instant)
        case begun(SignInTry)

        /// What is told to whoever may not try now.
        ///
        /// It stands in no log: whoever tries on and on would fill the disk.
        var answer: SignInAnswer {
            if case .blocked(let until) = self { .tooManyTries(until: until) } else { .wrong }
        }
    }
}

extension Goodwork {
    /// Begins a try, unless there were too many.
    ///
    /// - Parameters:
    ///   - subject: the login, or what else is guessed at.
    ///   - device: the known device that it is tried on; it has a count of its own.
    func beginTry(
        _ subject: String,
        remote: String,
        device: String?
    ) async throws -> SignInTry.Start {
        let (store, rules, now) = (store, signInRules, now())
        var counters = [
            (store.counter(login: subject, remote: "remote:\(remote)"), rules.failuresFree),
            (store.counter(login: subject, remote: nil), rules.failuresFreeWide),
            (store.counter(login: nil, remote: "remote:\(remote)"), rules.failuresFreeWide),
        ]
        if let device {
            counters = [
                (store.counter(login: subject, remote: "device:\(device)"), rules.failuresFree)
            ]
        }
        let counted = counters
        return try await store.committer.submit { transaction in
            try store.forgetFailures(before: now.adding(milliseconds: -86_400_000), in: transaction)
            var begun = SignInTry(counted: [])
            var until: Instant?
            for (counter, free) in counted {
                let before = try store.takeFailures(counter, in: transaction)
                if before.blockedUntil > now { until = max(until ?? now, before.blockedUntil) }
                let after = before.next(at: now, free: free, rules)
                begun.counted.append(.init(counter: counter, before: before, after: after))
            }
            // A try that is not looked at does not count either: whoever waits is let in.
            if let until { return .blocked(until: until) }
            for one in begun.counted {
                try store.keep(one.after, of: one.counter, in: transaction)
            }
            return .begun(begun)
        }
    }

    /// Takes a try back that did not fail.
    ///
    /// - Parameter clears: whether it succeeded, so that the failures before it are forgotten too;
    ///   those of other logins and other remotes stay.
    func takeBack(_ begun: SignInTry, clears: Bool, in transaction: any Transaction) throws {
        for (index, one) in begun.counted.enumerated() {
            if clears, index == 0 {
                try store.clear(one.counter, in: transaction)
                continue
            }
            var now = try store.takeFailures(one.counter, in: transaction)
            if now == one.after {
                now = one.before
            } else {
                now.count = max(0, now.count - 1)
            }
            try store.keep(now, of: one.counter, in: transaction)
        }
    }
}

extension SignInFailures {
    /// The count after one more failure.
    fileprivate func next(at now: Instant, free: Int, _ rules: SignInRules) -> SignInFailures {
        let quiet = Int64(rules.quietMinutes) * 60_000
        let isForgotten = now >= max(lastAt, blockedUntil).adding(milliseconds: quiet)
        let count = isForgotten ? 1 : count + 1
        let wait = rules.waitMinutes(after: count, free: free).map { Int64($0) * 60_000 }
        return SignInFailures(
            count: count,
            lastAt: now,
            blockedUntil: wait.map { now.adding(milliseconds: $0) } ?? Instant(milliseconds: 0)
        )
    }
}
