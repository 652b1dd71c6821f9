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
    struct Client: Sendable, CustomTestStringConvertible {
        let method: String
        let algorithm: SignatureAlgorithm

        /// The key that it proves itself with, if it has one.
        var keyAlgorithm: SignatureAlgorithm?

        var testDescription: String {
            "\(method) \(keyAlgorithm?.rawValue ?? ""), token \(algorithm.rawValue)"
        }

        var id: String { "\(method)-\(keyAlgorithm?.rawValue ?? "")-\(algorithm.rawValue)" }
    }

    static let clients = [
        Client(method: "client_secret_basic", algorithm: .rs256),
        Client(method: "client_secret_post", algorithm: .ps256),
        Client(method: "private_key_jwt", algorithm: .es256, keyAlgorithm: .rs256),
        Client(method: "private_key_jwt", algorithm: .es384, keyAlgorithm: .es256),
        Client(method: "private_key_jwt", algorithm: .rs256, keyAlgorithm: .es384),
    ]

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
        switch (client.method, client.keyAlgorithm) {
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
        // It ends by itself in 30 seconds when it cannot begin, and its output with it.
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
            if let algorithm = client.keyAlgorithm {
                let key: JSONValue = .object(try await TestKeys.key(algorithm).jwk)
                description["jwks"] = .string(JSONValue.object(["keys": [key]]).text)
            }
            result.append(.object(description))
        }
        return result
    }
}
