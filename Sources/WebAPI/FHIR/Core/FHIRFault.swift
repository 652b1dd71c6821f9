import FHIRMapping
import FHIRModel
import Kernel
import Web

/// Why something asked by FHIR was not done, as an OperationOutcome says it.
struct FHIRFault: Error {
    var status: Int
    var issues: FHIRIssues
    var headers: [(name: String, value: String)] = []

    init(_ status: Int, _ issues: FHIRIssues) {
        self.status = status
        self.issues = issues
    }

    init(_ status: Int, _ code: FHIRIssue.Code, _ says: String, at place: String? = nil) {
        self.init(status, FHIRIssues(FHIRIssue(code, at: place, says)))
    }

    /// Faults of what was asked for by the rules: 422, or 403 where it is not the sender's to ask.
    init(rules issues: FHIRIssues) {
        let errors = issues.issues.filter { $0.severity != .warning }
        let isForbidden = errors.contains { $0.code == .forbidden }
        let isNotFound = !errors.isEmpty && errors.allSatisfy { $0.expression == "Task.id" }
        self.init(isForbidden ? 403 : isNotFound ? 404 : 422, issues)
    }

    /// There is no such resource, or not for whoever asks.
    static func unknown(_ reference: String) -> FHIRFault {
        FHIRFault(404, .notFound, "There is no \(reference).")
    }

    static func gone(_ reference: String) -> FHIRFault {
        FHIRFault(410, .deleted, "\(reference) is no more.")
    }

    /// It is not at the version that the sender knew: 412 where `If-Match` named that.
    static func changed(_ reference: String, now etag: String, status: Int = 412) -> FHIRFault {
        let says = "\(reference) is at \(etag) now: read it again, then send it once more."
        return FHIRFault(status, .conflict, says)
    }

    var response: Response {
        Response(
            status: status,
            headers: [("Content-Type", FHIRMedia.json)] + headers,
            body: Array(JSONValue.object(issues.outcome).text.utf8)
        )
    }
}

extension FHIRFault {
    /// A problem as the JSON API tells it.
    init(_ problem: Problem) {
        let code = Self.code(problem.status)
        let detail = problem.code == "faults" ? nil : problem.code
        var issues = problem.parts.map { part in
            FHIRIssue(code, "\(part.pointer ?? part.parameter ?? ""): \(part.problem)")
        }
        let says =
            problem.detail + (problem.more["reference"]?.string.map { " Reference: \($0)." } ?? "")
        if issues.isEmpty { issues = [FHIRIssue(code, says, detail: detail)] }
        self.init(problem.status, FHIRIssues(issues))
        headers = problem.headers
    }

    private static func code(_ status: Int) -> FHIRIssue.Code {
        switch status {
        case 400: .invalid
        case 401: .login
        case 403: .forbidden
        case 404: .notFound
        case 405, 406, 415: .notSupported
        case 409, 412: .conflict
        case 410: .deleted
        case 413: .tooLong
        case 422: .businessRule
        case 429: .throttled
        default: .exception
        }
    }
}
