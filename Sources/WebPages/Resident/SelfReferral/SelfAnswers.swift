import Application
import Casework
import Kernel
import Programmes
import Web

/// What somebody who refers themselves has answered so far.
struct SelfAnswers: Sendable {
    static let path = "/self-referral"
    /// The answer that leaves a question of the programme's open; open never refuses.
    static let unknown = "do-not-know"
    /// The answer of programmes' own by which nothing is said.
    static let unsaid = "not-said"
    /// Fields of the draft that are ours: what it is called, and which pages were answered.
    private static let made = "made"
    private static let done = "done"

    private(set) var form: Form
    let programmes: [Programme]
    let today: CivilDate

    /// An unfinished one, or a new one.
    init(_ form: Form?, programmes: [Programme], today: CivilDate, made: () -> String) {
        self.form = form ?? Form()
        self.programmes = programmes
        self.today = today
        if self.form[Self.made] == nil { self.form.set(Self.made, made()) }
    }

    /// What the filled-in form is called, so that it is referred once.
    var key: String { form[Self.made] ?? "" }

    var programme: Programme? {
        programmes.count == 1
            ? programmes.first : programmes.first { $0.id == form[SelfStep.programme.field] }
    }

    /// Keeps the answers of a page.
    mutating func keep(_ step: SelfStep, _ typed: Form) {
        for name in step.fields { form.set(name, typed[name]) }
        if !isDone(step) { form.add(Self.done, step.id) }
    }
}

// MARK: - The way

extension SelfAnswers {
    /// The pages in their order.
    var steps: [SelfStep] {
        var steps: [SelfStep] = programmes.count > 1 ? [.programme] : []
        steps += [
            .age, .name, .birthDate, .postcode, .contact, .nhsNumber, .work, .condition,
        ]
        steps += questions.map { .question($0.id) }
        return steps + [.consentReferral, .consentPractice, .consentEvaluation]
    }

    func isDone(_ step: SelfStep) -> Bool { form.all(Self.done).contains(step.id) }

    var hasBegun: Bool { !form.all(Self.done).isEmpty }

    /// The first page that has not been answered.
    var firstOpen: SelfStep? { steps.first { !isDone($0) } }

    func before(_ step: SelfStep) -> SelfStep? {
        guard let place = steps.firstIndex(of: step), place > 0 else { return nil }
        return steps[place - 1]
    }

    func after(_ step: SelfStep) -> SelfStep? {
        guard let place = steps.firstIndex(of: step), place + 1 < steps.count else { return nil }
        return steps[place + 1]
    }

    /// The programme's questions: those for this source, and those that its rules depend on.
    var questions: [Question] {
        guard let programme else { return [] }
        let source = programme.referral.sources.first { $0.id == Goodwork.selfSource }
        let rules = programme.eligibility + programme.strands.flatMap(\.eligibility)
        let needed = Set(rules.flatMap { $0.require.questions } + (source?.asks ?? []))
        return programme.referral.asks.filter { needed.contains($0.id) }
    }

    func question(_ id: String) -> Question? { questions.first { $0.id == id } }

    /// The codes of conditions that are told apart: the usual ones, and the programme's.
    var conditions: [String] {
        let usual = ["mental-health", "msk", "cardiovascular", "copd"]
        let rules =
            (programme?.eligibility ?? [])
            + (programme?.strands.flatMap(\.eligibility) ?? [])
        let asked = rules.flatMap { $0.require.conditions }
        let others = Set(asked).subtracting(usual + ["other"]).sorted()
        return usual + others + ["other"]
    }
}

// MARK: - What they make

extension SelfAnswers {
    var birthDate: CivilDate? {
        var reader = FormReader(form, today: today)
        return reader.birthDate("birth_date")
    }

    /// Whether the person is an adult, by the birth date where it is known.
    var isAdult: Bool {
        referral.isAdult ?? (form[SelfStep.age.field] != "no")
    }

    /// The page whose answer says that the person is not an adult; nil for an adult.
    var underAgeBy: SelfStep? {
        if form[SelfStep.age.field] == "no" { return .age }
        return isAdult ? nil : .birthDate
    }

    /// The referral, its strand still open.
    var referral: ReferralReceived {
        var referral = ReferralReceived()
        referral.source = Goodwork.selfSource
        referral.employmentStatus = form[SelfStep.work.field]
        referral.condition = form[SelfStep.condition.field]
        referral.age = birthDate?.age(on: today)
        let postcode = form[SelfStep.postcode.field].flatMap { Postcode($0) }
        referral.outwardCode = postcode?.outward
        for question in questions {
            let answer = form[SelfStep.question(question.id).field]
            referral.answers[question.id] = answer == Self.unknown ? nil : answer
        }
        referral.identity.givenName = form["given_name"]
        referral.identity.familyName = form["family_name"]
        referral.identity.birthDate = birthDate?.iso
        referral.identity.postcode = postcode?.text
        referral.identity.phone = form["phone"]
        referral.identity.email = form["email"]
        let number = form[SelfStep.nhsNumber.field].flatMap { NHSNumber($0) }
        referral.identity.nhsNumber = number?.digits
        return referral
    }

    var consents: [ConsentScope: Bool] {
        let asked: [(ConsentScope, SelfStep)] = [
            (.referral, .consentReferral), (.practiceRecord, .consentPractice),
            (.evaluation, .consentEvaluation),
        ]
        var consents: [ConsentScope: Bool] = [:]
        for (scope, step) in asked {
            if let answer = form[step.field] { consents[scope] = answer == "yes" }
        }
        return consents
    }
}

extension Condition {
    /// The coded questions that it depends on.
    fileprivate var questions: [String] {
        leaves.compactMap { if case .answer(let question, _) = $0 { question } else { nil } }
    }

    fileprivate var conditions: [String] {
        leaves.flatMap { if case .condition(let codes) = $0 { codes } else { [] as [String] } }
    }

    private var leaves: [Condition] {
        switch self {
        case .all(let parts), .any(let parts): parts.flatMap(\.leaves)
        case .not(let part): part.leaves
        default: [self]
        }
    }
}
