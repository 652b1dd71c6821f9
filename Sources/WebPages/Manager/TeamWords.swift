import Application
import Casework
import HTML
import Kernel
import Programmes
import Store

/// Codes that the team's pages show, in words.
enum TeamWords {
    static func reason(_ reason: ClosureReason) -> String {
        switch reason {
        case .completed: "Completed"
        case .ineligible: "Not eligible"
        case .notAccepted: "We cannot take this referral"
        case .unableToContact: "We could not reach the person"
        case .noLongerWanted: "The person does not want this any more"
        case .deferred: "Not now, but later"
        case .disengaged: "The person stopped coming"
        case .duplicate: "The person is here already"
        case .movedAway: "The person moved away"
        case .transferred: "Another service takes this on"
        case .consentWithdrawn: "The person took back their consent"
        case .died: "The person died"
        }
    }

    static func state(_ state: CaseState) -> String {
        switch state {
        case .referred: "to accept"
        case .accepted: "to be contacted"
        case .engaged: "in contact"
        case .started: "in support"
        case .discharged: "discharged"
        case .tracking: "followed up"
        case .closed: "closed"
        }
    }

    /// A question without an answer.
    static func missing(_ id: String, _ programme: Programme?) -> String {
        programme?.words(ofMissing: id) ?? Words.plain(id)
    }

    static func gap(_ gap: RecordGap) -> String {
        switch gap {
        case .ethnicity: "Ethnicity"
        case .gender: "Gender"
        case .birthDate: "Birth date or age"
        case .postcode: "Postcode"
        case .practice: "General practice"
        case .employmentStatus: "Employment status"
        case .condition: "Health condition"
        case .eligibility: "Answers about eligibility"
        case .consent: "Consent not asked"
        case .contact: "Nothing recorded for \(RecordGap.silentDaysMax) days"
        case .appointments: "What came of an appointment"
        case .dischargeStatus: "Status at discharge"
        case .plan: "Plan without an open action and its day"
        }
    }

    static func verdict(_ verdict: Verdict) -> HTML {
        switch verdict {
        case .met: tag("Eligible", .green)
        case .notMet: tag("Not eligible", .red)
        case .notKnown: tag("Not known yet", .yellow)
        }
    }

    static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(grouped(count)) days" }

    static func cases(_ count: Int) -> String { count == 1 ? "1 case" : "\(grouped(count)) cases" }
}

extension TeamProgrammes {
    /// The programme and the strand of a case, by their names.
    func place(of row: CaseRow) -> String {
        guard let programme = self[row.header] else { return row.header.programme }
        let strand = programme.strands.first { $0.id == row.strand }
        if strand == nil, !programme.strands.isEmpty { return programme.name + ", no strand yet" }
        return programme.name + (strand.map { ", \($0.name)" } ?? "")
    }
}

extension CaseRow {
    var path: String { "/cases/\(header.id.text)" }
}

extension ListedRow {
    /// The person's name, or the case's reference where it may not be shown.
    var title: String { name ?? "Case \(row.header.reference)" }

    /// The case as a link, with its reference.
    var link: HTML {
        a(.href(row.path)) { title }
            + HTML(name == nil ? "" : " (\(row.header.reference))")
    }
}
