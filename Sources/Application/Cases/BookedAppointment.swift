import Casework

/// An appointment with what was said when it was booked last.
package struct BookedAppointment {
    package var appointment: Appointment
    /// Nil when it was recorded without having been booked here.
    package var booking: CaseFile.Line?
    package var booked: AppointmentBooked?
    /// How often it was booked: each move counts.
    package var bookings: Int

    package init(_ appointment: Appointment, in file: CaseFile) {
        self.appointment = appointment
        let bookings = file.lines.compactMap { line -> (CaseFile.Line, AppointmentBooked)? in
            guard line.voidedAt == nil, case .appointmentBooked(let fields) = line.event.body,
                fields.appointment == appointment.id
            else { return nil }
            return (line, fields)
        }
        self.bookings = bookings.count
        let last = bookings.max { $0.0.event.sequence < $1.0.event.sequence }
        booking = last?.0
        booked = last?.1
    }

    /// The appointment of a name: the open one, or the last.
    package init?(named id: String, in file: CaseFile) {
        let named = file.case.appointments.filter { $0.id == id }
        guard let found = named.first(where: { $0.outcome == nil }) ?? named.last else {
            return nil
        }
        self.init(found, in: file)
    }
}
