import Casework
import Kernel
import SQL

/// To which programme an organisation referred last, and as what kind of referrer.
package struct LastReferral: Sendable, Hashable {
    package var programme: String
    package var source: String
}

extension Store {
    private static let last: Statement = """
        SELECT f.programme, f.referral_source FROM case_parties p JOIN facts f ON f.case_id = p.case_id
        WHERE p.organisation = $1 AND p.part = $2
        ORDER BY p.case_id DESC LIMIT 1
        """
    private static let unanswered: Statement = """
        SELECT p.case_id, w.due_on FROM case_parties p JOIN work_items w ON w.case_id = p.case_id
        WHERE p.organisation = $1 AND p.part = $2 AND w.kind = $3
        """
    private static let erasedOf: Statement = """
        SELECT p.case_id FROM case_parties p JOIN work_items w ON w.case_id = p.case_id
        WHERE p.organisation = $1 AND p.part = $2 AND w.kind = $3 AND w.subject = $4
        """

    package func lastReferral(
        of organisation: String,
        in transaction: any Transaction
    ) throws -> LastReferral? {
        let values: [SQLValue] = [.text(organisation), .text(CasePart.referrer.rawValue)]
        return try transaction.first(Self.last, values) { row in
            LastReferral(
                programme: try row.text(0),
                source: try row.optionalText(1) ?? ""
            )
        }
    }

    /// The cases that an organisation referred and whose rules still ask for an answer, with the
    /// day by which it is asked for.
    package func casesToAnswer(
        by organisation: String,
        in transaction: any Transaction
    ) throws -> [CaseID: CivilDate] {
        let values: [SQLValue] = [
            .text(organisation), .text(CasePart.referrer.rawValue),
            .text(WorkItem.Kind.missingAnswer.rawValue),
        ]
        let due = try transaction.rows(Self.unanswered, values) { row in
            (id: CaseID(try row.text(0)), day: CivilDate(iso: try row.text(1)))
        }
        return due.reduce(into: [:]) { found, row in
            if let id = row.id, let day = row.day { found[id] = day }
        }
    }

    /// The open cases that an organisation referred and whose person was erased.
    package func casesOfErased(
        by organisation: String,
        in transaction: any Transaction
    ) throws -> Set<CaseID> {
        let values: [SQLValue] = [
            .text(organisation), .text(CasePart.referrer.rawValue),
            .text(WorkItem.Kind.review.rawValue), .text(WorkItem.erased),
        ]
        let ids = try transaction.rows(Self.erasedOf, values) { CaseID(try $0.text(0)) }
        return Set(ids.compactMap(\.self))
    }
}
