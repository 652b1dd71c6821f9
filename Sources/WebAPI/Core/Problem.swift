import Kernel
import Web

/// What went wrong, as a program reads it (RFC 9457).
struct Problem: Sendable {
    /// One thing that is wrong in what was sent.
    struct Part: Sendable {
        /// Where in the body, as a JSON pointer; nil when it is not the body.
        var pointer: String?
        /// Which value of the query, or which header.
        var parameter: String?
        var line: Int?
        var column: Int?
        var problem: String
        var expected: String?
    }

    var status: Int
    /// The stable code, as `docs/refusals.md` and `docs/api.md` list them.
    var code: String
    var detail: String
    var parts: [Part] = []
    var headers: [(name: String, value: String)] = []
    /// Members that this problem alone has.
    var more = JSONObject()

    static let type = "application/problem+json"

    /// A change was decided on what is not so any more.
    static let changed = Problem(
        status: 412,
        code: "conflict",
        detail: "Somebody else changed this meanwhile. Read it again, then try once more."
    )

    static let schema = Schema.named(
        "Problem",
        .object(
            .must("type", .address),
            .must("title", .word),
            .must("status", .whole(400...599)),
            .must("code", .word.saying("A stable code.")),
            .must("detail", .text.saying("What to do, for whoever wrote the program.")),
            .may("faults", .list(part).saying("Everything that is wrong in what was sent.")),
            .may("reference", .word.saying("Tells the operator which error it was.")),
            .may("cases", .list(.named("OpenCase", openCase)))
        )
    )

    private static let part = Schema.named(
        "Fault",
        .object(
            .may("pointer", .text.saying("Where in the body: a JSON pointer.")),
            .may("parameter", .text.saying("Which value of the query, or which header.")),
            .may("line", .count),
            .may("column", .count),
            .must("problem", .text),
            .may("expected", .text)
        )
    )

    /// A case that is there already, for those who may know of it.
    static let openCase = Schema.object(
        .must("id", .id),
        .must("reference", .word),
        .must("programme", .word),
        .must("state", .word)
    )

    var response: Response {
        var object = JSONObject()
        object.put("type", "about:blank")
        object.put("title", Self.title(status))
        object.put("status", status)
        object.put("code", code)
        object.put("detail", detail)
        if !parts.isEmpty { object.put("faults", parts.map(\.object)) }
        for (key, value) in more.members { object[key] = value }
        return Response(
            status: status,
            headers: [("Content-Type", Self.type)] + headers,
            body: Array(JSONValue.object(object).text.utf8)
        )
    }

    /// The words of a status (RFC 9110, 15), as RFC 9457 asks where the type is blank.
    static func title(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 409: "Conflict"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 503: "Service Unavailable"
        default: "Internal Server Error"
        }
    }
}

extension Problem: Error {}

extension Problem.Part {
    /// A fault of the body, whose field is a pointer.
    init(_ fault: Fault, in places: JSONPlaces? = nil) {
        let pointer = fault.field ?? ""
        let place = places?.place(pointer)
        self.init(
            pointer: pointer,
            line: fault.line ?? place?.line,
            column: fault.column ?? place?.column,
            problem: fault.problem,
            expected: fault.expected
        )
    }

    var object: JSONObject {
        var object = JSONObject()
        object.put("pointer", pointer)
        object.put("parameter", parameter)
        object.put("line", line)
        object.put("column", column)
        object.put("problem", problem)
        object.put("expected", expected)
        return object
    }
}
