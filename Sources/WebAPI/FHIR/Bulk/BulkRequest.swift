import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Store
import Web

/// What is asked for in bulk (Bulk Data Access 2.0, kick-off), found to be something that is served.
struct BulkRequest {
    var types: [String] = []
    var since: Instant?
    var filters: [TypeFilter] = []
    /// The people who are named; blank where nobody is.
    var patients: [PersonID] = []

    private static let formats = ["application/fhir+ndjson", "application/ndjson", "ndjson"]

    /// - Parameter level: a whole server has the directory too.
    init(_ call: FHIRCall, _ level: RecordExport.Level) throws {
        guard FHIRCall.preferences(call.request).contains("respond-async") else {
            throw FHIRFault(400, .invalid, "Send Prefer: respond-async; it is answered later.")
        }
        var issues: [FHIRIssue] = []
        var wanted: [String]?
        var filtered: [String] = []
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
            case "_typeFilter": filtered.append(value)
            case "patient":
                do { try addPatient(value, call, level) } catch { issues += error.issues }
            case "_type":
                let listed = value.split(separator: ",").map(String.init)
                if !listed.isEmpty { wanted = (wanted ?? []) + listed }
            case "_format", "_pretty": break
            default:
                if !call.isLenient {
                    issues.append(FHIRIssue(.notSupported, "\(name) is not served."))
                }
            }
        }
        let served = FHIRRecords.types.subtracting(level == .system ? [] : SharedSource.types)
        issues += call.issues(ofTypes: wanted ?? [], among: served)
        let filterable = wanted.map { served.intersection($0) } ?? served
        for text in filtered {
            do {
                filters.append(try TypeFilter(text, among: filterable))
            } catch {
                // What is not served may be left out for whoever asks so.
                issues += error.issues.filter { $0.code != .notSupported || !call.isLenient }
            }
        }
        if !issues.isEmpty { throw FHIRFault(400, FHIRIssues(issues)) }
        let named = wanted.map { served.intersection($0) }
        // What is named must be in the token; else all that is.
        for type in (named ?? []).sorted() { try call.needs("r", type) }
        types = (named ?? served).filter { call.allows("r", $0) }.sorted()
        guard !types.isEmpty else { throw Problem.missing(scope: "system/*.rs") }
        try narrow(by: call)
    }

    /// What the token is not good for stays out, as if a filter had been asked for.
    private mutating func narrow(by call: FHIRCall) throws {
        for type in types {
            guard let constraints = call.call.caller?.scopes.constraints(on: type) else { continue }
            let asked = filters.filter { $0.type == type }.map(\.text)
            let both = (asked.isEmpty ? [type + "?"] : asked.map { $0 + "&" })
                .flatMap { text in constraints.map { text + $0 } }
            filters.removeAll { $0.type == type }
            do {
                filters += try both.map { text throws(FHIRIssues) in
                    try TypeFilter(text, among: [type])
                }
            } catch {
                throw FHIRFault(400, error)
            }
        }
    }

    /// Reads whom an export is of.
    private mutating func addPatient(
        _ value: String,
        _ call: FHIRCall,
        _ level: RecordExport.Level
    ) throws(FHIRIssues) {
        func refused(_ code: FHIRIssue.Code, _ says: String) -> FHIRIssues {
            FHIRIssues(FHIRIssue(code, says))
        }
        if level == .system {
            throw refused(.notSupported, "patient is for Patient/$export and Group/id/$export.")
        }
        guard call.request.method == .post else {
            throw refused(.notSupported, "Send patient within Parameters, by POST.")
        }
        if Goodwork.isCloaked(call.actor) {
            throw refused(.notSupported, "patient is not for those who may not know who it is.")
        }
        guard let reference = FHIRReference(value), reference.type == "Patient",
            let id = PersonID(reference.id)
        else { throw refused(.value, "patient is a reference to a Patient, not \(value).") }
        patients.append(id)
    }

    /// Refuses people of whom the client may not know.
    func checkPatients(_ call: FHIRCall) async throws {
        if patients.isEmpty { return }
        let stories = try await call.goodwork.find(.people(patients), by: call.actor).stories
        let known = Set(stories.map(\.history.header.person))
        let issues = Set(patients).subtracting(known).sorted().map { id in
            FHIRIssue(.notFound, "There is no Patient/\(id.text).")
        }
        if !issues.isEmpty { throw FHIRFault(400, FHIRIssues(issues)) }
    }

    /// The query, or the Parameters that were sent.
    private static func parameters(_ call: FHIRCall) throws -> [(name: String, value: String)] {
        var all = call.request.query.fields.map { (name: $0.name, value: $0.value) }
        if call.request.method == .post, !call.request.body.isEmpty {
            let sent = try call.resource()
            guard sent.type == "Parameters" else {
                throw FHIRFault(400, .invalid, "Send Parameters, not a \(sent.type).")
            }
            all += sent.root.all("parameter").map { one -> (name: String, value: String) in
                let value = one["value"]
                return (
                    one["name"]?.text ?? "",
                    value?["reference"]?.text ?? value?.text ?? ""
                )
            }
        }
        return all
    }
}
