import Application
import Casework
import Kernel
import Programmes
import Store

/// The form that mends a gap in a record.
///
/// Where there is no such form, the part of the case page that shows it serves.
enum MendingForm {
    /// - Parameter items: what is to be done on the case.
    static func of(
        _ gap: RecordGap,
        _ row: CaseRow,
        _ items: [WorkItem],
        _ rules: Programme?,
        _ visit: Visit
    ) -> (words: String, path: String) {
        func form(_ words: String, _ path: String, or heading: String) -> (String, String) {
            (words, visit.path(toForm: path, of: row.header.id, or: heading))
        }
        switch gap {
        case .ethnicity, .gender, .birthDate, .postcode, .practice, .condition, .eligibility:
            return form("Give the answers", "answers", or: "referral")
        case .employmentStatus: return form("Record employment status", "work/status", or: "work")
        case .consent: return form("Record consent", "consent", or: "consent")
        case .contact: return form("Log a contact", "contact", or: "contacts")
        case .appointments:
            let booked = items.filter { $0.kind == .appointment }.min { $0.dueOn < $1.dueOn }
            guard let booked else { return form("See the case", "appointments", or: "contacts") }
            let step = SettlingStep(booked, of: row.header.id, rules: rules, visit)
            return (step.words, step.path)
        case .dischargeStatus: return form("Discharge", "discharge", or: "discharge")
        case .plan: return form("Add an action", "plan/action", or: "plan")
        }
    }
}
