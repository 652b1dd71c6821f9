import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// The questions that a referral can answer, each with its field.
///
/// A question is named as the rules name what they miss, `postcode` or `employment_status`, or by
/// its id in the programme.
struct ReferralQuestions: Sendable {
    let programmes: [Programme]

    /// The standard questions: those whose answers rules can ask for, and those that are counted by.
    static let standard = [
        "employment_status", "condition", "birth_date", "postcode", "gp_practice", "jobcentre",
        "benefit", "gender", "ethnicity",
    ]

    /// The field's name: a programme's own question has a beginning that tells it from ours.
    static func field(_ id: String) -> String {
        standard.contains(id) ? id : "ask_" + id.underscored
    }

    /// - Parameters:
    ///   - birthDate: the date of birth that is known, where it is.
    ///   - said: what was answered before, where it is asked anew: it cannot be left blank then.
    func field(
        _ id: String,
        _ fields: Fields,
        birthDate: CivilDate? = nil,
        said: String? = nil,
        isOptional: Bool = true
    ) -> HTML {
        let name = Self.field(id)
        switch id {
        case "employment_status":
            return fields.radios(name, "Is the person in work?", Self.statuses, or: said)
        case "condition": return fields.radios(name, "Main health condition", conditions, or: said)
        case "birth_date":
            return fields.text(
                name,
                "Date of birth",
                hint: "For example, 31 1 1980",
                or: birthDate.map { "\($0.dayOfMonth) \($0.month) \($0.year)" },
                width: 10,
                inputmode: "numeric"
            )
        case "postcode":
            return fields.text(
                name,
                "Postcode",
                hint: "ZZ99 3VZ for somebody of no fixed abode",
                width: 10,
                isOptional: isOptional
            )
        case "gp_practice":
            return fields.text(
                name,
                "GP practice code",
                hint: "For example, P84001",
                or: said,
                width: 10,
                isOptional: isOptional
            )
        case "jobcentre":
            return fields.choose(
                name,
                "Jobcentre",
                offered(choices(jobcentres), said),
                or: said,
                blank: said == nil ? "Not known" : nil,
                isOptional: isOptional
            )
        case "benefit":
            let other = Choice("other", "Another benefit, or none")
            return fields.choose(
                name,
                "Benefit",
                offered(benefits + [other], said),
                or: said,
                blank: said == nil ? "Not known" : nil,
                isOptional: isOptional
            )
        case "gender":
            return fields.choose(
                name,
                "Gender",
                Self.genders,
                or: said,
                blank: said == nil ? "Choose" : nil,
                isOptional: isOptional
            )
        case "ethnicity":
            return fields.choose(
                name,
                "Ethnic group",
                Self.ethnicities,
                or: said,
                blank: said == nil ? "Choose" : nil,
                isOptional: isOptional
            )
        default: return coded(id, fields, said: said, isOptional: isOptional)
        }
    }

    private func coded(
        _ id: String,
        _ fields: Fields,
        said: String?,
        isOptional: Bool
    ) -> HTML {
        guard let question = question(id) else { return HTML() }
        return fields.radios(
            Self.field(id),
            question.question,
            choices(question.answers),
            or: said,
            isInline: question.answers.count < 4,
            isOptional: isOptional
        )
    }

    func question(_ id: String) -> Question? {
        programmes.lazy.flatMap(\.referral.asks).first { $0.id.underscored == id.underscored }
    }

    /// The programmes' own questions for a kind of referrer.
    func asked(of source: String) -> [String] {
        var ids: [String] = []
        for programme in programmes {
            let asks = programme.referral.sources.first { $0.id == source }?.asks ?? []
            ids += asks.filter { !ids.contains($0) }
        }
        return ids
    }

    private var jobcentres: [String] {
        Set(programmes.flatMap(\.areas).flatMap(\.jobcentres)).sorted()
    }

    private var benefits: [Choice] {
        choices(codes { if case .benefit(let codes) = $0 { codes } else { [] } })
    }

    /// The choices of a list with what was said before, which need not be one of them.
    private func offered(_ choices: [Choice], _ said: String?) -> [Choice] {
        guard let said, !choices.contains(where: { $0.value == said }) else { return choices }
        return choices + [Choice(said, Words.capital(said))]
    }

    private func choices(_ codes: [String]) -> [Choice] {
        codes.map { Choice($0, Words.capital($0)) }
    }
}

extension ReferralQuestions {
    static let statuses = [
        Choice("in-work", "In work"), Choice("off-sick", "In work, but off sick"),
        Choice("out-of-work", "Out of work"), Choice("unknown", "Not known"),
    ]

