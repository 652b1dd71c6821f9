/// One page of a self-referral, with one question.
enum SelfStep: Sendable, Hashable {
    case programme, age, name, birthDate, postcode, contact, nhsNumber, work, condition
    /// A coded question of the programme's own.
    case question(String)
    case consentReferral, consentPractice, consentEvaluation

    private static let plain: [(step: SelfStep, id: String)] = [
        (.programme, "programme"), (.age, "age"), (.name, "name"), (.birthDate, "birth-date"),
        (.postcode, "postcode"), (.contact, "contact"), (.nhsNumber, "nhs-number"),
        (.work, "work"), (.condition, "condition"), (.consentReferral, "agree"),
        (.consentPractice, "agree-gp"), (.consentEvaluation, "agree-study"),
    ]
    private static let questionPrefix = "question-"

    /// The step that the last part of a path names.
    init?(_ id: String) {
        if let known = Self.plain.first(where: { $0.id == id }) {
            self = known.step
        } else if id.hasPrefix(Self.questionPrefix) {
            self = .question(String(id.dropFirst(Self.questionPrefix.count)))
        } else {
            return nil
        }
    }

    /// The last part of its path.
    var id: String {
        if case .question(let question) = self { return Self.questionPrefix + question }
        return Self.plain.first { $0.step == self }?.id ?? ""
    }

    var path: String { "\(SelfAnswers.path)/\(id)" }

    /// The fields that its page sends.
    var fields: [String] {
        switch self {
        case .name: ["given_name", "family_name"]
        case .birthDate: ["birth_date-day", "birth_date-month", "birth_date-year"]
        case .contact: ["reach", "phone", "email"]
        default: [field]
        }
    }

    /// The field of a page that has one.
    var field: String { id }
}
