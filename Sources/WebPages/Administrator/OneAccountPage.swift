import Application
import HTML
import Kernel
import Web

/// One account of staff: who it is, what it is here for, shutting it out, and a new password.
enum OneAccountPage {
    static let routes: [PageRoute] = [
        .get("/admin/accounts/:account", .action(.manageAccounts)) {
            try await show($0, $0.typed, [])
        },
        .post("/admin/accounts/:account", .action(.manageAccounts)) { try await change($0) },
    ]

    private static func account(_ visit: Visit) async throws -> Account {
        guard let id = UserID(visit.part("account")) else {
            throw ServiceError(.notFound, "There is no such account.")
        }
        return try await visit.goodwork.staffAccount(id)
    }

    // MARK: - Showing

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let account = try await account(visit)
        let organisations = try await visit.goodwork.organisations()
        let path = "/admin/accounts/\(account.id.text)"
        let changes = Change.allCases.filter {
            $0 != .capacity || account.roles.contains(.coach)
        }
        return visit.page(account.name, problems: problems, back: AccountPages.back) {
            h1 { account.name }
            facts(account, visit)
            for what in changes {
                h2 { what.title }
                visit.sentForm(to: path) {
                    Fields.hidden("do", what.rawValue)
                    what.fields(fields(of: what, typed, problems), account, organisations)
                    submit("Save \(what.title.lowercased())", isSecondary: true)
                }
            }
            h2 { "Password" }
            visit.sentForm(to: path) {
                Fields.hidden("do", "reset")
                Fields(Form()).checkboxes(
                    "lost",
                    "Is more lost than the password?",
                    [Choice("factor", "The second factor is lost too")],
                    isOptional: true
                )
                submit("Give a new password", isSecondary: true)
            }
            visit.shutOut("account", isDisabled: account.isDisabled, to: path)
        }
    }

    /// What was typed belongs to the form that was sent, and not to those beside it.
    private static func fields(
        of what: Change,
        _ typed: Form,
        _ problems: [Problem]
    ) -> Fields {
        typed["do"] == what.rawValue ? Fields(typed, problems) : Fields(Form())
    }

    private static func facts(_ account: Account, _ visit: Visit) -> HTML {
        var facts = Summary()
        facts.add("Email address", account.login)
        facts.add("Organisation", visit.names[account.organisation])
        facts.add("Roles", account.roles.words)
        facts.add("State", account.isDisabled ? "Disabled" : "Active")
        if let end = account.passwordUntil {
            let isOver = end <= visit.now
            let day = end.civilDateUK.uk
            facts.add("One-time password", isOver ? "Too old since \(day)" : "Serves until \(day)")
        }
        facts.add("Second factor", account.hasSecondFactor ? "Set up" : "Not set up yet")
        return facts.html
    }

    // MARK: - Changing

    private static func change(_ visit: Visit) async throws -> Response {
        let account = try await account(visit)
        let form = visit.request.form
        let goodwork = visit.goodwork
        var password: String?
        var problems: [Problem] = []
        switch form["do"] {
        case "reset":
            problems = try await visit.refusals {
                password = try await goodwork.resetPassword(
                    of: account.id,
                    clearsSecondFactor: form["lost"] == "factor",
                    by: visit.actor
                )
            }
        case "disable":
            problems = try await visit.refusals {
                try await goodwork.disable(account.id, by: visit.actor)
            }
        case "enable":
            problems = try await visit.refusals {
                try await goodwork.enable(account.id, by: visit.actor)
            }
        default:
            guard let what = form["do"].flatMap(Change.init) else {
                problems = [Problem(nil, "Choose what to do")]
                break
            }
            var reader = FormReader(form, today: visit.today)
            let change = what.read(&reader, account)
            problems = reader.problems
            if problems.isEmpty {
                problems = try await visit.refusals {
                    try await goodwork.changeAccount(account.id, change, by: visit.actor)
                }
            }
        }
        if !problems.isEmpty { return try await show(visit, form, problems) }
        if let password {
            return AccountPages.handOver(visit, "\(account.name) has a new password", password)
        }
        return .redirect(to: "/admin/accounts/\(account.id.text)")
    }
}

/// What one form of an account's page changes.
private enum Change: String, CaseIterable {
    case identity, organisation, roles, capacity

    var title: String {
        switch self {
        case .identity: "Name and email address"
        case .organisation: "Organisation"
        case .roles: "Roles"
        case .capacity: "Capacity"
        }
    }

    @HTMLBuilder
    func fields(
        _ fields: Fields,
        _ account: Account,
        _ organisations: [Organisation]
    ) -> HTML {
        switch self {
        case .identity:
            fields.text("name", "Name", or: account.name)
            fields.text("login", "Email address", or: account.login, type: "email")
        case .organisation:
            fields.choose(
                "organisation",
                "Organisation",
                organisations.map { Choice($0.id, $0.name) },
                hint: "A coach who holds open cases stays until they are somebody else’s",
                or: account.organisation,
                blank: nil
            )
        case .roles: fields.roles(account.roles)
        case .capacity: AccountPages.capacity(fields, account.capacity)
        }
    }

    /// What was asked for; what is as it was is not asked for.
    func read(_ reader: inout FormReader, _ account: Account) -> AccountChange {
        var change = AccountChange()
        switch self {
        case .identity:
            let name = reader.text("name", "Give the name", max: 200)
            let login = reader.text("login", "Give the email address", max: 254)
            if name != account.name { change.name = name }
            if login != account.login { change.login = login }
        case .organisation:
            change.organisation = reader.text("organisation", "Choose the organisation", max: 40)
        case .roles: change.roles = reader.roles()
        case .capacity:
            change.capacity = .some(reader.number("capacity", "Open cases", in: 0...1_000))
        }
        return change
    }
}
