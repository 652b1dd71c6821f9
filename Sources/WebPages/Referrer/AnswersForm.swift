import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Give what a referral lacks: whoever referred, what the rules need; the case team, all that is
/// counted.
enum AnswersForm {
    static var form: CaseForm {
        var form = CaseForm(
            path: "answers",
            title: "Give the answers that are missing",
            action: .answerReferral,
            button: "Send the answers",
            then: "",
            fields: { _, file, fields in asked(file, fields) },
            read: { _, file, reader in command(file, &reader) }
        )
        form.home = { file in
            isTeam(file)
                ? (words: "Back to the case", path: file.path)
                : (words: "Where the referral stands", path: "\(file.path)/status")
        }
        return form
    }

    private static func isTeam(_ file: CaseFile) -> Bool { file.may.contains(.changeCase) }

    private static func missing(_ file: CaseFile) -> [String] {
        let needed = needed(file)
        guard isTeam(file), file.case.isOpen else { return needed }
        let gaps = RecordGap.gaps(
            in: file.case.facts(in: file.programme),
            items: file.workItems,
            programme: file.programme,
            on: file.today
        )
        return needed + gaps.compactMap(\.question).filter { !needed.contains($0) }
    }

    /// What the rules lack to know whether the service can help.
    private static func needed(_ file: CaseFile) -> [String] {
        let now = file.case.eligibilityNow(in: file.programme)?.missing ?? []
        guard isTeam(file) else { return file.state.asksForAnswers ? now : [] }
        guard file.case.isOpen else { return [] }
        // What is counted is the strand that was asked for, wherever the case has moved.
        let asked = file.case.eligibility?.missing ?? []
        return now + asked.filter { !now.contains($0) }
    }

    /// The person's date of birth, where it is known and may be seen.
    private static func knownBirthDate(_ file: CaseFile) -> CivilDate? {
        file.identity?.birthDate.flatMap { CivilDate(iso: $0) }
    }

    @HTMLBuilder
    private static func asked(_ file: CaseFile, _ fields: Fields) -> HTML {
        let questions = ReferralQuestions(programmes: [file.programme])
        // What was typed stays in sight when somebody else has answered it meanwhile.
        let typed = (ReferralQuestions.standard + file.programme.referral.asks.map(\.id))
            .filter { fields.typed[ReferralQuestions.field($0)] != nil }
        let missing = missing(file)
        let answered = typed.filter { !missing.contains($0.underscored) }
        if missing.isEmpty, answered.isEmpty {
            p { "Nothing is missing: there is nothing to send." }
        } else {
            if needed(file).isEmpty {
                p { "Give what you know. What you leave blank stays not known." }
            } else {
                p { "The service needs them to know whether it can help. One may be enough." }
                ul { for says in file.case.eligibility?.says ?? [] { li { says } } }
            }
            for id in missing + answered {
                questions.field(id, fields, birthDate: knownBirthDate(file))
            }
        }
    }

    private static func command(_ file: CaseFile, _ reader: inout FormReader) -> Command? {
        let questions = ReferralQuestions(programmes: [file.programme])
        let answers = questions.read(&reader)
        if answers.isEmpty, reader.problems.isEmpty {
            let first = missing(file).first.map(ReferralQuestions.field)
            reader.fault(first, "Give at least one answer")
            return nil
        }
        if let known = knownBirthDate(file), let told = answers.birthDate, told != known {
            let says = "The date of birth that is known is \(known.uk). If it is wrong, "
            let who = isTeam(file) ? "use Change details" : "ask the service to change it"
            reader.fault("birth_date", says + who)
        }
        // A form that was opened before the case moved is a conflict first, and told as one.
        let isCurrent = reader.form["_version"] == String(file.version)
        if isCurrent, let referral = file.case.referral, reader.problems.isEmpty {
            var filled = referral
            answers.fill(&filled, on: file.today)
            filled.identity = referral.identity
            if filled == referral {
                let says = "Somebody has given these answers already. "
                reader.fault(nil, says + "Ask the service if one of them is wrong")
                return nil
            }
        }
        guard let command = answers.command(for: file) else {
            reader.fault(nil, "This referral cannot be changed here. Ask the service to do it")
            return nil
        }
        return command
    }
}

/// Withdraw a referral, until the service has been in contact.
enum WithdrawReferralForm {
    static var form: CaseForm {
        var form = CaseForm(
            path: "withdraw",
            title: "Withdraw this referral",
            action: .answerReferral,
            tells: .referralWithdrawn,
            button: "Withdraw the referral",
            then: "",
            fields: { _, file, fields in
                if isLate(file) {
                    p { "The service is in contact with the person. Ask the service instead." }
                } else {
                    p { "The case is closed, and the service will not contact the person." }
                    file.asking(
                        fields.area("text", "Why", hint: "The service sees this.", isOptional: true)
                    )
                }
            },
            read: { _, file, reader in
                guard isLate(file) else {
                    var taken = TakenBack()
                    if !file.isErased { taken.text = reader.optionalText("text") }
                    return Command(.referralWithdrawn(taken), on: file.today)
                }
                let says = "The service is in contact with the person, or the case is closed. "
                reader.fault(nil, says + "Ask the service if support should end")
                return nil
            }
        )
        form.home = { ("Where the referral stands", "\($0.path)/status") }
        return form
    }

    private static func isLate(_ file: CaseFile) -> Bool { !file.state.isBeforeContact }
}
