import Kernel

/// What came of an attempt to sign in, or of the next step of it.
///
/// The tokens are what a session's cookie holds.
package enum SignInAnswer: Sendable, Hashable {
    /// Login or password or code is wrong, or the account is disabled: which, is not said.
    case wrong
    case tooManyTries(until: Instant)
    /// The password was right, but served once and only for some days.
    case passwordTooOld
    case passwordMustChange(token: String)
    case secondFactorNeeded(token: String)
    case secondFactorMustBeSetUp(token: String)
    case signedIn(token: String)

    init(_ token: SessionToken, _ stage: SignInStage) {
        switch stage {
        case .passwordMustChange: self = .passwordMustChange(token: token.text)
        case .secondFactorNeeded: self = .secondFactorNeeded(token: token.text)
        case .secondFactorMustBeSetUp: self = .secondFactorMustBeSetUp(token: token.text)
        case .full: self = .signedIn(token: token.text)
        }
    }

    /// The session's token, when one was begun.
    package var token: String? {
        switch self {
        case .wrong, .tooManyTries, .passwordTooOld: nil
        case .passwordMustChange(let token), .secondFactorNeeded(let token),
            .secondFactorMustBeSetUp(let token), .signedIn(let token):
            token
        }
    }
}

/// How far somebody has come with signing in.
package enum SignInStage: String, Sendable, Hashable {
    case secondFactorNeeded = "second-factor-needed"
    case passwordMustChange = "password-must-change"
    case secondFactorMustBeSetUp = "second-factor-must-be-set-up"
    case full
}
