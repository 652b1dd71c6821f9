import Application
import HTML
import Kernel
import Web

/// Programs that work with the installation: letting them in, changing their keys, shutting out.
enum ClientPages {
    static let path = "/admin/clients"
    static let routes: [PageRoute] = [
        .get(path, .action(.manageAccounts)) { try await list($0) },
        .get("\(path)/add", .action(.manageAccounts)) { try await form($0, $0.typed, []) },
        .post("\(path)/add", .action(.manageAccounts)) { try await add($0) },
        .get("\(path)/:client", .action(.manageAccounts)) { try await show($0, $0.typed, []) },
        .post("\(path)/:client", .action(.manageAccounts)) { try await change($0) },
    ]

    private static let back = (words: "Back to clients", path: path)
    private static let scopes = [
        Choice(ClientScope.read, "Read by the JSON API"),
        Choice(ClientScope.write, "Change by the JSON API"),
        Choice("system/*.rs", "Read by FHIR"),
        Choice("system/*.cruds", "Read and change by FHIR"),
    ]

    private static func list(_ visit: Visit) async throws -> Response {
        let clients = try await visit.goodwork.clients(by: visit.actor)
        var table = ListTable(
            "Clients",
            ["Name", "Organisation", "Roles", "What it is for", "State"],
            hidesCaption: true
        )
        for client in clients {
            table.add(
                a(.href("\(path)/\(client.id)")) { client.name },
                HTML(visit.names[client.organisation]),
                HTML(client.roles.words),
                HTML(client.purpose),
                activeTag(isDisabled: client.isDisabled)
            )
        }
        return visit.page("Clients", width: .full, back: AdministratorPages.back) {
            h1 { "Clients" }
            p { "Programs of other systems that read from here or send to here." }
            linkButton("Add a client", to: "\(path)/add")
            if clients.isEmpty { p { "There are none yet." } } else { table.html }
        }
    }

    // MARK: - Adding

    private static func form(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let organisations = try await visit.goodwork.organisations()
        let fields = Fields(typed, problems)
        return visit.page("Add a client", problems: problems, back: back) {
            h1 { "Add a client" }
            if organisations.isEmpty {
                p {
                    "A client works for an organisation. "
                    a(.href("/admin/organisations")) { "Add one first" }
                    "."
                }
            } else {
                visit.sentForm(to: "\(path)/add", isFile: true) {
                    fields.text("name", "Name")
                    fields.choose(
                        "organisation",
                        "Organisation",
                        organisations.map { Choice($0.id, $0.name) }
                    )
                    fields.roles()
                    fields.text(
                        "purpose",
                        "What it is for",
                        hint: "Stands in the access log beside all that it does"
                    )
                    fields.checkboxes("scopes", "What its tokens are good for", scopes)
                    keys(fields)
                    submit("Add")
                }
            }
        }
    }

    @HTMLBuilder
    private static func keys(_ fields: Fields) -> HTML {
        fields.text(
            "keys_address",
            "Address of its public keys",
            hint: "https, and it shows a JWK Set; or give the keys themselves below",
            isOptional: true
        )
        fileField(fields, "A file with its public keys (a JWK Set)")
    }

    /// The keys that were given; nil, with a problem, when that is not one of the two ways.
    private static func keys(_ form: Form, _ reader: inout FormReader) -> ClientKeys? {
        switch (form["keys_address"], form.sentText) {
        case (let address?, nil): return .address(address)
        case (nil, let text?): return .uploaded(text)
        case (nil, nil): reader.fault("keys_address", "Give an address, a file or the keys' text")
        case (.some, .some): reader.fault("keys_address", "Give an address or the keys, not both")
        }
        return nil
    }

    private static func add(_ visit: Visit) async throws -> Response {
        let sent = visit.request.form
        let organisations = try await visit.goodwork.organisations().map(\.id)
        var reader = FormReader(sent, today: visit.today)
        let name = reader.text("name", "Give the name", max: 200)
        let organisation = reader.choice(
            "organisation",
            "Choose the organisation",
            among: organisations
        )
        let roles = reader.roles()
        let purpose = reader.text("purpose", "Say what it is for", max: 100)
        let granted = reader.choices("scopes", among: scopes.map(\.value))
        if granted.isEmpty { reader.fault("scopes", "Choose at least one") }
        let keys = keys(sent, &reader)
        guard let name, let organisation, let purpose, let keys, reader.problems.isEmpty else {
            return try await form(visit, sent, reader.problems)
        }
        let new = NewClient(
            name: name,
            organisation: organisation,
            roles: roles,
            purpose: purpose,
            scopes: granted.joined(separator: " "),
            keys: keys
        )
        var id = ""
        let problems = try await visit.keyRefusals {
            id = try await visit.goodwork.addClient(new, by: visit.actor).id
        }
        guard problems.isEmpty else { return try await form(visit, sent, problems) }
        return .redirect(to: "\(path)/\(id)")
    }

    // MARK: - One client

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let client = try await visit.goodwork.client(visit.part("client"), by: visit.actor)
        let own = "\(path)/\(client.id)"
        var facts = Summary()
        facts.add("Client id") { code { client.id } }
        facts.add("Organisation", visit.names[client.organisation])
        facts.add("Roles", client.roles.words)
        facts.add("What it is for", client.purpose)
        facts.add("Scopes", client.scopes.text)
        facts.add("Keys", client.keys.words)
        facts.add("Token address") { code { visit.site.settings.address + "/oauth/token" } }
        facts.add("State", client.isDisabled ? "Disabled" : "Active")
        facts.add("Added", client.createdAt.civilDateUK.uk)
        return visit.page(client.name, problems: problems, back: back) {
            h1 { client.name }
            facts.html
            h2 { "Other keys" }
            visit.sentForm(to: own, isFile: true) {
                Fields.hidden("do", "keys")
                keys(Fields(typed, problems))
                submit("Change the keys", isSecondary: true)
            }
            visit.shutOut("client", isDisabled: client.isDisabled, to: own)
        }
    }

    private static func change(_ visit: Visit) async throws -> Response {
        let client = try await visit.goodwork.client(visit.part("client"), by: visit.actor)
        let form = visit.request.form
        var reader = FormReader(form, today: visit.today)
        var problems: [Problem] = []
        switch form["do"] {
        case "keys":
            let keys = keys(form, &reader)
            problems = reader.problems
            if let keys, problems.isEmpty {
                problems = try await visit.keyRefusals {
                    try await visit.goodwork.changeKeys(of: client.id, to: keys, by: visit.actor)
                }
            }
        case "disable", "enable":
            problems = try await visit.refusals {
                try await visit.goodwork.setClient(
                    client.id,
                    isDisabled: form["do"] == "disable",
                    by: visit.actor
                )
            }
        default: problems = [Problem(nil, "Choose what to do")]
        }
        if !problems.isEmpty { return try await show(visit, form, problems) }
        return .redirect(to: "\(path)/\(client.id)")
    }
}

extension ClientKeys {
    fileprivate var words: String {
        switch self {
        case .address(let address): address
        case .uploaded: "Given as a file"
        }
    }
}

extension Visit {
    /// The same as `refusals`; what is wrong with the keys stands beside their text.
    fileprivate func keyRefusals(_ body: () async throws -> Void) async throws -> [Problem] {
        try await refusals(body).map { $0.field == "keys" ? Problem("text", $0.says) : $0 }
    }
}
