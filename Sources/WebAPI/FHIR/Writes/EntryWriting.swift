import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// Telling something of a case: a resource that names it becomes an entry of its journal.
enum EntryWriting {
    static func create(_ call: FHIRCall) async throws -> Response {
        let resource = try call.resource()
        guard resource.type == call.type else {
            throw FHIRFault(400, .invalid, "Send a \(call.type), not a \(resource.type).")
        }
        try Referring.refuseCondition(call, instead: "send an Idempotency-Key")
        let file = try await call.file(about: resource)
        let record = try await call.record(of: call.goodwork.story(of: file))
        let command = try CaseEntry(
            resource,
            of: record,
            by: call.actor.organisation,
            on: call.today
        ).command
        let change = try await call.judged(resource.type) {
            try await call.goodwork.tell(
                command,
                on: file,
                by: call.actor,
                version: nil,
                key: call.key(),
                seed: call.call.seed
            )
        }
        guard let made = try await call.made(by: change, resource.type) else {
            return Response(status: 201, headers: [])
        }
        return try call.answer(made, status: 201, isPlaced: true)
    }
}

extension FHIRCall {
    /// The case that a resource is about, opened for those who may tell of it.
    ///
    /// - Parameter other: the case where the resource names none.
    func file(about resource: FHIRResource, else other: CaseID? = nil) async throws -> CaseFile {
        let ids = CaseReference.cases(in: resource)
        let place = "\(resource.type).basedOn"
        let id: CaseID
        if let first = ids.first, ids.count == 1 {
            id = first
        } else if ids.isEmpty, let other {
            id = other
        } else if ids.isEmpty, let person = CaseReference.person(in: resource) {
            id = try await onlyCase(of: person, place)
        } else {
            let says = "Name the one case that it is about: its ServiceRequest or Task."
            throw FHIRFault(422, .required, says, at: place)
        }
        do {
            let file = try await goodwork.file(id, for: .changeCase, by: actor)
            try await checkPerson(of: resource, in: file)
            return file
        } catch let error as ServiceError where error.kind == .notFound {
            throw FHIRFault(422, .notFound, "There is no Task/\(id.text).", at: place)
        }
    }

    /// Nothing is told of one person by the case of another.
    ///
    /// A reference to another server says nothing of who is meant here.
    func checkPerson(of resource: FHIRResource, in file: CaseFile) async throws {
        guard let (element, text) = CaseReference.patient(in: resource),
            text.hasPrefix("Patient/") || text.hasPrefix(address + "/"),
            let id = FHIRReference(text)?.id, id != file.header.person.text
        else { return }
        // Two records may be one person.
        if let person = PersonID(id) {
            let stories = try await goodwork.find(.people([person]), by: actor).stories
            if stories.contains(where: { $0.id == file.header.id }) { return }
        }
        let says = "The case is of Patient/\(file.header.person.text)."
        throw FHIRFault(422, .businessRule, says, at: "\(resource.type).\(element)")
    }

    /// The open case of a person, where whoever asks may tell of one alone.
    private func onlyCase(of person: PersonID, _ place: String) async throws -> CaseID {
        let stories = try await goodwork.find(.people([person]), by: actor).stories
        let open = stories.filter { story in
            story.may.contains(.changeCase) && story.history.fold().closure == nil
        }
        if open.count == 1 { return open[0].id }
        if open.isEmpty, let other = stories.first { return other.id }
        let says = "Name the case that it is about: this person has \(open.count) open ones here."
        throw FHIRFault(422, stories.isEmpty ? .notFound : .required, says, at: place)
    }

    /// The resource that a change made: the one with the id of an event, or that changed with it.
    func made(by change: Goodwork.Change, _ type: String) async throws -> FHIRVersion? {
        let story = try await goodwork.unlogged(change.caseID, by: actor)
        let versions = try await record(of: story).current(of: type)
        let ids = Set(change.events.map { "\(change.caseID.text).\($0.id.text)" })
        let moment = change.events.first?.recordedAt
        return versions.last { version in version.view.map { ids.contains($0.id) } ?? false }
            ?? versions.last { $0.lastUpdated == moment && $0.view != nil }
    }
}
