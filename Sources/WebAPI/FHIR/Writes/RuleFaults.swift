import Application
import FHIRMapping
import FHIRModel
import Kernel
import Store
import Web

extension FHIRCall {
    /// Does what the rules may refuse, and tells a refusal at the element that it is about.
    func judged<R: Sendable>(
        _ type: String,
        _ work: () async throws -> R
    ) async throws -> R {
        do {
            return try await work()
        } catch let error as ServiceError where error.kind == .refused {
            let issue = FHIRIssue(refused: error.code, field: error.field, error.message, of: type)
            throw FHIRFault(422, FHIRIssues(issue))
        } catch let error as ServiceError where !error.faults.isEmpty {
            let issues = error.faults.map { fault in
                // `/entries/0/reason`: the field is what stands last.
                let field = fault.field?.split(separator: "/").last.map(String.init)
                    .flatMap { Int($0) == nil ? $0 : nil }
                // The sentence calls it what the resource does.
                let name = field.map { FHIRIssue.element(of: $0, in: type) ?? $0 }
                return FHIRIssue(
                    refused: error.code,
                    field: field,
                    name.map { "\($0) \(fault.problem)." }
                        ?? fault.problem.prefix(1).uppercased() + fault.problem.dropFirst() + ".",
                    of: type
                )
            }
            throw FHIRFault(422, FHIRIssues(issues))
        }
    }

    /// By which a second sending of the same request is known; of this caller alone.
    func key() throws -> String? {
        guard let key = request.headers["idempotency-key"] else { return nil }
        let isPlain = key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard isPlain, (1...200).contains(key.utf8.count) else {
            throw FHIRFault(400, .value, "Idempotency-Key: 1 to 200 letters, digits and signs.")
        }
        return "\(actor.user) fhir \(type) \(key)"
    }
}
