import Casework
import FHIRModel

extension FHIRIssue {
    /// A refusal of the rules by its code (a reason, perhaps after what it is about), at the
    /// element that its field came from.
    package init(refused code: String, field: String?, _ says: String, of type: String) {
        let reasons: [(Refusal.Reason, Code)] = [
            (.unknownValue, .codeInvalid), (.missingValue, .required), (.outOfRange, .value),
            (.notFound, .notFound),
        ]
        let known = reasons.first { code.hasSuffix($0.0.rawValue) }?.1
        let element = field.flatMap { Self.elements[type]?[$0] }
        self.init(
            known ?? .businessRule,
            at: element.map { "\(type).\($0)" } ?? type,
            says,
            detail: code
        )
    }

    /// Where the fields of commands come from.
    private static let elements: [String: [String: String]] = [
        "ServiceRequest": [
            "on": "authoredOn", "source": "requester", "strand": "performer",
            "condition": "reasonReference", "employment_status": "supportingInfo",
            "age": "subject", "gender": "subject", "ethnicity": "subject",
        ],
        "Task": ["reason": "statusReason", "status": "output", "clock": "statusReason"],
        "Observation": [
            "score": "value", "instrument": "code", "status": "value", "on": "effective",
            "occasion": "extension",
        ],
        "QuestionnaireResponse": ["instrument": "questionnaire", "on": "authored"],
        "Appointment": ["kind": "serviceType", "time": "start", "minutes": "minutesDuration"],
        "Procedure": ["intervention": "code", "sessions": "extension", "on": "performed"],
        "CarePlan": ["plan": "category", "on": "created"],
        "Goal": ["goal": "identifier", "on": "start"],
        "Communication": ["audience": "recipient", "on": "sent"],
        "Consent": ["on": "dateTime"],
    ]
}
