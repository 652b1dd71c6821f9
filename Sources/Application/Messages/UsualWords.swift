import Casework
import Programmes

/// What messages say where a programme has no words of its own.
///
/// The English words are the key under which a language's own are kept, as those of pages are.
package enum UsualWords {
    /// Subject and text, with blanks to be filled in.
    package struct Words: Sendable, Hashable {
        package var subject: String
        package var text: String
    }

    package static func of(
        _ occasion: MessageTemplate.Occasion,
        to reader: MessageTemplate.Reader
    ) -> Words {
        switch (reader, occasion) {
        case (.person, .referralAccepted):
            Words(
                subject: "We can help you with work and health",
                text: "{provider} has accepted your referral. They will be in touch with you soon. "
                    + "If you write or call about it, give this reference: {reference}."
            )
        case (.person, .appointmentBooked):
            Words(
                subject: "Your appointment",
                text: "You have an appointment with {provider} on {when}: {where}. "
                    + "If you cannot come, tell them. Give this reference: {reference}."
            )
        case (.person, .appointmentCancelled):
            Words(
                subject: "Your appointment is cancelled",
                text: "Your appointment with {provider} on {when} is cancelled. "
                    + "They will tell you of a new one. Your reference: {reference}."
            )
        case (.person, _):
            Words(
                subject: "How was the support?",
                text: "Your support with {provider} has ended. Please tell us how it was, with one "
                    + "tap: {link}"
            )
        case (.referrer, .referralReceived):
            Words(
                subject: "Referral {reference} was received",
                text: "Your referral {reference} to {programme} was received. "
                    + "See where it stands, at any time in the next 90 days: {link}"
            )
        case (.referrer, .referralAccepted):
            Words(
                subject: "Referral {reference} was accepted",
                text: "{provider} accepted your referral {reference} to {programme}. "
                    + "See where it stands: {link}"
            )
        case (.referrer, .referralReturned):
            Words(
                subject: "Referral {reference} was returned",
                text: "{provider} could not take your referral {reference} to {programme}. "
                    + "Sign in to read why, and what happens instead. Where it stands: {link}"
            )
        case (.referrer, _):
            // What came of it is told only to those who may know, when they have signed in.
            Words(
                subject: "News of referral {reference}",
                text: "There is news of your referral {reference} to {programme}. "
                    + "See where it stands: {link}"
            )
        }
    }

    /// What a resident is told when how they sign in was changed.
    package static let signInChanged = Words(
        subject: "How you sign in was changed",
        text: "Your password, or another way in which you sign in, was changed on {when}. "
            + "Was it not you? Tell {provider} at once, and give this reference: {reference}."
    )

    /// Where people meet, as it is told in a message: never an address.
    package static func place(_ code: String?) -> String {
        switch code.flatMap(AppointmentPlace.init(rawValue:)) {
        case .clinic: "at a clinic"
        case .community: "at a place near you"
        case .phone: "by telephone"
        case .video: "by video"
        case .home: "at your home"
        case nil: "they will tell you where"
        }
    }

    /// Every phrase for a person, for those who translate.
    package static let phrases: [String] = {
        let occasions = MessageTemplate.Occasion.allCases.filter { $0.readers.contains(.person) }
        let words = occasions.map { of($0, to: .person) } + [signInChanged]
        let places = AppointmentPlace.allCases.map { place($0.rawValue) } + [place(nil)]
        return words.flatMap { [$0.subject, $0.text] } + places
    }()
}
