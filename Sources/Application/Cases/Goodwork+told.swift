import Casework
import Kernel
import Programmes
import SQL
import Store

/// One case: found by its name, and all that was told of it.
extension Goodwork {
    /// The case that a sender's reference names.
    ///
    /// - Parameters:
    ///   - reference: its own, also in small letters or without its hyphen; or its id.
    ///   - programme: needed only where programmes use the same reference.
    package func header(reference: String, programme: String?) async throws -> CaseHeader {
        let store = store
        let found = try await store.database.read { transaction in
            if programme == nil, let id = CaseID(reference),
                let header = try store.header(id: id, in: transaction)
            {
                return [header]
            }
            for meant in CaseHeader.references(meant: reference) {
                let found =
                    try programme.map { programme in
                        try store.header(programme: programme, reference: meant, in: transaction)
                            .map { [$0] } ?? []
                    } ?? store.headers(reference: meant, in: transaction)
                if !found.isEmpty { return found }
            }
            return []
        }
        if found.count > 1 {
            let programmes = found.map(\.programme).joined(separator: ", ")
            throw ServiceError(
                .invalid,
                "\(reference) is a case of \(programmes): say which with --programme."
            )
        }
        guard let header = found.first else {
            throw ServiceError(.notFound, "There is no case \(reference).")
        }
        return header
    }

    /// All that was told of a case, and the rules that it was decided under.
    ///
    /// - Parameter key: the person's; without it identity and free text stay blank.
    func told(
        of header: CaseHeader,
        key: PersonKey? = nil,
        in transaction: any Transaction
    ) throws -> (history: History, rules: Programme) {
        let history = try store.history(header, key: key, in: transaction)
        let rules = try library.kept(
            header.programme,
            version: header.programmeVersion,
            store: store,
            in: transaction
        )
        return (history, rules)
    }
}
