/// A message that a programme words itself, where the usual words will not do.
package struct MessageTemplate: Sendable, Hashable {
    /// Who reads it.
    package enum Reader: String, Sendable, CaseIterable {
        case referrer
        case person
    }

    /// What it tells of, by the type of event.
    package enum Occasion: String, Sendable, CaseIterable {
        case referralReceived = "referral.received"
        case referralAccepted = "referral.accepted"
        case referralReturned = "referral.returned"
        case supportStarted = "support.started"
        case appointmentBooked = "appointment.booked"
        case appointmentCancelled = "appointment.cancelled"
        case discharged = "case.discharged"
        case closed = "case.closed"
        case reopened = "case.reopened"

        /// Who is told of it.
        package var readers: [Reader] {
            switch self {
            case .referralAccepted, .discharged: [.referrer, .person]
            case .appointmentBooked, .appointmentCancelled: [.person]
            default: [.referrer]
            }
        }
    }

    /// What stands in braces in a text, and is filled in: never who the person is.
    package static let blanks = [
        "reference", "programme", "provider", "link", "when", "where", "service",
    ]

    package var on: Occasion
    package var to: Reader
    /// By language tag; English is always there.
    package var subject: [String: String]
    package var text: [String: String]
    /// Ids of templates at GOV.UK Notify, by language.
    package var notifyEmail: [String: String]
    package var notifyText: [String: String]
}
