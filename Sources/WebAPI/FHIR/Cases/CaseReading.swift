import Application
import Casework
import FHIRMapping
import Kernel
import Web

/// Reading what a case is made of.
enum CaseReading {
    /// The types that are views of a case.
    static let types: Set<String> = [
        "Appointment", "CarePlan", "Communication", "Condition", "Consent", "EpisodeOfCare", "Goal",
        "Observation", "Procedure", "Provenance", "QuestionnaireResponse", "ServiceRequest", "Task",
    ]

    /// What reading the type is, by the rules of access.
    static func action(_ type: String) -> Action {
        let ofTeam = [
            "Appointment", "EpisodeOfCare", "Goal", "Procedure", "Provenance",
            "QuestionnaireResponse",
        ]
        return ofTeam.contains(type) ? .readCase : .readStatus
    }

    static func read(_ call: FHIRCall) async throws -> Response {
        let record = try await call.record()
        return try call.answer(call.latest(in: record))
    }

    static func readVersion(_ call: FHIRCall) async throws -> Response {
        let versions = try await call.record().versions(of: call.type, call.id)
        let number = Int(call.call.part("version"))
        guard let version = versions.first(where: { $0.number == number }) else {
            throw FHIRFault.unknown("\(call.type)/\(call.id)/_history/\(call.call.part("version"))")
        }
        return try call.answer(version)
    }

    /// The versions of one resource, the latest first.
    static func history(_ call: FHIRCall) async throws -> Response {
        let reference = "\(call.type)/\(call.id)"
        // An entry of what is no more has no resource that could be left out later; and what the
        // token may see no version of is not there.
        let all = try await call.record().versions(of: call.type, call.id).filter(call.shows)
        if all.isEmpty { throw FHIRFault.unknown(reference) }
        let page = try HistoryPage(call)
        let found = page.of(all)
        var links = [(relation: "self", url: page.url(reference, call))]
        if let next = found.next {
            links.append((relation: "next", url: page.url(reference, call, before: next)))
        }
        return call.resource(
            Bundles.history(
                found.versions,
                of: reference,
                address: call.address,
                total: found.total,
                links: links
            )
        )
    }
}

extension FHIRCall {
    /// The case that the id in the address begins with, opened for whoever asks.
    ///
    /// - Throws: that there is no such resource, also where the case is not theirs.
    func record() async throws -> CaseRecord {
        guard let id = CaseReference.caseID(in: id) else {
            throw FHIRFault.unknown("\(type)/\(id)")
        }
        do {
            let story = try await goodwork.story(
                id,
                by: actor,
                isOpened: !CaseRecord.codedTypes.contains(type)
            )
            if case .onCase(let action) = route.guard, !story.may.contains(action) {
                throw ServiceError(.forbidden, "This is not the client's to read of this case.")
            }
            return try await record(of: story)
        } catch let error as ServiceError where error.kind == .notFound {
            throw FHIRFault.unknown("\(type)/\(self.id)")
        }
    }

    /// A case as its reader may know it.
    func record(of story: CaseStory) async throws -> CaseRecord {
        try await records(of: [story])[0]
    }

    /// Cases as their reader may know them, with the names of the organisations in them.
    func records(of stories: [CaseStory]) async throws -> [CaseRecord] {
        var names = stories.reduce(into: [:]) { names, story in
            names.merge(story.names ?? [:]) { name, _ in name }
        }
        let unnamed = stories.filter { $0.names == nil }.flatMap(\.organisations)
        if !unnamed.isEmpty {
            names.merge(try await goodwork.organisationNames(Set(unnamed))) { name, _ in name }
        }
        return stories.map { CaseRecord($0, names: names) }
    }

    /// The resource that the address names, as it is now.
    ///
    /// - Throws: that there never was one, or is one no more.
    func latest(in record: CaseRecord) throws -> FHIRVersion {
        guard let version = record.versions(of: type, id).last else {
            throw FHIRFault.unknown("\(type)/\(id)")
        }
        return version
    }
}

extension CaseRecord {
    /// A case as its reader may know it.
    init(_ story: CaseStory, names: [String: String] = [:]) {
        self.init(
            history: story.history,
            programme: story.programme,
            sight: story.isTeam ? .team : story.showsOutcome ? .outcome : .referrer,
            names: names
        )
    }
}
