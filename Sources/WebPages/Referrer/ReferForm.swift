import Application
import Casework
import Kernel
import Programmes
import Store
import Web

/// What was typed on the referral page, read.
struct ReferForm: Sendable {
    var referral = ReferralReceived()
    var consents: [ConsentScope: Bool] = [:]
    var note: String?
    var problems: [Problem] = []

    /// The names of the fields that the page has, apart from the programmes' own questions.
    static let names =
        ["nhs_number", "given_name", "family_name", "phone", "email"]
        + ["source", "programme", "consent", "share", "note"] + ReferralQuestions.standard

    init(_ form: Form, _ programmes: [Programme], on day: CivilDate) {
        var reader = FormReader(form, today: day)
        readIdentity(&reader)
        let questions = ReferralQuestions(programmes: programmes)
        questions.read(&reader).fill(&referral, on: day)
        for (field, missing) in [
            ("birth_date", "Enter the date of birth"),
            ("employment_status", "Say whether the person is in work, or that it is not known"),
            ("condition", "Choose the main health condition"),
        ] where form[field] == nil {
            reader.fault(field, missing)
        }
        let sources = Self.sources(of: programmes)
        referral.source =
            reader.choice("source", "Say where you refer from", among: sources.map(\.value)) ?? ""
        readConsents(&reader)
        note = reader.optionalText("note")
        problems = Self.inOrder(reader.problems)
    }

    private mutating func readIdentity(_ reader: inout FormReader) {
        if let text = reader.form["nhs_number"] {
            referral.identity.nhsNumber = NHSNumber(text)?.digits
            if let problem = NHSNumber.problem(with: text) {
                reader.fault("nhs_number", "The NHS number \(problem)")
            }
        } else if reader.form["postcode"] == nil {
            let says = "Enter the NHS number; if you do not know it, give the postcode instead"
            reader.fault("nhs_number", says)
        }
        let (given, family) = (
            reader.text("given_name", "Enter the first name", max: 100),
            reader.text("family_name", "Enter the last name", max: 100)
        )
        let (phone, email) = (
            reader.optionalText("phone", max: 40), reader.optionalText("email", max: 200)
        )
        for (field, called, problem) in [
            ("given_name", "first name", given.flatMap(Identity.problem(withName:))),
            ("family_name", "last name", family.flatMap(Identity.problem(withName:))),
            ("phone", "telephone number", phone.flatMap(Identity.problem(withPhone:))),
            ("email", "email address", email.flatMap(Identity.problem(withEmail:))),
        ] {
            if let problem { reader.fault(field, "The \(called) \(problem)") }
        }
        referral.identity.givenName = given
        referral.identity.familyName = family
        referral.identity.phone = phone
        referral.identity.email = email
    }

    private mutating func readConsents(_ reader: inout FormReader) {
        let missing = "Say whether the person agrees to be referred"
        if let agrees = reader.choice("consent", missing, among: ["yes", "no"]) {
            if agrees == "no" {
                reader.fault("consent", "A person can be referred only when they agree")
            }
            consents[.referral] = agrees == "yes"
        }
        if let shares = reader.optionalChoice("share", among: ["yes", "no"]) {
            consents[.shareWithReferrer] = shares == "yes"
        }
    }

    /// The referral to one service; answers to the questions of others are left out.
    func new(
        to offer: Offer,
        of programmes: [Programme],
        on day: CivilDate,
        anyway: Bool
    ) -> NewReferral {
        var asked = referral
        asked.strand = offer.strand
        let asks = programmes.first { $0.id == offer.programme }?.referral.asks ?? []
        asked.answers = referral.answers.filter { id, answer in
            asks.contains { $0.id == id && $0.answers.contains(answer) }
        }
        return NewReferral(
            programme: offer.programme,
            referral: asked,
            consents: consents,
            on: day,
            anyway: anyway,
            note: note
        )
    }

    /// The kinds of referrer that the programmes take referrals from.
    static func sources(of programmes: [Programme]) -> [Choice] {
        var choices: [Choice] = []
        for source in programmes.flatMap(\.referral.sources) where source.id != "self" {
            if choices.contains(where: { $0.value == source.id }) { continue }
            choices.append(Choice(source.id, source.name))
        }
        return choices
    }

    /// Problems in the order of the fields on the page.
    private static func inOrder(_ problems: [Problem]) -> [Problem] {
        let order = [
            "nhs_number", "given_name", "family_name", "birth_date", "employment_status",
            "condition", "consent", "share", "source",
        ]
        return order.flatMap { field in problems.filter { $0.field == field } }
            + problems.filter { problem in !order.contains { $0 == problem.field } }
    }
}
