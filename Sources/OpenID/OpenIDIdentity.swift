/// Who has signed in, as the issuer says.
package struct OpenIDIdentity: Hashable, Sendable {
    /// The issuer, who with the subject names one person for ever (OpenID Connect Core 5.7).
    package let issuer: String

    /// The issuer's own name for the person, which is never given to another.
    package let subject: String

    /// The email address, only when the issuer says that it has verified it.
    package let email: String?

    /// The person's name, for showing.
    package let name: String?

    /// How sure the issuer is of the sign-in, in its own words, such as `AAL3_ANY`.
    package let acr: String?

    /// What the person signed in with (RFC 8176), such as `pwd` or `hwk`.
    package let amr: [String]
}
