import Application
import FHIRMapping
import FHIRModel
import Foundation
import Kernel
import Store
import Web

/// Subscriptions by topics (R5 Backport), kept as hooks and told through the outbox.
enum SubscriptionRoutes {
    static let type = "Subscription"

    static let routes: [FHIRRoute] = [
        route(.post, "", .create, "c", takes: .resource) { try await create($0) },
        route(.get, "/:id", .read, "r") { call in
            try call.answer(try await record(call).resource)
        },
        route(.put, "/:id", .update, "u", takes: .resource) { try await update($0) },
        route(.delete, "/:id", .delete, "d") { try await delete($0) },
        route(.get, "", .searchType, "s") { try await SearchAnswer.search($0) },
        route(.post, "/_search", .searchType, "s", takes: .form) { call in
            try await SearchAnswer.search(call)
        },
        FHIRRoute(
            .get,
            "/\(type)/:id/$status",
            .operation("status", of: type),
            .action([.keepHooks]),
            scopes: [("r", type)]
        ) { call in
            let bundle = try await record(call).bundle(
                .query,
                id: UUID().uuidString.lowercased(),
                address: call.address,
                at: call.now
            )
            return call.resource(bundle)
        },
    ]

    private static func route(
        _ method: Request.Method,
        _ pattern: String,
        _ interaction: Capability.Interaction,
        _ letter: Character,
        takes: FHIRRoute.Content = .none,
        handle: @escaping FHIRRoute.Handler
    ) -> FHIRRoute {
        FHIRRoute(
            method,
            "/\(type)\(pattern)",
            .interaction(interaction, of: type),
            .action([.keepHooks]),
            scopes: [(letter, type)],
            takes: takes,
            handle: handle
        )
    }

    // MARK: - Handling

    private static func request(_ call: FHIRCall, isNew: Bool) throws -> SubscriptionRequest {
        let resource = try call.resource()
        guard resource.type == type else {
            throw FHIRFault(400, .invalid, "Send a Subscription, not a \(resource.type).")
        }
        let rules = call.goodwork.hookRules
        return try SubscriptionRequest(resource, isNew: isNew, at: call.now) {
            rules.problem(ofAddress: $0)
        }
    }

    /// - Throws: that the token does not reach the type whose changes are told.
    private static func check(_ request: SubscriptionRequest, _ call: FHIRCall) throws {
        // A notification is told by ids, whatever a search in a scope would find.
        try call.needsEach("r", request.topic.type)
    }

    private static func create(_ call: FHIRCall) async throws -> Response {
        let request = try request(call, isNew: true)
        try check(request, call)
        try Referring.refuseCondition(call, instead: "search for it first")
        guard let client = call.actor.client else {
            throw ServiceError(.forbidden, "Subscriptions are for clients.")
        }
        var ids = IDMaker(seed: call.call.seed)
        let id = ids.make(OutboxTag.self, at: call.now).text
        let hook = Hook(
            id: id,
            kind: .subscription,
            client: client,
            organisation: call.actor.organisation,
            address: request.endpoint,
            topics: [request.topic.mark],
            state: .requested,
            secret: try seal(request.headers, id, call),
            resource: JSONValue.object(request.kept).text,
            heartbeatSeconds: request.heartbeatSeconds,
            endsAt: request.end,
            at: call.now
        )
        let added = try await call.goodwork.addHook(hook, by: call.actor)
        return try call.answer(found(added).resource, status: 201, isPlaced: true)
    }

    private static func update(_ call: FHIRCall) async throws -> Response {
        let request = try request(call, isNew: false)
        try check(request, call)
        let known = try await record(call)
        let resource = try call.resource()
        guard resource.id == call.id else {
            throw FHIRFault(400, .invalid, "The id in the resource is not that of the address.")
        }
        if let mark = call.request.headers["if-match"],
            !EntityTag.matches(mark, known.version)
        {
            throw FHIRFault.changed("\(type)/\(call.id)", now: known.resource.etag)
        }
        let sealed = try seal(request.headers, call.id, call)
        let changed = try await call.goodwork.changeHook(
            call.id,
            .subscription,
            by: call.actor
        ) { hook in
            guard hook.version == known.version else {
                throw StoreError.conflict(reference: call.id)
            }
            hook.address = request.endpoint
            hook.topics = [request.topic.mark]
            hook.secret = sealed
            hook.resource = JSONValue.object(request.kept).text
            hook.heartbeatSeconds = request.heartbeatSeconds
            hook.endsAt = request.end
            hook.problem = nil
            // It may lead elsewhere now: whoever is there is asked first.
            hook.state = request.isOff ? .off : .requested
        }
        return try call.answer(found(changed).resource)
    }

    private static func delete(_ call: FHIRCall) async throws -> Response {
        _ = try await record(call)
        try await call.goodwork.deleteHook(call.id, .subscription, by: call.actor)
        return .done
    }

    /// The caller's own, in the order of their ids.
    static func source(_ call: FHIRCall) async throws -> SearchSource {
        let all = try await call.goodwork.hooks(.subscription, by: call.actor)
        return SearchPortion.source(of: try all.map { try found($0).resource })
    }

    /// The subscription that the address names.
    ///
    /// - Throws: that there is none, or none any more.
    private static func record(_ call: FHIRCall) async throws -> SubscriptionRecord {
        let hook: Hook
        do {
            hook = try await call.goodwork.hook(call.id, .subscription, by: call.actor)
        } catch let error as ServiceError where error.kind == .notFound {
            throw FHIRFault.unknown("\(type)/\(call.id)")
        }
        if hook.deletedAt != nil { throw FHIRFault.gone("\(type)/\(call.id)") }
        return try found(hook)
    }

    private static func found(_ hook: Hook) throws -> SubscriptionRecord {
        guard let record = SubscriptionRecord(hook) else {
            throw StoreError.damaged("a subscription cannot be read")
        }
        return record
    }

    private static func seal(
        _ headers: [String],
        _ id: String,
        _ call: FHIRCall
    ) throws -> [UInt8]? {
        if headers.isEmpty { return nil }
        let text = headers.joined(separator: "\n")
        return try call.goodwork.store.vault.seal(Array(text.utf8), at: Goodwork.place(id))
    }
}
