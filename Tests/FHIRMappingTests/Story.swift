import Casework
import FHIRModel
import Kernel
import Programmes

@testable import FHIRMapping

/// A case in which something of everything has happened.
enum Story {
    /// What is told of it, after the referral, by the provider.
    static let events: [(type: String, json: String, sealed: String?)] = [
        ("referral.accepted", "{}", nil),
        ("coach.assigned", #"{"coach":"coach-1"}"#, nil),
        (
            "appointment.booked",
            #"{"appointment":"first","kind":"phone","day":"2025-06-02","time":"09:30","minutes":45,"place":"phone"}"#,
            #"{"where":"0161 496 0000"}"#
        ),
        ("appointment.attended", #"{"appointment":"first","kind":"phone"}"#, nil),
        (
            "appointment.booked", #"{"appointment":"second","kind":"clinic","day":"2025-07-01"}"#,
            nil
        ),
        ("consent.refused", #"{"scope":"evaluation"}"#, nil),
        ("assessment.completed", #"{"barriers":[]}"#, nil),
        (
            "measure.taken", #"{"instrument":"phq-9","occasion":"baseline"}"#,
            #"{"sealed_answers":{"phq9-1":"several-days","phq9-2":"not-at-all","phq9-3":"nearly-every-day","phq9-4":"not-at-all","phq9-5":"not-at-all","phq9-6":"not-at-all","phq9-7":"not-at-all","phq9-8":"not-at-all","phq9-9":"several-days"}}"#
        ),
        (
            "measure.taken",
            #"{"instrument":"ons4","occasion":"baseline","answers":{"ons4-anxiety":"7"}}"#, nil
        ),
        ("measure.taken", #"{"instrument":"gad-7","occasion":"baseline","score":12}"#, nil),
        ("work.status-recorded", #"{"status":"off-sick"}"#, nil),
        ("support.started", "{}", nil),
        ("plan.agreed", #"{"plan":"thrive-in-work"}"#, nil),
        ("plan.goal-added", #"{"goal":"walk"}"#, #"{"text":"Walk to work again"}"#),
        (
            "plan.action-added",
            #"{"action":"call","goal":"walk","owner":"coach","due_on":"2025-06-20"}"#,
            #"{"text":"Call the employer"}"#
        ),
        ("plan.action-added", #"{"action":"ask","owner":"person"}"#, nil),
        ("plan.action-done", #"{"action":"ask"}"#, nil),
        ("support.intervention-delivered", #"{"intervention":"cbt","sessions":2}"#, nil),
        ("onward.sent", #"{"onward":"tt","service":"talking-therapies"}"#, nil),
        ("onward.moved", #"{"onward":"tt","to":"declined","reason":"waiting-list"}"#, nil),
        ("work.job-started", #"{"spell":"shop","kind":"job","hours_per_week":16}"#, nil),
        ("risk.raised", #"{"risk":"r1","about":"other"}"#, nil),
        ("note.written", "{}", #"{"text":"For the team"}"#),
        ("note.written", #"{"audience":"referrer"}"#, #"{"text":"Doing well"}"#),
        ("note.written", #"{"audience":"person"}"#, #"{"text":"See you soon"}"#),
        ("case.discharged", #"{"status":"in-work","improved":true}"#, nil),
        ("tracking.contacted", #"{"outcome":"reached","status":"in-work"}"#, nil),
    ]

    /// The case after each of them, the referral alone first.
    static func tell(_ world: inout World, until count: Int = events.count) throws -> CaseRecord {
        var record = try world.refer()
        for event in events.prefix(count) {
            try world.tell(&record, [.event(event.type, event.json, sealed: event.sealed)])
        }
        return record
    }

    static func person(_ record: CaseRecord) -> PersonRecord {
        var person = PersonRecord(
            id: record.history.header.person,
            identity: record.history.events.first?.body.referral?.identity,
            updatedAt: Instant(midnightUTC: World.today)
        )
        person.fill(from: [record])
        return person
    }

    /// Every resource that can be read, of this case and of the directory.
    static func resources(_ record: CaseRecord) -> [JSONObject] {
        let at = Instant(midnightUTC: World.today)
        let programme = record.programme
        let worker = DirectoryWorker(
            id: "coach-1",
            name: "Dee Coach",
            organisation: World.provider,
            roles: ["coach"]
        )
        let organisations = [
            DirectoryOrganisation(id: World.clinic, name: "The Practice", kinds: ["referrer"]),
            DirectoryOrganisation(id: World.provider, name: "Big Life", kinds: ["provider"]),
        ]
        let audit = AuditRecord(
            position: 12,
            at: at,
            user: "coach-1",
            organisation: World.provider,
            action: "read-case",
            subject: record.history.header.id.text,
            isRefused: false,
            name: "Dee Coach"
        )
        var views = organisations.map(\.view) + [worker.practitioner, worker.role]
        views += programme.services() + programme.areas.map { $0.location(in: programme) }
        views += programme.instruments.compactMap(\.questionnaire)
        views += [audit.view(subjectType: "EpisodeOfCare"), audit.view(subjectType: nil)]
        var onNothing = audit
        onNothing.subject = ""
        views.append(onNothing.view(subjectType: nil))
        let versions =
            [person(record).version] + record.current()
            + views.map { FHIRVersion(number: 1, lastUpdated: at, view: $0) }
        let statement = Capability.statement(
            version: "1.0",
            date: World.today,
            address: "https://goodwork.example/fhir/R4"
        )
        return versions.compactMap(\.resource) + [statement]
    }
}
