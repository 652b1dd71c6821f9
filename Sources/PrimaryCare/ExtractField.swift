/// What a column of an extract may hold.
package enum ExtractField: String, CaseIterable, Sendable {
    case practice
    case nhsNumber = "nhs_number"
    case birthDate = "birth_date"
    case registeredOn = "registered_on"
    case leftOn = "left_on"
    case dissent
    case code
    case value
    case recordedOn = "recorded_on"
    case from
    case to
    case durationDays = "duration_days"
    case condition
    case entryID = "entry_id"
    case status

    /// What stands in it, for those who made the extract.
    package var says: String {
        switch self {
        case .practice: "the practice's ODS code, such as P84001"
        case .nhsNumber: "ten digits with a valid check digit"
        case .birthDate: "YYYY-MM-DD or DD/MM/YYYY; once for each patient"
        case .registeredOn: "the day the patient registered; blank when long ago"
        case .leftOn: "the day the patient left the practice"
        case .dissent: "yes when the patient does not want to be offered support; else no or blank"
        case .code: "a code of the code list; blank in a row that only tells of the patient"
        case .value: "the answer, where the code is the question about employment status"
        case .recordedOn: "the day of the entry or, of a fit note, of issue"
        case .from: "the first day of a fit note; blank means the day of issue"
        case .to: "the last day of a fit note"
        case .durationDays: "how many days a fit note covers, where it has no last day"
        case .condition: "the code of the condition that a fit note is for"
        case .entryID: "the entry's own id in the practice's system"
        case .status: "entered-in-error takes an entry back; else final or blank"
        }
    }
}

/// What is wrong with one field of an extract.
package struct FieldFault: Error, Hashable, Sendable {
    package var field: ExtractField
    package var problem: String
    package var expected: String?
    /// The row of the extract that it does not agree with, where there is one.
    package var earlierRow: Int?

    package init(_ field: ExtractField, _ problem: String, _ expected: String? = nil) {
        self.field = field
        self.problem = problem
        self.expected = expected
    }
}
