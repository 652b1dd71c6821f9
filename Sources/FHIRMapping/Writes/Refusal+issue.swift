import Casework
import FHIRModel

extension FHIRIssue {
    /// A refusal of the rules, at the element that its field came from.
    package init(_ refusal: Refusal, of type: String) {
        let code: Code =
            switch refusal.reason {
            case .unknownValue: .codeInvalid
            case .missingValue: .required
            case .outOfRange: .value
            case .notFound: .notFound
            default: .businessRule
            }
        let element = refusal.field.flatMap { Self.elements[type]?[$0] }
        self.init(
            code,
            at: element.map { "\(type).\($0)" } ?? type,
            refusal.says,
            detail: refusal.code
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
