import Casework
import Kernel
import Programmes

extension CaseView {
    /// The plan agreed last, with its actions for the team.
    var carePlanViews: [FHIRView] {
        guard let plan = folded.plan, let agreed = folded[.planAgreed] else { return [] }
        let ended = endedOn
        let isDone = folded.discharge != nil || folded.closure == .completed
        let status = ended == nil ? "active" : isDone ? "completed" : "revoked"
        return [
            FHIRView(
                "CarePlan",
                id,
                built(
                    ("status", .value(status)),
                    ("intent", .value("plan")),
                    (
                        "category",
                        .list([
                            .concept(.code(Systems.code("plan"), plan), words: Words.capital(plan))
                        ])
                    ),
                    ("title", .text(Words.capital(plan))),
                    ("subject", patient),
                    ("period", .period(agreed, ended)),
                    ("created", .day(agreed)),
                    ("author", organisation(parties.provider)),
                    ("addresses", .list(conditionViews.map { .reference($0.type, $0.id) })),
                    (
                        "goal",
                        sight == .team ? .list(goalViews.map { .reference($0.type, $0.id) }) : nil
                    ),
                    ("activity", sight == .team ? .list(folded.actions.map(activity)) : nil)
                )
            )
        ]
    }

    private func activity(_ action: PlanItem) -> JSONValue {
        let status: String =
            switch action.state {
            case .open: "not-started"
            case .done: "completed"
            case .dropped: "cancelled"
            }
        let performer: JSONValue? =
            switch action.owner {
            case "person": patient
            case "coach": practitioner(folded.coach)
            default: organisation(action.owner)
            }
        let goal = goalEvents.first { $0.goal == action.goal }.map { id(of: $0.event) }
        return .built(
            (
                "detail",
                .built(
                    ("kind", .value("Task")),
                    ("code", .concept(.code(Systems.code("action"), action.id))),
                    ("goal", .list([.reference("Goal", goal)])),
                    ("status", .value(status)),
                    ("scheduledPeriod", .period(nil, action.dueOn)),
                    ("performer", .list([performer])),
                    ("description", .text(action.text))
                )
            )
        )
    }

    private var goalEvents: [(event: CaseEvent, goal: String)] {
        events.compactMap { event in
            guard case .goalAdded(let fields) = event.body else { return nil }
            return (event, fields.goal)
        }
    }

    var goalViews: [FHIRView] {
        goalEvents.compactMap { event, name in
            guard let goal = folded.goals.first(where: { $0.id == name }) else { return nil }
            let status: String =
                switch goal.state {
                case .open: "active"
                case .done: "completed"
                case .dropped: "cancelled"
                }
            return FHIRView(
                "Goal",
                id(of: event),
                built(
                    ("identifier", .list([.identifier(Systems.identifier("goal"), goal.id)])),
                    ("lifecycleStatus", .value(status)),
                    ("description", .concept(words: words(of: goal))),
                    ("subject", patient),
                    ("startDate", .day(event.occurredOn))
                )
            )
        }
    }

    /// A goal that was once taken with blank words is told by its name.
    private func words(of goal: PlanItem) -> String {
        guard let text = goal.text, !text.isBlank else { return Words.capital(goal.id) }
        return text
    }

    /// Appointments, each by the booking or the outcome that named it first.
    var appointmentViews: [FHIRView] {
        var seen: Set<String> = []
        return events.compactMap { event -> FHIRView? in
            guard let name = event.body.appointmentName, seen.insert(name).inserted,
                let appointment = folded.appointment(named: name)
            else { return nil }
            return FHIRView("Appointment", id(of: event), body(of: appointment))
        }
    }

