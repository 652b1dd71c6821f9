import Casework
import Kernel

/// Words of programme files and of codes, said to the person themselves.
enum SelfWords {
    /// A programme's question or rule, which speaks of the person, said to them.
    static func toYou(_ text: String) -> String {
        var text = text
        for (old, new) in [
            ("Does the person ", "Do you "), ("Is the person ", "Are you "),
            ("Has the person ", "Have you "), ("Can the person ", "Can you "),
            ("is the person ", "are you "), ("has the person ", "have you "),
            ("The person's ", "Your "), ("the person's ", "your "),
            ("The person, their ", "You, your "), ("The person must ", "You must "),
            ("The person ", "You "), ("the person", "you"), (" their Jobcentre", " your Jobcentre"),
        ] {
            text = text.split(separator: old, omittingEmptySubsequences: false).joined(
                separator: new
            )
        }
        return text
    }

    /// A code as an answer stands: `off-sick` is "Off sick".
    static func answer(_ code: String) -> String { upper(Words.plain(code)) }

    static func upper(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    static func work(_ code: String, _ say: Phrases) -> String {
        switch code {
        case "in-work": say("I am in work")
        case "off-sick": say("I have a job, but I am off sick")
        case "out-of-work": say("I do not have a job")
        default: say("I would rather not say")
        }
    }

    static func condition(_ code: String, _ say: Phrases) -> String {
        switch code {
        case "mental-health": say("My mental health, such as stress, worry or low mood")
        case "msk": say("My back, neck, muscles, bones or joints")
        case "cardiovascular": say("My heart or circulation")
        case "copd": say("My lungs or breathing")
        case "other": say("Something else")
        default: say(answer(code))
        }
    }

    static func reach(_ code: String, _ say: Phrases) -> String {
        switch code {
        case "phone": say("Telephone call")
        case "text": say("Text message")
        default: say("Email")
        }
    }

    /// The way by which messages go then; of an answer that names none, nothing is sent.
    static func way(reach code: String) -> ContactWay { ContactWay(rawValue: code) ?? .noMessages }

    /// What the coach reads about it, in the words of the staff.
    static func note(reach code: String) -> String? {
        switch code {
        case "phone": "Wishes to be reached by telephone."
        case "text": "Wishes to be reached by text message."
        case "email": "Wishes to be reached by email."
        default: nil
        }
    }
}
