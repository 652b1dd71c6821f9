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
        let element = field.flatMap { Self.element(of: $0, in: type) }
        self.init(
            known ?? .businessRule,
            at: element.map { "\(type).\($0)" } ?? type,
            says,
            detail: code
        )
    }

    /// The element of a resource that a field of a command came from; nil where it has none such.
    package static func element(of field: String, in type: String) -> String? {
        elements[type]?[field]
    }

    /// Where the fields of commands come from.
    private static let elements: [String: [String: String]] = [
        "ServiceRequest": [
            "on": "authoredOn", "source": "requester", "strand": "performer",
            "condition": "reasonReference", "employment_status": "supportingInfo",
            "age": "subject", "gender": "subject", "ethnicity": "subject",
        ],
        "Task": [
            "reason": "statusReason", "status": "output", "clock": "statusReason",
            "instead": "statusReason.text", "strand": "owner", "onward": "id", "to": "status",
            "service": "owner", "name": "owner",
        ],
        "Observation": [
            "score": "value", "instrument": "code", "status": "value", "on": "effective",
            "occasion": "extension",
        ],
        "QuestionnaireResponse": [
            "instrument": "questionnaire", "on": "authored", "score": "item", "answers": "item",
        ],
        "Appointment": [
            "kind": "serviceType", "day": "start", "time": "start", "minutes": "minutesDuration",
            "result": "status", "appointment": "id",
        ],
        "Procedure": ["intervention": "code", "sessions": "extension", "on": "performed"],
        "CarePlan": ["plan": "category", "on": "created"],
        "Goal": ["goal": "identifier", "on": "start", "text": "description"],
        "Communication": ["audience": "recipient", "on": "sent", "text": "payload"],
        "Consent": ["on": "dateTime", "scope": "provision"],
    ]
}
