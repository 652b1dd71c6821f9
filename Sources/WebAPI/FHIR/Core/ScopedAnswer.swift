import Application
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// What a token with searches in its scopes may see of an answer: `system/Observation.rs?code=…`.
///
/// Every answer by FHIR goes through here, whichever way asked for it. A resource of such a kind
/// that no search of its scopes finds is left out; read by itself it is answered as one that does
/// not exist. A search that cannot be read finds nothing.
struct ScopedAnswer {
    private let scopes: ClientScopes

    init(_ scopes: ClientScopes) { self.scopes = scopes }

    func narrowed(_ response: Response, _ request: Request) -> Response {
        guard scopes.areConstrained, !response.body.isEmpty else { return response }
        var response = response
        if response["Content-Type"]?.contains("ndjson") == true {
            let lines = response.body.split(separator: UInt8(ascii: "\n"))
            let kept = lines.filter { line in
                (try? JSONValue(parsing: Array(line)))?.object.map(shows) ?? false
            }
            response.body = Array(kept.map { $0 + [UInt8(ascii: "\n")] }.joined())
            return response
        }
        guard let resource = (try? JSONValue(parsing: response.body))?.object,
            resource["resourceType"] != nil
        else { return response }
        if resource["resourceType"]?.string == "Bundle" {
            response.body = Array(JSONValue.object(narrowed(resource)).text.utf8)
        } else if !shows(resource) {
            if request.method == .get {
                let path = request.path.dropFirst(FHIRRoute.base.count + 1)
                return FHIRFault.unknown(String(path)).response
            }
            response.body = []
        }
        return response
    }

    private func narrowed(_ bundle: JSONObject) -> JSONObject {
        var bundle = bundle
        let isList = ["searchset", "history"].contains(bundle["type"]?.string ?? "")
        // How many there are says something of those that are left out.
        if isList { bundle["total"] = nil }
        guard let entries = bundle["entry"]?.array else { return bundle }
        let kept: [JSONValue] = entries.compactMap { entry in
            guard var object = entry.object, let resource = object["resource"]?.object else {
                return entry
            }
            if resource["resourceType"]?.string == "Bundle" {
                object["resource"] = .object(narrowed(resource))
            } else if !shows(resource) {
                if isList { return nil }
                object["resource"] = nil
            }
            return .object(object)
        }
        bundle["entry"] = kept.isEmpty ? nil : .array(kept)
        return bundle
    }

    /// Whether a resource may be seen.
    func shows(_ json: JSONObject) -> Bool {
        guard let type = json["resourceType"]?.string,
            let constraints = scopes.constraints(on: type)
        else { return true }
        guard let resource = try? FHIRResource(json) else { return false }
        return constraints.contains { text in
            (try? ScopeSearch.query(text, of: type))?.matches(resource) ?? false
        }
    }
}
