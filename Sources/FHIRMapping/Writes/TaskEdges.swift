/// The part that whoever sends has in a Task.
package enum TaskParty: String, Sendable, CaseIterable {
    /// Whoever referred.
    case requester
    /// Whoever holds the case, or was referred on to.
    case provider
}

/// The moves of a Task that HL7 SDOH Clinical Care (Gravity) allows, and who may make each.
package enum TaskEdges {
    /// One move.
    package struct Edge: Sendable, Hashable {
        package var from: TaskStatus
        package var to: TaskStatus
        package var parties: Set<TaskParty>
    }

    /// `from: to, to …`; `in error` can be reached from all.
    private static let table = """
        draft: requested
        requested: accepted rejected cancelled
        accepted: in-progress on-hold cancelled completed failed
        in-progress: completed failed cancelled on-hold
        on-hold: in-progress cancelled completed failed
        """

    /// Every move, in the order of the table.
    package static let all: [Edge] = {
        var edges: [Edge] = []
        for line in table.split(separator: "\n") {
            let halves = line.split(separator: ":")
            guard let from = TaskStatus(rawValue: String(halves[0])) else { continue }
            for word in halves[1].split(separator: " ") {
                guard let to = TaskStatus(rawValue: String(word)) else { continue }
                edges.append(Edge(from: from, to: to, parties: parties(to)))
            }
        }
        for from in TaskStatus.allCases where from != .inError {
            edges.append(Edge(from: from, to: .inError, parties: parties(.inError)))
        }
        return edges
    }()

    /// The requester drafts, requests and takes back an error; either cancels; the provider does
    /// the rest.
    private static func parties(_ to: TaskStatus) -> Set<TaskParty> {
        switch to {
        case .draft, .requested, .inError: [.requester]
        case .cancelled: [.requester, .provider]
        default: [.provider]
        }
    }

    /// The move from one status to another, if there is one.
    package static func edge(_ from: TaskStatus, _ to: TaskStatus) -> Edge? {
        all.first { $0.from == from && $0.to == to }
    }

    /// The statuses that a party may set now; none once it is over, when nothing is taken back.
    package static func next(_ from: TaskStatus, for party: TaskParty) -> [TaskStatus] {
        if from.isOver { return [] }
        return all.filter { $0.from == from && $0.parties.contains(party) }.map(\.to)
    }
}
