import Kernel

/// What a person's work is, as a practice records it.
package enum PracticeStatus: String, CaseIterable, Hashable, Sendable {
    case inWork = "in-work"
    case offSick = "off-sick"
    case outOfWork = "out-of-work"
    /// Students, homemakers, volunteers, the retired: no job, and none looked for.
    case notLooking = "not-looking"
    /// Asked, and not told: it counts as not recorded.
    case notStated = "not-stated"

    package var name: String {
        switch self {
        case .inWork: "In work"
        case .offSick: "Off sick"
        case .outOfWork: "Out of work"
        case .notLooking: "Not looking for work"
        case .notStated: "Not stated"
        }
    }

    /// The status that programmes count.
    package var status: EmploymentStatus {
        switch self {
        case .inWork: .inWork
        case .offSick: .offSick
        case .outOfWork, .notLooking: .outOfWork
        case .notStated: .unknown
        }
    }
}

/// What a fit note says.
package enum FitNoteKind: String, CaseIterable, Hashable, Sendable {
    case notFit = "not-fit"
    case mayBeFit = "may-be-fit"
}

/// What somebody at the practice did about work, where it is not a status or a fit note.
package enum WorkAct: String, CaseIterable, Hashable, Sendable {
    case raised
    case recommended
    /// It was recommended, and the person said no.
    case declined
    case referred
    case responded
}

/// The kinds of condition that fit notes are counted by.
package enum ConditionGroup: String, CaseIterable, Hashable, Sendable {
    case mentalHealth = "mental-health"
    case musculoskeletal
    case respiratory
    case circulatory
    case cancer
    case nervousSystem = "nervous-system"
    case digestive
    case injury
    case infection
    case pregnancy
    case other
    /// A code stands there, and the code list does not have it.
    case notListed = "not-listed"
    case notGiven = "not-given"

    package var name: String {
        switch self {
        case .mentalHealth: "Mental health"
        case .musculoskeletal: "Muscles, bones and joints"
        case .respiratory: "Breathing"
        case .circulatory: "Heart and circulation"
        case .cancer: "Cancer"
        case .nervousSystem: "Nervous system"
        case .digestive: "Digestion"
        case .injury: "Injury"
        case .infection: "Infection"
        case .pregnancy: "Pregnancy"
        case .other: "Other conditions"
        case .notListed: "Code not in the list"
        case .notGiven: "No condition given"
        }
    }
}

/// What a code says.
package enum CodeMeaning: Hashable, Sendable {
    /// The question about employment status; the entry's value is the answer.
    case statusQuestion
    case status(PracticeStatus)
    case fitNote(FitNoteKind)
    case act(WorkAct)
    case condition(ConditionGroup)

    /// From the words of the code list: `status-question`, `status:off-sick`, `fit-note:not-fit`,
    /// `referred`, `condition:mental-health`.
    package init?(_ text: String) {
        let halves = text.split(separator: ":", maxSplits: 1).map(String.init)
        switch (halves.first ?? "", halves.count) {
        case ("status-question", 1): self = .statusQuestion
        case ("status", 2):
            guard let status = PracticeStatus(rawValue: halves[1]) else { return nil }
            self = .status(status)
        case ("fit-note", 2):
            guard let kind = FitNoteKind(rawValue: halves[1]) else { return nil }
            self = .fitNote(kind)
        case ("condition", 2):
            guard let group = ConditionGroup(rawValue: halves[1]),
                group != .notGiven, group != .notListed
            else { return nil }
            self = .condition(group)
        case (let word, 1):
            guard let act = WorkAct(rawValue: word) else { return nil }
            self = .act(act)
        default: return nil
        }
    }

    /// All that may stand in the code list.
    package static let words: [String] =
        ["status-question"] + PracticeStatus.allCases.map { "status:\($0.rawValue)" }
        + FitNoteKind.allCases.map { "fit-note:\($0.rawValue)" } + WorkAct.allCases.map(\.rawValue)
        + ConditionGroup.allCases.filter { $0 != .notGiven && $0 != .notListed }
        .map { "condition:\($0.rawValue)" }
}
