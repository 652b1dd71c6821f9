import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// Changing a resource of a case, whole or by a patch, on the version that the sender knew.
enum Updating {
    /// A resource that is to be changed, and what it is now.
    struct Open {
        var file: CaseFile
        var record: CaseRecord
        var version: FHIRVersion
    }

    static func update(_ call: FHIRCall) async throws -> Response {
        let resource = try call.resource()
        let open = try await call.opened()
        return try await change(call, resource, open)
    }

    /// JSON Merge Patch (RFC 7396) of the resource as whoever asks sees it.
    static func patch(_ call: FHIRCall) async throws -> Response {
        let patch: JSONObject
        do {
            guard let object = try JSONValue(parsing: call.request.body).object else {
                throw FHIRFault(400, .structure, "A patch is an object in braces.")
            }
            if let type = object["resourceType"]?.string, type != call.type {
                throw FHIRFault(400, .invalid, "Send a part of a \(call.type), not a \(type).")
            }
            patch = object
        } catch let fault as JSONFault {
            throw FHIRFault(400, .structure, fault.description)
        }
        let open = try await call.opened()
        let merged = MergePatch.apply(patch, to: open.version.resource ?? JSONObject())
        let bytes = Array(JSONValue.object(merged).text.utf8)
        return try await change(call, call.resource(parsing: bytes), open)
    }

    private static func change(
        _ call: FHIRCall,
        _ resource: FHIRResource,
        _ open: Open
    ) async throws -> Response {
        try await call.checkPerson(of: resource, in: open.file)
        let command = try command(call, resource, open)
        if command.entries.isEmpty { return try call.answer(open.version) }
        var judging = call
        // A change in between is told as 412 to those who named their version.
        if call.request.headers["if-match"] != nil { judging.call.version = open.file.version }
        do {
            _ = try await call.judged(call.type) {
                try await call.goodwork.tell(
                    command,
                    on: open.file,
                    by: call.actor,
                    version: open.file.version,
                    key: nil,
                    seed: call.call.seed
                )
            }
        } catch {
            throw judging.call.api.fault(for: error, judging.call)
        }
        let story = try await call.goodwork.unlogged(open.file.header.id, by: call.actor)
        return try call.answer(call.latest(in: try await call.record(of: story)))
    }

    /// What a changed resource asks for.
    static func command(
        _ call: FHIRCall,
        _ resource: FHIRResource,
        _ open: Open
    ) throws -> Command {
        guard resource.type == call.type else {
            throw FHIRFault(400, .invalid, "Send a \(call.type), not a \(resource.type).")
        }
        if let id = resource.id, id != call.id {
            let says = "The id is \(id), and the address says \(call.id)."
            throw FHIRFault(400, .value, says, at: "\(call.type).id")
        }
        try call.checkVersion(of: resource, open.version)
        let (own, today) = (call.actor.organisation, call.today)
        return switch call.type {
        case "Task":
            try TaskUpdate(resource, id: call.id, of: open.record, by: own, on: today).command
        case "ServiceRequest":
            try RequestUpdate.command(resource, of: open.record, by: own, on: today)
        default:
            try CaseEntry(resource, id: call.id, of: open.record, by: own, on: today).command
        }
    }
}

extension FHIRCall {
    /// Refuses what was made of an older version than there is now, as its `meta` says; where
    /// `If-Match` is sent, that says which version is meant.
    func checkVersion(of resource: FHIRResource, _ now: FHIRVersion) throws {
        guard request.headers["if-match"] == nil,
            let text = resource.root["meta"]?["versionId"]?.text, let read = Int(text),
            read < now.number
        else { return }
        throw FHIRFault.changed("\(type)/\(id)", now: now.etag, status: 409)
    }

    /// The resource that the address names, as whoever asks may know it, at the version they knew.
    func opened() async throws -> Updating.Open {
        let reference = "\(type)/\(id)"
        guard let caseID = CaseReference.caseID(in: id) else { throw FHIRFault.unknown(reference) }
        let file: CaseFile
        var action = Action.readStatus
        if case .onCase(let needed) = route.guard { action = needed }
        do {
            file = try await goodwork.file(caseID, for: action, by: actor)
        } catch let error as ServiceError where error.kind == .notFound {
            throw FHIRFault.unknown(reference)
        }
        let record = try await record(of: goodwork.story(of: file))
        let version = try latest(in: record)
        if version.view == nil {
            throw shows(version) ? FHIRFault.gone(reference) : FHIRFault.unknown(reference)
        }
        if let mark = request.headers["if-match"], !EntityTag.matches(mark, version.number) {
            throw FHIRFault.changed(reference, now: version.etag)
        }
        return Updating.Open(file: file, record: record, version: version)
    }
}
