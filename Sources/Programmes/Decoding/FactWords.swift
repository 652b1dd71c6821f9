import Kernel

/// The words that one fact may hold.
enum FactWords {
    /// Names that the file defines.
    case defined(NameKind)
    /// A closed set.
    case words([String])
    /// Whatever the records hold; nothing is known about it here.
    case free
    /// A whole number.
    case number

    /// Reads one of them.
    func read(_ place: Place) -> String? {
        switch self {
        case .defined(let kind): place.use(kind)
        case .words(let words): place.word(words)
        case .free: place.text()
        case .number: place.whole(0...Place.large).map(String.init)
        }
    }
}

extension CodeField {
    /// What the column may hold.
    var codes: FactWords {
        switch self {
        case .state:
            .words(
                ["referred", "accepted", "engaged", "started", "discharged", "tracking", "closed"]
            )
        case .strand: .defined(.strand)
        case .provider: .defined(.provider)
        case .referralSource: .defined(.source)
        case .employmentStatus, .employmentStatusNow:
            .words(EmploymentStatus.allCases.map(\.rawValue))
        case .gender: .words(Gender.allCases.map(\.rawValue))
        case .ethnicity: .words(EthnicCategory.allCases.map(\.rawValue))
        case .ethnicityGroup: .words(EthnicGroup.allCases.map(\.rawValue))
        case .area: .defined(.area)
        case .eligible: .words(["yes", "no", "not-known"])
        case .intensity: .defined(.intensity)
        case .planKind: .defined(.plan)
        case .dischargeStatus: .defined(.dischargeStatus)
        case .dischargeImproved: .words(["yes", "no"])
        case .closureReason: .defined(.closureReason)
        case .risk: .words(["open"])
        case .coach, .referrer, .practice, .condition, .benefit, .outwardCode: .free
        case .deprivation: .words((1...10).map { "\($0)" })
        case .ageBand:
            .words(["under-16", "16-24", "25-34", "35-49", "50-64", "65-and-over"])
        }
    }
}

extension SetField {
    /// What the key of a token may be.
    var keys: FactWords {
        switch self {
        case .interventions: .defined(.intervention)
        case .onward: .defined(.service)
        case .appointments: .defined(.appointment)
        case .answers: .defined(.question)
        case .scores: .defined(.occasion)
        case .jobs: .words(JobWords.kinds)
        case .clocks: .defined(.clock)
        case .outcomes: .defined(.outcome)
        case .consents:
            .words(["referral", "share-with-referrer", "gp-record", "employer", "evaluation"])
        case .barriers: .defined(.barrier)
        case .eligibility: .defined(.rule)
        }
    }

    /// Whether a file may ask for the values of a token.
    var hasValues: Bool {
        switch self {
        case .interventions, .outcomes, .barriers: false
        case .onward, .appointments, .answers, .scores, .jobs, .clocks, .consents, .eligibility:
            true
        }
    }

    /// What the value of the token with this key may be, on the day of the report.
    func values(of key: String) -> FactWords {
        switch self {
        case .interventions, .outcomes, .barriers: .words([])
        case .onward:
            .words(
                ["pending", "accepted", "started", "declined", "ended"]
                    + OnwardReason.allCases.map(\.rawValue)
            )
        case .appointments:
            .words(["attended", "did-not-attend", "cancelled", "awaited", "booked", "unrecorded"])
        case .answers: .defined(.answer(to: key))
        case .scores: .number
        case .jobs: .words(["open", "ended"])
        case .clocks: .words(["met", "missed", "running"])
        case .consents: .words(["given", "refused", "withdrawn"])
        case .eligibility: .words(["met", "not-met", "not-known"])
        }
    }
}
