import Application
import Casework
import Kernel
import Programmes
import Web

/// Where a work item is settled.
struct SettlingStep {
    var words: String
    var path: String

    /// - Parameter rules: of the case's programme, which say what a clock waits for.
    init(_ item: WorkItem, of id: CaseID, rules: Programme?, _ visit: Visit) {
        let place = "/cases/\(id.text)"
        func form(_ words: String, _ form: String, or heading: String) -> SettlingStep {
            SettlingStep(words: words, path: visit.path(toForm: form, of: id, or: heading))
        }
        let subject = URLEncoding.encode(item.subject)
        self =
            switch item.kind {
            case .clock:
                switch rules?.clocks.first(where: { $0.id == item.subject })?.to {
                case .firstContact: form("Log a contact", "contact", or: "contacts")
                case .firstAttended: form("Book an appointment", "appointments", or: "contacts")
                case .assessed: form("Assess", "assess", or: "support")
                case .planAgreed: form("Agree the plan", "plan", or: "plan")
                case .discharged: form("Discharge", "discharge", or: "ending")
                default: SettlingStep(words: "See the case", path: place)
                }
            case .appointment:
                SettlingStep(words: "Say what came of it", path: "\(place)/appointments/\(subject)")
            case .onwardAnswer: SettlingStep(words: "Record the answer", path: place + "#onward")
            case .action where item.subject.hasPrefix(Goodwork.detailsWish):
                form("Change details", DetailsForm.path, or: "plan")
            case .action: SettlingStep(words: "See the plan", path: place + "#plan")
            case .tracking: form("Log a tracking contact", "tracking", or: "ending")
            case .risk: SettlingStep(words: "See the risk", path: place + "#risks")
            case .supportEnd: form("Discharge", "discharge", or: "ending")
            case .acceptance where visit.may(.listQueue):
                SettlingStep(words: "Accept or return it", path: "/team/queue")
            case .missingAnswer: form("Give the answers", "answers", or: "referral")
            case .review where item.subject == WorkItem.erased:
                form("Close the case", "close", or: "ending")
            case .acceptance, .transfer, .review: SettlingStep(words: "See the case", path: place)
            }
    }

    private init(words: String, path: String) {
        self.words = words
        self.path = path
    }
}
