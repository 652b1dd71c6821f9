import Casework
import Kernel
import Programmes
import SQL

/// The rows that follow from one case's events: its row of cases, its facts, its work items.
struct CaseProjection {
    let caseValues: [SQLValue]
    let facts: [SQLValue]
    let workItems: [[SQLValue]]

    init(_ history: History, programme: Programme) throws {
        let header = history.header
        let folded = history.fold()
        guard var facts = folded.referral.map({ _ in folded.facts(in: programme) }) else {
            throw StoreError.damaged("case \(header.reference) has no referral")
        }
        facts.version = history.version
        facts.lastRecordedAt = history.events.last?.recordedAt ?? Instant(milliseconds: 0)
        let items = folded.workItems(in: programme)
        let caseID = header.id.text
        self.facts = FactsColumns.values(facts)
        workItems = items.map {
            [
                .text(caseID), .text($0.kind.rawValue), .text($0.subject), .text($0.dueOn.iso),
                .text($0.owner), .text($0.says),
            ]
        }
        caseValues = [
            .text(caseID), .text(header.programme), .int(Int64(header.programmeVersion)),
            .text(header.reference), .text(header.person.text), .int(Int64(history.version)),
            SQLValue(facts[.state]), SQLValue(facts[.strand]), SQLValue(facts[.provider]),
            SQLValue(facts[.coach]), SQLValue(items.map(\.dueOn).min()?.iso),
        ]
    }
}
