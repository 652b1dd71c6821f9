import Casework
import Kernel

/// An appointment with what was said when it was booked last.
package struct BookedAppointment {
    package var appointment: Appointment
    /// Nil when it was recorded without having been booked here.
    package var booking: CaseFile.Line?
    package var booked: AppointmentBooked?
    /// How often it changed since it was booked: each move, each calling off, and each of them
    /// that was withdrawn.
    package var changes: Int
    /// When we were told of the last of them, or that it was booked.
    package var changedAt: Instant?
    /// Whether nobody holds it any more: it was cancelled, or the case closed before it came.
    package var isCalledOff: Bool

    package init(_ appointment: Appointment, in file: CaseFile) {
        self.appointment = appointment
        let bookings = file.lines.compactMap { line -> (CaseFile.Line, AppointmentBooked)? in
            guard case .appointmentBooked(let fields) = line.event.body,
                fields.appointment == appointment.id
            else { return nil }
            return (line, fields)
        }
        let last = bookings.filter { $0.0.voidedAt == nil }
            .max { $0.0.event.sequence < $1.0.event.sequence }
        booking = last?.0
        booked = last?.1
        let made = bookings.map { $0.0.event.sequence }.min() ?? .max
        let told = file.lines.filter {
            $0.event.sequence >= made && Self.changes($0.event.body, appointment.id)
        }
        // A calendar takes no entry with fewer changes than it has: what was withdrawn counts on.
        changes = max(0, told.count + told.count { $0.voidedAt != nil } - 1)
        changedAt = told.map { $0.voidedAt ?? $0.event.recordedAt }.max()
        isCalledOff =
            switch appointment.outcome {
            case nil: !file.case.isOpen
            // Booked again by its name, or come to, it was held after all.
            case Appointment.cancelled:
                file.case.appointment(named: appointment.id) == appointment
            default: false
            }
    }

    /// The appointment of a name: the open one, or the one of which something came last.
    package init?(named id: String, in file: CaseFile) {
        guard let found = file.case.appointment(named: id) else { return nil }
        self.init(found, in: file)
    }

    /// Whether a calendar may still hold it, though nobody else does.
    package func isToLeaveCalendar(on today: CivilDate) -> Bool {
        isCalledOff && booking != nil && appointment.day >= today
    }

    /// Whether what was told changes whether, or when, the appointment is held.
    private static func changes(_ body: EventBody, _ appointment: String) -> Bool {
        switch body {
        case .appointmentBooked(let fields): fields.appointment == appointment
        case .appointmentCancelled(let fields): fields.appointment == appointment
        case .closed, .reopened: true
        default: false
        }
    }
}
