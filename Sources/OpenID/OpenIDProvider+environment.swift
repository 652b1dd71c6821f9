import Foundation
import Kernel

extension OpenIDProvider {
    /// The path that the issuer sends browsers back to, unless the settings name another address.
    package static let redirectPath = "/sign-in/openid/return"

    /// The provider that the environment sets, or none if it sets nothing of one.
    ///
    /// It reads `GOODWORK_OIDC_ISSUER`, `_CLIENT_ID`, `_CLIENT_SECRET` or `_PRIVATE_KEY_FILE` (with
    /// `_PRIVATE_KEY_ID`), `_NAME`, `_SCOPES` and `_REDIRECT`. The base URL is this installation's
    /// own. All faults are thrown at once, each naming its variable.
    package init?(environment: [String: String], baseURL: String) throws(Faults) {
        let settings = OpenIDSettings(environment)
        guard settings.areAny else { return nil }
        var faults: [Fault] = []
        let issuer = settings.required("ISSUER", &faults)
        if let issuer, (try? IssuerDocument.address(of: issuer)) == nil {
            faults.append(settings.fault("ISSUER", "is not safe", "an https address, no query"))
        }
        let clientID = settings.required("CLIENT_ID", &faults)
        let authentication = settings.authentication(&faults)
        let base = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        let redirectURI = settings["REDIRECT"] ?? base + Self.redirectPath
        if SafeAddress(redirectURI) == nil {
            faults.append(settings.fault("REDIRECT", "is not safe", "an https address"))
        }
        var scopes = Self.usualScopes
        if let text = settings["SCOPES"] {
            scopes = text.split(separator: " ").map(String.init)
            if !scopes.contains("openid") {
                faults.append(settings.fault("SCOPES", "lacks a scope", "openid among them"))
            }
        }
        guard faults.isEmpty, let issuer, let clientID, let authentication else {
            throw Faults(faults: faults)
        }
        self.init(
            issuer: issuer,
            clientID: clientID,
            clientAuthentication: authentication,
            redirectURI: redirectURI,
            scopes: scopes,
            name: settings["NAME"] ?? "your organisation's account"
        )
    }
}

/// The settings of the environment that begin with `GOODWORK_OIDC_`.
private struct OpenIDSettings {
    private static let prefix = "GOODWORK_OIDC_"

    private var values: [String: String] = [:]

    /// The settings; one that is empty is not set.
    init(_ environment: [String: String]) {
        for (name, value) in environment where name.hasPrefix(Self.prefix) && !value.isEmpty {
            values[String(name.dropFirst(Self.prefix.count))] = value
        }
    }

    var areAny: Bool { !values.isEmpty }

    subscript(name: String) -> String? { values[name] }

    func fault(_ name: String, _ problem: String, _ expected: String) -> Fault {
        Fault(field: Self.prefix + name, problem: problem, expected: expected)
    }

    func required(_ name: String, _ faults: inout [Fault]) -> String? {
        if let value = values[name] { return value }
        faults.append(fault(name, "is not set", "a value"))
        return nil
    }

    func authentication(_ faults: inout [Fault]) -> OpenIDClientAuthentication? {
        switch (values["CLIENT_SECRET"], values["PRIVATE_KEY_FILE"]) {
        case (let secret?, nil):
            if values["PRIVATE_KEY_ID"] != nil {
                faults.append(
                    fault("PRIVATE_KEY_ID", "is set without a private key file", "both or neither")
                )
            }
            return .clientSecret(secret)
        case (nil, let path?):
            guard let pem = try? String(contentsOfFile: path, encoding: .utf8) else {
                faults.append(fault("PRIVATE_KEY_FILE", "cannot be read", "a file: \(path)"))
                return nil
            }
            guard let key = OpenIDPrivateKey(pem: pem, id: values["PRIVATE_KEY_ID"]) else {
                let expected = "a private key in PEM: RSA of 2048 bits or more, P-256 or P-384"
                faults.append(fault("PRIVATE_KEY_FILE", "holds no such key", expected))
                return nil
            }
            return .privateKeyJWT(key)
        case (nil, nil):
            faults.append(fault("CLIENT_SECRET", "is not set", "it or a private key file"))
        case (_?, _?):
            faults.append(fault("CLIENT_SECRET", "is set beside a private key file", "one"))
        }
        return nil
    }
}
