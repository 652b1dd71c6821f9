import Application
import Kernel
import Web

/// Accounts of staff: adding, changing, shutting out, new passwords.
enum AccountRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/accounts",
            "listAccounts",
            "Every account of staff, by name",
            tag: "Administration",
            .action(.manageAccounts),
            APIRoute.Parameter.pages,
            answer: .page(schema)
        ) { call in
            let all = try await call.goodwork.accounts(by: call.actor)
            return call.json(Page(all, call) { $0.id.text }.object(Self.object))
        },
        .post(
            "/api/v1/accounts",
            "addAccount",
            "Add an account; the password serves once, within 7 days",
            tag: "Administration",
            .action(.manageAccounts),
            body: .object(
                .must("login", .text(1...254)),
                .must("name", .text(1...200)),
                .must("organisation", .word),
                .must("roles", AdministrationRoutes.roles),
                .may("capacity", .whole(0...1_000))
            ),
            status: 201,
            answer: withPassword
        ) { call in
            let new = NewAccount(
                login: call.body["login"]?.string ?? "",
                name: call.body["name"]?.string ?? "",
                organisation: call.body["organisation"]?.string ?? "",
                roles: call.body["roles"]?.roles ?? [],
                capacity: call.body["capacity"]?.int
            )
            let added = try await call.goodwork.addAccount(new, by: call.actor)
            return call.json(Self.object(added.account, added.password), status: 201)
        },
        .post(
            "/api/v1/accounts/:account/changes",
            "changeAccount",
            "Change name, login, organisation, roles or capacity, shut out, or let in again",
            tag: "Administration",
            .action(.manageAccounts),
            body: .object(
                .may("login", .text(1...254)),
                .may("name", .text(1...200)),
                .may("organisation", .word),
                .may("roles", AdministrationRoutes.roles),
                .may("capacity", .whole(0...1_000)),
                .may("is_disabled", .truth)
            ),
            says: "The account as it is now.",
            answer: schema
        ) { try await change($0) },
        .post(
            "/api/v1/accounts/:account/password",
            "resetPassword",
            "Give a password that serves once, and end the account's sessions",
            tag: "Administration",
            .action(.manageAccounts),
            body: .object(.may("clears_second_factor", .truth)),
            says: "The password to be handed over.",
            answer: withPassword
        ) { call in
            let id = try id(call)
            let password = try await call.goodwork.resetPassword(
                of: id,
                clearsSecondFactor: call.body["clears_second_factor"]?.bool ?? false,
                by: call.actor
            )
            return call.json(Self.object(try await account(call), password))
        },
    ]

    private static let members: [Schema.Member] = [
        .must("id", .id),
        .must("login", .text),
        .must("name", .text),
        .must("organisation", .word),
        .must("roles", .list(.choice(Role.self))),
        .may("capacity", .count),
        .must("is_disabled", .truth),
        .must("has_second_factor", .truth),
        .must("must_change_password", .truth),
    ]
    private static let schema = Schema.named("Account", .object(members))
    private static let withPassword = Schema.named(
        "AccountWithPassword",
        .object(members + [.must("one_time_password", .text)])
    )

    private static func id(_ call: Call) throws -> UserID {
        guard let id = UserID(call.part("account")) else {
            throw ServiceError(.notFound, "There is no such account.")
        }
        return id
    }

    private static func account(_ call: Call) async throws -> Account {
        try await call.goodwork.staffAccount(id(call))
    }

    private static func change(_ call: Call) async throws -> Response {
        let id = try id(call)
        _ = try await account(call)
        let goodwork = call.goodwork
        var change = AccountChange(
            login: call.body["login"]?.string,
            name: call.body["name"]?.string,
            organisation: call.body["organisation"]?.string,
            roles: call.body["roles"]?.roles
        )
        if let capacity = call.body["capacity"]?.int { change.capacity = .some(capacity) }
        if change != AccountChange() {
            try await goodwork.changeAccount(id, change, by: call.actor)
        }
        switch call.body["is_disabled"]?.bool {
        case true?: try await goodwork.disable(id, by: call.actor)
        case false?: try await goodwork.enable(id, by: call.actor)
        case nil: break
        }
        return call.json(object(try await account(call)))
    }

    private static func object(_ one: Account) -> JSONObject { object(one, nil) }

    private static func object(_ one: Account, _ password: String?) -> JSONObject {
        var object = JSONObject()
        object.put("id", one.id.text)
        object.put("login", one.login)
        object.put("name", one.name)
        object.put("organisation", one.organisation)
        object.put("roles", one.roles.map(\.rawValue).sorted())
        object.put("capacity", one.capacity)
        object.put("is_disabled", one.isDisabled)
        object.put("has_second_factor", one.hasSecondFactor)
        object.put("must_change_password", one.mustChangePassword)
        object.put("one_time_password", password)
        return object
    }
}
