import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Store
import Web

/// People, as far as whoever asks may see who they are.
enum PatientSource {
    static func read(_ call: FHIRCall) async throws -> Response {
        let seen = try await call.seenPerson()
        return try call.answer(version(seen))
    }

    /// Everything of a person that whoever asks may see, or that the token is good for.
    static func everything(_ call: FHIRCall) async throws -> Response {
        let seen = try await call.seenPerson()
        let parameters = SearchAnswer.parameters(call)
        let wanted = try wantedTypes(call, parameters)
        let types = CaseReading.types.filter { type in
            call.allows("r", type) && wanted?.contains(type) ?? true
        }
        var since: Instant?
        if let text = parameters["_since"] {
            // A plus that came as a space is put right.
            since = Instant(iso: text.replacing(" ", with: "+"))
            if since == nil { throw FHIRFault(400, .value, "_since is a moment, not \(text).") }
        }
        let isNew = { @Sendable [since] (version: FHIRVersion) in
            since.map { $0 <= version.lastUpdated } ?? true
        }
        // Resources of a record that was joined are of that record's Patient.
        var people: [FHIRVersion] = []
        if wanted?.contains("Patient") ?? true {
            people.append(version(seen))
            for other in seen.otherRecords {
                people.append(version(try await call.goodwork.readPerson(other, by: call.actor)))
            }
        }
        let patient = SearchGroup(key: "", people.filter(isNew), person: seen.id)
        let source = CaseSource.groups(call, .people([seen.id])) { record in
            record.current().filter { version in
                isNew(version) && version.view.map { types.contains($0.type) } ?? false
            }
        }
        return try await SearchAnswer.answer(
            call,
            "Patient",
            parameters,
            others: ["_since", "_type"],
            path: "Patient/\(call.id)/$everything"
        ) { _ in
            { from in
                var portion = try await source(from)
                if from == nil || from == "" { portion.groups.insert(patient, at: 0) }
                return portion
            }
        }
    }

    /// The types that `_type` names; nil where it names none.
    private static func wantedTypes(
        _ call: FHIRCall,
        _ parameters: Form
    ) throws -> Set<String>? {
        let listed = (parameters["_type"] ?? "").split(separator: ",").map(String.init)
        let issues = call.issues(ofTypes: listed, among: CaseReading.types.union(["Patient"]))
        if !issues.isEmpty { throw FHIRFault(400, FHIRIssues(issues)) }
        return listed.isEmpty ? nil : Set(listed)
    }

    static func source(_ call: FHIRCall, _ query: SearchQuery) async throws -> SearchSource {
        if let people = try await named(call, query) {
            return { from in
                var groups: [SearchGroup] = []
                for id in people where from.map({ $0 <= id.text }) ?? true {
                    guard let seen = try await call.goodwork.seenPerson(id, by: call.actor) else {
                        continue
                    }
                    groups.append(group(seen, key: id.text))
                }
                return SearchPortion(groups: groups, next: nil)
            }
        }
        return { from in
            let found = try await call.goodwork.find(
                .own(CaseNarrowing()),
                from: from.flatMap { CaseID($0) },
                by: call.actor
            )
            var groups: [SearchGroup] = []
            for story in found.stories where story.may.contains(.readIdentity) {
                let person = story.history.header.person
                guard let seen = try await call.goodwork.seenPerson(person, by: call.actor),
                    // Somebody with several cases is found with the first.
                    seen.stories.first(where: { $0.history.header.person == person })?.id
                        == story.id
                else { continue }
                groups.append(group(seen, key: story.id.text))
            }
            return SearchPortion(groups: groups, next: found.next?.text)
        }
    }

    private static func group(_ seen: SeenPerson, key: String) -> SearchGroup {
        SearchGroup(key: key, [version(seen)], person: seen.id)
    }

    /// Those whom the search names by id or NHS number; nil where it names nobody.
    private static func named(_ call: FHIRCall, _ query: SearchQuery) async throws -> [PersonID]? {
        for term in query.terms where term.modifier == nil {
            let tokens = term.values.compactMap { value -> (system: String?, code: String)? in
                guard case .token(let system, let code?) = value else { return nil }
                return (system, code)
            }
            // A value that says a system alone names nobody.
            guard tokens.count == term.values.count else { continue }
            if term.parameter.name == "_id" {
                return Set(tokens.compactMap { PersonID($0.code) }).sorted()
            }
            guard term.parameter.name == "identifier" else { continue }
            var found: Set<PersonID> = []
            for token in tokens where token.system == nil || token.system == Systems.nhsNumber {
                var identity = Identity()
                identity.nhsNumber = token.code
                found.formUnion(try await call.goodwork.people(like: identity))
            }
            return found.sorted()
        }
        return nil
    }

    /// A person as a Patient.
    static func version(_ seen: SeenPerson) -> FHIRVersion {
        var record = FHIRMapping.PersonRecord(
            id: seen.id,
            identity: seen.identity,
            updatedAt: seen.updatedAt
        )
        record.fill(from: seen.stories.map { CaseRecord($0) })
        record.others = seen.otherRecords
        let made = record.version
        return made.view.map { FHIRVersion(of: $0, at: record.updatedAt) } ?? made
    }
}

extension FHIRCall {
    /// The person whom the address names, for those who may see who they are; it is written down.
    func seenPerson() async throws -> SeenPerson {
        let reference = "Patient/\(id)"
        guard let id = PersonID(id) else { throw FHIRFault.unknown(reference) }
        do {
            return try await goodwork.readPerson(id, by: actor)
        } catch let error as ServiceError where error.kind == .notFound {
            throw FHIRFault.unknown(reference)
        }
    }
}
