/// Why a sign-in did not succeed.
///
/// It never holds a token, a code, a secret or what the issuer wrote freely.
package struct OpenIDError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    package enum Kind: Hashable, Sendable {
        /// The settings of this installation are wrong.
        case settings
        /// The issuer cannot be reached, does not answer in time or is out of order.
        case unreachable
        /// The issuer's answer is not what the standard says, or not safe to act on.
        case unusableAnswer
        /// The sign-in was begun too long ago.
        case stale
        /// The answer does not belong to the sign-in that this browser began.
        case notOurs
        /// The person, or the issuer on seeing them, said no.
        case declined
        /// The issuer refused this installation's request.
        case refused
        /// The ID token fails a check.
        case token(TokenFault)
    }

    /// Which check the ID token fails (OpenID Connect Core 3.1.3.7).
    package enum TokenFault: Hashable, Sendable {
        case malformed
        case algorithm
        case unknownKey
        case signature
        case issuer
        case audience
        case authorizedParty
        case expired
        case notYetValid
        case issuedAt
        case nonce
        case subject
        case accessTokenHash
    }

    /// What kind of failure it is.
    package let kind: Kind

    /// What happened, for the log alone.
    package let privateContext: String

    /// A failure.
    init(_ kind: Kind, _ privateContext: String) {
        self.kind = kind
        self.privateContext = privateContext
    }

    /// What the person at the screen is told.
    package var publicMessage: String {
        switch kind {
        case .settings, .unusableAnswer, .refused:
            "Signing in does not work just now. Tell whoever runs this service."
        case .unreachable: "The sign-in service does not answer. Try again in a few minutes."
        case .stale: "The sign-in took too long. Start again."
        case .notOurs: "This sign-in was not started in this browser. Start again."
        case .declined: "You were not signed in."
        case .token: "The sign-in service's answer cannot be trusted, so you were not signed in."
        }
    }

    /// The kind and what happened, for the log.
    package var description: String { "\(kind): \(privateContext)" }
}
