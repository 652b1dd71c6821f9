import Kernel
import Programmes

extension Milestone {
    /// What the milestone is called within a sentence.
    package var words: String {
        switch self {
        case .referred: "referral"
        case .accepted: "acceptance"
        case .firstContact: "first contact"
        case .firstAttended: "first appointment attended"
        case .assessed: "assessment"
        case .started: "start of support"
        case .planAgreed: "plan agreed"
        case .onwardReferred: "onward referral"
        case .jobStarted: "job start"
        case .discharged: "discharge"
        case .trackingEnded: "end of tracking"
        case .closed: "closure"
        }
    }

    /// The cases that reached it, to follow "cases".
    var reachedWords: String {
        switch self {
        case .referred: "referred"
        case .accepted: "accepted"
        case .firstContact: "with a first contact"
        case .firstAttended: "with an appointment attended"
        case .assessed: "assessed"
        case .started: "with support started"
        case .planAgreed: "with a plan agreed"
        case .onwardReferred: "referred onward"
        case .jobStarted: "with a job started"
        case .discharged: "discharged"
        case .trackingEnded: "with tracking ended"
        case .closed: "closed"
        }
    }
}

extension CodeField {
    /// What the column is called within a sentence.
    package var words: String {
        self == .practice ? "GP practice" : spaced(rawValue)
    }

    /// Whether a blank cell means that something is not known, rather than that it has not happened.
    var blankIsUnknown: Bool {
        switch self {
        case .referralSource, .referrer, .practice, .condition, .employmentStatus,
            .employmentStatusNow, .gender, .ethnicity, .ethnicityGroup, .ageBand, .outwardCode,
            .intensity, .dischargeStatus, .dischargeImproved, .deprivation:
            true
        case .state, .strand, .provider, .coach, .benefit, .area, .eligible, .planKind,
            .closureReason, .risk:
            false
        }
    }
}

extension NumberField {
    /// What the column is called within a sentence.
    package var words: String {
        self == .interventionCost ? "cost of interventions" : spaced(rawValue)
    }
}

extension Period.Unit {
    /// The unit within a sentence.
    var words: String { spaced(rawValue) }
}

/// A name with spaces for underscores.
private func spaced(_ name: String) -> String {
    String(name.map { $0 == "_" ? " " : $0 })
}

/// Some words with commas between and "or" or "and" before the last.
func listed(_ words: [String], _ last: String) -> String {
    guard let end = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " \(last) \(end)"
}
