// A column is found once for each cell that is written or loaded, so the places among `allCases`
// stand as a switch, which compiles to nothing. A test holds them to `allCases`.

extension Milestone {
    /// The place among `allCases`, and so of the column.
    package var place: Int {
        switch self {
        case .referred: 0
        case .accepted: 1
        case .firstContact: 2
        case .firstAttended: 3
        case .assessed: 4
        case .started: 5
        case .planAgreed: 6
        case .onwardReferred: 7
        case .jobStarted: 8
        case .discharged: 9
        case .trackingEnded: 10
        case .closed: 11
        }
    }
}

extension CodeField {
    /// The place among `allCases`, and so of the column.
    package var place: Int {
        switch self {
        case .state: 0
        case .strand: 1
        case .provider: 2
        case .coach: 3
        case .referralSource: 4
        case .referrer: 5
        case .practice: 6
        case .condition: 7
        case .employmentStatus: 8
        case .employmentStatusNow: 9
        case .benefit: 10
        case .gender: 11
        case .ethnicity: 12
        case .ethnicityGroup: 13
        case .ageBand: 14
        case .outwardCode: 15
        case .area: 16
        case .eligible: 17
        case .intensity: 18
        case .planKind: 19
        case .dischargeStatus: 20
        case .dischargeImproved: 21
        case .closureReason: 22
        case .risk: 23
        case .deprivation: 24
        }
    }
}

extension SetField {
    /// The place among `allCases`, and so of the column.
    package var place: Int {
        switch self {
        case .interventions: 0
        case .onward: 1
        case .appointments: 2
        case .answers: 3
        case .scores: 4
        case .jobs: 5
        case .clocks: 6
        case .outcomes: 7
        case .consents: 8
        case .barriers: 9
        case .eligibility: 10
        }
    }
}

extension NumberField {
    /// The place among `allCases`, and so of the column.
    package var place: Int {
        switch self {
        case .age: 0
        case .contactAttempts: 1
        case .appointmentsAttended: 2
        case .appointmentsMissed: 3
        case .interventionSessions: 4
        case .interventionCost: 5
        case .jobSpells: 6
        case .weeklyHours: 7
        case .goalsAgreed: 8
        case .goalsDone: 9
        case .fitNotes: 10
        }
    }
}
