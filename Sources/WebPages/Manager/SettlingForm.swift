import Application
import Casework
import Kernel
import Programmes
import Store

/// The form of the case page that settles something.
///
/// The one place that knows their paths; where there is no such form the case page itself serves.
struct SettlingForm: Sendable, Hashable {
    /// What the link says.
    var words: String
    /// The last part of the path `/cases/:case/<path>`.
    var path: String

    private init(_ words: String, _ path: String) {
        self.words = words
        self.path = path
    }

    private static let contact = SettlingForm("Log a contact", "contact")
    private static let appointments = SettlingForm("Record the appointment", "appointments")
    private static let consent = SettlingForm("Record consent", "consent")
    private static let answers = SettlingForm("Give the answers", "answers")
    private static let assessment = SettlingForm("Assess", "assess")
    private static let start = SettlingForm("Start support", "start")
    private static let plan = SettlingForm("Write the plan", "plan")
    private static let onward = SettlingForm("Record the answer", "onward")
    private static let work = SettlingForm("Record work", "work")
    private static let risk = SettlingForm("See to the risk", "risk")
    private static let discharge = SettlingForm("Discharge", "discharge")
    private static let tracking = SettlingForm("Log the follow-up", "tracking")
    private static let accept = SettlingForm("Accept", "accept")
    private static let transfer = SettlingForm("See the transfer", "transfer")

    static func of(_ item: WorkItem, in programme: Programme?) -> SettlingForm {
        switch item.kind {
        case .clock:
            let clock = programme?.clocks.first { $0.id == item.subject }
            return clock.map { of($0.to) } ?? contact
        case .onwardAnswer: return onward
        case .appointment: return appointments
        case .action: return plan
        case .tracking: return tracking
        case .risk: return risk
        case .transfer: return transfer
        case .supportEnd: return discharge
        case .review: return contact
        case .acceptance: return accept
        case .missingAnswer: return answers
        }
    }

    private static func of(_ milestone: Milestone) -> SettlingForm {
        switch milestone {
        case .referred, .accepted: accept
        case .firstContact: contact
        case .firstAttended: appointments
        case .assessed: assessment
        case .started: start
        case .planAgreed: plan
        case .onwardReferred: onward
        case .jobStarted: work
        case .discharged: discharge
        case .trackingEnded, .closed: tracking
        }
    }

    static func of(_ gap: RecordGap) -> SettlingForm {
        switch gap {
        case .ethnicity, .gender, .birthDate, .postcode, .practice, .employmentStatus,
            .condition, .eligibility:
            answers
        case .consent: consent
        case .contact: contact
        case .appointments: appointments
        case .dischargeStatus: discharge
        case .plan: plan
        }
    }

    /// Where it stands for a case: the form, or the case page.
    func path(for row: CaseRow, on site: Site) -> String {
        let pattern = "/cases/:case/\(path)"
        return site.routes.contains { $0.pattern == pattern } ? "\(row.path)/\(path)" : row.path
    }
}
