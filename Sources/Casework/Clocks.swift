import Kernel
import Programmes

/// A clock as it stands for one case.
package struct ClockReading: Sendable, Hashable {
    package enum State: Sendable, Hashable {
        /// Stopped on or before its due day.
        case met
        /// Stopped after its due day, or the case closed after it without the milestone.
        case missed
        /// Still to stop.
        case running
        /// The case closed before it was due.
        case lapsed
    }

    package var clock: Clock
    package var startedOn: CivilDate
    /// The last day on which it can be met. The day of the start counts as day 0.
    package var dueOn: CivilDate
    package var stoppedOn: CivilDate?
    package var state: State
    /// Set when the due day lies beyond the table of bank holidays.
    package var warning: String?

    /// The token kept in the facts; a running clock carries its due day.
    package var token: String? {
        switch state {
        case .met: "\(clock.id):met"
        case .missed: "\(clock.id):missed"
        case .running: "\(clock.id):running@\(dueOn.iso)"
        case .lapsed: nil
        }
    }
}

extension Case {
    /// Every clock of the programme that has begun for this case.
    package func clocks(in programme: Programme) -> [ClockReading] {
        let calendar = WorkingDayCalendar.named(programme.calendar) ?? .englandAndWales
        return programme.clocks.compactMap { reading($0, calendar) }
    }

    private func reading(_ clock: Clock, _ calendar: WorkingDayCalendar) -> ClockReading? {
        guard clock.strands.isEmpty || strand.map(clock.strands.contains) == true,
            let start = self[clock.from]
        else { return nil }
        let pauses = pauses.filter { $0.clock == clock.id }
        let due = clock.within.end(from: start, pauses: pauses, calendar)
        let stopped = self[clock.to]
        let state: ClockReading.State
        if let stopped {
            state = stopped <= due ? .met : .missed
        } else if let closed = self[.closed] {
            state = closed <= due ? .lapsed : .missed
        } else {
            state = .running
        }
        return ClockReading(
            clock: clock,
            startedOn: start,
            dueOn: due,
            stoppedOn: stopped,
            state: state,
            warning: clock.within.unit == .workingDays ? calendar.warning(for: due) : nil
        )
    }
}

extension Period {
    /// The day on which the period that begins on `start` ends, day 0 being `start`.
    package func end(from start: CivilDate, _ calendar: WorkingDayCalendar) -> CivilDate {
        switch unit {
        case .days: start.adding(days: count)
        case .weeks: start.adding(weeks: count)
        case .workingDays: calendar.date(after: start, workingDays: count)
        }
    }

    /// The same, standing still during each pause. A pause that lasts adds nothing yet.
    func end(
        from start: CivilDate,
        pauses: [Pause],
        _ calendar: WorkingDayCalendar
    ) -> CivilDate {
        var due = end(from: start, calendar)
        for pause in pauses where pause.from <= due {
            guard let to = pause.to else { continue }
            let from = max(pause.from, start)
            if unit == .workingDays {
                let stood = max(0, calendar.workingDays(from: from, to: to))
                due = calendar.date(after: due, workingDays: stood)
            } else {
                due = due.adding(days: max(0, to - from))
            }
        }
        return due
    }
}
