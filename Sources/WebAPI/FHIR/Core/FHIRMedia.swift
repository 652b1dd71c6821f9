import FHIRModel
import Web

/// What resources are sent as, and what they are asked for as.
enum FHIRMedia {
    static let json = "application/fhir+json"
    /// `fhirVersion` of R4, as a parameter of the media type.
    private static let version = "4.0"
    private static let patches = ["application/merge-patch+json", json, "application/json"]

    /// Whether the caller takes JSON (RFC 9110, 12.5.1), or says so by `_format`.
    static func check(_ request: Request) throws {
        if let format = request.query["_format"] {
            // A plus that came as a space is put right.
            let kind = format.replacing(" ", with: "+").prefix { $0 != ";" }
            if ["json", "text/json", "application/json", json].contains(String(kind)) { return }
            throw FHIRFault(406, .notSupported, "Only JSON is answered: _format=json.")
        }
        guard let header = request.headers["accept"], !header.trimmed.isEmpty else { return }
        let isTaken = header.lowercased().split(separator: ",").contains { item in
            let parts = item.split(separator: ";").map { String($0).trimmed }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            if let weight, Double(weight.dropFirst(2)) == 0 { return false }
            if !isOurVersion(parts) { return false }
            let ranges = ["*/*", "application/*", json, "application/json", "application/*+json"]
            return parts.first.map(ranges.contains) ?? false
        }
        if !isTaken { throw FHIRFault(406, .notSupported, "Only \(json) is answered.") }
    }

    /// Whether a media type, taken apart, asks for no version of FHIR but R4 (R4, 2.21.0.3).
    private static func isOurVersion(_ parts: [String]) -> Bool {
        parts.dropFirst().allSatisfy { part in
            guard part.hasPrefix("fhirversion=") else { return true }
            let said = part.dropFirst("fhirversion=".count).filter { $0 != "\"" }
            return said == version || said.hasPrefix(version + ".")
        }
    }

    /// Whether a body is what the route takes.
    static func checkBody(_ request: Request, _ content: FHIRRoute.Content) throws {
        let parts = (request.headers["content-type"] ?? "").lowercased()
            .split(separator: ";", omittingEmptySubsequences: false)
            .map { String($0).trimmed }
        let kind = parts.first ?? ""
        if content != .none, !isOurVersion(parts) {
            throw FHIRFault(415, .notSupported, "Send FHIR R4: fhirVersion=\(version).")
        }
        switch content {
        case .none: return
        case .resource where kind == json || kind == "application/json": return
        case .patch where patches.contains(kind): return
        case .form where kind == "application/x-www-form-urlencoded" || request.body.isEmpty: return
        case .resource: throw FHIRFault(415, .notSupported, "Send \(json).")
        case .patch:
            let says = "Send a JSON Merge Patch (RFC 7396): application/merge-patch+json."
            throw FHIRFault(415, .notSupported, says)
        case .form:
            throw FHIRFault(415, .notSupported, "Send application/x-www-form-urlencoded.")
        }
    }
}
