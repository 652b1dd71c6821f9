/// One count of the report on practices; its order is that of the report.
package enum PracticeCount: String, CaseIterable, Sendable, Hashable {
    case patients
    case statusEver = "status-ever"
    case statusYear = "status-year"
    case inWork = "in-work"
    case offSickStatus = "off-sick"
    case outOfWork = "out-of-work"
    case notLooking = "not-looking"
    case sickNow = "fit-note-now"
    case sick4 = "off-sick-4-weeks"
    case sick13 = "off-sick-13-weeks"
    case sick20 = "off-sick-20-weeks"
    case notes = "fit-notes"
    case notesMayBe = "fit-notes-may-be-fit"
    case baseline
    case baselineReferred = "baseline-referred"
    case referredHere = "referred-here"
    case raised = "5r-raise"
    case recommended = "5r-recommend"
    case referred = "5r-refer"
    case responded = "5r-respond"
    case recorded = "5r-record"

    package var label: String {
        switch self {
        case .patients: "Patients aged 16 to 64"
        case .statusEver: "Employment status recorded"
        case .statusYear: "Employment status recorded in the last 12 months"
        case .inWork: "In work, by the last status recorded"
        case .offSickStatus: "Off sick, by the last status recorded"
        case .outOfWork: "Out of work, by the last status recorded"
        case .notLooking: "Not looking for work, by the last status recorded"
        case .sickNow: "Off sick on the day, by fit note"
        case .sick4: "Off sick 4 weeks or more"
        case .sick13: "Off sick 13 weeks or more"
        case .sick20: "Off sick 20 weeks or more"
        case .notes: "Fit notes issued in the last 12 months"
        case .notesMayBe: "Of these, may be fit for work"
        case .baseline: "Out of work or off sick 4 weeks or more"
        case .baselineReferred: "Of these, referred to support in the last 12 months"
        case .referredHere: "Referred by the practice to a programme here in the last 12 months"
        case .raised: "Raise: work came up in the last 12 months"
        case .recommended: "Recommend: support or changes at work recommended"
        case .referred: "Refer: referred to support"
        case .responded: "Respond: questions about work answered"
        case .recorded: "Record: employment status recorded"
        }
    }

    /// What is counted, as a sentence.
    package var says: String {
        switch self {
        case .patients: "Registered on the day, and aged 16 to 64 by the month of birth."
        case .statusEver: "A status other than “not stated” was recorded by the day."
        case .statusYear: "The same, within 12 months up to the day."
        case .inWork, .offSickStatus, .outOfWork, .notLooking:
            "The last status that was recorded by the day, however long ago."
        case .sickNow: "A fit note covers the day; notes that follow on each other are one time."
        case .sick4: "The time off sick that the day is in has lasted 28 days or more."
        case .sick13: "The same, 91 days or more."
        case .sick20: "The same, 140 days or more."
        case .notes: "Notes, not people: new ones and duplicates that are entered apart."
        case .notesMayBe: "Notes that say somebody may be fit for work with changes."
        case .baseline: "Either is enough: the last status, or the fit notes."
        case .baselineReferred: "A referral is coded in the record, or came to a programme here."
        case .referredHere: "People whom the practice referred, by NHS number."
        case .raised:
            "A status, a note that somebody may be fit, advice, an offer or a referral was entered."
        case .recommended:
            "Advice on changes at work, an offer of support whether taken up or declined, or a referral."
        case .referred:
            "A referral is coded in the record, or came from the practice to a programme."
        case .responded: "Counted by a code that the installation names in its code list."
        case .recorded: "As in the third row."
        }
    }

    /// What it is a share of.
    package var of: PracticeCount? {
        switch self {
        case .patients, .notes: nil
        case .inWork, .offSickStatus, .outOfWork, .notLooking: .statusEver
        case .notesMayBe: .notes
        case .baselineReferred: .baseline
        default: .patients
        }
    }

    /// The counts that it certainly takes in, with whether they are all of it.
    ///
    /// By these sums a hidden count could be worked out.
    static let families: [(whole: PracticeCount, parts: [PracticeCount], isExact: Bool)] = [
        (.statusEver, [.inWork, .offSickStatus, .outOfWork, .notLooking], true),
        (.patients, [.statusEver], false), (.statusEver, [.statusYear], false),
        (.statusYear, [.recorded], true),
        (.patients, [.sickNow], false), (.sickNow, [.sick4], false), (.sick4, [.sick13], false),
        (.sick13, [.sick20], false), (.notes, [.notesMayBe], false),
        (.patients, [.baseline], false), (.baseline, [.baselineReferred], false),
        (.patients, [.raised], false), (.raised, [.recommended], false),
        (.recommended, [.referred], false), (.referred, [.referredHere], false),
        (.patients, [.responded], false),
    ]

    package var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
