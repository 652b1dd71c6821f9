import HTML
import Web

/// What the service is, for those who are not signed in; for the others, their first place.
enum StartPage {
    static func answer(_ visit: Visit) -> Response {
        guard visit.visitor != nil else { return page(visit) }
        let first = Navigation.entries.first { $0.isFor(visit) }
        return .redirect(to: first?.path ?? "/account")
    }

    private static func page(_ visit: Visit) -> Response {
        let phrases = visit.phrases
        return visit.page(phrases("Help to work with a health condition")) {
            h1 { phrases("Help to work with a health condition") }
            p(.class("nhsuk-lede-text")) {
                phrases(
                    "We help people who have a health condition to stay in work, "
                        + "or to get into work."
                )
            }
            h2 { phrases("What happens") }
            visit.points(
                "A coach gets in touch with you.",
                "You talk about your health, your work and what gets in the way.",
                "You make a plan together, and the coach helps you to follow it.",
            )
            p { phrases("It is free. You choose what you share, and you can stop at any time.") }
            linkButton(phrases("Refer yourself"), to: Places.referOneself)
            p(.class("nhsuk-body-s")) {
                phrases("It takes about 5 minutes. You do not need an account.")
            }
            h2 { phrases("If you work here, or refer people") }
            p {
                phrases("Sign in to refer somebody, to see your referrals or to see your cases.")
            }
            p { a(.href(Places.signIn)) { phrases("Sign in") } }
            h2 { phrases("If you need help now") }
            p {
                phrases(
                    "This service is not for emergencies. Call 999 if a life is at risk. "
                        + "Call 111 and choose the mental health option if you are in crisis."
                )
            }
        }
    }
}
