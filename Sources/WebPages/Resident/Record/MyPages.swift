import Application
import Casework
import HTML
import Kernel
import Web

/// A resident's own plan, appointments and measures.
enum MyPages {
    static let path = "/my"

    static let routes: [PageRoute] = [
        .get(path, .signedIn, plan),
        .get("\(path)/cases/:own/actions/:action", .signedIn, askToTick),
        .post("\(path)/cases/:own/actions/:action", .signedIn, tick),
        .get("\(path)/cases/:own/appointments/:appointment", .signedIn, calendar),
    ]

    /// The case that the path names, if it is the visitor's own.
    static func own(_ visit: Visit) throws -> CaseID {
        guard let id = CaseID(visit.part("own")) else {
            throw ServiceError(.notFound, "There is no such case.")
        }
        return id
    }

    static func path(of header: CaseHeader) -> String { "\(path)/cases/\(header.id.text)" }

    // MARK: - The page

    private static func plan(_ visit: Visit) async throws -> Response {
        let record = try await visit.goodwork.ownRecord(by: visit.actor)
        let say = visit.phrases
        guard !record.cases.isEmpty else { return nothing(visit) }
        let words = OwnWords(say: say, names: visit.names)
        return visit.page(say("My plan")) {
            h1 { say("My plan") }
            ul(.class("nhsuk-list")) {
                li { a(.href(MyDataPages.path)) { say("My data, and what I agreed to") } }
            }
            for file in record.cases {
                OwnCase(
                    file: file,
                    words: words,
                    visit: visit,
                    hasCoach: !record.withoutCoach.contains(file.header.id)
                ).html
            }
        }
    }

    private static func nothing(_ visit: Visit) -> Response {
        let say = visit.phrases
        return visit.page(say("My plan")) {
            h1 { say("My plan") }
            p { say("There is no plan for you here yet.") }
            p { say("You can ask for help yourself. It takes about 5 minutes.") }
            linkButton(say("Ask for help"), to: SelfAnswers.path)
            p { say("Has somebody referred you? Ask them to send you an invitation.") }
            p { a(.href(MyDataPages.path)) { say("My data") } }
        }
    }

    // MARK: - Actions

    private static func askToTick(_ visit: Visit) async throws -> Response {
        let (file, say) = (
            try await visit.goodwork.ownFile(own(visit), by: visit.actor), visit.phrases
        )
        guard let action = file.case.actions.first(where: { $0.id == visit.part("action") }) else {
            throw ServiceError(.notFound, "There is no such action.")
        }
        return visit.page(say("Have you done this?"), back: (say("Back to my plan"), path)) {
            h1 { say("Have you done this?") }
            p { asTyped(action.text ?? SelfWords.answer(action.id)) }
            if action.state == .open {
                OwnCase.tickForm(action, file, visit)
            } else {
                p { say("This is done already.") }
            }
        }
    }

    private static func tick(_ visit: Visit) async throws -> Response {
        let id = try own(visit)
        do {
            try await visit.goodwork.tick(
                action: visit.part("action"),
                of: id,
                by: visit.actor,
                key: visit.formKey
            )
        } catch let error as ServiceError where error.code == "already-over" {
            // Somebody else ticked it in the same moment.
        }
        return .redirect(to: "\(path)#plan-\(id.text)")
    }

    private static func calendar(_ visit: Visit) async throws -> Response {
        let file = try await visit.goodwork.ownFile(own(visit), by: visit.actor)
        let id = visit.part("appointment")
        guard let appointment = file.case.appointment(named: id) else {
            throw ServiceError(.notFound, "There is no such appointment.")
        }
        let words = OwnWords(say: visit.phrases, names: visit.names)
        let calendar = AppointmentCalendar(
            BookedAppointment(appointment, in: file),
            in: file,
            summary: words.appointment(appointment, file.programme),
            place: appointment.location ?? words.place(of: appointment),
            now: visit.now
        )
        return .calendar(calendar, named: "appointment.ics")
    }
}
