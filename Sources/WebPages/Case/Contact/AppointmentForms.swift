import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Booking an appointment, moving it, cancelling it, and what came of it.
enum AppointmentForms {
    static let routes: [PageRoute] =
        book.routes(where: { !$1.programme.pathway.appointments.isEmpty })
        + [settle, move, cancel].flatMap { form in
            CaseForm.routes(at: form.path) { visit, file in try ifToCome(form, visit, file) }
        }
        + [
            .get("/cases/:case/appointments/:appointment/calendar", .onCase(.readCase)) { visit in
                try calendar(visit)
            }
        ]

    /// The form where the appointment is to come; else a page that says how it stands.
    ///
    /// What was sent about an earlier version of the case is the same form sent twice, or a
    /// conflict, which the form itself tells.
    private static func ifToCome(
        _ form: CaseForm,
        _ visit: Visit,
        _ file: CaseFile
    ) throws -> CaseForm {
        guard let known = BookedAppointment(visit, file) else {
            throw ServiceError(.notFound, "There is no such page.")
        }
        let version = visit.request.form["_version"].flatMap { Int($0) }
        guard let over = known.appointment.over, version.map({ $0 >= file.version }) ?? true else {
            return form
        }
        return CaseForm(
            path: form.path,
            title: form.title,
            tells: form.tells,
            button: nil,
            then: form.then,
            fields: { visit, file, _ in
                which(BookedAppointment(visit, file), file)
                p { over }
            },
            read: { _, _, reader in
                reader.fault(nil, over)
                return nil
            }
        )
    }

    private static let book = CaseForm(
        path: "appointments",
        title: "Book an appointment",
        button: "Book",
        then: "#appointments",
        fields: { _, file, fields in
            fields.radios(
                "kind",
                "Kind of appointment",
                file.programme.pathway.appointments.map { Choice($0.id, $0.name) }
            )
            BookingFields.fields(fields, known: nil)
        },
        read: { visit, file, reader in
            let kind = reader.choice(
                "kind",
                "Choose a kind of appointment",
                among: file.programme.pathway.appointments.map(\.id)
            )
            guard var booked = BookingFields.read(&reader), let kind else { return nil }
            booked.appointment = visit.newName("a")
            booked.kind = kind
            return Command(.appointmentBooked(booked), on: visit.today)
        }
    )

    private static let move = CaseForm(
        path: "appointments/:appointment/move",
        title: "Move an appointment",
        button: "Move",
        then: "#appointments",
        fields: { visit, file, fields in
            let known = BookedAppointment(visit, file)
            which(known, file)
            BookingFields.fields(fields, known: known?.booked)
        },
        read: { visit, file, reader in
            guard let known = BookedAppointment(visit, file),
                var booked = BookingFields.read(&reader)
            else { return nil }
            booked.appointment = known.appointment.id
            booked.kind = known.appointment.kind
            return Command(.appointmentBooked(booked), on: visit.today)
        }
    )

    private static let cancel = CaseForm(
        path: "appointments/:appointment/cancel",
        title: "Cancel an appointment",
        tells: .appointmentCancelled,
        button: "Cancel the appointment",
        then: "#appointments",
        fields: { visit, file, fields in
            which(BookedAppointment(visit, file), file)
            fields.date("on", "When it was cancelled", or: visit.today.iso)
        },
        read: { visit, file, reader in
            try outcome("cancelled", visit, file, &reader)
        }
    )

    private static let settle = CaseForm(
        path: "appointments/:appointment",
        title: "What came of an appointment",
        then: "#appointments",
        fields: { visit, file, fields in
            let known = BookedAppointment(visit, file)
            which(known, file)
            fields.radios(
                "outcome",
                "What came of it",
                [
                    Choice("attended", "The person came, or answered"),
                    Choice("missed", "The person did not come, or did not answer"),
                    Choice("cancelled", "It was cancelled"),
                ]
            )
            fields.date(
                "on",
                "When",
                or: min(known?.appointment.day ?? visit.today, visit.today).iso
            )
            fields.area(
                "note",
                "Note",
                hint: "Only the case team can read it.",
                isOptional: true
            )
        },
        read: { visit, file, reader in
            let outcome = reader.choice(
                "outcome",
                "Choose what came of it",
                among: ["attended", "missed", "cancelled"]
            )
            let note = reader.optionalText("note")
            var command = try Self.outcome(outcome ?? "", visit, file, &reader)
            if let note, let day = command?.entries.first?.on {
                command?.entries.append(NoteForm.entry(note, on: day))
            }
            return outcome == nil ? nil : command
        }
    )

    /// What came of the appointment that the path names.
    private static func outcome(
        _ outcome: String,
        _ visit: Visit,
        _ file: CaseFile,
        _ reader: inout FormReader
    ) throws -> Command? {
        guard let known = BookedAppointment(visit, file) else { return nil }
        let day = reader.day("on", "Say when it was", usually: visit.today)
        guard let day else { return nil }
        if let booked = known.booking?.event.occurredOn, day < booked {
            reader.fault("on", "It was booked on \(booked.uk). Give that day or a later one")
            return nil
        }
        var fields = AppointmentOutcome()
        fields.appointment = known.appointment.id
        fields.kind = known.appointment.kind
        let body: EventBody =
            switch outcome {
            case "attended": .appointmentAttended(fields)
            case "missed": .appointmentMissed(fields)
            default: .appointmentCancelled(fields)
            }
        return Command(body, on: day)
    }

    private static func which(_ known: BookedAppointment?, _ file: CaseFile) -> HTML {
        guard let known else { return HTML() }
        return inset {
            p { "\(known.kind(in: file.programme)), \(known.when)" }
        }
    }

    private static func calendar(_ visit: Visit) throws -> Response {
        let file = try visit.file()
        let named = visit.part("appointment")
        guard let entry = AppointmentCalendar(ofTeam: named, in: file, now: visit.now) else {
            throw ServiceError(.notFound, "There is no such appointment.")
        }
        return .calendar(entry, named: AppointmentCalendar.name(in: file))
    }
}
