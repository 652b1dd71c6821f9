import Kernel
import Programmes

/// One flat row per case, folded from its events: what every figure is counted from.
///
/// A row depends on the case's events alone, never on today's date: whatever time decides (a clock
/// that runs, an appointment to come, an outcome still to be reached) is kept with its date, and
/// compared with the day of the report when that is made. `docs/facts.md` describes each column.
package struct Facts: Sendable, Hashable {
    package var caseID: CaseID
    package var programme: String
    package var programmeVersion: Int
    /// The sender's own reference.
    package var reference: String
    package var version: Int
    /// The latest day on which anything kept in this row happened.
    package var lastOccurredOn: CivilDate
    /// When we were last told anything of the case, corrections included.
    package var lastRecordedAt: Instant
    /// By `Milestone.allCases`.
    package var milestones: [CivilDate?]
    /// By `CodeField.allCases`; nil is blank.
    package var codes: [String?]
    /// By `SetField.allCases`; tokens in order, one space between; empty is none.
    package var sets: [String]
    /// By `NumberField.allCases`; nil is blank.
    package var numbers: [Int?]

    package init(caseID: CaseID, programme: String, programmeVersion: Int, reference: String) {
        self.caseID = caseID
        self.programme = programme
        self.programmeVersion = programmeVersion
        self.reference = reference
        version = 0
        lastOccurredOn = CivilDate(day: 0)
        lastRecordedAt = Instant(milliseconds: 0)
        milestones = Array(repeating: nil, count: Milestone.allCases.count)
        codes = Array(repeating: nil, count: CodeField.allCases.count)
        sets = Array(repeating: "", count: SetField.allCases.count)
        numbers = Array(repeating: nil, count: NumberField.allCases.count)
    }

    package subscript(_ milestone: Milestone) -> CivilDate? {
        get { milestones[milestone.place] }
        set { milestones[milestone.place] = newValue }
    }

    package subscript(_ field: CodeField) -> String? {
        get { codes[field.place] }
        set { codes[field.place] = newValue }
    }

    package subscript(_ field: SetField) -> String {
        get { sets[field.place] }
        set { sets[field.place] = newValue }
    }

    package subscript(_ field: NumberField) -> Int? {
        get { numbers[field.place] }
        set { numbers[field.place] = newValue }
    }
}
