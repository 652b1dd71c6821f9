import Casework
import Kernel
import Programmes
import Store

/// The cases of one organisation, as its managers count them.
///
/// Every number of the team's pages and every list behind one comes from here, so that they agree.
package struct Team: Sendable {
    package var organisation: String
    /// The cases that the organisation holds and the actor may see.
    package var rows: [CaseRow]
    /// The cases that it was asked to take over.
    package var asked: [CaseRow]
    /// The open cases in no strand of a programme in which it is a provider: nobody holds them.
    package var unassigned: [CaseRow] = []
    /// What is to be done on the cases that it holds, and on those, earliest first.
    package var items: [TeamItem]
    package var programmes: TeamProgrammes
    package var today: CivilDate

    /// Referrals that nobody has accepted yet, and cases for which nobody has chosen a strand.
    package var toAccept: [CaseRow] { rows.filter { $0.state == .referred } + unassigned }

    /// Accepted cases that nobody holds: those without a coach, and those of a coach whose account
    /// is not of the team (any more).
    ///
    /// An imported list may say by name who holds a case: that is no account which could have left.
    package func withoutCoach(_ members: [TeamMember]) -> [CaseRow] {
        let team = Set(members.map(\.id))
        return rows.filter { row in
            let isHeld = row.coach.map { team.contains($0) || UserID($0) == nil } ?? false
            return row.closedOn == nil && row.state != .referred && !isHeld
        }
    }

    /// Whoever has not been reached yet.
    package var waiting: [CaseRow] {
        (rows + unassigned).filter(\.state.isBeforeContact)
    }

    /// A risk can be open on a closed case, too.
    package var atRisk: [CaseRow] { rows.filter(\.isAtRisk) }

    /// Transfers that wait for an answer.
    package var toAnswer: [CaseRow] { asked.filter { $0.closedOn == nil } }

    package var overdue: [TeamItem] { items.filter { $0.item.dueOn < today } }

    /// What is due today and on the six days after it.
    package var soon: [TeamItem] {
        items.filter { $0.item.dueOn >= today && $0.item.dueOn < today.adding(days: 7) }
    }

    package func openCases(of coach: String?) -> [CaseRow] {
        rows.filter { $0.closedOn == nil && $0.coach == coach }
    }

    /// What each coach holds: the team in the order of their names, then whoever is not of it,
    /// then the cases that nobody holds.
    package func load(_ members: [TeamMember]) -> [TeamLoad] {
        var loads: [String?: TeamLoad] = [:]
        for member in members { loads[member.id] = TeamLoad(coach: member.id, member: member) }
        for row in rows where row.closedOn == nil {
            loads[row.coach, default: TeamLoad(coach: row.coach)].open += 1
        }
        for item in overdue {
            loads[item.row.coach, default: TeamLoad(coach: item.row.coach)].overdue += 1
        }
        for item in soon {
            loads[item.row.coach, default: TeamLoad(coach: item.row.coach)].soon += 1
        }
        return loads.values.sorted { one, other in
            one.place < other.place
        }
    }
}

extension TeamLoad {
    fileprivate var place: (Int, String) {
        (coach == nil ? 2 : member == nil ? 1 : 0, member?.name ?? coach ?? "")
    }
}

/// Something to be done on one of the team's cases.
package struct TeamItem: Sendable, Hashable {
    package var row: CaseRow
    package var item: WorkItem
}

/// The rules under which a list's cases were decided.
package struct TeamProgrammes: Sendable {
    private struct Version: Hashable {
        var id: String
        var version: Int
    }

    private var known: [Version: Programme] = [:]

    package init() {}

    package subscript(_ header: CaseHeader) -> Programme? {
        get { known[Version(id: header.programme, version: header.programmeVersion)] }
        set { known[Version(id: header.programme, version: header.programmeVersion)] = newValue }
    }
}
