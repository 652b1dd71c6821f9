import Casework
import HTML
import Kernel
import Programmes
import Web

/// The question of each page: its words, its fields, and what is wrong with an answer.
struct SelfQuestions: Sendable {
    let say: Phrases
    let answers: SelfAnswers

    func title(_ step: SelfStep) -> String {
        switch step {
        case .programme: say("Choose a service")
        case .age: say("Your age")
        case .name: say("Your name")
        case .birthDate: say("Your birth date")
        case .postcode: say("Where you live")
        case .contact: say("How we can reach you")
        case .nhsNumber: say("Your NHS number")
        case .work: say("Your work")
        case .condition: say("Your health")
        case .question: say("About you")
        case .consentReferral: say("Do you agree to be referred?")
        case .consentPractice: say("May we tell your GP?")
        case .consentEvaluation: say("May we learn from your case?")
        }
    }

    /// The question as it stands on the page and among the answers to check.
    func words(_ step: SelfStep) -> String {
        switch step {
        case .programme: say("Which service would you like help from?")
        case .age: say("Are you 18 or over?")
        case .name: say("What is your name?")
        case .birthDate: say("When were you born?")
        case .postcode: say("What is your postcode?")
        case .contact: say("How would you like us to reach you?")
        case .nhsNumber: say("What is your NHS number? Leave this empty if you do not know it.")
        case .work: say("Are you in work now?")
        case .condition: say("What makes work hard for you?")
        case .question(let id): say(SelfWords.toYou(answers.question(id)?.question ?? id))
        case .consentReferral:
            say("Do you agree that we keep these answers and pass them to the service?")
        case .consentPractice: say("May we tell your GP that you are being helped?")
        case .consentEvaluation:
            say("May we count your answers, without your name, to see how well the service works?")
        }
    }

    func fields(_ step: SelfStep, _ fields: Fields) -> HTML {
        let (name, words) = (step.field, words(step))
        switch step {
        case .name: return nameFields(fields)
        case .birthDate: return birthDate(fields)
        case .contact: return contact(fields)
        case .postcode:
            return fields.text(
                name,
                words,
                hint: say("For example, M20 2LS. It tells us which services are near you."),
                width: 10,
                autocomplete: "postal-code"
            )
        case .nhsNumber:
            return fields.text(
                name,
                words,
                hint: say("It has 10 digits and is on letters from the NHS or your GP."),
                width: 20,
                inputmode: "numeric"
            )
        case .consentReferral:
            return fields.radios(
                name,
                words,
                yesNo,
                hint: say("You can change your mind at any time.")
            )
        default: return fields.radios(name, words, choices(step))
        }
    }

    private var yesNo: [Choice] { [Choice("yes", say("Yes")), Choice("no", say("No"))] }

    /// The answers of a page with one question.
    func choices(_ step: SelfStep) -> [Choice] {
        switch step {
        case .programme: answers.programmes.map { Choice($0.id, say($0.name)) }
        case .work:
            ["in-work", "off-sick", "out-of-work", "unknown"]
                .map { Choice($0, SelfWords.work($0, say)) }
        case .condition: answers.conditions.map { Choice($0, SelfWords.condition($0, say)) }
        case .question(let id): choices(answers.question(id)?.answers ?? [])
        default: yesNo
        }
    }

    /// A programme's answers; one that says nothing is offered once, its own or ours.
    private func choices(_ codes: [String]) -> [Choice] {
        let choices = codes.map { code in
            Choice(
                code,
                code == SelfAnswers.unsaid
                    ? say("I would rather not say") : say(SelfWords.answer(code))
            )
        }
        if codes.contains(SelfAnswers.unsaid) { return choices }
        return choices
            + [Choice(SelfAnswers.unknown, say("I do not know, or this is not about me"))]
    }

    private func nameFields(_ fields: Fields) -> HTML {
        fields.text("given_name", say("First name"), autocomplete: "given-name")
            + fields.text("family_name", say("Last name"), autocomplete: "family-name")
    }

    private func birthDate(_ fields: Fields) -> HTML {
        BirthDateField(say: say, fields: fields).html(
            "birth_date",
            words(.birthDate),
            hint: say("For example, 27 3 1985.")
        )
    }

