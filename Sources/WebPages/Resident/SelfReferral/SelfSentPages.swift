import Application
import HTML
import Kernel
import Web

/// What happens next, and an account for whoever wants to follow it.
enum SelfSentPages {
    private static let account = "\(SelfAnswers.path)/account"
    private static let made = "\(SelfAnswers.path)/account-made"

    static let routes: [PageRoute] = [
        .get(SelfSent.path, .anyone) { visit in
            guard let sent = try await visit.sentSelfReferral() else {
                return .redirect(to: SelfAnswers.path)
            }
            return confirmation(visit, sent)
        },
        .get(account, .anyone) { visit in
            guard let sent = try await visit.sentSelfReferral() else {
                return .redirect(to: SelfAnswers.path)
            }
            return accountForm(visit, sent, typed: Form(), problems: [])
        },
        .post(account, .anyone, register),
        .get(made, .anyone) { AccountFields(say: $0.phrases).made($0) },
    ]

    private static func confirmation(_ visit: Visit, _ sent: SentSelfReferral) -> Response {
        let say = visit.phrases
        let provider = sent.provider.map(visit.names.organisation) ?? say("the service")
        return visit.page(say("We have your answers")) {
            panel(
                say("We have your answers"),
                say("Your reference is {reference}", ["reference": sent.reference])
            )
            h2 { say("What happens next") }
            ol(.class("nhsuk-list nhsuk-list--number")) {
                li {
                    say(
                        "Somebody at {provider} reads your answers.",
                        ["provider": provider]
                    )
                }
                li {
                    say(
                        "They get in touch with you by {day}.",
                        ["day": say.day(sent.contactBy)]
                    )
                }
                li {
                    say("If this is not the right help, they tell you why and who else can help.")
                }
            }
            p {
                say(
                    "Has nobody been in touch by {day}? Call the service and say your reference.",
                    ["day": say.day(sent.contactBy)]
                )
            }
            if visit.site.settings.contact != nil { visit.contactWords }
            h2 { say("See your plan online") }
            p { say("You can make an account now. Then you can see your plan and your data.") }
            linkButton(say("Make an account"), to: account, isSecondary: true)
            p { say("You can only do this here, within an hour. Later, your coach can help.") }
            p {
                a(.href("\(SelfAnswers.path)/forget")) { say("Leave this page on a shared phone") }
            }
        }
    }

    private static func accountForm(
        _ visit: Visit,
        _ sent: SentSelfReferral,
        typed: Form,
        problems: [Problem]
    ) -> Response {
        let say = visit.phrases
        return visit.page(
            say("Make an account"),
            problems: problems,
            back: (say("Back"), SelfSent.path)
        ) {
            h1 { say("Make an account") }
            p { say("With an account you can see your plan and what is kept about you.") }
            visit.sentForm(to: account) {
                AccountFields(say: say).html(Fields(typed, problems, say: say))
                submit(say("Make my account"))
            }
        }
    }

    private static func register(_ visit: Visit) async throws -> Response {
        guard let sent = try await visit.sentSelfReferral() else {
            return .redirect(to: SelfAnswers.path)
        }
        let fields = AccountFields(say: visit.phrases)
        let (new, problems) = fields.read(visit.request.form)
        guard let new, problems.isEmpty else {
            return accountForm(visit, sent, typed: visit.request.form, problems: problems)
        }
        do {
            guard try await visit.goodwork.registerResident(new, after: sent) else {
                return fields.sentBefore(visit)
            }
        } catch let error as ServiceError where error.kind != .notFound {
            return accountForm(
                visit,
                sent,
                typed: visit.request.form,
                problems: fields.problems(error)
            )
        }
        return .redirect(to: made)
    }
}
