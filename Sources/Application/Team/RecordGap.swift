import Casework
import Kernel
import Programmes
import SQL
import Store

/// Something that a record should hold and does not.
package enum RecordGap: String, Sendable, CaseIterable {
    case ethnicity
    case gender
    case birthDate = "birth-date"
    case postcode
    case practice = "gp-practice"
    case employmentStatus = "employment-status"
    case condition
    case eligibility
    case consent
    case contact
    case appointments
    case dischargeStatus = "discharge-status"
    case plan

    /// Days without an entry after which somebody in support is taken to be forgotten.
    package static let silentDaysMax = 28

    /// The question at referral whose answer mends it; nil where something else does.
    ///
    /// How somebody works changes with time, and is recorded for a day.
    package var question: String? {
        switch self {
        case .ethnicity: "ethnicity"
        case .gender: "gender"
        case .birthDate: "birth_date"
        case .postcode: "postcode"
        case .practice: "gp_practice"
        case .condition: "condition"
        case .employmentStatus, .eligibility, .consent, .contact, .appointments, .dischargeStatus,
            .plan:
            nil
        }
    }

    /// What an open case's record lacks.
    ///
    /// - Parameter items: the case's work items.
    package static func gaps(
        in facts: Facts,
        items: [WorkItem],
        programme: Programme,
        on today: CivilDate
    ) -> [RecordGap] {
        allCases.filter { $0.isThere(facts, items, programme, today) }
    }

    private func isThere(
        _ facts: Facts,
        _ items: [WorkItem],
        _ programme: Programme,
        _ today: CivilDate
    ) -> Bool {
        // By the state: the milestone stays when a case is reopened for more support.
        let state = facts[.state].flatMap { CaseState(rawValue: $0) }
        let isDischarged = state == .discharged || state == .tracking
        let isInSupport = facts[.firstContact] != nil && !isDischarged
        switch self {
        case .ethnicity: return facts[.ethnicity] == nil
        case .gender: return facts[.gender] == nil
        case .birthDate: return facts[.age] == nil
        case .postcode: return facts[.outwardCode] == nil
        case .practice: return facts[.practice] == nil
        case .employmentStatus:
            let status = facts[.employmentStatusNow]
            return status == nil || status == EmploymentStatus.unknown.rawValue
        case .condition: return facts[.condition] == nil
        case .eligibility:
            return tokens(facts[.eligibility]).contains { $0.hasSuffix(":not-known") }
        case .consent:
            return !tokens(facts[.consents]).contains { $0.hasPrefix("referral:") }
        case .contact:
            return isInSupport && today - facts.lastOccurredOn > Self.silentDaysMax
        case .appointments:
            return tokens(facts[.appointments]).contains { token in
                guard let at = token.firstIndex(of: "@"), token[..<at].hasSuffix(":booked")
                else { return false }
                return CivilDate(iso: token[token.index(after: at)...]).map { $0 < today } ?? false
            }
        case .dischargeStatus:
            return facts[.discharged] != nil && facts[.dischargeStatus] == nil
                && !programme.pathway.dischargeStatus.isEmpty
        case .plan:
            return facts[.planKind] != nil && !isDischarged
                && !items.contains { $0.kind == .action }
        }
    }

    private func tokens(_ set: String) -> [Substring] { set.split(separator: " ") }
}

/// What one case's record lacks.
package struct GapRow: Sendable, Hashable {
    package var row: CaseRow
    package var gaps: [RecordGap]
}

extension Goodwork {
    /// What the records of a team lack, open cases alone, from the kept facts.
    package func gaps(of team: Team) async throws -> [GapRow] {
        var rows: [CaseID: CaseRow] = [:]
        for row in team.rows where row.closedOn == nil { rows[row.header.id] = row }
        var items: [CaseID: [WorkItem]] = [:]
        for item in team.items { items[item.row.header.id, default: []].append(item.item) }
        let (store, open, things) = (store, rows, items)
        return try await store.database.read { transaction in
            var found: [GapRow] = []
            try store.eachFacts(ofProvider: team.organisation, in: transaction) { facts in
                guard let row = open[facts.caseID], let rules = team.programmes[row.header]
                else { return }
                let gaps = RecordGap.gaps(
                    in: facts,
                    items: things[facts.caseID] ?? [],
                    programme: rules,
                    on: team.today
                )
                if !gaps.isEmpty { found.append(GapRow(row: row, gaps: gaps)) }
            }
            return found
        }
    }
}
