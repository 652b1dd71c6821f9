/// Whether a person is in work, as work-and-health programmes count it.
package enum EmploymentStatus: String, CaseIterable, Hashable, Sendable {
    case inWork = "in-work"
    case offSick = "off-sick"
    case outOfWork = "out-of-work"
    case unknown

    /// The name of the status.
    package var name: String {
        switch self {
        case .inWork: "In work"
        case .offSick: "Off sick"
        case .outOfWork: "Out of work"
        case .unknown: "Unknown"
        }
    }

    /// Whether the person has a job; someone off sick has one.
    package var isEmployed: Bool { self == .inWork || self == .offSick }

    /// The nearest national code.
    ///
    /// Out of work is taken as seeking work, which is why a person joins a programme; where the
    /// code was recorded, keep it rather than derive it here.
    package var nhsStatus: NHSEmploymentStatus {
        switch self {
        case .inWork, .offSick: .employed
        case .outOfWork: .unemployedAndSeeking
        case .unknown: .notStated
        }
    }
}

/// Employment status by the national codes of the NHS Data Dictionary, EMPLOYMENT STATUS.
package enum NHSEmploymentStatus: String, CaseIterable, Hashable, Sendable {
    case employed = "01"
    case unemployedAndSeeking = "02"
    case student = "03"
    case longTermSickOrDisabled = "04"
    case homemaker = "05"
    case neitherBenefitsNorSeeking = "06"
    case unpaidVoluntary = "07"
    case retired = "08"
    case notStated = "ZZ"

    /// The name of the status, after the NHS Data Dictionary.
    package var name: String {
        switch self {
        case .employed: "Employed"
        case .unemployedAndSeeking: "Unemployed and seeking work"
        case .student: "Student, not working or seeking work"
        case .longTermSickOrDisabled: "Long-term sick or disabled, receiving benefits"
        case .homemaker: "Homemaker, not working or seeking work"
        case .neitherBenefitsNorSeeking: "Not receiving benefits and not working or seeking work"
        case .unpaidVoluntary: "Unpaid voluntary work, not working or seeking work"
        case .retired: "Retired"
        case .notStated: "Not stated"
        }
    }

    /// The status that programmes count.
    package var status: EmploymentStatus {
        switch self {
        case .employed: .inWork
        case .notStated: .unknown
        default: .outOfWork
        }
    }
}
