import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

extension BookedAppointment {
    /// The appointment that a path names: the open one, or the last of that name.
    init?(_ visit: Visit, _ file: CaseFile) {
        self.init(named: visit.part("appointment"), in: file)
    }

    /// The day, and the time where it is known.
    var when: String {
        appointment.day.uk + (appointment.time.map { " at \($0)" } ?? "")
            + (appointment.minutes.map { " (\($0) minutes)" } ?? "")
    }

    /// What orders appointments: those without a time come first on their day.
    var start: (CivilDate, String) { (appointment.day, appointment.time ?? "") }

    /// The kind of place, and its own words for those who may read them.
    var place: String? {
        let parts = [
            appointment.place.map { Words.capital($0) }, appointment.location,
        ]
        let said = parts.compactMap { $0 }.joined(separator: ": ")
        return said.isEmpty ? nil : said
    }

    func path(in file: CaseFile) -> String {
        "\(file.path)/appointments/\(URLEncoding.encode(appointment.id))"
    }

    func kind(in programme: Programme) -> String {
        programme.pathway.appointments.first { $0.id == appointment.kind }?.name
            ?? Words.capital(appointment.kind)
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
            .sorted { $0.start < $1.start }
        let settled = all.filter { $0.appointment.outcome != nil }
            .sorted { $0.start > $1.start }
        let mayChange = file.isOpenToChange
        let rows = (open + settled).map { (booked: $0, links: links($0, file)) }
        let hasLinks = mayChange || rows.contains { !$0.links.isEmpty }
        var table = ListTable(
            "Appointments",
            ["Day", "Kind", "Where", "What came of it"] + (hasLinks ? ["Do it"] : []),
            hidesCaption: true
        )
        table.endsInActs = hasLinks
        for (booked, links) in rows {
            table.rows.append(row(booked, file, hasLinks ? links : nil))
        }
        return (all.isEmpty ? p { "No appointment has been made." } : table.html)
            + (mayChange
                ? partLink("Book an appointment", to: file.path + "/appointments") : HTML())
    }

    /// What can be done about one: what was called off is taken out of the calendar that has it.
    private static func links(_ booked: BookedAppointment, _ file: CaseFile) -> [Link] {
        guard file.may.contains(.changeCase) else { return [] }
        let path = booked.path(in: file)
        if booked.isToLeaveCalendar(on: file.today) {
            return [("Remove it from your calendar", path + "/calendar")]
        }
        guard file.case.isOpen, booked.appointment.outcome == nil else { return [] }
        if !file.takes(.appointmentAttended) { return [("Cancel", path + "/cancel")] }
        return [
            ("Say what came of it", path), ("Move", path + "/move"),
            ("Cancel", path + "/cancel"), ("Add to calendar", path + "/calendar"),
        ]
    }

    private typealias Link = (words: String, path: String)

    /// - Parameter links: nil where no row has any.
    private static func row(
        _ booked: BookedAppointment,
        _ file: CaseFile,
        _ links: [Link]?
    ) -> [HTML] {
        let cells = [
            HTML(booked.when),
            HTML(booked.kind(in: file.programme)),
            HTML(booked.place ?? "Not said"),
            outcome(booked.appointment, file),
        ]
        guard let links else { return cells }
        let list = ul(.class("nhsuk-list gw-actions")) {
            for link in links {
                li {
                    a(.href(link.path)) {
                        link.words
                        span(.class("nhsuk-u-visually-hidden")) {
                            ", appointment of \(booked.when)"
                        }
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
        case nil where !file.case.isOpen: tag("Not held: the case is closed", .grey)
        case nil: tag("Booked", .blue)
        case "did-not-attend": tag("Missed", .orange)
        case "cancelled": tag("Cancelled", .grey)
        case "attended": tag("Attended", .green)
        case .some(let result): tag("Attended: \(Words.plain(result))", .green)
        }
    }
}
