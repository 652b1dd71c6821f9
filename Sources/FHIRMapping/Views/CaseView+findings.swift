import Casework
import Kernel
import Programmes

extension CaseView {
    /// Employment, occupation and the scores of measures, as they were told.
    var observationViews: [FHIRView] {
        let atReferral = statusAtReferral
        return events.flatMap { event -> [FHIRView] in
            switch event.body {
            case .referralReceived, .referralAnswered:
                guard let atReferral, atReferral.told.id == event.id else { return [] }
                return [employment(atReferral)].compactMap { $0 }
            case .employmentStatusRecorded(let fields) where sight == .team:
                return [employment(fields.status, event)].compactMap { $0 }
            case .trackingContacted(let fields) where sight == .team:
                return [employment(fields.status, event)].compactMap { $0 }
            case .jobStarted(let fields) where sight == .team:
                return [occupation(fields, event)]
            case .measureTaken(let fields) where sight == .team:
                return [score(fields, event)].compactMap { $0 }
            default: return []
            }
        }
    }

    private func observation(
        _ event: CaseEvent,
        category: String,
        code: JSONValue,
        _ more: (String, JSONValue?)...
    ) -> FHIRView {
        var body = built(
            ("basedOn", .list([serviceRequest])),
            ("status", .value("final")),
            (
                "category",
                .list([.concept(.code(Systems.observationCategory, category))])
            ),
            ("code", code),
            ("subject", patient),
            ("effectiveDateTime", .day(event.occurredOn)),
            ("issued", .moment(event.recordedAt)),
            ("performer", .list([organisation(event.by.organisation)]))
        )
        for (key, value) in more { if let value { body[key] = value } }
        return FHIRView("Observation", id(of: event), body)
    }

    /// The employment status at referral: who told it, and what stands in its place where they were
    /// wrong.
    private typealias StatusAtReferral = (told: CaseEvent, correction: CaseEvent?)

    /// Whoever referred reads what the referral said, and never what the case team told later.
    private var statusAtReferral: StatusAtReferral? {
        var found: StatusAtReferral?
        for event in events {
            guard let said = event.body.statusAtReferral else { continue }
            let now = found.flatMap { ($0.correction ?? $0.told).body.statusAtReferral }
            switch event.body {
            case .referralReceived: found = (event, nil)
            case .referralAnswered(let fields) where sight == .team:
                if now == nil || now == EmploymentStatus.unknown.rawValue {
                    if said != EmploymentStatus.unknown.rawValue { found = (event, nil) }
                } else if fields.corrects.contains("employment_status") {
                    found?.correction = event
                }
            default: continue
            }
        }
        return found
    }

    /// What was told first, in the words of the correction and of whoever made it.
    private func employment(_ status: StatusAtReferral) -> FHIRView? {
        let stands = status.correction ?? status.told
        guard var view = employment(stands.body.statusAtReferral, status.told) else { return nil }
        if let correction = status.correction {
            view.body["status"] = .value("corrected")
            view.body["issued"] = .moment(correction.recordedAt)
            view.body["performer"] = .list([organisation(correction.by.organisation)])
        }
        return view
    }

    private func employment(_ told: String?, _ event: CaseEvent) -> FHIRView? {
        guard let told, let status = EmploymentStatus(rawValue: told), status != .unknown
        else { return nil }
        let snomed = Codes.snomed(ofStatus: status)
        return observation(
            event,
            category: "social-history",
            code: .concept(
                .code(Systems.loinc, "74165-2", "History of employment status"),
                .code(Systems.snomed, "224362002", "Employment status"),
                words: "Employment status"
            ),
            (
                "valueCodeableConcept",
                .concept(
                    .code(Systems.code("employment-status"), status.rawValue, status.name),
                    snomed.map { .code(Systems.snomed, $0.code, $0.display) },
                    .code(Systems.nhsEmployment, status.nhsStatus.rawValue, status.nhsStatus.name),
                    words: status.name
                )
            )
        )
    }

    private func occupation(_ job: JobStarted, _ event: CaseEvent) -> FHIRView {
        let spell = folded.spells.first { $0.id == job.spell }
        let since = job.since ?? event.occurredOn
        let hours = job.hoursPerWeek.map { hours in
            JSONValue.list([
                .built(
                    (
                        "code",
                        .concept(
                            .code(Systems.code("job"), "hours-per-week"),
                            words: "Hours a week"
                        )
                    ),
                    (
                        "valueQuantity",
                        .built(
                            ("value", .int(hours)),
                            ("unit", .value("h/wk")),
                            ("system", .value(Systems.unitsOfMeasure)),
                            ("code", .value("h/wk"))
                        )
                    )
                )
            ])
        }
        var view = observation(
            event,
            category: "social-history",
            code: .concept(
                .code(Systems.loinc, "11341-5", "History of Occupation"),
                words: "Occupation"
            ),
            (
                "valueCodeableConcept",
                .concept(
                    .code(Systems.code("job-kind"), job.jobKind),
                    words: Words.capital(job.jobKind)
                )
            ),
            ("component", hours ?? nil)
        )
        view.body["effectiveDateTime"] = nil
        view.body["effectivePeriod"] = .period(since, spell?.to)
        return view
    }

