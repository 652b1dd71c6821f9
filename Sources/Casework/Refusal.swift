import Kernel

/// Why a command is not carried out: a stable code and a sentence that a person can act on.
package struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The closed set of reasons.
    ///
    /// The raw values are a published contract: `docs/refusals.md`.
    package enum Reason: String, Sendable, CaseIterable {
        case noReferral = "no-referral"
        case alreadyReferred = "already-referred"
        case alreadySaid = "already-said"
        case inTheFuture = "in-the-future"
        case outsideProgramme = "outside-programme"
        case caseClosed = "case-closed"
        case caseNotClosed = "case-not-closed"
        case alreadyAccepted = "already-accepted"
        case alreadyStarted = "already-started"
        case alreadyDischarged = "already-discharged"
        case notStarted = "not-started"
        case notDischarged = "not-discharged"
        case trackingOver = "tracking-over"
        case notEligible = "not-eligible"
        case noConsent = "no-consent"
        case unknownValue = "unknown-value"
        case missingValue = "missing-value"
        case outOfRange = "out-of-range"
        case sessionsUsedUp = "sessions-used-up"
        case planNeeded = "plan-needed"
        case serviceNotOpen = "service-not-open"
        case alreadyUsed = "already-used"
        case notFound = "not-found"
        case alreadyOver = "already-over"
        case wrongOrder = "wrong-order"
        case alreadyVoided = "already-voided"
        case notAnEntry = "not-an-entry"
    }

    package var reason: Reason
    /// What the reason is about, for example the intervention `cbt`.
    package var subject: String?
    /// The sentence.
    package var says: String
    /// The field of the command that is at fault, as it is named in an event.
    package var field: String?
    /// Which entry of the command was refused, counted from 0; nil when it is none of them.
    package var entry: Int?

    package init(
        _ reason: Reason,
        subject: String? = nil,
        field: String? = nil,
        _ says: String
    ) {
        self.reason = reason
        self.subject = subject
        self.field = field
        self.says = says
    }

    /// A text that is there and says nothing.
    static func blank(_ field: String) -> Refusal {
        let says = "The field “\(field)” is blank: say something, or leave it out."
        return Refusal(.missingValue, subject: field.hyphened, field: field, says)
    }

    /// The stable code: `cbt-sessions-used-up`, or `case-closed` when it has no subject.
    package var code: String {
        (subject.map { "\($0)-" } ?? "") + reason.rawValue
    }

    package var description: String { "\(code): \(says)" }
}
