import Casework
import Kernel
import SQL
import Store

/// What an erasure would take, and from where.
package struct ErasureView: Sendable {
    package var cases: [CaseRow]
    /// How many records, joined ones too, are theirs.
    package var records: Int
    package var isErased: Bool
    /// Whether a copy that they asked for is not given yet.
    package var waitsForCopy: Bool
}

extension Goodwork {
    /// What erasing the person of a case would take; nothing of who they are is shown.
    package func erasure(
        personOf header: CaseHeader,
        reason: String,
        by actor: Actor
    ) async throws -> ErasureView {
        try await authorise(
            actor,
            .erasePerson,
            on: header.person.text,
            resource: .case(CaseRelations(person: header.person)),
            reason: reason
        )
        let store = store
        return try await store.database.read { transaction in
            let records = try store.records(of: header.person, in: transaction)
            return ErasureView(
                cases: try records.flatMap { try store.caseRows(.person($0), in: transaction) },
                records: records.count,
                isErased: try records.allSatisfy {
                    try store.person($0, in: transaction)?.erasedAt != nil
                },
                waitsForCopy: try waitsForCopy(header.person, in: transaction)
            )
        }
    }
}
