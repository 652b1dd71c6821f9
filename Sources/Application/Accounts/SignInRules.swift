/// How long things last and how often they may fail when people sign in.
package struct SignInRules: Sendable, Hashable {
    /// Whether staff need a second factor; only a demonstration does without.
    package var asksSecondFactor = true
    /// A session ends after so long without a request.
    package var idleMinutes = 30
    /// A session ends after so long in all.
    package var wholeHours = 12
    /// So long there is between the password and all that signing in still needs.
    package var unfinishedMinutes = 15
    /// So many failures cost nothing, from one remote or device with one login.
    package var failuresFree = 5
    /// So many cost nothing over all logins from one remote, or all remotes with one login.
    ///
    /// More than for a pair: a hospital has one address, and a single attacker must not slow the
    /// victim elsewhere.
    package var failuresFreeWide = 20
    /// How long to wait after the next failure, and the next; the last one is for all others.
    package var waitMinutes = [1, 2, 4, 8, 15]
    /// After so long without a failure, failures are forgotten.
    package var quietMinutes = 60
    /// A device is known for so long after it last signed in.
    package var deviceDays = 180
    /// What an authenticator app calls this installation.
    package var issuer = "Goodwork"

    package init() {}

    /// How long to wait after a number of failures; nil when not at all.
    func waitMinutes(after failures: Int, free: Int) -> Int? {
        guard failures >= free, let longest = waitMinutes.last else { return nil }
        let index = failures - free
        return index < waitMinutes.count ? waitMinutes[index] : longest
    }
}