    private func body(of appointment: Appointment) -> JSONObject {
        let named = programme.pathway.appointments.first { $0.id == appointment.kind }
        let status: String =
            switch appointment.outcome {
            case nil: "booked"
            case "did-not-attend": "noshow"
            case "cancelled": "cancelled"
            default: "fulfilled"
            }
        // A day alone is the whole of the day.
        let start = appointment.day.moment(at: appointment.time ?? "00:00")
        let day: Int64 = 86_400_000
        let length = appointment.time == nil ? day : Int64(appointment.minutes ?? 0) * 60_000
        let end = start?.adding(milliseconds: length)
        return built(
            ("identifier", .list([.identifier(Systems.identifier("appointment"), appointment.id)])),
            ("status", .value(status)),
            (
                "serviceType",
                .list([
                    .concept(
                        .code(Systems.code("appointment"), appointment.kind, named?.name),
                        words: named?.name ?? appointment.kind
                    )
                ])
            ),
            (
                "description",
                .text(appointment.time == nil ? "The time of the day is not known" : nil)
            ),
            ("start", start.map(JSONValue.moment)),
            ("end", end.map(JSONValue.moment)),
            ("minutesDuration", appointment.minutes.map(JSONValue.int)),
            ("comment", .text(appointment.location)),
            ("basedOn", .list([serviceRequest])),
            (
                "participant",
                .list([participant(patient), participant(practitioner(folded.coach))])
            )
        )
    }

    private func participant(_ actor: JSONValue?) -> JSONValue? {
        actor.map { .built(("actor", $0), ("status", .value("accepted"))) }
    }

    /// Notes that somebody is to read: the referrer's, and for the team the others.
    var communicationViews: [FHIRView] {
        events.compactMap { event in
            let body: (text: String?, audience: NoteAudience)
            switch event.body {
            case .noteWritten(let fields): body = (fields.text, fields.audience)
            case .cancellationAsked(let fields), .referralWithdrawn(let fields):
                body = (fields.text, .team)
            default: return nil
            }
            let isOwn = event.by.organisation == parties.referrer
            if sight < .team, body.audience != .referrer, !isOwn { return nil }
            guard let text = body.text, !text.isBlank else { return nil }
            let recipient: JSONValue? =
                switch body.audience {
                case .referrer: requester
                case .person: patient
                case .team: organisation(parties.provider)
                }
            return FHIRView(
                "Communication",
                id(of: event),
                built(
                    ("basedOn", .list([serviceRequest])),
                    ("status", .value("completed")),
                    (
                        "category",
                        .list([
                            .concept(.code(Systems.code("audience"), body.audience.rawValue))
                        ])
                    ),
                    ("subject", patient),
                    ("about", .list([.reference("Task", id)])),
                    ("sent", .moment(event.recordedAt)),
                    ("recipient", .list([recipient])),
                    ("sender", organisation(event.by.organisation)),
                    (
                        "payload",
                        .list([.built(("contentString", .string(text)))])
                    )
                )
            )
        }
    }

    /// Who told us what, and when: one for each thing that was told, withdrawn ones included.
    var provenanceViews: [FHIRView] {
        history.events.map { event in
            FHIRView(
                "Provenance",
                id(of: event),
                built(
                    ("target", .list([.reference("EpisodeOfCare", id)])),
                    ("occurredDateTime", .day(event.occurredOn)),
                    ("recorded", .moment(event.recordedAt)),
                    (
                        "activity",
                        .concept(.code(Systems.code("event"), event.body.kind.rawValue))
                    ),
                    (
                        "agent",
                        .list([
                            .built(
                                (
                                    "type",
                                    .concept(.code(Systems.participantType, "enterer"))
                                ),
                                ("who", practitioner(event.by.user)),
                                ("onBehalfOf", organisation(event.by.organisation))
                            )
                        ])
                    )
                )
            )
        }
    }
}

extension EventBody {
    /// The name of the appointment that the event is about, if it is about one.
    var appointmentName: String? {
        switch self {
        case .appointmentBooked(let fields): fields.appointment
        case .appointmentAttended(let fields), .appointmentMissed(let fields),
            .appointmentCancelled(let fields):
            fields.appointment
        default: nil
        }
    }
}
