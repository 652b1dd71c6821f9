import Application
import Crypto
import Directory
import Kernel
import Web

/// The service guide as Open Referral UK 3.0 (HSDS-UK): public to read, from any page.
enum DirectoryRoutes {
    static let path = "/directory"
    static let tag = "Service guide"

    static let routes: [APIRoute] =
        [about, document] + services + places + others + DirectoryWriting.routes

    static func address(_ call: Call) -> String { call.api.settings.address + path }

    private static let about = APIRoute.get(
        path,
        "directory",
        "Which standard this is",
        tag: tag,
        .anyone,
        answer: .object(
            .must("version", .word),
            .must("profile", .address),
            .must("openapi_url", .address)
        )
    ) { call in
        open(
            call.json([
                "version": .string("HSDS-UK-3.0"),
                "profile": .string("https://github.com/OpenReferralUK/uk-profile"),
                "openapi_url": .string(address(call) + "/openapi.json"),
            ])
        )
    }

    private static let document = APIRoute.get(
        path + "/openapi.json",
        "directoryOpenAPI",
        "The routes of the directory alone",
        tag: tag,
        .anyone,
        answer: .any
    ) { call in
        open(
            call.json(
                OpenAPIDocument.json(of: call.api) { $0.pattern.hasPrefix(path) }
            )
        )
    }

    private static let services: [APIRoute] = [
        .get(
            path + "/services",
            "guideServices",
            "Services, by name",
            tag: tag,
            .anyone,
            DirectoryQuery.filters + DirectoryQuery.around + DirectoryQuery.views
                + DirectoryQuery.page,
            answer: DirectorySchema.page(DirectorySchema.listedService)
        ) { call in
            let guide = try await call.goodwork.guide()
            let found = guide.services(try await DirectoryQuery.read(call, guide))
            let (view, address) = (DirectoryQuery.view(call), address(call))
            return page(found, call) { guide.json($0, view, address: address) }
        }
        .mayAnswer(422),
        .get(
            path + "/services/:service",
            "guideService",
            "One service with all its parts",
            tag: tag,
            .anyone,
            answer: DirectorySchema.service
        ) { call in
            let guide = try await call.goodwork.guide()
            guard let service = guide.service(call.part("service")) else { throw nothing }
            let shown = guide.json(service, .full, address: address(call))
            return marked(call.json(shown), version: service.version)
        },
    ]

    private static let places: [APIRoute] = [
        .get(
            path + "/service_at_locations",
            "guidePlaces",
            "Services at their places, by name",
            tag: tag,
            .anyone,
            DirectoryQuery.filters + DirectoryQuery.around + DirectoryQuery.views
                + DirectoryQuery.page,
            answer: DirectorySchema.page(DirectorySchema.listedPlace)
        ) { call in
            let guide = try await call.goodwork.guide()
            let found = guide.places(try await DirectoryQuery.read(call, guide))
            let (view, address) = (DirectoryQuery.view(call), address(call))
            return page(found, call) {
                guide.json($0.place, of: $0.service, view, address: address)
            }
        }
        .mayAnswer(422),
        .get(
            path + "/service_at_locations/:place",
            "guidePlace",
            "One service at one place",
            tag: tag,
            .anyone,
            answer: DirectorySchema.place
        ) { call in
            let guide = try await call.goodwork.guide()
            let id = call.part("place").lowercased()
            for service in guide.services {
                guard let place = service.places.first(where: { $0.id == id }) else { continue }
                let shown = guide.json(place, of: service, .full, address: address(call))
                return open(call.json(shown))
            }
            throw nothing
        },
    ]

    private static let others: [APIRoute] = [
        list(
            "organizations",
            "guideOrganizations",
            [DirectoryQuery.views[1]],
            DirectorySchema.listedOrganisation
        ) { guide, call in
            let view = DirectoryQuery.view(call)
            let sorted = guide.organisations.keys.sorted {
                (guide.name($0), $0) < (guide.name($1), $1)
            }
            return sorted.compactMap { guide.json(organisation: $0, view) }
        },
        one("organizations", "guideOrganization", DirectorySchema.organisation) {
            $0.json(organisation: $1, .full)
        },
        list("taxonomies", "guideTaxonomies", [], DirectorySchema.taxonomy) { guide, _ in
            guide.taxonomies.keys.sorted().compactMap { guide.json(taxonomy: $0) }
        },
        one("taxonomies", "guideTaxonomy", DirectorySchema.taxonomy) { $0.json(taxonomy: $1) },
        list(
            "taxonomy_terms",
            "guideTerms",
            DirectoryQuery.filtersOfTerms,
            DirectorySchema.term
        ) { guide, call in
            let (taxonomy, parent) = (call.query("taxonomy_id"), call.query("parent_id"))
            return guide.terms(of: taxonomy?.lowercased(), under: parent?.lowercased())
                .compactMap { guide.json(term: $0) }
        },
        one("taxonomy_terms", "guideTerm", DirectorySchema.term) { $0.json(term: $1) },
    ]

    private static func list(
        _ name: String,
        _ route: String,
        _ filters: [APIRoute.Parameter],
        _ schema: Schema,
        _ all: @escaping @Sendable (Guide, Call) -> [JSONObject]
    ) -> APIRoute {
        .get(
            "\(path)/\(name)",
            route,
            "Every one of the \(name.replacing("_", with: " "))",
            tag: tag,
            .anyone,
            filters + DirectoryQuery.page,
            answer: DirectorySchema.page(schema)
        ) { call in
            page(all(try await call.goodwork.guide(), call), call) { $0 }
        }
    }

    private static func one(
        _ name: String,
        _ route: String,
        _ schema: Schema,
        _ find: @escaping @Sendable (Guide, String) -> JSONObject?
    ) -> APIRoute {
        .get(
            "\(path)/\(name)/:id",
            route,
            "One of the \(name.replacing("_", with: " "))",
            tag: tag,
            .anyone,
            answer: schema
        ) { call in
            guard let found = find(try await call.goodwork.guide(), call.part("id")) else {
                throw nothing
            }
            return open(call.json(found))
        }
    }

    private static let nothing = Problem(
        status: 404,
        code: "not-found",
        detail: "There is no such thing in the guide."
    )

    private static func page<Item>(
        _ all: [Item],
        _ call: Call,
        _ show: (Item) -> JSONObject
    ) -> Response {
        let number = call.query("page").flatMap { Int($0) } ?? 1
        let size = call.query("per_page").flatMap { Int($0) } ?? GuidePage.sizeUsual
        return open(call.json(GuidePage.json(all, number: number, size: size, show)))
    }

    /// May be kept by whoever asked, who asks each time whether it is the same.
    static func open(_ response: Response) -> Response {
        var response = response
        response.headers.append(("Cache-Control", "public, no-cache"))
        return response
    }

    /// The mark with the version that a change is made on.
    static func marked(_ response: Response, version: Int) -> Response {
        var response = open(response)
        let mark = (response["ETag"] ?? "").filter { $0 != "\"" }
        response.headers.removeAll { $0.name == "ETag" }
        response.headers.append(("ETag", "\"\(version).\(mark)\""))
        return response
    }
}

extension Guide {
    fileprivate func name(_ organisation: String) -> String {
        organisations[organisation]?["name"]?.string ?? ""
    }
}
