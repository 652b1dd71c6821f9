import Application
import FHIRMapping
import FHIRModel
import Kernel
import Store
import Web

/// What is asked for in bulk (Bulk Data Access 2.0, kick-off), found to be something that is served.
struct BulkRequest {
    var types: [String]
    var since: Instant?

    private static let formats = ["application/fhir+ndjson", "application/ndjson", "ndjson"]

    /// - Parameter level: a whole server has the directory too.
    init(_ call: FHIRCall, _ level: RecordExport.Level) throws {
        guard FHIRCall.preferences(call.request).contains("respond-async") else {
            throw FHIRFault(400, .invalid, "Send Prefer: respond-async; it is answered later.")
        }
        var issues: [FHIRIssue] = []
        var wanted: [String]?
        for (name, value) in try Self.parameters(call) {
            switch name {
            case "_outputFormat":
                // A plus that came as a space is put right.
                if !Self.formats.contains(value.replacing(" ", with: "+")) {
                    issues.append(FHIRIssue(.value, "Only \(Self.formats[0]) is written."))
                }
            case "_since":
                since = Instant(iso: value.replacing(" ", with: "+"))
                if since == nil {
                    issues.append(FHIRIssue(.value, "_since is a moment, not \(value)."))
                }
            case "_type": wanted = (wanted ?? []) + value.split(separator: ",").map(String.init)
            case "_format", "_pretty": break
            default:
                if !call.isLenient {
                    issues.append(FHIRIssue(.notSupported, "\(name) is not served."))
                }
            }
        }
        let served = FHIRRecords.types.subtracting(level == .system ? [] : Directory.types)
        for type in Set(wanted ?? []).subtracting(served).sorted() where !call.isLenient {
            let near = nearestSpelling(to: type, in: served.sorted()).map { " Did you mean \($0)?" }
            issues.append(FHIRIssue(.notSupported, "\(type) is not exported here.\(near ?? "")"))
        }
        if !issues.isEmpty { throw FHIRFault(400, FHIRIssues(issues)) }
        let named = wanted.map { served.intersection($0) }
        // What is named must be in the token; else all that is.
        for type in (named ?? []).sorted() { try call.needs("r", type) }
        types = (named ?? served).filter { call.allows("r", $0) }.sorted()
        guard !types.isEmpty else { throw Problem.missing(scope: "system/*.rs") }
    }

    /// The query, or the Parameters that were sent.
    private static func parameters(_ call: FHIRCall) throws -> [(name: String, value: String)] {
        var all = call.request.query.fields.map { (name: $0.name, value: $0.value) }
        if call.request.method == .post, !call.request.body.isEmpty {
            let sent = try call.resource()
            guard sent.type == "Parameters" else {
                throw FHIRFault(400, .invalid, "Send Parameters, not a \(sent.type).")
            }
            all += sent.root.all("parameter").map { one in
                (one["name"]?.text ?? "", one["value"]?.text ?? "")
            }
        }
        return all
    }
}
