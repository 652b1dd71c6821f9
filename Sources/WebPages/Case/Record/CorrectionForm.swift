import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// What the referral said wrongly of the person, put right: their gender, their practice.
enum CorrectionForm {
    static let path = "correction"
    static let title = "Correct what the referral said"

    static let form = CaseForm(
        path: path,
        title: title,
        then: "#referral",
        nothingNew: "Correct at least one answer",
        fields: { _, file, fields in asked(file, fields) },
        read: { visit, file, reader in
            refuseBlanks(file, &reader)
            return command(visit, file, &reader)
        }
    )

    /// Says where an answer was cleared: another can stand in its place, and not none.
    private static func refuseBlanks(_ file: CaseFile, _ reader: inout FormReader) {
        for field in said(file).map({ ReferralQuestions.field($0.name) }) {
            guard reader.form.raw(field) != nil, reader.form[field] == nil else { continue }
            reader.fault(field, "An answer cannot be taken away, only replaced: say what is right")
        }
    }

    /// What the referral says, of what can be asked anew, by the names that it is stored under.
    ///
    /// The age follows the date of birth, and is asked only where it did not.
    private static func said(_ file: CaseFile) -> [(name: String, value: String)] {
        guard let referral = file.case.referral, file.case.isOpen else { return [] }
        let asks = file.programme.referral.asks.map(\.id)
        let standard = ReferralQuestions.standard.filter(ReferralAnswered.correctable.contains)
        return (standard + asks).compactMap { name in
            referral.said(name).map { (name: name, value: $0) }
        }
    }

    @HTMLBuilder
    private static func asked(_ file: CaseFile, _ fields: Fields) -> HTML {
        let questions = ReferralQuestions(programmes: [file.programme])
        let said = said(file)
        let age = otherAge(file)
        if said.isEmpty, age == nil {
            p { "There is nothing to correct." }
        } else {
            p {
                "Choose what is right in place of what is wrong. It is as it was on the day of "
                "referral: what has changed since is recorded on the case."
            }
        }
        for (name, value) in said {
            // What was shown: only what differs from it was corrected in this form.
            Fields.hidden(before(name), fields.typed.raw(before(name)) ?? value)
            questions.field(name, fields, said: value, isOptional: false)
        }
        if let age { ageQuestion(age, file.case.referral?.age, fields) }
    }

    private static let ageName = "age"

    /// The age that the date of birth tells, where the referral has another or none: it follows by
    /// itself only where the date is changed on this case while it is open.
    private static func otherAge(_ file: CaseFile) -> Int? {
        guard file.case.isOpen, let age = file.ageByBirthDate, age != file.case.referral?.age
        else { return nil }
        return age
    }

    @HTMLBuilder
    private static func ageQuestion(_ right: Int, _ said: Int?, _ fields: Fields) -> HTML {
        let known = said.map { "\($0)" } ?? ""
        Fields.hidden(before(ageName), fields.typed.raw(before(ageName)) ?? known)
        fields.checkboxes(
            ReferralQuestions.field(ageName),
            "Age at referral",
            [Choice("\(right)", "\(right), as the date of birth tells")],
            hint: known.isEmpty ? "The referral says none." : "The referral says \(known).",
            isOptional: true
        )
    }

    private static func command(
        _ visit: Visit,
        _ file: CaseFile,
        _ reader: inout FormReader
    ) -> Command? {
        guard let referral = file.case.referral else { return nil }
        let names = said(file).map { $0.name }
        let changed = names.filter { name in
            reader.form[ReferralQuestions.field(name)] != reader.form[before(name)]
        }
        // What was said before need not be what this form would take.
        let fields = Set(changed.map(ReferralQuestions.field))
        let form = Form(reader.form.fields.filter { fields.contains($0.name) })
        var part = FormReader(form, today: reader.today)
        let answers = ReferralQuestions(programmes: [file.programme]).said(&part)
        reader.problems += part.problems
        let ages = file.ageByBirthDate.map { ["\($0)"] } ?? []
        let ticked = reader.choices(ReferralQuestions.field(ageName), among: ages).first
        guard reader.problems.isEmpty else { return nil }
        let field: String? = (changed.first ?? names.first).map(ReferralQuestions.field)
        // All that was changed, whether or not it stands by now: a form that is sent twice says the
        // same twice.
        var correction = answers.correction(of: ReferralReceived()) ?? ReferralAnswered()
        correction.age = ticked.flatMap { Int($0) }
        if ticked != nil, reader.form[before(ageName)] != nil {
            correction.corrects.append(ageName)
        }
        if correction == ReferralAnswered() {
            reader.fault(field, "Correct at least one answer")
            return nil
        }
        let command = Command(.referralAnswered(correction), on: file.today)
        let hasAge = ticked == nil || ticked == referral.said(ageName)
        if hasAge, answers.correction(of: referral) == nil, !isSentTwice(command, visit, file) {
            reader.fault(field, "The referral says this already")
            return nil
        }
        return command
    }

    /// Whether what stands by now was saved by this form, or by the same person a moment ago.
    private static func isSentTwice(
        _ command: Command,
        _ visit: Visit,
        _ file: CaseFile
    ) -> Bool {
        let version = visit.request.form["_version"].flatMap { Int($0) }
        return version != file.version || SavedTwice.isLikely(command, visit, file)
    }

    /// The name under which what was shown of an answer is sent along.
    private static func before(_ name: String) -> String {
        "had-\(ReferralQuestions.field(name))"
    }
}
