import Application
import HTML
import Kernel
import Web

/// Accounts of staff: all of them, and adding one.
enum AccountPages {
    static let routes: [PageRoute] =
        [
            .get("/admin/accounts", .action(.manageAccounts)) { try await list($0) },
            .get("/admin/accounts/add", .action(.manageAccounts)) {
                try await form($0, $0.typed, [])
            },
            .post("/admin/accounts/add", .action(.manageAccounts)) { try await add($0) },
        ] + OneAccountPage.routes

    static let back = (words: "Back to accounts", path: "/admin/accounts")

    private static func list(_ visit: Visit) async throws -> Response {
        let accounts = try await visit.goodwork.accounts(by: visit.actor)
        var table = ListTable(
            "Accounts",
            ["Name", "Organisation", "Roles", "State"],
            hidesCaption: true
        )
        for account in accounts {
            table.add(
                a(.href("/admin/accounts/\(account.id.text)")) { account.name },
                HTML(visit.names[account.organisation]),
                HTML(account.roles.words),
                activeTag(isDisabled: account.isDisabled)
            )
        }
        return visit.page("Accounts", width: .full, back: AdministratorPages.back) {
            h1 { "Accounts" }
            linkButton("Add an account", to: "/admin/accounts/add")
            if accounts.isEmpty { p { "There are none yet." } } else { table.html }
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
        return visit.page("Add an account", problems: problems, back: back) {
            h1 { "Add an account" }
            if organisations.isEmpty {
                p {
                    "An account belongs to an organisation. "
                    a(.href("/admin/organisations")) { "Add one first" }
                    "."
                }
            } else {
                visit.sentForm(to: "/admin/accounts/add") {
                    fields.text("name", "Name")
                    fields.text("login", "Email address", type: "email")
                    fields.choose(
                        "organisation",
                        "Organisation",
                        organisations.map { Choice($0.id, $0.name) }
                    )
                    fields.roles()
                    capacity(fields, nil)
                    submit("Add")
                }
            }
        }
    }

    static func capacity(_ fields: Fields, _ known: Int?) -> HTML {
        fields.text(
            "capacity",
            "Open cases at most",
            hint: "For a coach; blank is no limit",
            or: known.map(String.init),
            width: 4,
            inputmode: "numeric",
            isOptional: true
        )
    }

    private static func add(_ visit: Visit) async throws -> Response {
        let sent = visit.request.form
        let organisations = try await visit.goodwork.organisations().map(\.id)
        var reader = FormReader(sent, today: visit.today)
        let name = reader.text("name", "Give the name", max: 200)
        let login = reader.text("login", "Give the email address", max: 254)
        let organisation = reader.choice(
            "organisation",
            "Choose the organisation",
            among: organisations
        )
        let chosen = reader.roles()
        let capacity = reader.number("capacity", "Open cases", in: 0...1_000)
        guard let name, let login, let organisation, reader.problems.isEmpty else {
            return try await form(visit, sent, reader.problems)
        }
        let new = NewAccount(
            login: login,
            name: name,
            organisation: organisation,
            roles: chosen,
            capacity: capacity
        )
        var password = ""
        let problems = try await visit.refusals {
            password = try await visit.goodwork.addAccount(new, by: visit.actor).password
        }
        guard problems.isEmpty else { return try await form(visit, sent, problems) }
        return handOver(visit, "\(name) has an account", password)
    }

    static func handOver(
        _ visit: Visit,
        _ title: String,
        _ password: String
    ) -> Response {
        visit.page(title, back: back) {
            panel(title, "Their first password is below.")
            inset {
                p { code { password } }
            }
            p {
                "It is shown only once, and serves once, within "
                "\(Account.oneTimePasswordDays) days. Hand it over in person or by telephone."
            }
        }
    }
}
