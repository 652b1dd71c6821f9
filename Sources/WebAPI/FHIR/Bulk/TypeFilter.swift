import FHIRMapping
import FHIRModel
import Kernel
import Web

/// What records of one type must be to be exported (`_typeFilter`): `Task?status=requested`.
///
/// Filters of one type are alternatives. A type without any is exported whole.
struct TypeFilter: Sendable, Hashable {
    /// As it is kept.
    var text: String
    var query: SearchQuery

    var type: String { query.type }

    /// What says who somebody is stands in no address, and in no list of jobs.
    private static let ofPatient: Set = ["_id", "_lastUpdated", "active", "gender"]

    /// - Parameters:
    ///   - text: a type, and a search of it as it stands in an address.
    ///   - types: those that can be exported.
    init(_ text: String, among types: Set<String>) throws(FHIRIssues) {
        let halves = text.split(separator: "?", maxSplits: 1).map(String.init)
        guard halves.count == 2, let form = URLEncoding.decode(halves[1].utf8), !form.isEmpty
        else {
            let says = "_typeFilter is a type and a search: Task?status=requested; not \(text)."
            throw FHIRIssues(FHIRIssue(.value, says))
        }
        guard types.contains(halves[0]) else {
            let says = "_typeFilter: \(halves[0]) is not exported here, or not named in _type."
            throw FHIRIssues(FHIRIssue(.notSupported, says))
        }
        self.text = text
        query = try SearchQuery(halves[0], form.fields.map { ($0.name, $0.value) })
        let isPlain = form.fields.allSatisfy { field in
            let name = String(field.name.prefix { $0 != ":" })
            return SearchParameters.parameter(name, of: halves[0]) != nil
                && (halves[0] != "Patient" || Self.ofPatient.contains(name))
        }
        if !isPlain {
            let says = "_typeFilter takes search parameters alone, and of Patient none that names."
            throw FHIRIssues(FHIRIssue(.notSupported, says))
        }
    }

    /// One that was kept.
    init?(kept text: String) {
        let type = String(text.prefix { $0 != "?" })
        guard let known = try? TypeFilter(text, among: [type]) else { return nil }
        self = known
    }
}

extension [TypeFilter] {
    /// Whether a record may go out.
    ///
    /// - Throws: what is wrong with one that is not as the tables have it, and cannot be searched.
    func allow(_ version: FHIRVersion) throws(FHIRIssues) -> Bool {
        guard let view = version.view, contains(where: { $0.type == view.type }),
            let json = version.resource
        else { return true }
        let resource = try FHIRResource(json)
        return contains { $0.type == view.type && $0.query.matches(resource) }
    }
}
