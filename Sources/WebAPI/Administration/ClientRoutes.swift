import Application
import Kernel
import Web

/// Clients: letting programs in, changing their keys, shutting out.
enum ClientRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/clients",
            "listClients",
            "Every client, by name",
            tag: "Administration",
            .action(.manageAccounts),
            APIRoute.Parameter.pages,
            answer: .page(schema)
        ) { call in
            let all = try await call.goodwork.clients(by: call.actor)
            return call.json(Page(all, call) { $0.id }.object(Self.object))
        },
        .post(
            "/api/v1/clients",
            "addClient",
            "Let a program in for an organisation",
            tag: "Administration",
            .action(.manageAccounts),
            body: .object(
                .must("name", .text(1...200)),
                .must("organisation", .word),
                .must("roles", AdministrationRoutes.roles),
                .must("purpose", .text(1...100, "Stands in the access log.")),
                .must("scopes", .list(.word, max: 50)),
                .may("keys", keySet),
                .may("keys_address", .text(1...2_000, "Where the client shows its keys."))
            ),
            status: 201,
            answer: schema
        ) { call in
            let scopes = (call.body["scopes"]?.array ?? []).compactMap(\.string)
            let new = NewClient(
                name: call.body["name"]?.string ?? "",
                organisation: call.body["organisation"]?.string ?? "",
                roles: call.body["roles"]?.roles ?? [],
                purpose: call.body["purpose"]?.string ?? "",
                scopes: scopes.joined(separator: " "),
                keys: try keys(call)
            )
            let added = try await call.goodwork.addClient(new, by: call.actor)
            return call.json(Self.object(added), status: 201)
        },
        .post(
            "/api/v1/clients/:client/changes",
            "changeClient",
            "Give a client other keys, shut it out, or let it in again; its tokens end",
            tag: "Administration",
            .action(.manageAccounts),
            body: .object(
                .may("keys", keySet),
                .may("keys_address", .text(1...2_000)),
                .may("is_disabled", .truth)
            ),
            says: "The client as it is now.",
            answer: schema
        ) { try await change($0) },
    ]

    private static let keySet = Schema.any.saying(
        "A JWK Set of public keys (RFC 7517), as an object or as its text."
    )

    private static let schema = Schema.named(
        "Client",
        .object(
            .must("id", .id),
            .must("name", .text),
            .must("organisation", .word),
            .must("roles", .list(.choice(Role.self))),
            .must("purpose", .text),
            .must("scopes", .list(.word)),
            .may("keys_address", .address),
            .must("is_disabled", .truth)
        )
    )

    private static func keys(_ call: Call) throws -> ClientKeys {
        switch (call.body["keys"], call.body["keys_address"]?.string) {
        case (let set?, nil): return .uploaded(set.string ?? set.text)
        case (nil, let address?): return .address(address)
        default:
            throw Problem.faults(
                [Fault(field: "/keys", problem: "give either keys or keys_address")],
                in: call.request.body
            )
        }
    }

    private static func change(_ call: Call) async throws -> Response {
        let id = call.part("client")
        var client = try await call.goodwork.client(id, by: call.actor)
        if call.body["keys"] != nil || call.body["keys_address"] != nil {
            client = try await call.goodwork.changeKeys(of: id, to: keys(call), by: call.actor)
        }
        if let isDisabled = call.body["is_disabled"]?.bool {
            client = try await call.goodwork.setClient(
                id,
                isDisabled: isDisabled,
                by: call.actor
            )
        }
        return call.json(object(client))
    }

    private static func object(_ one: Client) -> JSONObject {
        var object = JSONObject()
        object.put("id", one.id)
        object.put("name", one.name)
        object.put("organisation", one.organisation)
        object.put("roles", one.roles.map(\.rawValue).sorted())
        object.put("purpose", one.purpose)
        object.put("scopes", one.scopes.scopes.map(\.text))
        if case .address(let address) = one.keys { object.put("keys_address", address) }
        object.put("is_disabled", one.isDisabled)
        return object
    }
}
