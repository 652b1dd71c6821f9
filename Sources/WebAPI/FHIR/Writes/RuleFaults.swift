import Application
import FHIRMapping
import FHIRModel
import Kernel
import Store
import Web

extension FHIRCall {
    /// Does what the rules may refuse, and tells a refusal at the element that it is about.
    ///
    /// - Parameters:
    ///   - type: of the resource that was sent.
    ///   - asking: of each entry of the command, the entry of the bundle that asked for it; empty
    ///     where one resource asks for all of it.
    func judged<R: Sendable>(
        _ type: String,
        by asking: [BundleEntry] = [],
        _ work: () async throws -> R
    ) async throws -> R {
        /// An issue of one entry of the command, at the resource that asked for it.
        func issue(of entry: Int?, _ make: (String) -> FHIRIssue) -> FHIRIssue {
            guard let entry, asking.indices.contains(entry) else { return make(type) }
            return asking[entry].placed(make(asking[entry].type))
        }
        do {
            return try await work()
        } catch let error as ServiceError where error.kind == .refused {
            let refused = issue(of: error.entry) { type in
                FHIRIssue(refused: error.code, field: error.field, error.message, of: type)
            }
            throw FHIRFault(422, FHIRIssues(refused))
        } catch let error as ServiceError where !error.faults.isEmpty {
            let issues = error.faults.map { fault -> FHIRIssue in
                // `/entries/0/reason`: the field is what stands last.
                let parts = (fault.field ?? "").split(separator: "/").map(String.init)
                let field = parts.last.flatMap { Int($0) == nil ? $0 : nil }
                let entry = parts.first == "entries" ? parts.dropFirst().first : nil
                return issue(of: entry.flatMap { Int($0) }) { type in
                    // The sentence calls it what the resource does.
                    let name = field.map { FHIRIssue.element(of: $0, in: type) ?? $0 }
                    let says: String =
                        name.map { "\($0) \(fault.problem)." }
                        ?? fault.problem.prefix(1).uppercased() + fault.problem.dropFirst() + "."
                    return FHIRIssue(refused: error.code, field: field, says, of: type)
                }
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
