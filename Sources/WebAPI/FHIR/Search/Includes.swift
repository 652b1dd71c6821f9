import Application
import FHIRMapping
import FHIRModel
import Kernel

/// What comes along with what was found: `_include` and `_revinclude`.
///
/// What the token is not good for, or whoever asks may not see, is left out.
struct Includes {
    struct Found {
        var version: FHIRVersion
        var story: CaseStory?
        var person: PersonID?
        var record: CaseRecord?
    }

    /// How often what came along is asked for what it refers to.
    private static let roundsMax = 4

    private let call: FHIRCall
    private let query: SearchQuery
    /// What was looked up in the directory, by its type.
    private var directory: [String: [FHIRVersion]] = [:]

    init(_ call: FHIRCall, _ query: SearchQuery) {
        self.call = call
        self.query = query
    }

    mutating func of(_ hits: [FHIRSearch.Hit]) async throws -> [Found] {
        var known = Set(hits.compactMap { $0.version.view?.reference })
        let matched = hits.map { hit in
            Found(
                version: hit.version,
                story: hit.group.story,
                person: hit.group.person,
                record: hit.group.record
            )
        }
        let first = query.includes.filter { $0.isReverse || $0.source == query.type }
        var latest = try await along(with: matched, first, &known)
        var all = latest
        let again = query.includes.filter { $0.isIterated && !$0.isReverse }
        for _ in 0..<Self.roundsMax where !latest.isEmpty && !again.isEmpty {
            latest = try await along(with: latest, again, &known)
            all += latest
        }
        return all
    }

    /// What comes along with some, and is not known yet.
    private mutating func along(
        with some: [Found],
        _ includes: [SearchQuery.Include],
        _ known: inout Set<String>
    ) async throws -> [Found] {
        var all: [Found] = []
        for include in includes {
            for one in some {
                let found =
                    include.isReverse
                    ? try await pointing(to: one, include)
                    : one.version.view?.type == include.source
                        ? try await named(by: one, include, known) : []
                for one in found {
                    guard let view = one.version.view, call.allows("r", view.type),
                        known.insert(view.reference).inserted
                    else { continue }
                    all.append(one)
                }
            }
        }
        return all
    }

    /// What a resource refers to.
    private mutating func named(
        by hit: Found,
        _ include: SearchQuery.Include,
        _ known: Set<String>
    ) async throws -> [Found] {
        var found: [Found] = []
        for reference in references(in: hit.version, include)
        where include.target ?? reference.type == reference.type && !known.contains(reference.text)
        {
            if let one = try await resolve(reference, from: hit) { found.append(one) }
        }
        return found
    }

    private mutating func resolve(_ reference: FHIRReference, from hit: Found) async throws
        -> Found?
    {
        if CaseReading.types.contains(reference.type) {
            var (record, story) = (hit.record, hit.story)
            if record == nil, let id = CaseReference.caseID(in: reference.id) {
                story = try await call.goodwork.find(.ids([id]), by: call.actor).stories.first
                record = try await call.records(of: [story].compactMap(\.self)).first
            }
            return record?.current(of: reference.type).first { $0.view?.id == reference.id }
                .map { Found(version: $0, story: story, record: record) }
        }
        if reference.type == "Patient" {
            guard let id = PersonID(reference.id),
                let seen = try await call.goodwork.seenPerson(id, by: call.actor)
            else { return nil }
            return Found(version: PatientSource.version(seen), person: id)
        }
        guard SharedSource.types.contains(reference.type) else { return nil }
        return try await all(reference.type).first { $0.view?.id == reference.id }
            .map { Found(version: $0) }
    }

    private mutating func all(_ type: String) async throws -> [FHIRVersion] {
        if let known = directory[type] { return known }
        let found = try await SharedSource.versions(type, call)
        directory[type] = found
        return found
    }

    /// What refers to a resource: of the same case, of the person's cases, or of the directory.
    private mutating func pointing(
        to hit: Found,
        _ include: SearchQuery.Include
    ) async throws -> [Found] {
        guard let target = hit.version.view else { return [] }
        var candidates: [Found] = []
        if SharedSource.types.contains(include.source) {
            candidates = try await all(include.source).map { Found(version: $0) }
        } else if let record = hit.record {
            candidates = record.current(of: include.source)
                .map { Found(version: $0, story: hit.story, record: record) }
        } else if let person = hit.person {
            let stories = try await call.goodwork.find(.people([person]), by: call.actor).stories
            for (story, record) in zip(stories, try await call.records(of: stories)) {
                candidates += record.current(of: include.source)
                    .map { Found(version: $0, story: story, record: record) }
            }
        }
        return candidates.filter { candidate in
            references(in: candidate.version, include).contains { $0.text == target.reference }
        }
    }

    private func references(
        in version: FHIRVersion,
        _ include: SearchQuery.Include
    ) -> [FHIRReference] {
        guard let json = version.resource,
            let parameter = SearchParameters.parameter(include.parameter, of: include.source)
        else { return [] }
        let resource: FHIRResource
        do {
            resource = try FHIRResource(json)
        } catch {
            call.report(version, error)
            return []
        }
        return parameter.elements(of: resource)
            .compactMap { $0["reference"]?.text.flatMap { FHIRReference($0) } }
    }
}
