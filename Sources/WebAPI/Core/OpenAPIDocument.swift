import Application
import Kernel
import Web

/// The routes as an OpenAPI 3.1 document, made from the same values that answer.
package struct OpenAPIDocument {
    static let path = "/api/v1/openapi.json"

    private var named = NamedSchemas()

    static var routes: [APIRoute] {
        [
            .get(
                path,
                "openAPI",
                "This document",
                tag: "About",
                .anyone,
                answer: .any
            ) { call in call.json(Self.json(of: call.api)) }
        ]
    }

    /// The document of an installation.
    ///
    /// - Parameter isWanted: for a document of some of the routes only.
    package static func json(
        of api: API,
        _ isWanted: (APIRoute) -> Bool = { _ in true }
    ) -> JSONObject {
        var document = OpenAPIDocument()
        return document.made(of: api, isWanted)
    }

    private mutating func made(of api: API, _ isWanted: (APIRoute) -> Bool) -> JSONObject {
        var paths = JSONObject()
        for route in api.routes where isWanted(route) {
            let path = Self.path(of: route)
            var item = paths[path]?.object ?? JSONObject()
            item.put(route.method.rawValue.lowercased(), operation(route))
            paths.put(path, item)
        }
        var document = JSONObject()
        document.put("openapi", "3.1.0")
        var info = JSONObject()
        info.put("title", "\(api.settings.name): JSON API")
        info.put("version", "1")
        info.put("summary", "Everything that the pages do, for programs.")
        document.put("info", info)
        var server = JSONObject()
        server.put("url", api.settings.address)
        document.put("servers", [server])
        document.put("paths", paths)
        document.put("components", components(api.settings))
        return document
    }

    static func path(of route: APIRoute) -> String {
        let parts = route.pattern.split(separator: "/").map { part in
            part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
        }
        return "/" + parts.joined(separator: "/")
    }

    private mutating func operation(_ route: APIRoute) -> JSONObject {
        var operation = JSONObject()
        operation.put("operationId", route.name)
        operation.put("summary", route.summary)
        operation.put("tags", [route.tag])
        if let access = route.guard.words { operation.put("x-access", access) }
        let parameters = parameters(route)
        if !parameters.isEmpty { operation.put("parameters", parameters) }
        if let (type, schema) = route.content {
            var body = JSONObject()
            body.put("required", route.body?.mayBeLeftOut != true)
            body.put("content", content(type, schema))
            operation.put("requestBody", body)
        }
        operation.put("responses", responses(route))
        if let scope = route.scope {
            var need = JSONObject()
            need.put("client", [scope])
            operation.put("security", [need])
        } else {
            operation.put("security", [JSONObject]())
        }
        return operation
    }

    private mutating func parameters(_ route: APIRoute) -> [JSONObject] {
        var parameters = route.pathParameters.map {
            parameter($0, in: "path", Self.partSchema($0), isRequired: true)
        }
        parameters += route.parameters.map { parameter($0.name, in: "query", $0.schema) }
        if route.hasVersion {
            let says = "The ETag of the case that the change was decided on."
            let schema = Schema.text(1...200, says)
            parameters.append(parameter("If-Match", in: "header", schema))
        }
        if route.isIdempotent {
            let says = "The same key with the same request gets the first answer again."
            let schema = Schema.text(1...200, says)
            parameters.append(parameter("Idempotency-Key", in: "header", schema))
        }
        return parameters
    }

    /// What stands in a path: an id of ours, or a word of the programme file.
    static func partSchema(_ name: String) -> Schema {
        ["case", "account", "claim", "person", "webhook"].contains(name) ? .id : .word
    }

    private mutating func parameter(
        _ name: String,
        in place: String,
        _ schema: Schema,
        isRequired: Bool = false
    ) -> JSONObject {
        var object = JSONObject()
        object.put("name", name)
        object.put("in", place)
        object.put("required", isRequired)
        object["schema"] = named.json(schema)
        return object
    }

    private mutating func content(_ type: String, _ schema: Schema) -> JSONObject {
        var media = JSONObject()
        media["schema"] = named.json(schema)
        var content = JSONObject()
        content.put(type, media)
        return content
    }

    private mutating func responses(_ route: APIRoute) -> JSONObject {
        var responses = JSONObject()
        for answer in route.answers {
            var response = JSONObject()
            response.put("description", answer.says)
            if let schema = answer.schema {
                response.put("content", content(answer.type, schema))
            }
            responses.put(String(answer.status), response)
        }
        if route.method == .get, route.answers.contains(where: { $0.schema != nil }) {
            var same = JSONObject()
            same.put("description", "It is the same as the mark in If-None-Match.")
            responses.put("304", same)
        }
        for status in route.problemStatuses {
            var response = JSONObject()
            response.put("description", Problem.title(status))
            response.put("content", content(Problem.type, Problem.schema))
            responses.put(String(status), response)
        }
        return responses
    }

    private mutating func components(_ settings: APISettings) -> JSONObject {
        var scopes = JSONObject()
        scopes.put(ClientScope.read, "Reading, as far as the client's roles go.")
        scopes.put(ClientScope.write, "Changing, as far as the client's roles go.")
        var flow = JSONObject()
        flow.put("tokenUrl", settings.tokenAddress)
        flow.put("scopes", scopes)
        var flows = JSONObject()
        flows.put("clientCredentials", flow)
        var client = JSONObject()
        client.put("type", "oauth2")
        client.put("description", "A token that serves for five minutes: docs/api.md.")
        client.put("flows", flows)
        var schemes = JSONObject()
        schemes.put("client", client)
        var components = JSONObject()
        let sorted = named.schemas.sorted { $0.key < $1.key }
        components.put("schemas", JSONObject(sorted.map { (key: $0.key, value: $0.value) }))
        components.put("securitySchemes", schemes)
        return components
    }
}

extension APIGuard {
    /// What the caller's roles must let it do.
    fileprivate var words: String? {
        switch self {
        case .anyone: nil
        case .action(let action), .onCase(let action): action.rawValue
        }
    }
}

extension APIRoute {
    /// The media type and the schema of what is sent.
    fileprivate var content: (String, Schema)? {
        body.map { ("application/json", $0) }
            ?? form.map { ("application/x-www-form-urlencoded", $0) }
    }
}

extension OpenAPIDocument {
    /// What the document says that a route answers: the body's schema by the status; nil for none.
    package static func answers(of route: APIRoute) -> [Int: Schema?] {
        var answers: [Int: Schema?] = [:]
        for status in route.problemStatuses { answers[status] = Problem.schema }
        for answer in route.answers { answers[answer.status] = .some(answer.schema) }
        return answers
    }
}
