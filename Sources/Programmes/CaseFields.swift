/// A dated step of a case; each has a date column in the facts.
package enum Milestone: String, Sendable, CaseIterable {
    case referred
    case accepted
    case firstContact = "first-contact"
    case firstAttended = "first-attended"
    case assessed
    case started
    case planAgreed = "plan-agreed"
    case onwardReferred = "onward-referred"
    case jobStarted = "job-started"
    case discharged
    case trackingEnded = "tracking-ended"
    case closed

    /// The name of its facts column, for example `first_contact_on`.
    package var column: String { rawValue.underscored + "_on" }
}

/// A facts column that holds one code, or nothing.
package enum CodeField: String, Sendable, CaseIterable {
    case state
    case strand
    case provider
    case coach
    case referralSource = "referral_source"
    case referrer
    case practice = "gp_practice"
    case condition
    case employmentStatus = "employment_status"
    case employmentStatusNow = "employment_status_now"
    case benefit
    case gender
    case ethnicity
    case ethnicityGroup = "ethnicity_group"
    case ageBand = "age_band"
    case outwardCode = "outward_code"
    case area
    case eligible
    case intensity
    case planKind = "plan_kind"
    case dischargeStatus = "discharge_status"
    case dischargeImproved = "discharge_improved"
    case closureReason = "closure_reason"
    case risk
    case deprivation = "deprivation_decile"

    /// The name of its facts column.
    package var column: String { rawValue }
}

/// A facts column that holds any number of tokens, `key` or `key:value`, in order, spaced.
package enum SetField: String, Sendable, CaseIterable {
    /// `physiotherapy:4`: intervention and sessions delivered.
    case interventions
    /// `ips:pending`: service and status.
    case onward
    /// `first-appointment:attended`, `first-appointment:booked@2015-02-12`.
    case appointments
    /// `felt-helped:yes`: question and answer.
    case answers
    /// `phq-9.baseline:15`: instrument, occasion and score.
    case scores
    /// `job:open`, `placement:ended`.
    case jobs
    /// `assessment:met`, `assessment:missed`, `assessment:running@2015-02-03` (its due date), or
    /// `assessment:running` while it is paused.
    case clocks
    /// `sustained-13@2015-04-01`: the day on which the outcome is met if nothing changes.
    case outcomes
    /// `evaluation:given`, `evaluation:refused`, `evaluation:withdrawn`.
    case consents
    case barriers
    /// `lives-here:met`, `lives-here:not-known`, `lives-here.residence:met` (the alternative met).
    case eligibility

    /// The name of its facts column.
    package var column: String { rawValue }
    /// The key by which a programme file asks for one of its tokens.
    package var word: String {
        switch self {
        case .interventions: "intervention"
        case .onward: "onward"
        case .appointments: "appointment"
        case .answers: "answer"
        case .scores: "score"
        case .jobs: "job"
        case .clocks: "clock"
        case .outcomes: "outcome"
        case .consents: "consent"
        case .barriers: "barrier"
        case .eligibility: "eligibility"
        }
    }
}

/// A facts column that holds a whole number, or nothing.
package enum NumberField: String, Sendable, CaseIterable {
    case age
    case contactAttempts = "contact_attempts"
    case appointmentsAttended = "appointments_attended"
    case appointmentsMissed = "appointments_missed"
    case interventionSessions = "intervention_sessions"
    case interventionCost = "intervention_cost_pence"
    case jobSpells = "job_spells"
    case weeklyHours = "weekly_hours"
    case goalsAgreed = "goals_agreed"
    case goalsDone = "goals_done"
    case fitNotes = "fit_notes"

    /// The name of its facts column.
    package var column: String { rawValue }
}

extension String {
    /// The same name with underscores for hyphens, as keys and columns are written.
    package var underscored: String {
        // Most have none; and bytes are looked through much quicker than characters.
        guard utf8.contains(UInt8(ascii: "-")) else { return self }
        return String(
            decoding: utf8.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 },
            as: UTF8.self
        )
    }
}
