/// What each column of the facts means, in a sentence; `docs/facts.md` says the same.
extension Milestone {
    package var says: String {
        switch self {
        case .referred: "The day of the referral."
        case .accepted: "The day on which the referral was accepted."
        case .firstContact: "The first two-way contact: the person is engaged."
        case .firstAttended: "The first appointment that the person attended."
        case .assessed: "The first completed assessment."
        case .started: "The day on which support began."
        case .planAgreed: "The day on which the first plan was agreed."
        case .onwardReferred: "The first onward referral."
        case .jobStarted: "The first job that began after the referral; placements do not count."
        case .discharged: "The day on which the person left support; tracking begins."
        case .trackingEnded: "The day on which tracking ended: fully discharged."
        case .closed: "The day on which the case was closed."
        }
    }
}

extension CodeField {
    package var says: String {
        switch self {
        case .state:
            "Where the case stands: referred, accepted, engaged, started, discharged, tracking, "
                + "closed."
        case .strand: "The strand of the programme."
        case .provider: "The organisation that holds the case."
        case .coach: "The worker who holds the case."
        case .referralSource: "The kind of referrer."
        case .referrer: "Who referred: an ODS code or a name."
        case .practice: "The ODS code of the person's general practice."
        case .condition: "The main health condition."
        case .employmentStatus:
            "At referral: in-work, off-sick (employed), out-of-work, unknown."
        case .employmentStatusNow: "The employment status recorded last."
        case .benefit: "The benefit received at referral."
        case .gender: "female, male, other, unknown (FHIR administrative gender)."
        case .ethnicity: "Ethnic category, 2001 census (NHS Data Dictionary): A to S, Z, 99."
        case .ethnicityGroup: "white, mixed, asian, black, other, not-stated."
        case .ageBand:
            "Age at referral: under-16, 16-24, 25-34, 35-49, 50-64, 65-and-over."
        case .outwardCode: "The first half of the postcode at referral."
        case .area: "The first area of the programme file that the outward code lies in."
        case .eligible:
            "yes once accepted, no if returned as ineligible or by the rules, or not-known."
        case .intensity: "The level found at the last assessment."
        case .planKind: "The plan agreed last."
        case .dischargeStatus: "The status at discharge."
        case .dischargeImproved: "Whether there was measurable movement towards work: yes, no."
        case .closureReason: "Why the case was closed."
        case .risk: "open while a risk is open."
        case .deprivation:
            "Deprivation of the postcode at referral: 1 (the most deprived tenth of England) to 10."
        }
    }
}

extension SetField {
    package var says: String {
        switch self {
        case .interventions: "Interventions delivered, each with its sessions: physiotherapy:4."
        case .onward: "Onward referrals, each with its status: ips:pending."
        case .appointments:
            "Appointments, each with what came of it: first-appointment:attended; one to come "
                + "carries its day: first-appointment:booked@2015-02-12."
        case .answers: "Answers to coded questions: felt-helped:yes."
        case .scores: "Scores of measures: phq-9.baseline:15."
        case .jobs: "Job spells, each open or ended: job:open."
        case .clocks:
            "Clocks, each met, missed or running; a running one carries its due day unless it is "
                + "paused: assessment:running@2015-02-03."
        case .outcomes:
            "Job outcomes, each with the day on which it is met if nothing changes: "
                + "sustained-13@2015-04-01."
        case .consents: "Consents, each given, refused or withdrawn: evaluation:given."
        case .barriers: "Barriers to work found at assessment."
        case .eligibility:
            "Each rule's verdict, met, not-met or not-known, and the alternative by which it was "
                + "met: lives-here:met lives-here.residence:met."
        }
    }
}

extension NumberField {
    package var says: String {
        switch self {
        case .age: "Completed years at referral."
        case .contactAttempts: "Tries at reaching the person, successful ones included."
        case .appointmentsAttended: "Appointments attended."
        case .appointmentsMissed: "Appointments missed without notice."
        case .interventionSessions: "Sessions of interventions delivered in all."
        case .interventionCost: "Unit costs of the interventions used, in pence."
        case .jobSpells: "Job spells, placements left out."
        case .weeklyHours: "Hours a week of the latest open job."
        case .goalsAgreed: "Goals of the plan."
        case .goalsDone: "Goals reached."
        case .fitNotes: "Fit notes recorded."
        }
    }
}
