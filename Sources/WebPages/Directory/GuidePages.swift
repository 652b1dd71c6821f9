import Application
import Directory
import HTML
import Kernel
import Programmes
import Web

/// The service guide for those who look after it: every service, and what may be done with it.
enum GuidePages {
    static let path = "/guide"
    static let back = (words: "Back to the service guide", path: path)

    static let routes: [PageRoute] =
        [
            .get(path, .action(.manageGuide)) { try await list($0) },
            .get("\(path)/services/:service", .action(.manageGuide)) { try await service($0) },
            .post("\(path)/services/:service", .action(.manageGuide)) { try await move($0) },
        ] + GuideForm.routes + GuideImportPage.routes + GuideMatchPage.routes

    private static let pageSize = 50

    static func path(of id: String) -> String { "\(path)/services/\(id)" }

    // MARK: - The list

    private static func list(_ visit: Visit) async throws -> Response {
        let guide = try await visit.goodwork.guide()
        var query = GuideQuery()
        let words = visit.request.query["words"] ?? ""
        query.words = words.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
        let found = guide.services(query)
        let pages = max(1, (found.count + pageSize - 1) / pageSize)
        let page = min(pages, max(1, visit.request.query["page"].flatMap { Int($0) } ?? 1))
        let shown = found[((page - 1) * pageSize)...].prefix(pageSize)
        return visit.page("Service guide", width: .full) {
            h1 { "Service guide" }
            p {
                "Services that can help people. Anybody can read them as Open Referral UK at "
                a(.href("/directory")) { "/directory" }
                "."
            }
            buttons {
                linkButton("Add a service", to: GuideForm.addPath)
                linkButton("Import a file", to: GuideImportPage.path, isSecondary: true)
            }
            search(words)
            if found.isEmpty {
                emptyState("No service has these words. Use fewer words, or add the service.")
            } else {
                p {
                    found.count == 1 ? "1 service" : "\(grouped(found.count)) services"
                }
                table(Array(shown), guide, visit)
                pagination(page: page, of: pages) { number in
                    var query = Form(["page": String(number)])
                    if !words.isEmpty { query.set("words", words) }
                    return "\(path)?\(URLEncoding.encode(query))"
                }
            }
        }
    }

    private static func search(_ words: String) -> HTML {
        form(.method("get"), .action(path), Attribute("role", "search")) {
            Fields(Form()).text("words", "Words in a service", or: words, width: 20)
            submit("Find", isSecondary: true)
        }
    }

    private static func table(
        _ services: [GuideService],
        _ guide: Guide,
        _ visit: Visit
    ) -> HTML {
        var table = ListTable(
            "Services",
            ["Service", "By", "State", "Told by"],
            hidesCaption: true
        )
        for service in services {
            table.add(
                a(.href(path(of: service.id))) { service.name },
                HTML(guide.organisation(of: service)),
                state(service, visit),
                HTML(origin(service, visit))
            )
        }
        return table.html
    }

    static func state(_ service: GuideService, _ visit: Visit) -> HTML {
        if service.isOpen(on: visit.today) { return tag("Takes people", .green) }
        return switch service.status {
        case .active, .inactive: tag("Closed", .grey)
        case .defunct: tag("Closed for good", .grey)
        case .temporarilyClosed: tag("Closed for a time", .yellow)
        }
    }

    static func origin(_ service: GuideService, _ visit: Visit) -> String {
        switch service.origin {
        case .stored(let owner): visit.names[owner]
        case .strand(let programme, _), .onward(let programme, _):
            "The programme file of \(programme)"
        }
    }

    // MARK: - One service

    private static func service(_ visit: Visit) async throws -> Response {
        let guide = try await visit.goodwork.guide()
        guard let service = guide.service(visit.part("service")) else {
            throw ServiceError(.notFound, "There is no such service.")
        }
        return visit.page(service.name, width: .full, back: back) {
            h1 { service.name }
            p { state(service, visit) }
            facts(service, guide, visit)
            rules(service)
            if mayChange(service, visit) {
                changes(service, visit)
            } else {
                inset {
                    p { "\(origin(service, visit)) tells this service. You cannot change it." }
                }
            }
        }
    }

