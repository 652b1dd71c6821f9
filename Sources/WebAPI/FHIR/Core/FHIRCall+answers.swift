import Application
import FHIRMapping
import FHIRModel
import Kernel
import Web

extension FHIRCall {
    /// A resource, with its version and when it changed.
    package func answer(
        _ version: FHIRVersion,
        status: Int = 200,
        isPlaced: Bool = false
    ) throws -> Response {
        // What the token may not see is not there, and so neither unchanged nor gone.
        if request.method == .get, !shows(version) {
            throw FHIRFault.unknown("\(type)/\(id)")
        }
        guard let place = version.place, let resource = version.resource else {
            throw FHIRFault.gone("\(type)/\(id)")
        }
        var headers = [
            (name: "ETag", value: version.etag),
            (name: "Last-Modified", value: HTTPDate.text(version.lastUpdated)),
        ]
        if isPlaced {
            headers.append((name: "Location", value: "\(address)/\(place)"))
        }
        if status == 200, request.method == .get,
            EntityTag.matches(request.headers["if-none-match"], version.number)
        {
            return Response(status: 304, headers: headers)
        }
        if request.method != .get, wants == "minimal" {
            return Response(status: status, headers: headers)
        }
        if request.method != .get, wants == "operationoutcome" {
            let done = FHIRIssue(.informational, "It was done.", severity: .information)
            return self.resource(FHIRIssues(done).outcome, status: status, headers: headers)
        }
        return self.resource(try narrowed(resource), status: status, headers: headers)
    }

    /// Whether the token may see a version; of one that is no more, what it was last.
    func shows(_ version: FHIRVersion) -> Bool {
        guard let scopes = call.caller?.scopes, let resource = version.asKnown.resource else {
            return true
        }
        return ScopedAnswer(scopes).shows(resource)
    }

    /// No more of what is read than `_summary` or `_elements` ask for.
    private func narrowed(_ resource: JSONObject) throws -> JSONObject {
        let asked = request.query.fields.filter { ["_summary", "_elements"].contains($0.name) }
        guard request.method == .get, !asked.isEmpty, maySeeParts else { return resource }
        do {
            return try SearchQuery(type, asked.map { ($0.name, $0.value) }).narrowed(resource)
        } catch {
            throw FHIRFault(400, error)
        }
    }

    /// Whether resources may be answered in part: what is left out could not be searched any more
    /// by the search in a scope, which is matched on the answer.
    var maySeeParts: Bool { call.caller?.scopes.areConstrained != true }

    /// A resource that has no version, such as a Bundle.
    package func resource(
        _ resource: JSONObject,
        status: Int = 200,
        headers: [(name: String, value: String)] = []
    ) -> Response {
        Response(
            status: status,
            headers: [("Content-Type", FHIRMedia.json)] + headers,
            body: JSONValue.object(resource).bytes
        )
    }
}

/// Entity tags of resources: `W/"3"`.
enum EntityTag {
    /// Whether a header of tags names a version; tags without quotes are read too.
    static func matches(_ header: String?, _ number: Int) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { item in
            let text = String(item).trimmed
            return text == "*" || Self.number(text) == number
        }
    }

    /// The version that a tag names; nil when it is none of ours.
    static func number(_ text: String) -> Int? {
        var text = text.trimmed[...]
        if text.hasPrefix("W/") { text = text.dropFirst(2) }
        if text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 {
            text = text.dropFirst().dropLast()
        }
        return Int(text)
    }
}

/// A moment as headers of HTTP have it (RFC 9110, 5.6.7).
enum HTTPDate {
    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func text(_ instant: Instant) -> String {
        let iso = Array(instant.iso.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: iso[range], as: UTF8.self) }
        guard iso.count > 19, let day = CivilDate(iso: part(0..<10)) else { return instant.iso }
        let month = months[(Int(part(5..<7)) ?? 1) - 1]
        return "\(days[day.weekday - 1]), \(part(8..<10)) \(month) \(part(0..<4)) "
            + "\(part(11..<19)) GMT"
    }
}
