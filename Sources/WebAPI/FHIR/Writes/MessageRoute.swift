import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// `$process-message`: a message of BaRS's shape with a referral, or one that takes it back.
enum MessageRoute {
    static let routes = [
        FHIRRoute(
            .post,
            "/$process-message",
            .operation("process-message", of: nil),
            .action([.refer]),
            scopes: [("c", "ServiceRequest")],
            takes: .resource
        ) { try await process($0) }
    ]

    private static func process(_ call: FHIRCall) async throws -> Response {
        let message = try call.resource()
        switch try IncomingMessage(message) {
        case .referral:
            let referred = try await Referring.refer(message, call)
            return answer(call, message, referred.record, referred.id)
        case .cancellation(let cancellation):
            let id = try await caseID(cancellation, call)
            try await takeBack(id, cancellation, call)
            let story = try await call.goodwork.unlogged(id, by: call.actor)
            return answer(call, message, try await call.record(of: story), id)
        }
    }

    /// The case that a cancellation is of: by our id, our reference or the sender's identifier.
    private static func caseID(
        _ cancellation: IncomingMessage.Cancellation,
        _ call: FHIRCall
    ) async throws -> CaseID {
        for key in cancellation.keys {
            if let known = try await Referring.known(key, call) { return known }
        }
        let prefix = Systems.identifier("case") + "|"
        var searches = cancellation.identifiers.filter { $0.hasPrefix(prefix) }
            .map { CaseSearch.reference(String($0.dropFirst(prefix.count))) }
        if let id = cancellation.id.flatMap({ CaseID($0) }) { searches.append(.ids([id])) }
        for search in searches {
            let found = try await call.goodwork.find(search, by: call.actor).stories
            if let story = found.first { return story.id }
        }
        let says = "None of its identifiers is of a referral of yours."
        throw FHIRFault(404, .notFound, says, at: "\(cancellation.path).identifier")
    }

    private static func takeBack(
        _ id: CaseID,
        _ cancellation: IncomingMessage.Cancellation,
        _ call: FHIRCall
    ) async throws {
        let file = try await call.goodwork.file(id, for: .readStatus, by: call.actor)
        let record = try await call.record(of: call.goodwork.story(of: file))
        let command = try RequestUpdate.command(
            cancellation,
            of: record,
            by: call.actor.organisation,
            on: call.today
        )
        if command.entries.isEmpty { return }
        _ = try await call.judged("ServiceRequest") {
            try await call.goodwork.tell(
                command,
                on: file,
                by: call.actor,
                version: file.version,
                key: nil,
                seed: call.call.seed
            )
        }
    }

    /// A message that answers: what became of the request.
    private static func answer(
        _ call: FHIRCall,
        _ message: FHIRResource,
        _ record: CaseRecord?,
        _ id: CaseID
    ) -> Response {
        let first = message.root.all("entry").first
        let asked = first?["resource"]
        let name = first?["fullUrl"]?.text?.split(separator: ":").last.map(String.init)
        var header: JSONObject = ["resourceType": .string("MessageHeader")]
        header["id"] = .string("\(id.text).\(record?.history.version ?? 1)")
        for name in ["eventCoding", "eventUri"] { header[name] = asked?[name]?.json }
        if header["eventCoding"] == nil, header["eventUri"] == nil {
            header["eventCoding"] = asked?["event"]?.json
        }
        header["source"] = .object(["endpoint": .string(call.address)])
        header["response"] = .object([
            "identifier": .string(asked?["id"]?.text ?? name ?? "unnamed"),
            "code": .string("ok"),
        ])
        header["focus"] = .array([.object(["reference": .string("ServiceRequest/\(id.text)")])])
        var resources = [header]
        for type in ["ServiceRequest", "Task"] {
            let version = record?.versions(of: type, id.text).last
            if let resource = version?.resource { resources.append(resource) }
        }
        let entries = resources.map { resource in
            let parts = ["resourceType", "id"].map { resource[$0]?.string ?? "" }
            return JSONValue.object([
                "fullUrl": .string("\(call.address)/\(parts.joined(separator: "/"))"),
                "resource": .object(resource),
            ])
        }
        return call.resource([
            "resourceType": .string("Bundle"), "type": .string("message"),
            "timestamp": .string(call.now.iso), "entry": .array(entries),
        ])
    }
}
