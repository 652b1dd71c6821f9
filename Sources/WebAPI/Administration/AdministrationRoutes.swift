import Application
import Kernel
import Web

/// Organisations, accounts of staff, and clients.
enum AdministrationRoutes {
    static let routes: [APIRoute] =
        [
            .get(
                "/api/v1/organisations",
                "listOrganisations",
                "Every organisation",
                tag: "Administration",
                .action(.manageAccounts),
                answer: .object(.must("items", .list(organisation)))
            ) { call in
                var object = JSONObject()
                object.put("items", try await call.goodwork.organisations().map(Self.object))
                return call.json(object)
            },
            .post(
                "/api/v1/organisations",
                "addOrganisation",
                "Add an organisation",
                tag: "Administration",
                .action(.manageAccounts),
                body: organisation,
                status: 201,
                answer: organisation
            ) { call in
                let added = try await call.goodwork.addOrganisation(
                    Organisation(
                        id: call.body["id"]?.string ?? "",
                        name: call.body["name"]?.string ?? "",
                        kinds: call.body["kinds"].map { Self.kinds($0) } ?? []
                    ),
                    by: call.actor
                )
                return call.json(Self.object(added), status: 201)
            },
            .post(
                "/api/v1/organisations/:organisation/changes",
                "changeOrganisation",
                "Give an organisation another name or other kinds",
                tag: "Administration",
                .action(.manageAccounts),
                body: .object(
                    .may("name", .text(1...200)),
                    .may("kinds", .list(.choice(Organisation.Kind.self), max: 10))
                ),
                says: "The organisation as it is now.",
                answer: organisation
            ) { call in
                let changed = try await call.goodwork.changeOrganisation(
                    call.part("organisation"),
                    name: call.body["name"]?.string,
                    kinds: call.body["kinds"].map { Self.kinds($0) },
                    by: call.actor
                )
                return call.json(Self.object(changed))
            },
        ] + AccountRoutes.routes + ClientRoutes.routes

    private static let organisation = Schema.named(
        "Organisation",
        .object(
            .must("id", .text(1...40)),
            .must("name", .text(1...200)),
            .must("kinds", .list(.choice(Organisation.Kind.self), max: 10))
        )
    )

    static let roles = Schema.list(
        .choice(Role.ofStaff.map(\.rawValue)),
        max: 10
    )

    private static func kinds(_ value: JSONValue) -> Set<Organisation.Kind> {
        Set((value.array ?? []).compactMap { $0.string.flatMap(Organisation.Kind.init) })
    }

    private static func object(_ one: Organisation) -> JSONObject {
        var object = JSONObject()
        object.put("id", one.id)
        object.put("name", one.name)
        object.put("kinds", one.kinds.map(\.rawValue).sorted())
        return object
    }
}

extension JSONValue {
    /// Roles that a schema has let through.
    var roles: Set<Role> {
        Set((array ?? []).compactMap { $0.string.flatMap(Role.init) })
    }
}