    private func contact(_ fields: Fields) -> HTML {
        fields.radios(
            "reach",
            words(.contact),
            ["phone", "text", "email"].map { Choice($0, SelfWords.reach($0, say)) }
        )
            + fields.text(
                "phone",
                say("Telephone number"),
                hint: say("Needed for a call or a text message."),
                width: 20,
                type: "tel",
                autocomplete: "tel"
            )
            + fields.text(
                "email",
                say("Email address"),
                hint: say("Needed for an email."),
                type: "email",
                autocomplete: "email"
            )
    }
}

// MARK: - Reading

extension SelfQuestions {
    /// What is wrong with what was typed on a page.
    func problems(_ step: SelfStep, _ typed: Form) -> [Problem] {
        var reader = FormReader(typed, today: answers.today, say: say)
        switch step {
        case .name:
            needName("given_name", say("Type your first name"), &reader)
            needName("family_name", say("Type your last name"), &reader)
        case .birthDate:
            if reader.birthDate("birth_date") == nil, reader.problems.isEmpty {
                reader.fault("birth_date", say("Type your birth date"))
            }
        case .postcode:
            let postcode = reader.text(step.field, say("Type your postcode"), max: 200)
            if let postcode, Postcode(postcode) == nil {
                reader.fault(step.field, say("Type a whole postcode, such as M20 2LS"))
            }
        case .contact: readContact(&reader)
        case .nhsNumber:
            if let number = reader.optionalText(step.field, max: 20), NHSNumber(number) == nil {
                reader.fault(
                    step.field,
                    number.count(where: \.isNumber) == 10
                        ? say("Check the NHS number: a digit in it is wrong. Or leave it empty")
                        : say("Check the NHS number: it has 10 digits. Or leave it empty")
                )
            }
        case .condition: need(step, say("Choose what makes work hard for you"), &reader)
        default: need(step, say("Choose an answer"), &reader)
        }
        return reader.problems
    }

    private func need(_ step: SelfStep, _ missing: String, _ reader: inout FormReader) {
        _ = reader.choice(step.field, missing, among: choices(step).map(\.value))
    }

    private func needName(_ name: String, _ missing: String, _ reader: inout FormReader) {
        let text = reader.text(name, missing, max: 100)
        if text.flatMap(Identity.problem(withName:)) != nil {
            reader.fault(
                name,
                say("A name has at least one letter, and only characters that can be seen")
            )
        }
    }

    private func readContact(_ reader: inout FormReader) {
        let reach = reader.choice(
            "reach",
            say("Choose how you would like us to reach you"),
            among: ["phone", "text", "email"]
        )
        let phone = reader.optionalText("phone", max: 40)
        let email = reader.optionalText("email", max: 200)
        Self.check(phone: phone, email: email, &reader, say)
        if reach == "email", email == nil {
            reader.fault("email", say("Type your email address"))
        }
        if reach == "phone" || reach == "text", phone == nil {
            reader.fault("phone", say("Type your telephone number"))
        }
    }

    /// Whether these are written as a whole telephone number and an email address are; only a call
    /// and a message show that they are such.
    static func check(
        phone: String?,
        email: String?,
        _ reader: inout FormReader,
        _ say: Phrases
    ) {
        if let phone,
            phone.filter(\.isNumber).count < 10 || Identity.problem(withPhone: phone) != nil
        {
            reader.fault("phone", say("Type the whole telephone number"))
        }
        if email.flatMap(Identity.problem(withEmail:)) != nil {
            reader.fault("email", say("Type an email address, such as name@example.org"))
        }
    }
}

// MARK: - To check

extension SelfQuestions {
    /// What an answer is to: the title of its page, or the question where only that tells it.
    func key(_ step: SelfStep) -> String {
        switch step {
        case .age, .question: words(step)
        default: title(step)
        }
    }

    /// An answer in words; nil when there is none.
    func shown(_ step: SelfStep) -> String? {
        let form = answers.form
        switch step {
        case .name:
            return [form["given_name"], form["family_name"]].compactMap { $0 }
                .joined(separator: " ")
        case .birthDate: return answers.birthDate.map(say.day)
        case .postcode: return form[step.field].flatMap { Postcode($0) }?.text
        case .nhsNumber:
            let number = form[step.field].flatMap { NHSNumber($0) }
            return number?.spaced ?? say("Not given")
        case .contact:
            let reach = form["reach"].map { SelfWords.reach($0, say) }
            return [reach, form["phone"], form["email"]].compactMap { $0 }
                .joined(separator: ", ")
        default:
            let value = form[step.field]
            return choices(step).first { $0.value == value }?.label
        }
    }
}
