import Application
import FHIRMapping
import Kernel
import Web

extension API {
    /// Everything that can be asked by FHIR: a list for each folder, and what `Capability` lists.
    package static let everyFHIRRoute: [FHIRRoute] =
        MetadataRoutes.routes + FHIRRoute.capable + OperationRoutes.routes + BundleRoute.routes
        + MessageRoute.routes + SubscriptionRoutes.routes + BulkRoutes.routes
}

extension FHIRRoute {
    /// A way in for each interaction with each type of resource.
    static let capable: [FHIRRoute] = Capability.resources.flatMap { resource in
        // Subscriptions are kept for a program, and have routes of their own.
        resource.type == SubscriptionRoutes.type
            ? [] : resource.interactions.flatMap { routes(for: $0, resource) }
    }

    private static func routes(
        for interaction: Capability.Interaction,
        _ resource: Capability.Resource
    ) -> [FHIRRoute] {
        let type = resource.type
        let deed = Deed.interaction(interaction, of: type)
        func route(
            _ method: Request.Method,
            _ pattern: String,
            _ letter: Character,
            _ guard: FHIRGuard,
            takes: Content = .none,
            _ handle: @escaping Handler
        ) -> FHIRRoute {
            FHIRRoute(
                method,
                "/\(type)\(pattern)",
                deed,
                `guard`,
                scopes: [(letter, type)],
                takes: takes,
                handle: handle
            )
        }
        let reading = readingGuard(type)
        // Whoever referred moves a Task too; what a change is follows from what is asked for.
        let changing = FHIRGuard.onCase(
            ["Task", "ServiceRequest"].contains(type) ? .readStatus : .changeCase
        )
        switch interaction {
        case .read: return [route(.get, "/:id", "r", reading, reader(type))]
        case .vread:
            return [
                route(.get, "/:id/_history/:version", "r", reading) {
                    try await CaseReading.readVersion($0)
                }
            ]
        case .historyInstance:
            return [
                route(.get, "/:id/_history", "r", reading) { try await CaseReading.history($0) }
            ]
        case .searchType:
            let listing = listingGuard(type)
            return [
                route(.get, "", "s", listing) { try await SearchAnswer.search($0) },
                route(.post, "/_search", "s", listing, takes: .form) {
                    try await SearchAnswer.search($0)
                },
            ]
        case .create where resource.conditionalCreate:
            return [
                route(.post, "", "c", .action([.refer]), takes: .resource) {
                    try await Referring.create($0)
                }
            ]
        case .create:
            return [
                route(.post, "", "c", .onCase(.changeCase), takes: .resource) {
                    try await EntryWriting.create($0)
                }
            ]
        case .update:
            return [
                route(.put, "/:id", "u", changing, takes: .resource) {
                    try await Updating.update($0)
                }
            ]
        case .patch:
            return [
                route(.patch, "/:id", "u", changing, takes: .patch) { try await Updating.patch($0) }
            ]
        case .delete: return []
        }
    }

    /// Who may read one resource of a type.
    private static func readingGuard(_ type: String) -> FHIRGuard {
        switch type {
        case "Patient": .onCase(.readIdentity)
        case "AuditEvent": .action([.readAccessLog])
        case "Group": .client
        case _ where SharedSource.types.contains(type): .client
        default: .onCase(CaseReading.action(type))
        }
    }

    /// Who may search a type.
    private static func listingGuard(_ type: String) -> FHIRGuard {
        switch type {
        case "AuditEvent": .action([.readAccessLog])
        case "Group": .client
        case _ where SharedSource.types.contains(type): .client
        default: .action(Goodwork.listingActions)
        }
    }

    private static func reader(_ type: String) -> Handler {
        switch type {
        case "Patient": { try await PatientSource.read($0) }
        case "AuditEvent": { try await AuditSource.read($0) }
        case "Group": { try await GroupSource.read($0) }
        case _ where SharedSource.types.contains(type): { try await SharedSource.read($0) }
        default: { try await CaseReading.read($0) }
        }
    }
}

/// What is neither reading, searching nor changing of a single resource.
enum OperationRoutes {
    static let routes = [
        FHIRRoute(
            .get,
            "/Patient/:id/$everything",
            .operation("everything", of: "Patient"),
            .onCase(.readIdentity),
            scopes: [("r", "Patient")]
        ) { try await PatientSource.everything($0) }
    ]
}

/// What the server can do.
enum MetadataRoutes {
    static let routes = [
        FHIRRoute(.get, "/metadata", .capabilities, .anyone) { call in
            call.resource(
                Capability.statement(
                    version: "1",
                    date: Self.changedOn,
                    address: call.address,
                    tokens: call.call.api.settings.address + TokenEndpoint.path
                )
            )
        }
    ]

    /// The day on which what the server can do was last changed.
    private static let changedOn = CivilDate(iso: "2026-11-23") ?? CivilDate(day: 0)
}
