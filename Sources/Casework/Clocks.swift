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
    /// The last day on which it can be met, the day of the start being day 0.
    package var dueOn: CivilDate
    /// Set while the clock stands still: it cannot be missed then, and has no due day.
    package var pausedOn: CivilDate?
    package var stoppedOn: CivilDate?
    package var state: State
    /// Set when the due day lies beyond the table of bank holidays.
    package var warning: String?

    /// The token kept in the facts; a running clock carries its due day unless it is paused.
    package var token: String? {
        switch state {
        case .met: "\(clock.id):met"
        case .missed: "\(clock.id):missed"
        case .running: "\(clock.id):running" + (pausedOn == nil ? "@\(dueOn.iso)" : "")
        case .lapsed: nil
        }
    }
}

extension Case {
    /// Every clock of the programme that has begun for this case.
    package func clocks(in programme: Programme) -> [ClockReading] {
        programme.clocks.compactMap { reading($0, programme.workingDays) }
    }

    private func reading(_ clock: Clock, _ calendar: WorkingDayCalendar) -> ClockReading? {
        guard clock.strands.isEmpty || strand.map(clock.strands.contains) == true,
            let start = self[clock.from]
        else { return nil }
        let stopped = self[clock.to]
        let end = stopped ?? self[.closed]
        let due = clock.within.end(from: start, pauses: pauses(of: clock, until: end), calendar)
        let state: ClockReading.State
        if let stopped {
            state = stopped <= due ? .met : .missed
        } else if let closed = self[.closed] {
            state = closed <= due ? .lapsed : .missed
        } else {
            state = .running
        }
        let pause = pauses.last { $0.clock == clock.id && $0.to == nil && $0.from <= due }
        return ClockReading(
            clock: clock,
            startedOn: start,
            dueOn: due,
            pausedOn: state == .running ? pause?.from : nil,
            stoppedOn: stopped,
            state: state,
            warning: clock.within.unit == .workingDays ? calendar.warning(for: due) : nil
        )
    }

    /// The clock's pauses up to the day on which it stopped or the case closed.
    private func pauses(of clock: Clock, until end: CivilDate?) -> [Pause] {
        pauses.filter { $0.clock == clock.id }.map { pause in
            var pause = pause
            pause.to = [pause.to, end].compactMap { $0 }.min()
            return pause
        }
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

    /// The same, standing still during each pause.
    ///
    /// The days from the one on which it was paused to the one before it ran again do not count; a
    /// pause that lasts adds nothing yet. Day 0 never counts, so a pause takes nothing from it.
    func end(
        from start: CivilDate,
        pauses: [Pause],
        _ calendar: WorkingDayCalendar
    ) -> CivilDate {
        var due = end(from: start, calendar)
        for pause in pauses where pause.from <= due {
            let from = max(pause.from, start.adding(days: 1))
            guard let to = pause.to, from < to, from <= due else { continue }
            if unit == .workingDays {
                let (before, last) = (from.adding(days: -1), to.adding(days: -1))
                let stood = calendar.workingDays(from: before, to: last)
                due = calendar.date(after: due, workingDays: stood)
            } else {
                due = due.adding(days: to - from)
            }
        }
        return due
    }
}
