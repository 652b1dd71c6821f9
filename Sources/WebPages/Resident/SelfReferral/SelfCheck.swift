import Application
import Casework
import HTML
import Programmes
import Web

/// A look at all answers before they are sent, and the sending.
enum SelfCheck {
    static let path = "\(SelfAnswers.path)/check"

    static let routes: [PageRoute] = [
        .get(path, .anyone) { visit in
            guard let answers = try await visit.keptSelfAnswers() else {
                return try await withoutAnswers(visit)
            }
            if let open = answers.firstOpen { return .redirect(to: open.path) }
            return show(visit, answers, problems: [])
        },
        .post(path, .anyone, send),
    ]

    /// What was sent already is shown again; otherwise there is nothing to check.
    private static func withoutAnswers(_ visit: Visit) async throws -> Response {
        let isSent = try await visit.sentSelfReferral() != nil
        return .redirect(to: isSent ? SelfSent.path : SelfAnswers.path)
    }

    private static func send(_ visit: Visit) async throws -> Response {
        guard let answers = try await visit.keptSelfAnswers() else {
            return try await withoutAnswers(visit)
        }
        if let open = answers.firstOpen { return .redirect(to: open.path) }
        guard let programme = answers.programme else { return .redirect(to: SelfAnswers.path) }
        guard answers.consents[.referral] == true else {
            return show(visit, answers, problems: [Problem(nil, noConsent(visit.phrases))])
        }
        var referral = answers.referral
        let offer = visit.goodwork.strand(for: referral, in: programme, on: visit.today)
        referral.strand = offer?.strand
        do {
            let sent = try await visit.goodwork.referOneself(
                NewReferral(
                    programme: programme.id,
                    referral: referral,
                    consents: answers.consents,
                    on: visit.today
                ),
                note: answers.form["reach"].flatMap(SelfWords.note(reach:)),
                wish: answers.form["reach"].map { reach in
                    MessageParts.wish(
                        SelfWords.way(reach: reach),
                        visit.phrases.locale.tag.lowercased()
                    )
                },
                key: answers.key
            )
            return try await visit.keep(sent)
        } catch let error as ServiceError where error.kind == .refused {
            let problems = error.problems.map { Problem(nil, visit.phrases($0.says)) }
            return show(visit, answers, problems: problems)
        }
    }

    private static func noConsent(_ say: Phrases) -> String {
        say("You said no to being referred. Without your yes we cannot send this.")
    }

    // MARK: - The page

    private static func show(
        _ visit: Visit,
        _ answers: SelfAnswers,
        problems: [Problem]
    ) -> Response {
        let say = visit.phrases
        let questions = SelfQuestions(say: say, answers: answers)
        return visit.page(
            say("Check your answers"),
            problems: problems,
            back: (say("Back"), answers.steps.last?.path ?? SelfAnswers.path)
        ) {
            h1 { say("Check your answers") }
            summary(answers, questions, say).html
            doubts(visit, answers)
            if answers.consents[.referral] == true {
                visit.sentForm(to: path) { submit(say("Send")) }
            } else {
                p { noConsent(say) }
                p { say("You can change your answer above, or stop here. Nothing has been sent.") }
            }
            p { a(.href("\(SelfAnswers.path)/later")) { say("Come back later") } }
        }
    }

    private static func summary(
        _ answers: SelfAnswers,
        _ questions: SelfQuestions,
        _ say: Phrases
    ) -> Summary {
        var summary = Summary()
        for step in answers.steps {
            summary.rows.append(
                Summary.Row(
                    key: questions.key(step),
                    value: HTML(questions.shown(step) ?? say("Not given")),
                    change: (say("Change"), questions.words(step), "\(step.path)?then=check")
                )
            )
        }
        return summary
    }

    /// Which rule the person may not meet, and what else there is: kindly, and never a refusal.
    private static func doubts(_ visit: Visit, _ answers: SelfAnswers) -> HTML {
        guard let programme = answers.programme else { return HTML() }
        let say = visit.phrases
        let referral = answers.referral
        let offer = visit.goodwork.strand(for: referral, in: programme, on: visit.today)
        var unmet = (offer?.open ?? []).filter { $0.verdict == .notMet }.map {
            say(SelfWords.toYou($0.says))
        }
        if !answers.isAdult { unmet.append(say("The service is for people who are 18 or over.")) }
        guard !unmet.isEmpty else { return HTML() }
        let elsewhere = answers.programmes.filter { other in
            other.id != programme.id
                && visit.goodwork.strand(for: referral, in: other, on: visit.today)
                    .map { $0.verdict != .notMet } == true
        }
        return warning(say("This may not be the right service for you"), say) {
            p { say("We looked at your answers. This is what the service asks for:") }
            ul(.class("nhsuk-list nhsuk-list--bullet")) { for rule in unmet { li { rule } } }
            if !elsewhere.isEmpty {
                p { say("One of these may suit you better:") }
                ul(.class("nhsuk-list nhsuk-list--bullet")) {
                    for other in elsewhere {
                        li {
                            a(.href("\(SelfStep.programme.path)?then=check")) { say(other.name) }
                        }
                    }
                }
            }
            h3 { say("What else there is") }
            others(say)
            p {
                say("You can still send this. Somebody will read it and tell you who can help.")
            }
        }
    }

    /// Help that is there for everybody.
    static func others(_ say: Phrases) -> HTML {
        ul(.class("nhsuk-list nhsuk-list--bullet")) {
            li { say("Ask your GP what help is near you.") }
            li { say("Ask at your Jobcentre for help with work and health.") }
            li { say("Ask NHS Talking Therapies for help with stress, worry or low mood.") }
            li { say("If you are in danger, call 999. For urgent help, call 111.") }
        }
    }
}
