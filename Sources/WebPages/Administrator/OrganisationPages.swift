import Application
import HTML
import Web

/// The organisations that refer, provide, pay, evaluate or run the installation.
enum OrganisationPages {
    static let routes: [PageRoute] = [
        .get("/admin/organisations", .action(.manageAccounts)) { try await show($0, $0.typed, []) },
        .post("/admin/organisations", .action(.manageAccounts)) { try await send($0) },
        .get("/admin/organisations/:organisation", .action(.manageAccounts)) {
            try await showOne($0, $0.typed, [])
        },
        .post("/admin/organisations/:organisation", .action(.manageAccounts)) {
            try await change($0)
        },
    ]

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let organisations = try await visit.goodwork.organisations()
        let fields = Fields(typed, problems)
        return visit.page("Organisations", problems: problems, back: AdministratorPages.back) {
            h1 { "Organisations" }
            if organisations.isEmpty {
                p { "There are none yet. Add the first one below." }
            } else {
                table(organisations)
            }
            h2 { "Add an organisation" }
            visit.sentForm(to: "/admin/organisations") {
                fields.text(
                    "id",
                    "Short code",
                    hint: "As programme files and referrals use it: big-life, P84001",
                    width: 20
                )
                nameAndKinds(fields, nil)
                submit("Add")
            }
        }
    }

    @HTMLBuilder
    private static func nameAndKinds(_ fields: Fields, _ known: Organisation?) -> HTML {
        fields.text("name", "Name", or: known?.name)
        fields.checkboxes(
            "kind",
            "What does it do?",
            Organisation.Kind.allCases.map { Choice($0.rawValue, $0.words) },
            or: known?.kinds.map(\.rawValue) ?? []
        )
    }

    private static func table(_ organisations: [Organisation]) -> HTML {
        var table = ListTable(
            "Organisations",
            ["Name", "Code", "What it does"],
            hidesCaption: true
        )
        for organisation in organisations {
            let kinds = Organisation.Kind.allCases.filter(organisation.kinds.contains)
            table.add(
                a(.href(path(organisation))) { organisation.name },
                HTML(organisation.id),
                HTML(kinds.map(\.words).joined(separator: ", "))
            )
        }
        return table.html
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        var reader = FormReader(form, today: visit.today)
        let id = reader.text("id", "Give it a short code", max: 40)
        let (name, kinds) = nameAndKinds(&reader)
        var problems = reader.problems
        if let id, let name, problems.isEmpty {
            problems = try await visit.refusals {
                try await visit.goodwork.addOrganisation(
                    Organisation(id: id, name: name, kinds: kinds),
                    by: visit.actor
                )
            }
            if problems.isEmpty { return .redirect(to: "/admin/organisations") }
        }
        return try await show(visit, form, problems)
    }

    private static func nameAndKinds(
        _ reader: inout FormReader
    ) -> (name: String?, kinds: Set<Organisation.Kind>) {
        let name = reader.text("name", "Give its name", max: 200)
        let kinds = reader.choices("kind", among: Organisation.Kind.allCases.map(\.rawValue))
            .compactMap(Organisation.Kind.init)
        if kinds.isEmpty { reader.fault("kind", "Say what it does") }
        return (name, Set(kinds))
    }

    // MARK: - One organisation

    private static func path(_ organisation: Organisation) -> String {
        "/admin/organisations/\(organisation.id)"
    }

    private static func one(_ visit: Visit) async throws -> Organisation {
        let id = visit.part("organisation")
        guard let found = try await visit.goodwork.organisations().first(where: { $0.id == id })
        else { throw ServiceError(.notFound, "There is no such organisation.") }
        return found
    }

    private static func showOne(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let organisation = try await one(visit)
        let back = (words: "Back to organisations", path: "/admin/organisations")
        return visit.page(organisation.name, problems: problems, back: back) {
            h1 { organisation.name }
            p { "Its short code is \(organisation.id). Programme files name it so: it stays." }
            visit.sentForm(to: path(organisation)) {
                nameAndKinds(Fields(typed, problems), organisation)
                submit("Save")
            }
        }
    }

    private static func change(_ visit: Visit) async throws -> Response {
        let organisation = try await one(visit)
        let form = visit.request.form
        var reader = FormReader(form, today: visit.today)
        let (name, kinds) = nameAndKinds(&reader)
        var problems = reader.problems
        if let name, problems.isEmpty {
            problems = try await visit.refusals {
                try await visit.goodwork.changeOrganisation(
                    organisation.id,
                    name: name,
                    kinds: kinds,
                    by: visit.actor
                )
            }
            if problems.isEmpty { return .redirect(to: "/admin/organisations") }
        }
        return try await showOne(visit, form, problems)
    }
}

extension Organisation.Kind {
    fileprivate var words: String {
        switch self {
        case .referrer: "Refers people"
        case .provider: "Helps people"
        case .commissioner: "Pays"
        case .evaluator: "Evaluates"
        case .host: "Runs this installation"
        }
    }
}
