import Kernel
import Programmes

extension Rules {
    func judgeAssessment(_ fields: AssessmentCompleted, _ day: CivilDate) throws(Refusal) {
        try judgeConsent(.referral, day)
        if let intensity = fields.intensity {
            try known(intensity, in: programme.pathway.intensity, "intensity")
        }
        for barrier in fields.barriers {
            try known(barrier, in: programme.pathway.barriers.map(\.id), "barriers")
        }
    }

    func judgeStart(_ day: CivilDate) throws(Refusal) {
        try judgeConsent(.referral, day)
        if let started = `case`[.started] {
            throw Refusal(.alreadyStarted, "Support started on \(started.uk).")
        }
        // Acceptance may be skipped; its rule may not.
        if `case`[.accepted] == nil { try judgeEligible() }
    }

    /// What came of an appointment, beyond having been attended.
    func judgeResult(_ result: String?) throws(Refusal) {
        try coded(result, "result")
        if result == Appointment.missed || result == Appointment.cancelled {
            throw Refusal(
                .unknownValue,
                field: "result",
                "Record the appointment as missed or cancelled instead."
            )
        }
    }

    func judgeIntervention(_ fields: InterventionDelivered) throws(Refusal) {
        let offered = programme.pathway.interventions
        guard let intervention = offered.first(where: { $0.id == fields.intervention }) else {
            return try known(fields.intervention, in: offered.map(\.id), "intervention")
        }
        if !(1...1_000).contains(fields.sessions) {
            throw Refusal(
                .outOfRange,
                field: "sessions",
                "Sessions are 1 to 1000, not \(fields.sessions)."
            )
        }
        guard let limit = intervention.sessionsMax else { return }
        let before =
            `case`.interventions.first { $0.intervention == fields.intervention }?.sessions ?? 0
        if before + fields.sessions > limit {
            let plea = before >= limit ? "" : " No more than \(limit - before) can be added."
            throw Refusal(
                .sessionsUsedUp,
                subject: intervention.id,
                field: "sessions",
                "\(before) of \(limit) sessions of \(intervention.name) have been delivered.\(plea)"
            )
        }
    }

    func judgeOnward(_ fields: OnwardSent, _ day: CivilDate) throws(Refusal) {
        try judgeConsent(.referral, day)
        try unused(fields.onward, among: `case`.onward.map(\.id), "onward")
        let offered = programme.pathway.onward
        let service = offered.first { $0.id == fields.service }
        if let name = fields.name {
            try judgeGuideService(fields, name, isOfProgramme: service != nil)
        } else {
            try known(fields.service, in: offered.map(\.id), "service")
        }
        let needed = programme.pathway.plansBeforeOnward
        if !needed.isEmpty, !`case`.plansAgreed.contains(where: needed.contains) {
            throw Refusal(
                .planNeeded,
                field: "service",
                "Agree a plan first: \(needed.map(Words.plain).joined(separator: " or "))."
            )
        }
        // Whether a service of the guide takes the person was asked of the guide, on the day.
        guard let service else { return }
        guard service.takes.contains(day) else {
            let from = service.takes.from.map { " from \($0.uk)" } ?? ""
            let to = service.takes.to.map { " until \($0.uk)" } ?? ""
            throw Refusal(
                .serviceNotOpen,
                subject: service.id,
                field: "service",
                "\(service.name) takes people\(from)\(to), not on \(day.uk)."
            )
        }
        // The service asks how the person is now.
        guard let require = service.require, let referral = `case`.referralNow else { return }
        if Eligibility.judge(require, referral, areas: programme.areas) == .notMet {
            throw Refusal(
                .notEligible,
                subject: service.id,
                field: "service",
                service.says ?? "\(service.name) is not for this person."
            )
        }
    }

    /// The guide is not in the journal: what is judged here is that the entry stands by itself.
    private func judgeGuideService(
        _ fields: OnwardSent,
        _ name: String,
        isOfProgramme: Bool
    ) throws(Refusal) {
        if isOfProgramme {
            throw Refusal(
                .unknownValue,
                field: "name",
                "The programme names \(fields.service) itself: leave the name out."
            )
        }
        try filled(fields.service, "service")
        try coded(fields.service, "service")
        try filled(name, "name")
        if name.unicodeScalars.count > 200 {
            throw Refusal(.outOfRange, field: "name", "A name has at most 200 characters.")
        }
    }

    func judgeOnwardMove(_ fields: OnwardMoved) throws(Refusal) {
        try coded(fields.reason, "reason")
        guard let onward = `case`.onward.first(where: { $0.id == fields.onward }) else {
            throw Refusal(
                .notFound,
                subject: "onward",
                field: "onward",
                "No onward referral \(fields.onward) had been sent by then."
            )
        }
        if onward.status.isOver {
            throw Refusal(
                .alreadyOver,
                subject: "onward",
                field: "onward",
                "This onward referral was \(onward.status.rawValue) already. Send a new one."
            )
        }
        if fields.to == .sent || (onward.status == .started && fields.to != .ended) {
            throw Refusal(
                .wrongOrder,
                subject: "onward",
                field: "to",
                "An onward referral that is \(onward.status.rawValue) cannot become "
                    + "\(fields.to.rawValue)."
            )
        }
    }

    func judgeDischarge(_ fields: Discharged) throws(Refusal) {
        if let discharged = `case`.dischargedOn {
            throw Refusal(.alreadyDischarged, "This case was discharged on \(discharged.uk).")
        }
        if `case`[.started] == nil {
            throw Refusal(
                .notStarted,
                field: "on",
                "Support had not started by then: close the case with a reason instead."
            )
        }
        let statuses = programme.pathway.dischargeStatus.map(\.id)
        if let status = fields.status {
            try known(status, in: statuses, "status")
        } else if !statuses.isEmpty {
            throw Refusal(
                .missingValue,
                subject: "status",
                field: "status",
                "Say the status at discharge: \(statuses.joined(separator: ", "))."
            )
        }
    }

    func judgeTracking() throws(Refusal) {
        if `case`.discharge == nil {
            throw Refusal(.notDischarged, field: "on", "Tracking begins with the discharge.")
        }
        if let ended = `case`[.trackingEnded] {
            throw Refusal(.trackingOver, field: "on", "Tracking ended on \(ended.uk).")
        }
    }
}
