import HTML
import Web

/// What is held about a person, who sees it, and what they can ask for.
enum PrivacyPage {
    static func page(_ visit: Visit) -> Response {
        let phrases = visit.phrases
        return visit.page(phrases("Your data")) {
            h1 { phrases("Your data") }
            p {
                phrases("This page says what we keep about you, who sees it and what you can ask.")
            }
            held(visit)
            seen(visit)
            kept(visit)
            rights(visit)
            cookies(visit)
        }
    }

    private static func held(_ visit: Visit) -> HTML {
        h2 { visit.phrases("What we keep") }
            + visit.points(
                "who you are: your name, birth date, NHS number, address and how to reach you",
                "why you were referred, and by whom",
                "your answers about your health and your work",
                "your plan, and what you and your coach did",
                "whether you were in work afterwards",
            )
            + visit.paragraphs([
                "Your name, and what people write about you, are locked with a key that is yours "
                    + "alone. If you ask us to erase you, we destroy that key."
            ])
    }

    private static func seen(_ visit: Visit) -> HTML {
        h2 { visit.phrases("Who sees it") }
            + visit.points(
                "Your coach and their manager see your record.",
                "A service that your coach refers you to sees what it needs.",
                "Whoever referred you sees how far you are. They see what came of it only if you "
                    + "agree.",
                "Those who pay for the programme see numbers, and no names.",
            )
            + visit.paragraphs([
                "Each time somebody opens your record, we note who it was and when. You can ask "
                    + "for that list."
            ])
    }

    private static func kept(_ visit: Visit) -> HTML {
        visit.part(
            "How long we keep it",
            "Each programme says how long records are kept after it ends. Then they are erased.",
            "Numbers stay in reports that were made before. They name nobody."
        )
    }

    private static func rights(_ visit: Visit) -> HTML {
        let phrases = visit.phrases
        return h2 { phrases("What you can ask for") }
            + visit.points(
                "a copy of all that we keep about you",
                "to have mistakes put right",
                "to change what you agreed to, at any time",
                "to be erased, unless the law says that we must keep something",
            )
            + visit.contactWords
            + p {
                phrases("If you are not happy, you can complain to the Information Commissioner.")
                " "
                a(.href("https://ico.org.uk/make-a-complaint/")) { phrases("Go to their pages") }
            }
    }

    private static func cookies(_ visit: Visit) -> HTML {
        visit.part(
            "Cookies",
            "We use cookies only to keep you signed in, to keep your forms safe, to keep what you "
                + "typed and to remember your language. Nobody follows you with them. No other "
                + "company sees what you do here."
        )
    }
}
