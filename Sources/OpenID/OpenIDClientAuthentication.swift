/// How an installation proves to the issuer that it is itself (OpenID Connect Core 9).
package enum OpenIDClientAuthentication: Sendable, CustomStringConvertible,
    CustomDebugStringConvertible
{
    /// A secret, sent by whichever way the issuer says it takes.
    case clientSecret(String)
    /// A secret in the `Authorization` header.
    case clientSecretBasic(String)
    /// A secret in the form.
    case clientSecretPost(String)
    /// An assertion signed with a private key, as NHS CIS2 asks for.
    case privateKeyJWT(OpenIDPrivateKey)

    /// The method's name, without the secret.
    package var description: String {
        switch self {
        case .clientSecret: "client_secret"
        case .clientSecretBasic: "client_secret_basic"
        case .clientSecretPost: "client_secret_post"
        case .privateKeyJWT: "private_key_jwt"
        }
    }

    /// The same, so that no secret is printed with what holds it.
    package var debugDescription: String { description }

    /// The way to go for an issuer that takes only some.
    func settled(for document: IssuerDocument) -> OpenIDClientAuthentication {
        guard case .clientSecret(let secret) = self else { return self }
        let methods = document.authenticationMethods
        let onlyPost =
            !methods.contains("client_secret_basic") && methods.contains("client_secret_post")
        return onlyPost ? .clientSecretPost(secret) : .clientSecretBasic(secret)
    }
}
