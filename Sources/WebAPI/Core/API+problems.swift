import Application
import Kernel
import SQL
import Store
import Web

extension API {
    /// What an error looks like to whoever asked; the rest is for the operator.
    func problem(for error: any Error, _ call: Call) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as ServiceError:
            if let context = error.context { report(context) }
            return problem(for: error, call)
        case StoreError.conflict:
            var problem = Problem.changed
            if call.version == nil { problem.status = 409 }
            return problem
        case StoreError.keyReused:
            return Problem(
                status: 422,
                code: "key-reused",
                detail: "This Idempotency-Key came with another request before: choose a new one."
            )
        default:
            let reference = String(ProblemReference.make())
            let asked = "\(call.request.method.rawValue) \(call.request.path)"
            report("\(reference) \(asked): \(error)")
            let isUnknown = (error as? SQLError)?.kind == .unknownOutcome
            var problem = isUnknown ? Problem.outcomeUnknown : Problem.unforeseen
            problem.more.put("reference", reference)
            return problem
        }
    }

    private func problem(for error: ServiceError, _ call: Call) -> Problem {
        let status =
            switch error.kind {
            case .notFound: 404
            case .forbidden: 403
            case .conflict: 409
            case .refused, .faults, .invalid: 422
            }
        var problem = Problem(status: status, code: error.code, detail: error.message)
        let places = call.body.isNull ? nil : JSONPlaces(call.request.body)
        if let pointer = error.pointer {
            let part = Fault(field: pointer, problem: error.message)
            problem.parts = [Problem.Part(part, in: places)]
        }
        problem.parts += error.faults.map { fault in
            var fault = fault
            fault.field = fault.field.map { $0.hasPrefix("/") ? $0 : "/\($0)" }
            return Problem.Part(fault, in: places)
        }
        return problem
    }
}

extension Problem {
    /// Nobody foresaw it, and it left everything as it was.
    fileprivate static let unforeseen = Problem(
        status: 500,
        code: "unforeseen",
        detail: "Something went wrong, and nothing was done. Tell the operator the reference."
    )

    /// The database was told to keep it, and its answer never came.
    fileprivate static let outcomeUnknown = Problem(
        status: 500,
        code: "outcome-unknown",
        detail: "It may have been saved. Send it again with the same Idempotency-Key; "
            + "where there was none, look before you send it again."
    )

    /// The address is there, and takes other methods.
    static func methods(_ methods: [Request.Method]) -> Problem {
        let allowed = methods.allowed
        var problem = Problem(
            status: 405,
            code: "method-not-allowed",
            detail: "This address takes \(allowed)."
        )
        problem.headers = [("Allow", allowed)]
        return problem
    }

    /// RFC 6750, 3.1: the token is good, and not for this.
    static func missing(scope: String) -> Problem {
        var problem = Problem(
            status: 403,
            code: "insufficient_scope",
            detail: "This needs a token with the scope \(scope)."
        )
        let says = "Bearer error=\"insufficient_scope\", scope=\"\(scope)\""
        problem.headers = [("WWW-Authenticate", says)]
        return problem
    }
}

extension ServiceError {
    /// Where in the body a refusal points.
    fileprivate var pointer: String? {
        let parts = [entry.map { "/entries/\($0)" }, field.map { "/\($0)" }].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined()
    }
}

/// A short word by which an operator finds an error in the log.
enum ProblemReference {
    static func make() -> Substring {
        var random = SystemRandomNumberGenerator()
        return String(random.next() as UInt64, radix: 36).suffix(8)
    }
}
