import FHIRMapping
import Kernel
import Web

extension API {
    /// Everything that can be asked by FHIR: a list for each folder, and what `Capability` lists.
    package static let everyFHIRRoute: [FHIRRoute] = MetadataRoutes.routes + FHIRRoute.capable
        + SubscriptionRoutes.routes
}

extension FHIRRoute {
    /// A way in for each interaction with each type of resource.
    static let capable: [FHIRRoute] = Capability.resources.flatMap { resource in
        resource.interactions.flatMap { routes(for: $0, resource.type) }
    }

    private static func routes(
        for interaction: Capability.Interaction,
        _ type: String
    ) -> [FHIRRoute] {
        let deed = Deed.interaction(interaction, of: type)
        switch interaction {
        case .read where CaseReading.types.contains(type):
            return [
                FHIRRoute(
                    .get,
                    "/\(type)/:id",
                    deed,
                    .onCase(CaseReading.action(type)),
                    scopes: [("r", type)]
                ) { try await CaseReading.read($0) }
            ]
        default: return []
        }
    }
}

/// What the server can do.
enum MetadataRoutes {
    static let routes = [
        FHIRRoute(.get, "/metadata", .capabilities, .anyone) { call in
            call.resource(
                Capability.statement(
                    version: "1",
                    date: Self.changedOn,
                    address: call.address
                )
            )
        }
    ]

    /// The day on which what the server can do was last changed.
    private static let changedOn = CivilDate(iso: "2026-11-22") ?? CivilDate(day: 0)
}
