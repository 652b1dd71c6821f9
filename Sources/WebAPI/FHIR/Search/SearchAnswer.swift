import Application
import FHIRMapping
import FHIRModel
import Kernel
import Store
import Web

/// Answers searches, by GET and by POST.
enum SearchAnswer {
    private static let cursor = "_cursor"
    /// A whole search, sealed: what is searched by POST stands in no address of a next page either.
    private static let page = "_page"

    static func search(_ call: FHIRCall) async throws -> Response {
        var parameters = parameters(call)
        if let sealed = parameters[page] { parameters = try opened(sealed, call) }
        return try await answer(call, call.type, parameters) { query in
            try await source(call, query)
        }
    }

    private static func opened(_ sealed: String, _ call: FHIRCall) throws -> Form {
        let bytes = Base64URL.bytes(sealed).flatMap {
            try? call.goodwork.store.vault.open($0, at: place(call))
        }
        guard let form = bytes.flatMap({ URLEncoding.decode($0) }) else {
            throw FHIRFault(400, .value, "This page is none of ours: search anew.")
        }
        return form
    }

    private static func sealed(_ parameters: Form, _ call: FHIRCall) throws -> Form {
        let clear = Array(URLEncoding.encode(parameters).utf8)
        let bytes = try call.goodwork.store.vault.seal(clear, at: place(call))
        return Form([Form.Field(name: page, value: Base64URL.text(bytes))])
    }

    /// A page serves whoever searched, and for the same type of resource.
    private static func place(_ call: FHIRCall) -> String {
        "fhir-search:\(call.actor.user):\(call.type)"
    }

    /// The parameters of the address and of the form.
    static func parameters(_ call: FHIRCall) -> Form {
        var fields = call.request.query.fields
        if call.request.method == .post {
            let sent = call.request.form
            let form = sent.isEmpty ? URLEncoding.decode(call.request.body) ?? Form() : sent
            fields += form.fields
        }
        return Form(fields)
    }

    /// Runs a search through a source and answers with its page.
    static func answer(
        _ call: FHIRCall,
        _ type: String,
        _ parameters: Form,
        others: Set<String> = [],
        path: String? = nil,
        _ source: (SearchQuery) async throws -> SearchSource
    ) async throws -> Response {
        var query: SearchQuery
        do {
            query = try SearchQuery(
                type,
                parameters.fields.map { ($0.name, $0.value) },
                isLenient: call.isLenient,
                others: others.union([cursor])
            )
        } catch {
            throw FHIRFault(400, error)
        }
        if !call.maySeeParts {
            query.elements = []
            if query.summary != .count { query.summary = .none }
        }
        let start = parameters[cursor].map(Cursor.init(text:))
        if let start, start == nil {
            throw FHIRFault(400, .value, "This cursor is none of ours: begin anew without it.")
        }
        let isCounted = parameters["_total"] == "accurate"
        var search = FHIRSearch(query, counts: isCounted, try await source(query))
        try await search.run(from: start ?? nil)
        var includes = Includes(call, query)
        let included = try await includes.of(search.hits)
        try await write(down: search.hits, included, call)
        let found =
            search.hits.map { Bundles.Found($0.version) }
            + included.map { Bundles.Found($0.version, isMatch: false) }
        let place = "\(call.address)/\(path ?? type)"
        let came = call.request.query
        var links = [(relation: "self", url: url(place, came[page] == nil ? parameters : came))]
        if let next = search.next {
            var more = parameters
            more.set(cursor, next.text)
            let isHidden = call.request.method == .post || came[page] != nil
            if isHidden { more = try sealed(more, call) }
            links.append((relation: "next", url: url(place, more)))
        }
        return call.resource(
            Bundles.searchset(
                found,
                total: query.wantsTotal ? search.total : nil,
                address: call.address,
                links: links,
                query: query,
                warnings: query.warnings + search.warnings(call)
            )
        )
    }

    private static func url(_ place: String, _ parameters: Form) -> String {
        parameters.isEmpty ? place : place + "?" + URLEncoding.encode(parameters)
    }

    /// Writes down whose cases, and who, are shown.
    private static func write(
        down hits: [FHIRSearch.Hit],
        _ included: [Includes.Found],
        _ call: FHIRCall
    ) async throws {
        var stories: [CaseID: CaseStory] = [:]
        for story in hits.compactMap(\.group.story) + included.compactMap(\.story) {
            stories[story.id] = story
        }
        let people = Set(hits.compactMap(\.group.person) + included.compactMap(\.person))
        try await call.goodwork.looked(
            at: stories.values.sorted { $0.id < $1.id },
            people: people.sorted(),
            by: call.actor
        )
    }

    /// What a type of resource is looked for in.
    static func source(_ call: FHIRCall, _ query: SearchQuery) async throws -> SearchSource {
        switch query.type {
        case "Patient":
            try await call.goodwork.searching(by: call.actor)
            return try await PatientSource.source(call, query)
        case "Group": return try await GroupSource.source(call)
        case "Subscription": return try await SubscriptionRoutes.source(call)
        case "AuditEvent": return AuditSource.source(call, query)
        case _ where CaseReading.types.contains(query.type):
            try await call.goodwork.searching(by: call.actor)
            return CaseSource.source(call, query)
        default: return try await SharedSource.source(call, query)
        }
    }
}
