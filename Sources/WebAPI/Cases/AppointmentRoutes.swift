import Application
import Kernel
import Web

/// An appointment as calendars take it.
enum AppointmentRoutes {
    static let routes: [APIRoute] = [calendar]

    /// The file of the case page: it names nobody, and of a place it tells the kind alone.
    private static let calendar = APIRoute(
        .get,
        "/api/v1/cases/:case/appointments/:appointment/calendar",
        "readAppointmentCalendar",
        "An appointment of a case, as a calendar takes it",
        tag: "Cases",
        .onCase(.readCase),
        answers: [
            APIRoute.Answer(
                status: 200,
                says: "iCalendar (RFC 5545). Its UID stays the same when the appointment moves.",
                schema: .text(1...20_000),
                type: "text/calendar"
            )
        ]
    ) { call in
        let (file, named) = (try call.file(), call.part("appointment"))
        guard let entry = AppointmentCalendar(ofTeam: named, in: file, now: call.now) else {
            throw ServiceError(.notFound, "There is no such appointment.")
        }
        return call.file(
            entry.text,
            named: AppointmentCalendar.name(in: file),
            type: AppointmentCalendar.type
        )
    }
}
