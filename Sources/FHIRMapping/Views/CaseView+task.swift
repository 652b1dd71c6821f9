import Casework
import Kernel
import Programmes

extension CaseView {
    /// The referral's Task, and one below it for each onward referral.
    var taskViews: [FHIRView] { [taskView] + (sight >= .outcome ? onwardViews : []) }

    private var taskView: FHIRView {
        let state = taskState
        let isOwned = state.status != .requested || parties.provider != nil
        return FHIRView(
            "Task",
            id,
            built(
                ("identifier", identifiers),
                ("basedOn", .list([serviceRequest])),
                ("status", .value(state.status.rawValue)),
                ("statusReason", reason(state)),
                ("businessStatus", business(state.business)),
                ("intent", .value("order")),
                ("code", .concept(.code(Systems.taskCode, "fulfill"))),
                ("focus", serviceRequest),
                ("for", patient),
                ("executionPeriod", .period(opening?.occurredOn, endedOn)),
                ("authoredOn", .day(opening?.occurredOn)),
                ("requester", requester),
                ("owner", isOwned ? organisation(parties.provider) : nil),
                ("output", .list(outputs))
            )
        )
    }

    private func reason(_ state: TaskState) -> JSONValue? {
        guard state.reason != nil || state.reasonWords != nil else { return nil }
        return .concept(
            state.reason.map { .code(Systems.code("status-reason"), $0) },
            words: state.reasonWords
        )
    }

    func business(_ status: BusinessStatus) -> JSONValue {
        .concept(.code(Systems.businessStatus, status.rawValue, status.display))
    }

    /// The day on which support ended, for those who may learn it, or the case.
    var endedOn: CivilDate? {
        if let discharged = folded.dischargedOn, sight >= .outcome { return discharged }
        return folded.closure == nil ? nil : folded[.closed]
    }

    /// What came of it, for those who may learn it.
    private var outputs: [JSONValue] {
        guard sight >= .outcome else { return [] }
        var outputs: [JSONValue] = []
        func add(_ code: String, _ words: String, _ key: String, _ value: JSONValue?) {
            guard let value else { return }
            let type = JSONValue.concept(.code(Systems.code("output"), code), words: words)
            outputs.append(.built(("type", type), (key, value)))
        }
        add("support-started", "Support started", "valueDate", .day(folded[.started]))
        if folded.plan != nil {
            add("plan", "Plan agreed", "valueReference", .reference("CarePlan", id))
        }
        add("job-started", "A job started", "valueDate", .day(folded[.jobStarted]))
        if let discharge = folded.discharge {
            let status = discharge.status.map { code in
                JSONValue.concept(
                    .code(Systems.code("discharge-status"), code),
                    words: programme.pathway.dischargeStatus.first { $0.id == code }?.name
                )
            }
            add("discharge-status", "Status at discharge", "valueCodeableConcept", status)
            let improved = discharge.improved.map { JSONValue.bool($0) }
            add("improved", "Measurable movement towards work", "valueBoolean", improved)
        }
        return outputs
    }

    /// Who answers; where nobody here does, the service itself.
    private func owner(of onward: OnwardReferral) -> JSONValue? {
        if let answerer = onward.organisation(in: programme) { return organisation(answerer) }
        return .reference("HealthcareService", onward.service, onward.name(in: programme))
    }

    private var onwardViews: [FHIRView] {
        events.compactMap { event in
            guard case .onwardSent(let sent) = event.body,
                let onward = folded.onward.first(where: { $0.id == sent.onward })
            else { return nil }
            let state = onward.status.task
            let isOver = onward.status.isOver
            let pending = onward.status == .pending ? "pending" : nil
            let why = onward.reason ?? pending
            return FHIRView(
                "Task",
                self.id(of: event),
                built(
                    ("basedOn", .list([serviceRequest])),
                    ("partOf", .list([.reference("Task", id)])),
                    ("status", .value(state.status.rawValue)),
                    (
                        "statusReason",
                        why.map {
                            .concept(
                                .code(Systems.code("status-reason"), $0),
                                words: Words.capital($0)
                            )
                        }
                    ),
                    ("businessStatus", business(state.business)),
                    ("intent", .value("order")),
                    ("code", .concept(.code(Systems.taskCode, "fulfill"))),
                    ("description", .text(onward.name(in: programme))),
                    ("focus", serviceRequest),
                    ("for", patient),
                    ("executionPeriod", .period(onward.sentOn, isOver ? onward.movedOn : nil)),
                    ("authoredOn", .day(onward.sentOn)),
                    ("requester", organisation(parties.provider ?? event.by.organisation)),
                    ("owner", owner(of: onward))
                )
            )
        }
    }

    var episodeView: FHIRView {
        let status: String =
            switch state {
            case .referred: "planned"
            case .accepted: "waitlist"
            case .engaged, .started, .discharged, .tracking:
                folded.pauses.contains { $0.to == nil } ? "onhold" : "active"
            case .closed: folded[.started] == nil ? "cancelled" : "finished"
            }
        return FHIRView(
            "EpisodeOfCare",
            id,
            built(
                ("identifier", .list([filler])),
                ("status", .value(isInError ? "entered-in-error" : status)),
                (
                    "type",
                    .list([
                        .concept(
                            .code(Systems.code("programme"), programme.id, programme.name),
                            words: programme.name
                        )
                    ])
                ),
                (
                    "diagnosis",
                    .list(
                        conditionViews.map {
                            .built(("condition", .reference($0.type, $0.id)))
                        }
                    )
                ),
                ("patient", patient),
                ("managingOrganization", organisation(parties.provider)),
                (
                    "period",
                    .period(opening?.occurredOn, folded.closure.flatMap { _ in folded[.closed] })
                ),
                ("referralRequest", .list([serviceRequest])),
                ("careManager", practitioner(folded.coach))
            )
        )
    }
}