    private static let genders = Gender.allCases.map {
        Choice($0.rawValue, Words.capital($0.rawValue))
    }
    private static let ethnicities = EthnicCategory.allCases.map { Choice($0.rawValue, $0.name) }

    private static let usual = [
        Choice("mental-health", "Mental health"),
        Choice("msk", "Muscles, bones or joints"),
        Choice("cardiovascular", "Heart or circulation"),
        Choice("copd", "Lungs or breathing"),
    ]
    private static let usualConditions = usual.map(\.value)
    private static let another = Choice("other", "Another condition")

    /// What a condition is called, as the forms ask for it.
    static func conditionName(_ code: String) -> String {
        (usual + [another]).first { $0.value == code }?.label ?? Words.capital(code)
    }

    /// The conditions that are told apart, and those that a programme asks for beside them.
    var conditions: [Choice] {
        let usual = Self.usual
        let asked = codes { if case .condition(let codes) = $0 { codes } else { [] } }
            .filter { code in code != "other" && !usual.contains { $0.value == code } }
        return usual + choices(asked) + [Self.another]
    }

    private func codes(_ find: (Condition) -> [String]) -> [String] {
        var codes: [String] = []
        for programme in programmes {
            for rule in programme.eligibility + programme.strands.flatMap(\.eligibility) {
                codes += rule.require.leaves.flatMap(find).filter { !codes.contains($0) }
            }
        }
        return codes
    }

    /// Reads whatever was answered; what is blank stays not known.
    func read(_ reader: inout FormReader) -> ReferralAnswers {
        var answers = said(&reader)
        answers.birthDate = reader.spokenBirthDate("birth_date")
        answers.postcode = postcode(&reader)
        return answers
    }

    /// Reads whatever was answered, but when the person was born and where they live.
    func said(_ reader: inout FormReader) -> ReferralAnswers {
        var answers = ReferralAnswers()
        answers.employmentStatus = reader.optionalChoice(
            "employment_status",
            among: Self.statuses.map(\.value)
        )
        // What a programme asks for beside the usual ones is looked for only where it is needed.
        let isUsual = reader.form["condition"].map(Self.usualConditions.contains) ?? true
        answers.condition = reader.optionalChoice(
            "condition",
            among: isUsual ? Self.usualConditions : conditions.map(\.value)
        )
        answers.benefit = reader.optionalText("benefit", max: 40)
        answers.gender = reader.optionalChoice("gender", among: Self.genders.map(\.value))
        answers.ethnicity = reader.optionalChoice(
            "ethnicity",
            among: Self.ethnicities.map(\.value)
        )
        answers.practice = practice(&reader)
        if reader.form["jobcentre"] != nil {
            answers.jobcentre = reader.optionalChoice("jobcentre", among: jobcentres)
        }
        for question in programmes.flatMap(\.referral.asks) {
            let answer = reader.optionalChoice(Self.field(question.id), among: question.answers)
            answers.coded[question.id] = answer ?? answers.coded[question.id]
        }
        return answers
    }

    private func practice(_ reader: inout FormReader) -> String? {
        guard let text = reader.form["gp_practice"] else { return nil }
        guard let code = ODSCode(practice: text) else {
            reader.fault("gp_practice", "A GP practice code is a letter and five digits")
            return nil
        }
        return code.text
    }

    private func postcode(_ reader: inout FormReader) -> Postcode? {
        guard let text = reader.form["postcode"] else { return nil }
        guard let postcode = Postcode(text) else {
            reader.fault("postcode", "Enter a whole postcode, such as M20 2LS")
            return nil
        }
        return postcode
    }
}

extension FormReader {
    /// A birth date in one box, its parts told apart by spaces, slashes, dots or dashes.
    ///
    /// Clinical systems write `14-Mar-1986`, and that is what is pasted here.
    mutating func spokenBirthDate(_ name: String) -> CivilDate? {
        guard let text = form[name] else { return nil }
        let parts = text.utf8.split { " /.-".utf8.contains($0) }
        let slashed = parts.map { String(Substring($0)) }.joined(separator: "/")
        let read = CivilDate(iso: text) ?? CivilDate(slashed: slashed)
        guard let day = read, day <= today else {
            fault(name, "Date of birth must be a real date in the past, such as 31 1 1980")
            return nil
        }
        guard day.adding(days: 130 * 366) > today else {
            fault(name, "Date of birth must be within the last 130 years")
            return nil
        }
        return day
    }
}

extension Condition {
    /// The single tests in it.
    fileprivate var leaves: [Condition] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
        case .not(let part): part.leaves
        default: [self]
        }
    }
}
