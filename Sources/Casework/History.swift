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

    /// The account of whoever referred.
    package var referredBy: String? {
        guard let first = events.first else { return nil }
        guard case .referralReceived(let referral) = first.body else { return first.by.user }
        return referral.referredBy ?? first.by.user
    }

    package mutating func append(_ more: [CaseEvent]) {
        events.append(contentsOf: more)
    }

    /// The events that hold, in the order in which they happened.
    ///
    /// - Parameters:
    ///   - asAt: leaves out what happened after this day.
    ///   - knownAt: leaves out what we were told after this moment, corrections included.
    package func effective(asAt: CivilDate? = nil, knownAt: Instant? = nil) -> [CaseEvent] {
        let known = knownAt.map { moment in events.filter { $0.recordedAt <= moment } } ?? events
        var kept = known
        // Most histories withdraw nothing: they are taken as they are, without a copy.
        let withdraws = known.contains { $0.body.kind == .voided }
        if withdraws || asAt != nil {
            let voided = Self.withdrawals(in: known)
            kept = known.filter { event in
                event.body.kind != .voided && voided[event.id] == nil
                    && asAt.map { event.occurredOn <= $0 } != false
            }
        }
        var order = Order(known)
        order.sort(&kept)
        return kept
    }

    /// The case as those events make it.
    package func fold(asAt: CivilDate? = nil, knownAt: Instant? = nil) -> Case {
        var folded = Case(header: header)
        for event in effective(asAt: asAt, knownAt: knownAt) { folded.evolve(event) }
        return folded
    }

    /// Whether one event is taken before another, replacements apart.
    package static func precedes(_ one: CaseEvent, _ other: CaseEvent) -> Bool {
        Order([]).precedes(one, other)
    }

    /// When each event that no longer holds was withdrawn.
    package var withdrawals: [EventID: Instant] { Self.withdrawals(in: events) }

    private static func withdrawals(in events: [CaseEvent]) -> [EventID: Instant] {
        var voided: [EventID: Instant] = [:]
        for event in events {
            if case .voided(let fields) = event.body, let id = EventID(fields.event) {
                voided[id] = event.recordedAt
            }
        }
        return voided
    }
}

extension History {
    /// The one order in which events are taken: by day, then by kind, then as told.
    ///
    /// An event that replaces another stands where that one stood, so that a correction leaves the
    /// case as if it had been told right at first. An event that follows from another counts as
    /// told with it. What was told after a reopening of the same day happened after it.
    struct Order {
        /// For those events: the number of the other one.
        private var places: [EventID: Int] = [:]
        private var reopenings: [(day: CivilDate, place: Int)] = []

        init(_ events: [CaseEvent]) {
            for event in events {
                if let cause = event.cause {
                    guard let cause = events.first(where: { $0.id == cause }) else { continue }
                    put(event.id, inPlaceOf: cause)
                } else if case .voided(let fields) = event.body, let id = EventID(fields.event),
                    let replacement = fields.replacement.flatMap({ EventID($0) }),
                    let replaced = events.first(where: { $0.id == id })
                {
                    put(replacement, inPlaceOf: replaced)
                }
            }
        }

        mutating func put(_ event: EventID, inPlaceOf other: CaseEvent) {
            places[event] = place(of: other)
        }

        mutating func sort(_ events: inout [CaseEvent]) {
            reopenings = events.filter { $0.body.kind == .reopened }
                .map { ($0.occurredOn, place(of: $0)) }
            let outOfOrder = events.indices.dropFirst().contains {
                precedes(events[$0], events[$0 - 1])
            }
            if outOfOrder { events.sort(by: precedes) }
        }

        func precedes(_ one: CaseEvent, _ other: CaseEvent) -> Bool {
            if one.occurredOn != other.occurredOn { return one.occurredOn < other.occurredOn }
            if !reopenings.isEmpty {
                let (first, second) = (reopenings(before: one), reopenings(before: other))
                if first != second { return first < second }
            }
            let (first, second) = (rank(of: one), rank(of: other))
            if first != second { return first < second }
            return place(of: one) < place(of: other)
        }

        /// How often the case had been reopened on the event's day when it was told.
        private func reopenings(before event: CaseEvent) -> Int {
            let place = place(of: event)
            return reopenings.count { $0.day == event.occurredOn && $0.place <= place }
        }

        private func rank(of event: CaseEvent) -> Int {
            event.body.kind == .reopened && !reopenings.isEmpty ? -1 : event.body.kind.rank
        }

        func place(of event: CaseEvent) -> Int { places[event.id] ?? event.sequence }
    }
}

extension EventKind {
    /// The place among the events of one day.
    var rank: Int {
        switch self {
        // A case can be closed and reopened on one day, and a person can change their mind; then
        // the order of telling decides.
        case .reopened: EventKind.closed.place
        case .consentRefused, .consentWithdrawn: EventKind.consentGiven.place
        // A case may change hands and get a new coach on one day, and a risk that was resolved may
        // be raised anew by a measure of that day.
        case .transferAsked, .transferAccepted, .transferDeclined: EventKind.coachAssigned.place
        case .riskResolved: EventKind.riskRaised.place
        // What was paused can run again and be paused once more: none is told but in that order.
        case .clockResumed: EventKind.clockPaused.place
        // What came of an appointment is of the booking that stood open when we were told, and
        // it can be booked anew by the same name.
        case .appointmentAttended, .appointmentMissed, .appointmentCancelled:
            EventKind.appointmentBooked.place
        default: place
        }
    }

    private var place: Int { EventKind.places[self] ?? 0 }

    private static let places: [EventKind: Int] = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) }
    )
}
