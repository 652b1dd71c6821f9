extension Phrases {
    /// Every phrase that can be translated, in the order of the alphabet.
    static let catalogue: [String] = Array(
        Set(written + Navigation.entries.map(\.words) + inFooter)
    ).sorted()

    /// What stands in `phrases("…")` in the sources; a test holds the two together.
    static let written: [String] = [
        "A coach gets in touch with you.",
        "A program opens our pages in a browser before each release, on a wide and on "
            + "a narrow screen. It looks for faults that a program can find. It finds about "
            + "half of all faults.",
        "A service that your coach refers you to sees what it needs.",
        "About this service",
        "Accessibility statement",
        "Account",
        "Ask the service that you are in touch with.",
        "Back",
        "Change your password",
        "Cookies",
        "Each programme says how long records are kept after it ends. Then they are erased.",
        "Each time somebody opens your record, we note who it was and when. You can "
            + "ask for that list.",
        "Go to their pages",
        "Help to work with a health condition",
        "How far we are",
        "How long we keep it",
        "How we check",
        "How you sign in",
        "If you are not happy with our answer",
        "If you are not happy, you can complain to the Information Commissioner.",
        "If you need help now",
        "If you work here, or refer people",
        "It is free. You choose what you share, and you can stop at any time.",
        "It takes about 5 minutes. You do not need an account.",
        "Language",
        "Menu",
        "My coach",
        "My next appointments",
        "Name",
        "No goals are written down yet.",
        "Nobody from outside has audited them yet. They have not yet been tried by "
            + "people who use a screen reader every day. So we do not claim that they meet "
            + "all of it.",
        "Not all words are there in every language. Where a translation is missing, "
            + "you see English.",
        "Nothing for now.",
        "Numbers stay in reports that were made before. They name nobody.",
        "Organisation",
        "Refer yourself",
        "Role",
        "Sign in",
        "Sign in to refer somebody, to see your referrals or to see your cases.",
        "Sign out",
        "Skip to main content",
        "Some wide tables become long lists on a narrow screen.",
        "Staff pages are in English only.",
        "Tell us too if you need something in another form, such as large print or a call.",
        "Tell us what gets in your way",
        "There is a problem",
        "These pages are made to meet the Web Content Accessibility Guidelines 2.2, level AA.",
        "This page says what we keep about you, who sees it and what you can ask.",
        "This service is not for emergencies. Call 999 if a life is at risk. Call 111 "
            + "and choose the mental health option if you are in crisis.",
        "Those who pay for the programme see numbers, and no names.",
        "We help people who have a health condition to stay in work, or to get into work.",
        "We use cookies only to keep you signed in, to keep your forms safe, to keep "
            + "what you typed and to remember your language. Nobody follows you with them. "
            + "No other company sees what you do here.",
        "We want as many people as possible to be able to use these pages.",
        "What I want",
        "What I will do",
        "What happens",
        "What is done",
        "What others will do",
        "What we keep",
        "What you can ask for",
        "Who sees it",
        "Whoever referred you sees how far you are. They see what came of it only if you agree.",
        "Words that are not there in your language are shown in English.",
        "Words that other people wrote about you may be hard to read.",
        "Write to",
        "You can ask the Equality Advisory and Support Service.",
        "You make a plan together, and the coach helps you to follow it.",
        "You should be able to:",
        "You talk about your health, your work and what gets in the way.",
        "Your account",
        "Your coach and their manager see your record.",
        "Your data",
        "Your name, and what people write about you, are locked with a key that is "
            + "yours alone. If you ask us to erase you, we destroy that key.",
        "Your second factor",
        "a copy of all that we keep about you",
        "by {day}",
        "choose your own colours, and print every page",
        "in use",
        "make the text four times as large and still read it without moving sideways",
        "reached",
        "to be erased, unless the law says that we must keep something",
        "to change what you agreed to, at any time",
        "to have mistakes put right",
        "use every page with a keyboard alone",
        "use every page with a screen reader",
        "use every page without scripts, and on a small telephone",
        "whether you were in work afterwards",
        "who you are: your name, birth date, NHS number, address and how to reach you",
        "why you were referred, and by whom",
        "your answers about your health and your work",
        "your plan, and what you and your coach did",
    ]

    /// The words at the foot of every page.
    private static let inFooter = ["Accessibility statement", "Your data", "Language"]
}
