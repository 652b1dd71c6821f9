import HTML
import Web

/// What was done so that everybody can use the pages, and what was not.
enum AccessibilityPage {
    static func page(_ visit: Visit) -> Response {
        let phrases = visit.phrases
        return visit.page(phrases("Accessibility statement")) {
            h1 { phrases("Accessibility statement") }
            p { phrases("We want as many people as possible to be able to use these pages.") }
            p { phrases("You should be able to:") }
            visit.points(
                "make the text four times as large and still read it without moving sideways",
                "use every page with a keyboard alone",
                "use every page with a screen reader",
                "use every page without scripts, and on a small telephone",
                "choose your own colours, and print every page",
            )
            visit.part(
                "How far we are",
                "These pages are made to meet the Web Content Accessibility Guidelines 2.2, "
                    + "level AA.",
                "Nobody from outside has audited them yet. They have not yet been tried by people "
                    + "who use a screen reader every day. So we do not claim that they meet all "
                    + "of it."
            )
            visit.part(
                "How we check",
                "A program opens our pages in a browser before each release, on a wide and on a "
                    + "narrow screen. It looks for faults that a program can find. "
                    + "It finds about half of all faults."
            )
            visit.part("What we know does not work well")
            visit.points(
                "Not all words are there in every language. Where a translation is missing, you "
                    + "see English.",
                "Staff pages are in English only.",
                "Some wide tables become long lists on a narrow screen.",
                "Words that other people wrote about you may be hard to read.",
            )
            h2 { phrases("Tell us what gets in your way") }
            p {
                phrases(
                    "Tell us too if you need something in another form, such as large print "
                        + "or a call."
                )
            }
            visit.contactWords
            h2 { phrases("If you are not happy with our answer") }
            p {
                phrases("You can ask the Equality Advisory and Support Service.")
                " "
                a(.href("https://www.equalityadvisoryservice.com/")) {
                    phrases("Go to their pages")
                }
            }
        }
    }
}
