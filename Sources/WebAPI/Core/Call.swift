import Application
import Crypto
import Kernel
import Web

/// One request on its way to its answer: all that a handler needs.
package struct Call: Sendable {
    package let api: API
    package var request: Request
    /// Who asks; nil where anybody may.
    package var caller: ClientCaller?
    /// The case that the path names, opened for what the route does.
    package var opened: CaseFile?
    /// The body, found to be what the route's schema says.
    package var body: JSONValue = .null
    /// The version that the caller decided on.
    package var version: Int?
    /// By which a second sending is known; of this caller alone.
    package var key: String?
    package var now: Instant

    package var goodwork: Goodwork { api.goodwork }
    package var today: CivilDate { now.civilDateUK }
    package var actor: Actor { caller?.actor ?? .nobody }

    /// Randomness for new ids.
    package var seed: UInt64 { .random(in: .min ... .max) }

    /// The opened case.
    package func file() throws -> CaseFile {
        guard let opened else {
            preconditionFailure("\(request.path) asks for a case, and its route opens none")
        }
        return opened
    }

    /// A part of the path, such as `case`.
    package func part(_ name: String) -> String { request.parameters[name] ?? "" }

    /// A value of the query.
    package func query(_ name: String) -> String? { request.query[name] }

    package func date(_ name: String) -> CivilDate? {
        query(name).flatMap { CivilDate(iso: $0) }
    }

    /// Whether the actor may do something that is not about one case.
    package func may(_ action: Action) -> Bool { Access.decide(actor, action) == .allowed }
}

// MARK: - Answering

extension Call {
    /// A JSON answer, marked so that it need not be sent again while it is the same.
    ///
    /// - Parameter version: of the case that it shows; it goes into the mark, so that a change can
    ///   be made on it.
    package func json(
        _ object: JSONObject,
        status: Int = 200,
        version: Int? = nil,
        headers: [(name: String, value: String)] = []
    ) -> Response {
        let body = Array(JSONValue.object(object).text.utf8)
        // What a change answers is not what its address shows when it is read.
        let mark =
            version.map { Self.mark(version: $0, on: today) }
            ?? (request.method == .get ? Self.mark(body) : nil)
        return Response(
            status: status,
            headers: [("Content-Type", "application/json")] + (mark.map { [("ETag", $0)] } ?? [])
                + headers,
            body: body
        )
    }

    /// A file of text, marked so that it need not be sent again while it is the same.
    package func file(_ text: String, named name: String, type: String) -> Response {
        let body = Array(text.utf8)
        var response = Response.file(body, name: name, type: type)
        response.headers.append(("ETag", Self.mark(body)))
        return response
    }

    /// The mark of a case's version; what is shown also changes from day to day.
    static func mark(version: Int, on day: CivilDate) -> String { "\"\(version).\(day.iso)\"" }

    private static func mark(_ body: [UInt8]) -> String {
        "\"" + Base64URL.text(Array(SHA256.hash(data: body).prefix(12))) + "\""
    }

    /// The version that an `If-Match` names; nil when it is none of ours.
    static func version(ofMark mark: String) -> Int? {
        guard mark.hasPrefix("\""), mark.hasSuffix("\""), mark.count > 2 else { return nil }
        return Int(mark.dropFirst().dropLast().prefix { $0 != "." })
    }
}

extension Response {
    /// Nothing but that it was done.
    static let done = Response(status: 204)
}
