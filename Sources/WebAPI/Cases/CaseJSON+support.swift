import Application
import Casework
import Kernel
import Programmes

extension CaseJSON {
    /// What is known of the support: plan, appointments, work, ending; measures and risks for the
    /// case team alone.
    static let support: [Schema.Member] = [
        .may("plan", .word),
        .must("goals", .list(planItem)),
        .must("actions", .list(planItem)),
        .must(
            "interventions",
            .list(.object(.must("id", .word), .must("sessions", .whole(0...1_000_000))))
        ),
        .must("onward", .list(onward)),
        .must("appointments", .list(appointment)),
        .must("job_spells", .list(spell)),
        .may("employment_status", .word),
        .must("adjustments", .list(.text)),
        .may("return_on", .date),
        .may("intensity", .word),
        .must("barriers", .list(.text)),
        .may("discharge", .object(.may("status", .text), .may("improved", .truth))),
        .may("closure", .choice(ClosureReason.self)),
        .may("measures", .list(measure)),
        .may("risks", .list(risk)),
    ]

    private static let planItem = Schema.named(
        "PlanItem",
        .object(
            .must("id", .text),
            .must("state", .choice(["open", "done", "dropped"])),
            .may("owner", .text),
            .may("due_on", .date),
            .may("goal", .text),
            .may("text", .text)
        )
    )
    private static let onward = Schema.object(
        .must("id", .text),
        .must("service", .text),
        .may("name", .text.saying("Of a service of the guide, as it was called then.")),
        .must("status", .choice(OnwardStatus.self)),
        .must("sent_on", .date),
        .may("moved_on", .date),
        .may("reason", .text)
    )
    private static let appointment = Schema.object(
        .must("id", .text),
        .must("kind", .text),
        .must("day", .date),
        .may("time", .text),
        .may("minutes", Schema(.whole(-1_000_000...1_000_000_000))),
        .may("place", .text),
        .may("outcome", .text)
    )
    private static let spell = Schema.object(
        .must("id", .text),
        .must("kind", .text),
        .must("from", .date),
        .may("to", .date)
    )
    private static let measure = Schema.object(
        .must("instrument", .text),
        .must("occasion", .choice(Occasion.self)),
        .must("taken_on", .date),
        .may("score", Schema(.whole(-1_000_000...1_000_000_000))),
        .may("band", .text)
    )
    private static let risk = Schema.object(
        .must("id", .text),
        .must("about", .text),
        .must("raised_on", .date),
        .may("measure", .text),
        .may("text", .text)
    )

    static func put(support file: CaseFile, into object: inout JSONObject) {
        let folded = file.case
        object.put("plan", folded.plan)
        object.put("goals", folded.goals.map(Self.object))
        object.put("actions", folded.actions.map(Self.object))
        object.put("interventions", folded.interventions.map(Self.object))
        object.put("onward", folded.onward.map(Self.object))
        object.put("appointments", folded.appointments.map(Self.object))
        object.put("job_spells", folded.spells.map(Self.object))
        object.put("employment_status", folded.employmentStatus)
        object.put("adjustments", folded.adjustments)
        object.put("return_on", folded.returnOn)
        object.put("intensity", folded.intensity)
        object.put("barriers", folded.barriers)
        object.put("discharge", folded.discharge.map(Self.object))
        object.put("closure", folded.closure?.rawValue)
        guard file.may.contains(.readClinical) else { return }
        object.put("measures", folded.readings.map(Self.object))
        object.put("risks", folded.risks.map(Self.object))
    }

    private static func object(_ item: PlanItem) -> JSONObject {
        var object = JSONObject()
        object.put("id", item.id)
        object.put("state", item.state.rawValue)
        object.put("owner", item.owner)
        object.put("due_on", item.dueOn)
        object.put("goal", item.goal)
        object.put("text", item.text)
        return object
    }

    private static func object(_ delivered: Delivered) -> JSONObject {
        var object = JSONObject()
        object.put("id", delivered.intervention)
        object.put("sessions", delivered.sessions)
        return object
    }

    private static func object(_ onward: OnwardReferral) -> JSONObject {
        var object = JSONObject()
        object.put("id", onward.id)
        object.put("service", onward.service)
        object.put("name", onward.guideName)
        object.put("status", onward.status.rawValue)
        object.put("sent_on", onward.sentOn)
        object.put("moved_on", onward.movedOn)
        object.put("reason", onward.reason)
        return object
    }

    private static func object(_ appointment: Appointment) -> JSONObject {
        var object = JSONObject()
        object.put("id", appointment.id)
        object.put("kind", appointment.kind)
        object.put("day", appointment.day)
        object.put("time", appointment.time)
        object.put("minutes", appointment.minutes)
        object.put("place", appointment.place)
        object.put("outcome", appointment.outcome)
        return object
    }

    private static func object(_ spell: JobSpell) -> JSONObject {
        var object = JSONObject()
        object.put("id", spell.id)
        object.put("kind", spell.kind)
        object.put("from", spell.from)
        object.put("to", spell.to)
        return object
    }

    private static func object(_ discharged: Discharged) -> JSONObject {
        var object = JSONObject()
        object.put("status", discharged.status)
        object.put("improved", discharged.improved)
        return object
    }

    private static func object(_ reading: MeasureReading) -> JSONObject {
        var object = JSONObject()
        object.put("instrument", reading.instrument)
        object.put("occasion", reading.occasion.rawValue)
        object.put("taken_on", reading.takenOn)
        object.put("score", reading.score)
        object.put("band", reading.band)
        return object
    }

    private static func object(_ risk: Risk) -> JSONObject {
        var object = JSONObject()
        object.put("id", risk.id)
        object.put("about", risk.about)
        object.put("raised_on", risk.raisedOn)
        object.put("measure", risk.measure)
        object.put("text", risk.text)
        return object
    }
}
