import Foundation
import Kernel

/// What a client may be, apart from what is stored already.
enum ClientRules {
    static func faults(_ new: NewClient, _ problem: ScopeProblem) -> [Fault] {
        NameRules.faults(new.name) + roleFaults(new.roles) + purposeFaults(new.purpose)
            + scopeFaults(new.scopes, problem) + faults(new.keys)
    }

    private static func roleFaults(_ roles: Set<Role>) -> [Fault] {
        if roles.contains(.resident) {
            return [Fault(field: "roles", problem: "a client is nobody's own record")]
        }
        return AccountRules.faults(roles: roles)
    }

    private static func purposeFaults(_ purpose: String) -> [Fault] {
        let isPlain =
            purpose.contains { !$0.isWhitespace } && purpose.count <= 100
            && !purpose.unicodeScalars.contains { $0.value < 32 }
        if isPlain { return [] }
        return [
            Fault(
                field: "purpose",
                problem: purpose.isEmpty ? "is missing" : "cannot be used",
                expected: "one line of up to 100 characters that says what the client is for"
            )
        ]
    }

    private static func scopeFaults(_ text: String, _ problem: ScopeProblem) -> [Fault] {
        let words = text.split(separator: " ").map(String.init)
        let known = "\(ClientScope.read), \(ClientScope.write), system/Task.rs and the like"
        if words.isEmpty {
            return [Fault(field: "scopes", problem: "is missing", expected: known)]
        }
        return words.compactMap { word in
            if let scope = ClientScope(word) { return problem(scope) }
            return Fault(
                field: "scopes",
                problem: "“\(word)” is no scope of ours",
                expected: known
            )
        }
    }

    static func faults(_ keys: ClientKeys) -> [Fault] {
        switch keys {
        case .uploaded(let text): uploadedFaults(text)
        case .address(let text): addressFaults(text)
        }
    }

    private static func addressFaults(_ text: String) -> [Fault] {
        let parts = URLComponents(string: text)
        let host = parts?.host?.lowercased() ?? ""
        let isLoopback = ["localhost", "127.0.0.1", "[::1]"].contains(host)
        let isSafe = parts?.scheme == "https" || (parts?.scheme == "http" && isLoopback)
        if isSafe, !host.isEmpty, parts?.user == nil, parts?.fragment == nil,
            text.utf8.count <= 2_000
        {
            return []
        }
        return [
            Fault(
                field: "keys_address",
                problem: "“\(text)” cannot be used",
                expected: "an https address at which the client shows its JWK Set"
            )
        ]
    }

    /// What an uploaded JWK Set lacks, or has too much of.
    private static func uploadedFaults(_ text: String) -> [Fault] {
        func fault(_ problem: String, line: Int? = nil, column: Int? = nil) -> [Fault] {
            [
                Fault(
                    line: line,
                    column: column,
                    field: "keys",
                    problem: problem,
                    expected:
                        "a JWK Set with a public RSA key of 2048 bits or more, or one of P-384"
                )
            ]
        }
        if text.utf8.count > 20_000 { return fault("is longer than 20,000 bytes") }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: text)
        } catch {
            return text.isEmpty
                ? fault("is missing")
                : fault("is not JSON: \(error.problem)", line: error.line, column: error.column)
        }
        guard let keys = value["keys"]?.array, !keys.isEmpty, keys.count <= 20 else {
            return fault("has no list “keys” of 1 to 20 keys")
        }
        // A private key that is sent about is no secret any more.
        let secrets = ["d", "p", "q", "dp", "dq", "qi", "k", "oth"]
        if keys.contains(where: { key in secrets.contains { key[$0] != nil } }) {
            return fault("holds a private key: make a new pair, and send the public half only")
        }
        if let unknown = keys.first(where: { !isUsable($0) }) {
            return fault("has a key that cannot be used: \(unknown["kid"]?.string ?? "unnamed")")
        }
        let names = keys.compactMap { $0["kid"]?.string }
        if names.count != keys.count || Set(names).count != names.count {
            return fault("has a key without a “kid”, or two of the same")
        }
        return []
    }

    private static func isUsable(_ key: JSONValue) -> Bool {
        switch (key["kty"]?.string, key["crv"]?.string) {
        case ("RSA", _):
            // base64url: four characters for three bytes, so 342 for 2048 bits.
            return (key["n"]?.string?.utf8.count ?? 0) >= 342 && key["e"]?.string != nil
        case ("EC", "P-384"?): return key["x"]?.string != nil && key["y"]?.string != nil
        default: return false
        }
    }
}