    private func score(_ taken: MeasureTaken, _ event: CaseEvent) -> FHIRView? {
        guard let score = taken.score else { return nil }
        let instrument = programme.instrument(taken.instrument)
        let name = instrument?.name ?? taken.instrument
        let known = Codes.scores[taken.instrument]
        let band = instrument?.bands.first { $0.id == taken.band }
        let hasAnswers = !taken.allAnswers.isEmpty
        return observation(
            event,
            category: "survey",
            code: .concept(
                known.map { .code(Systems.snomed, $0.0, $0.1) },
                .code(Systems.code("instrument"), taken.instrument, name),
                words: "\(name) score"
            ),
            (
                "valueQuantity",
                .built(
                    ("value", .int(score)),
                    ("unit", .value("score")),
                    ("system", .value(Systems.unitsOfMeasure)),
                    ("code", .value("{score}"))
                )
            ),
            (
                "interpretation",
                band.map {
                    .list([.concept(.code(Systems.code("band"), $0.id, $0.name), words: $0.name)])
                } ?? nil
            ),
            ("extension", .list([occasion(taken.occasion)])),
            (
                "derivedFrom",
                hasAnswers ? .list([.reference("QuestionnaireResponse", id(of: event))]) : nil
            )
        )
    }

    private func occasion(_ occasion: Occasion) -> JSONValue {
        .built(
            ("url", .value(Systems.extension("occasion"))),
            ("valueCode", .value(occasion.rawValue))
        )
    }

    /// The answers of each measure that were told, for the case team.
    var responseViews: [FHIRView] {
        events.compactMap { event in
            guard case .measureTaken(let taken) = event.body else { return nil }
            let answers = taken.allAnswers
            guard !answers.isEmpty else { return nil }
            let instrument = programme.instrument(taken.instrument)
            let order = instrument?.items.map(\.id) ?? answers.keys.sorted()
            let items = order.compactMap { item -> JSONValue? in
                guard let answer = answers[item] else { return nil }
                let value: (String, JSONValue) =
                    Int(answer).map { ("valueInteger", .int($0)) }
                    ?? ("valueCoding", .code(Systems.code("answer"), answer))
                return .built(
                    ("linkId", .value(item)),
                    ("text", .text(instrument?.item(item)?.question)),
                    ("answer", .list([.built(value)]))
                )
            }
            return FHIRView(
                "QuestionnaireResponse",
                id(of: event),
                built(
                    ("extension", .list([occasion(taken.occasion)])),
                    ("basedOn", .list([serviceRequest])),
                    ("questionnaire", .value(Systems.questionnaire(taken.instrument))),
                    ("status", .value("completed")),
                    ("subject", patient),
                    ("authored", .day(event.occurredOn)),
                    ("source", patient),
                    ("item", .list(items))
                )
            )
        }
    }

    /// What was done, session by session.
    var procedureViews: [FHIRView] {
        events.compactMap { event in
            guard case .interventionDelivered(let fields) = event.body else { return nil }
            let named = programme.pathway.interventions.first { $0.id == fields.intervention }
            let sessions = fields.sessions == 1 ? "1 session" : "\(fields.sessions) sessions"
            return FHIRView(
                "Procedure",
                id(of: event),
                built(
                    ("basedOn", .list([serviceRequest])),
                    ("status", .value("completed")),
                    (
                        "code",
                        .concept(
                            .code(Systems.code("intervention"), fields.intervention, named?.name),
                            words: named?.name ?? fields.intervention
                        )
                    ),
                    ("subject", patient),
                    ("performedDateTime", .day(event.occurredOn)),
                    (
                        "extension",
                        .list([
                            .built(
                                ("url", .value(Systems.extension("sessions"))),
                                ("valueInteger", .int(fields.sessions))
                            )
                        ])
                    ),
                    (
                        "performer",
                        .list([
                            .built(("actor", organisation(event.by.organisation)))
                        ])
                    ),
                    ("note", .list([.built(("text", .value(sessions)))]))
                )
            )
        }
    }
}

extension EventBody {
    /// The employment status on the day of referral, where it was told.
    fileprivate var statusAtReferral: String? {
        switch self {
        case .referralReceived(let fields): fields.employmentStatus
        case .referralAnswered(let fields): fields.employmentStatus
        default: nil
        }
    }
}
