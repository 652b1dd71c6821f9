import Application
import FHIRMapping
import FHIRModel
import Kernel
import Programmes
import Web

/// Groups: the people of a programme each, who are not named in them.
enum GroupRoutes {
    private static let type = "Group"

    static let routes: [FHIRRoute] = [
        FHIRRoute(
            .get,
            "/Group/:id",
            .interaction(.read, of: type),
            .client,
            scopes: [("r", type)]
        ) { call in
            let programme = try await programme(call)
            return try call.answer(version(programme, call))
        },
        FHIRRoute(
            .get,
            "/Group",
            .interaction(.searchType, of: type),
            .client,
            scopes: [("s", type)]
        ) { try await search($0, $0.request.query.fields.map { ($0.name, $0.value) }) },
        FHIRRoute(
            .post,
            "/Group/_search",
            .interaction(.searchType, of: type),
            .client,
            scopes: [("s", type)],
            takes: .form
        ) { call in
            let fields = call.request.query.fields + call.request.form.fields
            return try await search(call, fields.map { ($0.name, $0.value) })
        },
    ]

    /// The programme that the address names as a group.
    static func programme(_ call: FHIRCall) async throws -> Programme {
        let all = try await call.goodwork.currentProgrammes()
        guard let found = all.first(where: { $0.id == call.id }) else {
            throw FHIRFault.unknown("\(type)/\(call.id)")
        }
        return found
    }

    private static func version(_ programme: Programme, _ call: FHIRCall) -> FHIRVersion {
        let since = Instant(midnightUTC: programme.runs.from ?? call.today)
        return FHIRVersion(of: programme.group, at: since)
    }

    private static func search(
        _ call: FHIRCall,
        _ fields: [(name: String, value: String)]
    ) async throws -> Response {
        let query: SearchQuery
        do {
            query = try SearchQuery(type, fields, isLenient: call.isLenient)
        } catch {
            throw FHIRFault(400, error)
        }
        let all = try await call.goodwork.currentProgrammes().sorted { $0.id < $1.id }
        let found = try all.map { version($0, call) }.filter { version in
            guard let json = version.resource else { return false }
            return query.matches(try FHIRResource(json))
        }
        // There are as many as programmes, so that one page holds them.
        let shown = query.count == 0 || query.summary == .count ? [] : found
        let bundle = Bundles.searchset(
            shown.map { Bundles.Found($0) },
            total: found.count,
            address: call.address,
            links: [("self", "\(call.address)/\(type)")],
            query: query,
            warnings: query.warnings
        )
        return call.resource(bundle)
    }
}