    private static func facts(
        _ service: GuideService,
        _ guide: Guide,
        _ visit: Visit
    ) -> HTML {
        let document = service.document
        var list = Summary()
        list.add("By", guide.organisation(of: service))
        list.add("What it does", document["description"]?.string)
        list.add("Note for now", document["alert"]?.string)
        list.add("Email", document["email"]?.string)
        list.add("Page", document["url"]?.string)
        let phones = document["phones"]?.array ?? []
        list.add("Phone", phones.compactMap { $0["number"]?.string }.joined(separator: ", "))
        for place in service.places {
            let location = place.document["location"]?.object ?? JSONObject()
            let address = location["addresses"]?.array?.first
            let lines = [
                location["name"]?.string, address?["address_1"]?.string,
                address?["city"]?.string, address?["postal_code"]?.string,
            ]
            list.add("Place", lines.compactMap { $0 }.joined(separator: ", "))
        }
        for schedule in document["schedules"]?.array ?? [] {
            let days = (schedule["byday"]?.string ?? "").split(separator: ",")
                .map { GuideDays.name(String($0)) }
            let hours = [schedule["opens_at"]?.string, schedule["closes_at"]?.string]
                .compactMap { $0.map { String($0.prefix(5)) } }.joined(separator: " to ")
            list.add(
                "Open",
                ([days.joined(separator: ", "), hours].filter { !$0.isEmpty })
                    .joined(separator: ", ")
            )
        }
        let terms = service.terms.compactMap { guide.terms[$0]?["name"]?.string }.sorted()
        list.add("Kind of help", terms.joined(separator: ", "))
        list.add("Changed", service.modified.map { $0.civilDateUK.uk })
        list.add("Told by", origin(service, visit))
        return list.html
    }

    @HTMLBuilder
    private static func rules(_ service: GuideService) -> HTML {
        h2 { "Whom it is for" }
        if service.rules.eligibility.isEmpty {
            p { "No rule is written down, so it is shown for everybody." }
        } else {
            ul {
                for rule in service.rules.eligibility { li { rule.says } }
            }
        }
    }

    static func mayChange(_ service: GuideService, _ visit: Visit) -> Bool {
        guard case .stored(let owner) = service.origin else { return false }
        let resource = Resource.guideService(owner: owner)
        return Access.decide(visit.actor, .manageGuide, on: resource) == .allowed
    }

    @HTMLBuilder
    private static func changes(_ service: GuideService, _ visit: Visit) -> HTML {
        h2 { "Change it" }
        buttons { linkButton("Change the service", to: "\(path(of: service.id))/edit") }
        visit.sentForm(to: path(of: service.id)) {
            Fields.hidden("_version", String(service.version))
            Fields(Form()).radios(
                "status",
                "Does it take people?",
                [
                    Choice(GuideStatus.active.rawValue, "Yes"),
                    Choice(GuideStatus.temporarilyClosed.rawValue, "Not for a time"),
                    Choice(GuideStatus.inactive.rawValue, "No"),
                    Choice(GuideStatus.defunct.rawValue, "No, it has ended for good"),
                ],
                or: service.status.rawValue
            )
            submit("Save", isSecondary: true)
        }
    }

    private static func move(_ visit: Visit) async throws -> Response {
        let id = visit.part("service")
        let status = visit.request.form["status"].flatMap { GuideStatus(rawValue: $0) }
        if let status {
            try await visit.goodwork.setGuideService(
                id,
                to: status,
                version: visit.request.form["_version"].flatMap { Int($0) },
                by: visit.actor
            )
        }
        return .redirect(to: path(of: id))
    }
}

/// The days of the week as schedules write them.
enum GuideDays {
    static let all = [
        ("MO", "Monday"), ("TU", "Tuesday"), ("WE", "Wednesday"), ("TH", "Thursday"),
        ("FR", "Friday"), ("SA", "Saturday"), ("SU", "Sunday"),
    ]

    static func name(_ code: String) -> String {
        all.first { code.hasSuffix($0.0) }?.1 ?? code
    }
}

extension Guide {
    /// What a service's organisation is called.
    func organisation(of service: GuideService) -> String {
        organisations[service.organisation]?["name"]?.string ?? ""
    }
}
