/// Who signs staff in: an OpenID Connect issuer, and how this installation is known to it.
package struct OpenIDProvider: Sendable {
    /// The issuer's address, exactly as it writes it in its own documents.
    package var issuer: String

    /// The name that the issuer knows this installation by.
    package var clientID: String

    /// How this installation proves to the issuer that it is itself.
    package var clientAuthentication: OpenIDClientAuthentication

    /// Where the issuer sends the browser back to, exactly as registered with it.
    package var redirectURI: String

    /// What is asked for; `openid` is among them.
    package var scopes: [String]

    /// What the button calls it, as in "Sign in with NHS CIS2".
    package var name: String

    /// A provider.
    package init(
        issuer: String,
        clientID: String,
        clientAuthentication: OpenIDClientAuthentication,
        redirectURI: String,
        scopes: [String] = OpenIDProvider.usualScopes,
        name: String
    ) {
        self.issuer = issuer
        self.clientID = clientID
        self.clientAuthentication = clientAuthentication
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.name = name
    }

    /// Who they are, their name and their email address.
    package static let usualScopes = ["openid", "profile", "email"]
}
