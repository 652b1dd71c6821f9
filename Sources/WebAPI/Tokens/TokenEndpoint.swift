import Application
import Kernel
import Web

/// Where a program proves who it is and gets a token: OAuth 2.0 client credentials, with an
/// assertion that it signed (RFC 6749 4.4, RFC 7523, SMART App Launch 2.2 "Backend Services").
enum TokenEndpoint {
    static let path = "/oauth/token"
    static let grant = "client_credentials"
    static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    static let algorithms = ["RS384", "ES384", "RS512"]

    static var routes: [APIRoute] {
        var route = APIRoute(
            .post,
            path,
            "token",
            "Get an access token",
            tag: "Authorisation",
            .anyone,
            answers: [
                APIRoute.Answer(status: 200, says: "A token.", schema: answer),
                APIRoute.Answer(status: 400, says: "The request cannot be used.", schema: error),
                APIRoute.Answer(status: 401, says: "The assertion proves nothing.", schema: error),
            ],
            handle: { try await send($0) }
        )
        route.form = form
        return [route]
            + ["/.well-known/smart-configuration", "/fhir/R4/.well-known/smart-configuration"]
            .enumerated().map { place, path in
                .get(
                    path,
                    place == 0 ? "smartConfiguration" : "fhirSmartConfiguration",
                    "How to get a token",
                    tag: "Authorisation",
                    .anyone,
                    answer: configuration
                ) { $0.json(described($0.api.settings)) }
            }
    }

    private static let form = Schema.object(
        .must("grant_type", .choice([grant])),
        .may("scope", .text(1...2_000, "With spaces between; all of the client's where blank.")),
        .must("client_assertion_type", .choice([assertionType])),
        .must("client_assertion", .text(1...16_384, "A JWT that the client signed."))
    )
    private static let answer = Schema.named(
        "Token",
        .object(
            .must("access_token", .word),
            .must("token_type", .choice(["bearer"])),
            .must("expires_in", .count.saying("Seconds.")),
            .must("scope", .text)
        )
    )
    private static let error = Schema.named(
        "TokenError",
        .object(.must("error", .word), .must("error_description", .text))
    )
    private static let configuration = Schema.named(
        "SmartConfiguration",
        .object(
            .must("token_endpoint", .address),
            .must("grant_types_supported", .list(.word)),
            .must("token_endpoint_auth_methods_supported", .list(.word)),
            .must("token_endpoint_auth_signing_alg_values_supported", .list(.word)),
            .must("scopes_supported", .list(.word)),
            .must("capabilities", .list(.word))
        )
    )

    private static func described(_ settings: APISettings) -> JSONObject {
        var object = JSONObject()
        object.put("token_endpoint", settings.tokenAddress)
        object.put("grant_types_supported", [grant])
        object.put("token_endpoint_auth_methods_supported", ["private_key_jwt"])
        object.put("token_endpoint_auth_signing_alg_values_supported", algorithms)
        object.put(
            "scopes_supported",
            [ClientScope.read, ClientScope.write, "system/*.rs", "system/*.cruds", "system/*.read"]
        )
        object.put(
            "capabilities",
            ["client-confidential-asymmetric", "permission-v1", "permission-v2"]
        )
        return object
    }

    // MARK: - Answering

    private static func send(_ call: Call) async throws -> Response {
        let form = call.request.form
        guard let type = form["grant_type"] else {
            return refused(400, "invalid_request", "Send a form with grant_type=\(grant).")
        }
        guard type == grant else {
            return refused(400, "unsupported_grant_type", "The only grant here is \(grant).")
        }
        guard form["client_assertion_type"] == assertionType,
            let assertion = form["client_assertion"]
        else {
            let says = "Send client_assertion, and client_assertion_type=\(assertionType)."
            return refused(400, "invalid_request", says)
        }
        var asked: ClientScopes?
        if let text = form["scope"] {
            asked = ClientScopes(text)
            if asked?.scopes.isEmpty == true {
                return refused(400, "invalid_scope", "None of these scopes is known here.")
            }
        }
        switch try await call.api.prove(assertion) {
        case .failure(let doubt): return refused(401, "invalid_client", doubt.says)
        case .success(let proved):
            do {
                return granted(try await call.goodwork.token(for: proved, asking: asked), call)
            } catch let error as ServiceError where error.kind == .invalid {
                return refused(400, "invalid_scope", error.message)
            } catch let error as ServiceError where error.kind == .forbidden {
                return refused(401, "invalid_client", error.message)
            }
        }
    }

    private static func granted(_ token: ClientToken, _ call: Call) -> Response {
        var object = JSONObject()
        object.put("access_token", token.text)
        object.put("token_type", "bearer")
        object.put("expires_in", Int(ClientToken.seconds))
        object.put("scope", token.scopes.text)
        return plain(200, object)
    }

    private static func refused(_ status: Int, _ error: String, _ says: String) -> Response {
        var object = JSONObject()
        object.put("error", error)
        // RFC 6749, 5.2: printable ASCII, without quotation marks and backslashes.
        let plainly = says.unicodeScalars.map { scalar in
            let isPlain =
                (0x20...0x7E).contains(scalar.value) && !"\"\\".unicodeScalars.contains(scalar)
            return isPlain ? Character(scalar) : "'"
        }
        object.put("error_description", String(plainly))
        return plain(status, object)
    }

    /// RFC 6749, 5.1: nobody keeps what stands in it.
    private static func plain(_ status: Int, _ object: JSONObject) -> Response {
        Response(
            status: status,
            headers: [
                ("Content-Type", "application/json"), ("Cache-Control", "no-store"),
                ("Pragma", "no-cache"),
            ],
            body: Array(JSONValue.object(object).text.utf8)
        )
    }
}
