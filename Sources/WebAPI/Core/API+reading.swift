import Application
import Kernel
import Web

extension API {
    /// Whether a header of marks names one (RFC 9110, 13.1.2), weakly compared.
    static func matches(_ header: String?, _ mark: String) -> Bool {
        guard let header else { return false }
        return header.split(separator: ",").contains { item in
            let item = String(item).trimmed
            return item == "*" || item == mark || item == "W/" + mark
        }
    }

    /// Whether what the route answers with is what the caller takes (RFC 9110, 12.5.1).
    func checkAccept(_ request: Request, _ route: APIRoute) throws {
        guard let header = request.headers["accept"], !header.trimmed.isEmpty else { return }
        let types = route.answers.compactMap { $0.schema == nil ? nil : $0.type }
        if types.isEmpty { return }
        let isTaken = header.lowercased().split(separator: ",").contains { item in
            let parts = item.split(separator: ";").map { String($0).trimmed }
            guard let range = parts.first else { return false }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }
            if let weight, Double(weight.dropFirst(2)) == 0 { return false }
            if range == "*/*" { return true }
            return types.contains { type in
                let kind = type.prefix { $0 != "/" }
                return range == type || range == "\(kind)/*" || range == "application/*+json"
            }
        }
        if isTaken { return }
        throw Problem(
            status: 406,
            code: "not-acceptable",
            detail: "This answers with \(types.joined(separator: ", "))."
        )
    }

    /// Checks every value of the query, and that there is no other.
    func checkQuery(_ request: Request, _ route: APIRoute) throws {
        var parts: [Problem.Part] = []
        var seen: Set<String> = []
        for field in request.query.fields {
            guard let parameter = route.parameters.first(where: { $0.name == field.name }) else {
                let known = route.parameters.map(\.name).joined(separator: ", ")
                parts.append(
                    Problem.Part(
                        parameter: String(field.name.prefix(200)),
                        problem: "is not known here",
                        expected: known.isEmpty ? "none" : known
                    )
                )
                continue
            }
            guard seen.insert(field.name).inserted else {
                parts.append(Problem.Part(parameter: field.name, problem: "comes twice"))
                continue
            }
            if field.name == "cursor", Cursor(text: field.value) == nil {
                parts.append(
                    Problem.Part(
                        parameter: "cursor",
                        problem: "is none of ours",
                        expected: "that of a `next`, or none to begin anew"
                    )
                )
                continue
            }
            for fault in parameter.schema.faults(inText: field.value) {
                parts.append(
                    Problem.Part(
                        parameter: field.name,
                        problem: fault.problem,
                        expected: fault.expected
                    )
                )
            }
        }
        if parts.isEmpty { return }
        throw Problem(
            status: 400,
            code: "bad-query",
            detail: "The query cannot be used.",
            parts: Array(parts.prefix(200))
        )
    }

    /// Reads `If-Match` and `Idempotency-Key`.
    func readConditions(_ call: inout Call, _ route: APIRoute) throws {
        func bad(_ header: String, _ problem: String, _ expected: String) -> Problem {
            Problem(
                status: 400,
                code: "bad-header",
                detail: "\(header) \(problem).",
                parts: [
                    Problem.Part(parameter: header, problem: problem, expected: expected)
                ]
            )
        }
        if route.hasVersion, let header = call.request.headers["if-match"] {
            let marks = header.split(separator: ",").map { String($0).trimmed }
            let versions = marks.compactMap(Call.version(ofMark:))
            // A weak mark is one as well, and fits nothing (RFC 9110, 13.1.1).
            let isMarks = marks.allSatisfy { $0.hasPrefix("W/\"") || $0.hasPrefix("\"") }
            switch versions.first {
            case _ where marks == ["*"]: break
            case let first?:
                let now = call.opened?.version
                call.version = versions.first { $0 == now } ?? first
            case nil where isMarks && !marks.isEmpty: throw Problem.changed
            case nil:
                throw bad("If-Match", "is no mark of ours", "the ETag, as it came")
            }
        }
        guard route.isIdempotent, let key = call.request.headers["idempotency-key"] else { return }
        let isPlain = key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPlain, (1...200).contains(key.utf8.count) else {
            throw bad("Idempotency-Key", "cannot be used", "1 to 200 letters, digits and signs")
        }
        // Two clients may choose the same key, and one client may use it for two things.
        call.key = "\(call.actor.user) \(route.name) \(key)"
    }

    /// The body, found to be what the schema says.
    func body(_ request: Request, _ schema: Schema) throws -> JSONValue {
        // What needs nothing may be asked for with nothing.
        if request.body.isEmpty, request.headers["content-type"] == nil, schema.mayBeLeftOut {
            return .object(JSONObject())
        }
        let type = (request.headers["content-type"] ?? "").lowercased().prefix { $0 != ";" }
        let kind = String(type).trimmed
        guard kind == "application/json" || kind.hasSuffix("+json") else {
            throw Problem(
                status: 415,
                code: "unsupported-media-type",
                detail: "Send JSON, and say so: Content-Type: application/json."
            )
        }
        guard request.body.count <= Self.bodyMax else {
            throw Problem(
                status: 413,
                code: "too-large",
                detail: "A body may have \(grouped(Self.bodyMax)) bytes."
            )
        }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: request.body)
        } catch {
            throw Problem(
                status: 400,
                code: "not-json",
                detail: "The body is not JSON.",
                parts: [
                    Problem.Part(line: error.line, column: error.column, problem: error.problem)
                ]
            )
        }
        let faults = schema.faults(in: value)
        if faults.isEmpty { return value }
        throw Problem.faults(faults, in: request.body)
    }
}

extension Problem {
    /// A body that has faults: all of them, each with its place.
    static func faults(_ faults: [Fault], in bytes: [UInt8]) -> Problem {
        let places = JSONPlaces(bytes)
        return Problem(
            status: 422,
            code: "faults",
            detail: "Nothing was done: see the faults.",
            parts: faults.prefix(200).map { Part($0, in: places) }
        )
    }
}

extension Schema {
    /// What is wrong with a value of a query, where everything is text.
    func faults(inText text: String) -> [Fault] {
        switch kind {
        case .whole, .number:
            return Double(text) == nil && Int(text) == nil
                ? faults(in: .string(text)) : faults(in: .number(text))
        case .truth: return faults(in: text == "true" || text == "false" ? .bool(true) : .null)
        case .named(_, let schema): return schema.faults(inText: text)
        default: return faults(in: .string(text))
        }
    }
}
