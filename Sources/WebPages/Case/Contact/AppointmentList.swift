import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// An appointment with what was said when it was booked last.
struct BookedAppointment {
    var appointment: Appointment
    /// Nil when it was recorded without having been booked here.
    var booking: CaseFile.Line?
    var booked: AppointmentBooked?
    /// How often it was booked: each move counts.
    var bookings: Int

    init(_ appointment: Appointment, in file: CaseFile) {
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

    /// The appointment that a path names: the open one, or the last of that name.
    init?(_ visit: Visit, _ file: CaseFile) {
        let named = file.case.appointments.filter { $0.id == visit.part("appointment") }
        guard let found = named.first(where: { $0.outcome == nil }) ?? named.last else {
            return nil
        }
        self.init(found, in: file)
    }

    func path(in file: CaseFile) -> String {
        "\(file.path)/appointments/\(URLEncoding.encode(appointment.id))"
    }

    func kind(in programme: Programme) -> String {
        programme.pathway.appointments.first { $0.id == appointment.kind }?.name
            ?? CaseWords.plain(appointment.kind)
    }
}

/// The appointments of a case, those to come first.
enum AppointmentList {
    @Sendable static func show(_ visit: Visit, _ file: CaseFile) -> HTML? {
        guard file.may.contains(.readCase), !file.programme.pathway.appointments.isEmpty else {
            return nil
        }
        let all = file.case.appointments.map { BookedAppointment($0, in: file) }
        let open = all.filter { $0.appointment.outcome == nil }
            .sorted { $0.appointment.day < $1.appointment.day }
        let settled = all.filter { $0.appointment.outcome != nil }
            .sorted { $0.appointment.day > $1.appointment.day }
        let mayChange = file.may.contains(.changeCase) && file.case.isOpen
        var table = ListTable(
            "Appointments",
            ["Day", "Kind", "Where", "What came of it"] + (mayChange ? ["Do it"] : []),
            hidesCaption: true
        )
        for booked in open + settled {
            table.rows.append(row(booked, file, mayChange))
        }
        return (all.isEmpty ? p { "No appointment has been made." } : table.html)
            + (mayChange
                ? p { a(.href(file.path + "/appointments")) { "Book an appointment" } } : HTML())
    }

    private static func row(
        _ booked: BookedAppointment,
        _ file: CaseFile,
        _ mayChange: Bool
    ) -> [HTML] {
        let appointment = booked.appointment
        let path = booked.path(in: file)
        let day = appointment.day.uk
        var links: [(words: String, path: String)] = []
        if appointment.outcome == nil {
            links = [
                ("Say what came of it", path), ("Move", path + "/move"),
                ("Cancel", path + "/cancel"), ("Add to calendar", path + "/calendar"),
            ]
        }
        let cells = [
            HTML(day),
            HTML(booked.kind(in: file.programme)),
            HTML(booked.booked?.place.map { CaseWords.plain($0) } ?? "Not said"),
            outcome(appointment, file),
        ]
        guard mayChange else { return cells }
        let list = ul(.class("nhsuk-list gw-actions")) {
            for link in links {
                li {
                    a(.href(link.path)) {
                        link.words
                        span(.class("nhsuk-u-visually-hidden")) { ", appointment of \(day)" }
                    }
                }
            }
        }
        return cells + [links.isEmpty ? HTML("Nothing") : list]
    }

    private static func outcome(_ appointment: Appointment, _ file: CaseFile) -> HTML {
        switch appointment.outcome {
        case nil where appointment.day < file.today:
            tag("Not recorded", .red)
        case nil: tag("Booked", .blue)
        case "did-not-attend": tag("Missed", .orange)
        case "cancelled": tag("Cancelled", .grey)
        case "attended": tag("Attended", .green)
        case .some(let result): tag("Attended: \(CaseWords.plain(result).lowercased())", .green)
        }
    }
}
