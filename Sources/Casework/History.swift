import Kernel

/// Everything that we were told of one case, in the order in which we were told.
package struct History: Sendable, Hashable {
    package var header: CaseHeader
    package private(set) var events: [CaseEvent]

    package init(header: CaseHeader, events: [CaseEvent] = []) {
        self.header = header
        self.events = events
    }

    /// The number of the last event; a write is decided on it.
    package var version: Int { events.last?.sequence ?? 0 }

    package mutating func append(_ more: [CaseEvent]) {
        events.append(contentsOf: more)
    }

    /// The events that hold, in the order in which they happened.
    ///
    /// - Parameters:
    ///   - asAt: leaves out what happened after this day.
    ///   - knownAt: leaves out what we were told after this moment, corrections included.
    package func effective(asAt: CivilDate? = nil, knownAt: Instant? = nil) -> [CaseEvent] {
        var known = events
        if let knownAt { known.removeAll { $0.recordedAt > knownAt } }
        let voided = Self.voided(in: known)
        known.removeAll { event in
            if event.body.kind == .voided || voided.contains(event.id) { return true }
            guard let asAt else { return false }
            return event.occurredOn > asAt
        }
        Self.sort(&known)
        return known
    }

    /// The case as those events make it.
    package func fold(asAt: CivilDate? = nil, knownAt: Instant? = nil) -> Case {
        var folded = Case(header: header)
        for event in effective(asAt: asAt, knownAt: knownAt) { folded.evolve(event) }
        return folded
    }

    /// Puts events into the one order in which they are taken: by day, then by kind, then as told.
    static func sort(_ events: inout [CaseEvent]) {
        var inOrder = true
        for index in events.indices.dropFirst()
        where precedes(events[index], events[index - 1]) {
            inOrder = false
            break
        }
        if !inOrder { events.sort(by: precedes) }
    }

    /// Whether one event is taken before another.
    package static func precedes(_ one: CaseEvent, _ other: CaseEvent) -> Bool {
        if one.occurredOn != other.occurredOn { return one.occurredOn < other.occurredOn }
        let (first, second) = (one.body.kind.rank, other.body.kind.rank)
        if first != second { return first < second }
        return one.sequence < other.sequence
    }

    private static func voided(in events: [CaseEvent]) -> Set<EventID> {
        var voided: Set<EventID> = []
        for event in events {
            if case .voided(let fields) = event.body, let id = EventID(fields.event) {
                voided.insert(id)
            }
        }
        return voided
    }
}

extension EventKind {
    /// The place among the events of one day.
    var rank: Int {
        // A case can be closed and reopened on one day; then the order of telling decides.
        self == .reopened ? EventKind.closed.place : place
    }

    private var place: Int { EventKind.places[self] ?? 0 }

    private static let places: [EventKind: Int] = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) }
    )
}
