import Kernel
import Programmes

extension History {
    /// The case's row of facts.
    ///
    /// - Returns: nil when there was no case yet by that day, or by that moment.
    package func facts(
        programme: Programme,
        asAt: CivilDate? = nil,
        knownAt: Instant? = nil
    ) -> Facts? {
        let folded = fold(asAt: asAt, knownAt: knownAt)
        guard folded.referral != nil else { return nil }
        let last = knownAt.map { moment in events.last { $0.recordedAt <= moment } } ?? events.last
        var facts = folded.facts(in: programme)
        facts.version = last?.sequence ?? 0
        facts.lastRecordedAt = last?.recordedAt ?? Instant(milliseconds: 0)
        return facts
    }
}

extension Case {
    /// The flat row that this case is counted by.
    package func facts(in programme: Programme) -> Facts {
        var facts = Facts(
            caseID: header.id,
            programme: header.programme,
            programmeVersion: header.programmeVersion,
            reference: header.reference
        )
        facts.lastOccurredOn = lastOccurredOn ?? CivilDate(day: 0)
        facts.milestones = milestones
        fillReferral(&facts, programme)
        fillProgress(&facts, programme)
        fillNumbers(&facts, programme)
        fillSets(&facts, programme)
        return facts
    }

    private func fillReferral(_ facts: inout Facts, _ programme: Programme) {
        guard let referral else { return }
        facts[.referralSource] = referral.source
        facts[.referrer] = referral.referrer
        facts[.practice] = referral.practice
        facts[.condition] = referral.condition
        facts[.employmentStatus] = referral.employmentStatus
        facts[.benefit] = referral.benefit
        facts[.gender] = referral.gender
        facts[.ethnicity] = referral.ethnicity
        facts[.ethnicityGroup] =
            referral.ethnicity.flatMap(EthnicCategory.init(rawValue:))?.group.rawValue
        facts[.ageBand] = referral.age.map(ageBand)
        facts[.outwardCode] = referral.outwardCode
        facts[.deprivation] = referral.deprivation.map { "\($0)" }
        if let outward = referral.outwardCode {
            facts[.area] = programme.areas.first { $0.holds(outward: outward) }?.id
        }
        facts[.age] = referral.age
    }

    private func fillProgress(_ facts: inout Facts, _ programme: Programme) {
        facts[.state] = state(in: programme).rawValue
        facts[.strand] = strand
        facts[.provider] =
            provider ?? programme.strands.first { $0.id == strand }?.provider
        facts[.coach] = coach
        facts[.employmentStatusNow] = employmentStatus
        facts[.eligible] = eligible
        facts[.intensity] = intensity
        facts[.planKind] = plan
        facts[.dischargeStatus] = lastDischarge?.status
        facts[.dischargeImproved] = lastDischarge?.improved.map { $0 ? "yes" : "no" }
        facts[.closureReason] = closure?.rawValue
        facts[.risk] = risks.isEmpty ? nil : "open"
    }

    /// Whether the person was taken as eligible: by the answer given, or by the rules.
    private var eligible: String {
        if returned?.reason == .ineligible || closure == .ineligible { return "no" }
        if self[.accepted] != nil { return "yes" }
        return eligibility?.verdict == .notMet ? "no" : "not-known"
    }

    private func fillNumbers(_ facts: inout Facts, _ programme: Programme) {
        facts[.contactAttempts] = contactAttempts
        facts[.appointmentsAttended] = appointments.count { $0.isAttended }
        facts[.appointmentsMissed] = appointments.count { $0.outcome == Appointment.missed }
        facts[.interventionSessions] = interventions.reduce(0) { $0 + $1.sessions }
        facts[.interventionCost] = interventions.reduce(0) { sum, delivered in
            let offered = programme.pathway.interventions
            let cost = offered.first { $0.id == delivered.intervention }?.unitCost
            return sum + Int(cost?.value ?? 0)
        }
        facts[.jobSpells] = spells.count { $0.kind != "placement" }
        facts[.weeklyHours] =
            spells.last { $0.kind != "placement" && $0.to == nil }?.terms.last?.hoursPerWeek
        facts[.goalsAgreed] = goals.count
        facts[.goalsDone] = goals.count { $0.state == .done }
        facts[.fitNotes] = fitNotes.count
    }

    private func fillSets(_ facts: inout Facts, _ programme: Programme) {
        facts[.interventions] = Self.set(
            interventions.map { "\($0.intervention):\($0.sessions)" }
        )
        facts[.onward] = Self.set(onward.map { "\($0.service):\($0.word)" })
        facts[.appointments] = Self.set(
            appointments.map { appointment in
                let outcome = appointment.outcome ?? "booked@\(appointment.day.iso)"
                return "\(appointment.kind):\(outcome)"
            }
        )
        facts[.answers] = Self.set(answers.map { "\($0.key):\($0.value)" })
        facts[.scores] = Self.set(
            scores.map { "\($0.instrument).\($0.occasion.rawValue):\($0.score)" }
        )
        facts[.jobs] = Self.set(spells.map { "\($0.kind):\($0.to == nil ? "open" : "ended")" })
        facts[.clocks] = Self.set(clocks(in: programme).compactMap(\.token))
        facts[.outcomes] = Self.set(
            programme.outcomes.compactMap { rule in
                outcomeDate(rule).map { "\(rule.id)@\($0.iso)" }
            }
        )
        facts[.consents] = Self.set(
            consents.map { scope, kind in
                let word: String =
                    switch kind {
                    case .consentGiven: "given"
                    case .consentRefused: "refused"
                    default: "withdrawn"
                    }
                return "\(scope.rawValue):\(word)"
            }
        )
        facts[.barriers] = Self.set(barriers)
        facts[.eligibility] = Self.set(eligibility?.rules ?? [])
    }

    /// Tokens in order, each once.
    private static func set(_ tokens: [String]) -> String {
        if tokens.count < 2 { return tokens.first ?? "" }
        var ordered: [String] = []
        for token in tokens.sorted() where ordered.last != token { ordered.append(token) }
        return ordered.joined(separator: " ")
    }
}

/// The age bands of the reports, in completed years.
package func ageBand(_ age: Int) -> String {
    switch age {
    case ..<16: "under-16"
    case ..<25: "16-24"
    case ..<35: "25-34"
    case ..<50: "35-49"
    case ..<65: "50-64"
    default: "65-and-over"
    }
}
