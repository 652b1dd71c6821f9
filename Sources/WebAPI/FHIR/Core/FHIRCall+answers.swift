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
        guard let view = version.view, let resource = version.resource else {
            throw FHIRFault.gone("\(type)/\(id)")
        }
        var headers = [
            (name: "ETag", value: version.etag),
            (name: "Last-Modified", value: HTTPDate.text(version.lastUpdated)),
        ]
        if isPlaced {
            let place = "\(address)/\(view.reference)/_history/\(version.number)"
            headers.append((name: "Location", value: place))
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
        return self.resource(resource, status: status, headers: headers)
    }

    /// A resource that has no version, such as a Bundle.
    package func resource(
        _ resource: JSONObject,
        status: Int = 200,
        headers: [(name: String, value: String)] = []
    ) -> Response {
        Response(
            status: status,
            headers: [("Content-Type", FHIRMedia.json)] + headers,
            body: Array(JSONValue.object(resource).text.utf8)
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
        let iso = instant.iso
        guard let day = CivilDate(iso: String(iso.prefix(10))) else { return iso }
        let parts = iso.prefix(10).split(separator: "-")
        let month = months[(Int(parts[1]) ?? 1) - 1]
        let time = iso.dropFirst(11).prefix(8)
        return "\(days[day.weekday - 1]), \(parts[2]) \(month) \(parts[0]) \(time) GMT"
    }
}
