import Application
import FHIRMapping
import FHIRModel
import Kernel
import Web

extension API {
    /// Whether a path is one of FHIR; what says how to get a token is described with the rest.
    static func isFHIR(_ path: String) -> Bool {
        guard path == FHIRRoute.base || path.hasPrefix(FHIRRoute.base + "/") else { return false }
        return !path.hasPrefix(FHIRRoute.base + "/.well-known/")
    }

    /// Answers a request by FHIR; whatever goes wrong becomes an OperationOutcome.
    func answerFHIR(_ request: Request) async -> Response {
        var call = Call(api: self, request: request, now: goodwork.now())
        var response: Response
        do {
            response = try await serveFHIR(&call)
        } catch {
            response = fault(for: error, call).response
        }
        protect(&response)
        return response
    }

    /// What an error looks like to whoever asked by FHIR.
    func fault(for error: any Error, _ call: Call) -> FHIRFault {
        switch error {
        case let fault as FHIRFault: fault
        case let issues as FHIRIssues: FHIRFault(rules: issues)
        case let issue as FHIRIssue: FHIRFault(rules: FHIRIssues(issue))
        default: FHIRFault(problem(for: error, call))
        }
    }

    private func serveFHIR(_ call: inout Call) async throws -> Response {
        let route = try fhirRoute(&call)
        if !route.givesLines { try FHIRMedia.check(call.request) }
        if route.guard == .anyone {
            try count("anyone FHIR", call.request.remote, call.now)
        } else {
            call.caller = try await caller(call)
        }
        let response = try await run(route, call)
        return call.caller.map { ScopedAnswer($0.scopes).narrowed(response, call.request) }
            ?? response
    }

    /// The way in that a request takes; what its pattern finds goes into the request.
    func fhirRoute(_ call: inout Call) throws -> FHIRRoute {
        switch fhirTable.find(call.request.method, call.request.path) {
        case .nothing: throw noFHIR(call.request.path)
        case .methods(let methods):
            var problem = Problem.methods(methods)
            problem.detail += Self.instead(call.request)
            throw problem
        case .entry(let entry, let parameters):
            // No id begins so: it is an operation, or a history of all that there is.
            if let id = parameters["id"], let first = id.first, "_$".contains(first) {
                let what = "\(entry.type ?? "")/\(id.prefix(64))"
                throw FHIRFault(404, .notSupported, "\(what) is not served here.")
            }
            call.request.parameters = parameters
            return entry
        }
    }

    /// Answers a request of somebody who is known, alone or as an entry of a batch.
    func run(_ route: FHIRRoute, _ call: Call) async throws -> Response {
        try await route.handle(asked(route, call))
    }

    /// What is asked, once the token, the role and the form of the body have been looked at.
    func asked(_ route: FHIRRoute, _ call: Call) throws -> FHIRCall {
        let asked = FHIRCall(call, route)
        for scope in route.scopes { try asked.needs(scope.letter, scope.type) }
        if case .action(let actions) = route.guard, !actions.contains(where: call.may) {
            throw ServiceError(.forbidden, "This is not part of the client's role.")
        }
        guard call.request.body.count <= Self.bodyMax else {
            throw FHIRFault(413, .tooLong, "A body may have \(grouped(Self.bodyMax)) bytes.")
        }
        try FHIRMedia.checkBody(call.request, route.takes)
        return asked
    }

    /// What to do instead, for what systems often try.
    private static func instead(_ request: Request) -> String {
        let parts = request.path.dropFirst(FHIRRoute.base.count).split(separator: "/")
        let type = parts.first.map(String.init) ?? ""
        switch request.method {
        case .post where type == "Patient":
            return " A Patient comes with a referral: in a transaction, or contained in it."
        case .delete where CaseReading.types.contains(type):
            return " What was told is not deleted: send what puts it right, such as a new status."
        default: return ""
        }
    }

    /// No address of FHIR's: the type is not served, or nothing of the standard is there.
    private func noFHIR(_ path: String) -> FHIRFault {
        let parts = path.dropFirst(FHIRRoute.base.count).split(separator: "/").map(String.init)
        let types = Set(fhirRoutes.compactMap(\.type)).sorted()
        guard let type = parts.first, !types.contains(type), type.first != "$" else {
            return FHIRFault(404, .notFound, "There is no such address.")
        }
        let near = nearestSpelling(to: type, in: types).map { " Did you mean \($0)?" } ?? ""
        return FHIRFault(404, .notSupported, "\(type.prefix(64)) is not served here.\(near)")
    }
}
