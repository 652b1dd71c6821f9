import Casework
import Kernel
import Programmes

/// Codes of other systems for what this one says in its own words.
enum Codes {
    /// SNOMED CT for an employment status.
    static func snomed(ofStatus status: EmploymentStatus) -> (code: String, display: String)? {
        switch status {
        case .inWork: ("224363007", "Employed")
        case .offSick: ("224459001", "On sick leave from work")
        case .outOfWork: ("73438004", "Unemployed")
        case .unknown: nil
        }
    }

    /// Our status for a code that others send, of SNOMED CT or the NHS Data Dictionary.
    static func status(system: String?, code: String) -> EmploymentStatus? {
        switch system {
        case Systems.code("employment-status"): return EmploymentStatus(rawValue: code)
        case Systems.nhsEmployment: return NHSEmploymentStatus(rawValue: code)?.status
        case Systems.snomed:
            switch code {
            case "224363007", "160903007", "160904001", "160906004": return .inWork
            case "224459001", "721221000000102": return .offSick
            case "73438004", "105493001": return .outOfWork
            default: return nil
            }
        default: return nil
        }
    }

    /// The code of an instrument's score in SNOMED CT.
    static let scores = [
        "phq-9": ("720433000", "Patient Health Questionnaire Nine Item score"),
        "gad-7": ("445455005", "Generalized anxiety disorder 7 item score"),
        "swemwbs": ("718466001", "Short Warwick-Edinburgh Mental Well-being Scale score"),
    ]

    /// The code of a referral: to an employment support service, or to one of individual placement.
    static func referral(to programme: Programme) -> (code: String, display: String) {
        programme.id.hasPrefix("ips")
            ? ("1082611000000105", "Referral to individual placement and support service")
            : ("1098041000000101", "Referral to employment support service")
    }
}

extension CivilDate {
    /// The moment of a clock's `HH:MM` on this day in the United Kingdom.
    func moment(at time: String) -> Instant? {
        let parts = time.split(separator: ":").compactMap { Int64($0) }
        guard parts.count == 2 else { return nil }
        let minutes = parts[0] * 60 + parts[1]
        let utc = Instant(midnightUTC: self).adding(milliseconds: minutes * 60_000)
        let early = utc.adding(milliseconds: -3_600_000)
        return early.isBritishSummerTime ? early : utc
    }
}
