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
    }

    private let call: FHIRCall
    private let query: SearchQuery

    init(_ call: FHIRCall, _ query: SearchQuery) {
        self.call = call
        self.query = query
    }

    func of(_ hits: [FHIRSearch.Hit]) async throws -> [Found] {
        var known = Set(hits.compactMap { $0.version.view?.reference })
        var all: [Found] = []
        for include in query.includes {
            for hit in hits {
                let found =
                    include.isReverse
                    ? try await pointing(to: hit, include) : try await named(by: hit, include)
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
    private func named(
        by hit: FHIRSearch.Hit,
        _ include: SearchQuery.Include
    ) async throws -> [Found] {
        var found: [Found] = []
        for reference in try references(in: hit.version, include)
        where include.target == nil || include.target == reference.type {
            if let one = try await resolve(reference, from: hit) { found.append(one) }
        }
        return found
    }

    private func resolve(_ reference: FHIRReference, from hit: FHIRSearch.Hit) async throws
        -> Found?
    {
        if CaseReading.types.contains(reference.type) {
            let versions = hit.group.record?.current(of: reference.type) ?? []
            return versions.first { $0.view?.id == reference.id }
                .map { Found(version: $0, story: hit.group.story) }
        }
        if reference.type == "Patient" {
            guard let id = PersonID(reference.id),
                let seen = try await call.goodwork.seenPerson(id, by: call.actor)
            else { return nil }
            return Found(version: PatientSource.version(seen), person: id)
        }
        guard Directory.types.contains(reference.type) else { return nil }
        return try await Directory.version(reference.type, reference.id, call)
            .map { Found(version: $0) }
    }

    /// What refers to a resource: of the same case, of the person's cases, or of the directory.
    private func pointing(
        to hit: FHIRSearch.Hit,
        _ include: SearchQuery.Include
    ) async throws -> [Found] {
        guard let target = hit.version.view else { return [] }
        var candidates: [Found] = []
        if Directory.types.contains(include.source) {
            candidates = try await Directory.versions(include.source, call)
                .map { Found(version: $0) }
        } else if let record = hit.group.record {
            candidates = record.current(of: include.source)
                .map { Found(version: $0, story: hit.group.story) }
        } else if let person = hit.group.person {
            let stories = try await call.goodwork.find(.people([person]), by: call.actor).stories
            for (story, record) in zip(stories, try await call.records(of: stories)) {
                candidates += record.current(of: include.source)
                    .map { Found(version: $0, story: story) }
            }
        }
        return try candidates.filter { candidate in
            try references(in: candidate.version, include).contains { $0.text == target.reference }
        }
    }

    private func references(
        in version: FHIRVersion,
        _ include: SearchQuery.Include
    ) throws -> [FHIRReference] {
        guard let resource = version.resource,
            let parameter = SearchParameters.parameter(include.parameter, of: include.source)
        else { return [] }
        return parameter.elements(of: try FHIRResource(resource))
            .compactMap { $0["reference"]?.text.flatMap { FHIRReference($0) } }
    }
}
