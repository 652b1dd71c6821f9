import Foundation
import Kernel
import Testing

@testable import OpenID

/// A real OpenID provider (canaille, from PyPI) for this process's tests.
///
/// It is started when the first test asks, and ends when this process does, however it ends: the
/// program watches the process that started it.
actor TemporaryIdentityProvider {
    static let shared = TemporaryIdentityProvider()

    /// Why there is no provider.
    struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }

    /// A client that the provider knows: how it proves itself and how its tokens are signed.
    ///
    /// Each test has clients of its own: canaille, kept in memory, takes any open code of a client
    /// for the one that it is given.
    struct Client: Sendable, CustomTestStringConvertible {
        let id: String
        let method: String
        let algorithm: SignatureAlgorithm

        /// The key that it proves itself with, if it has one.
        var key: SignatureAlgorithm?

        var testDescription: String {
            "\(method) \(key?.rawValue ?? ""), token \(algorithm.rawValue)"
        }
    }

    /// Clients of every kind, for whole sign-ins.
    static let kinds = [
        Client(id: "kind-1", method: "client_secret_basic", algorithm: .rs256),
        Client(id: "kind-2", method: "client_secret_post", algorithm: .ps256),
        Client(id: "kind-3", method: "private_key_jwt", algorithm: .es256, key: .rs256),
        Client(id: "kind-4", method: "private_key_jwt", algorithm: .rs256, key: .es256),
    ]

    static let replayed = Client(id: "once", method: "client_secret_basic", algorithm: .rs256)
    static let robbed = Client(id: "robbed", method: "client_secret_basic", algorithm: .rs256)
    static let declined = Client(id: "declined", method: "client_secret_post", algorithm: .rs256)

    /// Clients that prove themselves wrongly.
    static let wrong = [
        Client(id: "wrong-1", method: "client_secret_basic", algorithm: .rs256),
        Client(id: "wrong-2", method: "client_secret_post", algorithm: .rs256),
        Client(id: "wrong-3", method: "private_key_jwt", algorithm: .rs256, key: .rs256),
    ]

    private static let clients = kinds + [replayed, robbed, declined] + wrong

    static let secret = "a client's secret: 100% +"
    static let redirectURI = "http://127.0.0.1:9/sign-in/openid/return"

    private var starting: Task<String, any Error>?

    /// The running provider, as one of its clients knows it.
    func provider(_ client: Client) async throws -> OpenIDProvider {
        let task = starting ?? Task { try await Self.start() }
        starting = task
        return OpenIDProvider(
            issuer: try await task.value,
            clientID: client.id,
            clientAuthentication: try await Self.authentication(client),
            redirectURI: Self.redirectURI,
            name: "canaille"
        )
    }

    private static func authentication(
        _ client: Client
    ) async throws -> OpenIDClientAuthentication {
        switch (client.method, client.key) {
        case ("client_secret_post", _): return .clientSecretPost(secret)
        case (_, let algorithm?):
            let key = try await TestKeys.key(algorithm)
            guard let key = OpenIDPrivateKey(pem: key.pem, id: key.id) else {
                throw Unavailable(description: "the key's PEM cannot be read")
            }
            return .privateKeyJWT(key)
        default: return .clientSecret(secret)
        }
    }

    private static func start() async throws -> String {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let root = here.deletingLastPathComponent().deletingLastPathComponent()
        let python = root.appendingPathComponent(".venv/bin/python")
        guard FileManager.default.isExecutableFile(atPath: python.path) else {
            throw Unavailable(description: "there is no .venv: make venv")
        }
        let (input, output) = (Pipe(), Pipe())
        let process = Process()
        process.executableURL = python
        process.arguments = [here.appendingPathComponent("identity-provider.py").path]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let asked = try await JSONValue.object(["clients": .array(descriptions())]).text + "\n"
        try input.fileHandleForWriting.write(contentsOf: Data(asked.utf8))
        // It ends by itself in two minutes when it cannot begin, and its output with it.
        let line = await Task.detached { output.fileHandleForReading.availableData }.value
        guard let issuer = try? JSONValue(parsing: Array(line))["issuer"]?.string else {
            process.terminate()
            throw Unavailable(description: "canaille did not start")
        }
        return issuer
    }

    private static func descriptions() async throws -> [JSONValue] {
        var result: [JSONValue] = []
        for client in clients {
            var description: JSONObject = [
                "client_id": .string(client.id), "client_secret": .string(secret),
                "redirect_uris": [.string(redirectURI)], "grant_types": ["authorization_code"],
                "response_types": ["code"], "scope": ["openid", "profile", "email"],
                "token_endpoint_auth_method": .string(client.method),
                "id_token_signed_response_alg": .string(client.algorithm.rawValue),
            ]
            if let algorithm = client.key {
                let key: JSONValue = .object(try await TestKeys.key(algorithm).jwk)
                description["token_endpoint_auth_signing_alg"] = .string(algorithm.rawValue)
                description["jwks"] = .string(JSONValue.object(["keys": [key]]).text)
            }
            result.append(.object(description))
        }
        return result
    }
}
