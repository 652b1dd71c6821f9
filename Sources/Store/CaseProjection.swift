import Casework
import Kernel
import Programmes
import SQL

/// The rows that follow from one case's events, and from whether its person was erased: its row of
/// cases, its facts, its work items.
struct CaseProjection {
    /// The columns of `cases`, in the order of the values.
    static let caseColumns = [
        "id", "programme", "programme_version", "reference", "person_id", "version", "state",
        "strand", "provider", "coach", "next_due_on", "referrer", "referred_by", "referred_on",
        "asked", "onward", "consents", "next_kind", "next_owner", "next_says", "closed_on",
        "closure_reason", "at_risk", "last_contact_on", "unassigned",
    ]

    let caseValues: [SQLValue]
    let facts: [SQLValue]
    let workItems: [[SQLValue]]
    /// A row for each organisation with a part in the case.
    let parties: [[SQLValue]]

    /// - Parameter isErased: whether the person was erased, which no event tells.
    init(_ history: History, programme: Programme, isErased: Bool) throws {
        let header = history.header
        let folded = history.fold()
        guard var facts = folded.referral.map({ _ in folded.facts(in: programme) }) else {
            throw StoreError.damaged("case \(header.reference) has no referral")
        }
        facts.version = history.version
        facts.lastRecordedAt = history.events.last?.recordedAt ?? Instant(milliseconds: 0)
        let items = folded.workItems(in: programme, isErased: isErased)
        let caseID = header.id.text
        self.facts = FactsColumns.values(facts)
        workItems = items.map {
            [
                .text(caseID), .text($0.kind.rawValue), .text($0.subject), .text($0.dueOn.iso),
                .text($0.owner), .text($0.says),
            ]
        }
        let parties = folded.parties(in: programme)
        self.parties = parties.rows.map { [.text(caseID), .text($0.0), .text($0.1.rawValue)] }
        let next = items.min(by: WorkItem.isSooner)
        let identified: [SQLValue] = [
            .text(caseID), .text(header.programme), .int(Int64(header.programmeVersion)),
            .text(header.reference), .text(header.person.text), .int(Int64(history.version)),
        ]
        let standing: [SQLValue] = [
            SQLValue(facts[.state]), SQLValue(facts[.strand]), SQLValue(facts[.provider]),
            SQLValue(facts[.coach]), SQLValue(next?.dueOn.iso), SQLValue(parties.referrer),
            SQLValue(history.referredBy), SQLValue(facts[.referred]?.iso),
            SQLValue(parties.asked), .text(parties.onward.joined(separator: " ")),
            .text(facts[.consents]),
        ]
        let ahead: [SQLValue] = [
            SQLValue(next?.kind.rawValue), SQLValue(next?.owner), SQLValue(next?.says),
            SQLValue(facts[.closed]?.iso), SQLValue(facts[.closureReason]),
            .int(folded.risks.isEmpty ? 0 : 1), SQLValue(folded.lastContactOn?.iso),
            .text(parties.unassigned.joined(separator: " ")),
        ]
        caseValues = identified + standing + ahead
    }
}

extension WorkItem {
    /// The order in which a case's items are done: by day, then by kind and subject.
    static func isSooner(_ one: WorkItem, _ other: WorkItem) -> Bool {
        (one.dueOn.iso, one.kind.rawValue, one.subject)
            < (other.dueOn.iso, other.kind.rawValue, other.subject)
    }
}

/// What an organisation is to a case.
package enum CasePart: String, Sendable, CaseIterable {
    case referrer
    case provider
    /// Asked to take the case over.
    case asked
    /// Holds an onward referral that is not over.
    case onward
    /// May choose the strand of a case that is in none.
    case unassigned
}

extension CaseParties {
    fileprivate var rows: [(String, CasePart)] {
        var rows: [(String, CasePart)] = []
        if let referrer { rows.append((referrer, .referrer)) }
        if let provider { rows.append((provider, .provider)) }
        if let asked { rows.append((asked, .asked)) }
        rows += onward.map { ($0, .onward) }
        return rows + unassigned.map { ($0, .unassigned) }
    }
}
