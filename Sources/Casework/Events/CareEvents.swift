import Kernel
import Programmes

/// A coach holds the case.
package struct CoachAssigned: EventFields {
    package var coach = ""

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("coach", &coach)
    }
}

/// The case is offered to, or taken by, another provider.
package struct Transfer: EventFields {
    package var provider = ""

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("provider", &provider)
    }
}

/// The other provider did not take the case; it stays where it is.
package struct TransferDeclined: EventFields {
    package var provider = ""
    /// The provider's own code for why.
    package var reason: String?
    package var text: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("provider", &provider)
        try visitor.field("reason", &reason)
        try visitor.sealed("text", &text)
    }
}

/// A clock stands still from this day.
package struct ClockPaused: EventFields {
    package var clock = ""
    package var reason = ""

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("clock", &clock)
        try visitor.field("reason", &reason)
    }
}

/// A clock runs again from this day.
package struct ClockResumed: EventFields {
    package var clock = ""

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("clock", &clock)
    }
}

/// Somebody may come to harm.
package struct RiskRaised: EventFields {
    package var risk = ""
    /// `RiskSubject`; a text, so that events stored before the list was closed can be read.
    package var about = "other"
    /// The instrument whose answers raised it; nil when a person did.
    package var measure: String?
    package var text: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("risk", &risk)
        try visitor.field("about", &about)
        try visitor.field("measure", &measure)
        try visitor.sealed("text", &text)
    }
}

/// What harm may come.
package enum RiskSubject: String, Sendable, CaseIterable {
    case suicide
    case selfHarm = "self-harm"
    case safeguarding
    case violence
    case other
}

/// Names a risk that was raised.
package struct RiskRef: EventFields {
    package var risk = ""
    package var text: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("risk", &risk)
        try visitor.sealed("text", &text)
    }
}

/// Words for the case team, or for one other reader.
package struct NoteWritten: EventFields {
    package var audience = NoteAudience.team
    package var text: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("audience", &audience, usually: .team)
        try visitor.sealed("text", &text)
    }
}

/// Whom a note is for, beside the case team that reads all of them.
package enum NoteAudience: String, Sendable, CaseIterable {
    case team
    case referrer
    case person
}

/// The person left support; tracking begins.
package struct Discharged: EventFields {
    package var status: String?
    /// Measurable movement towards work.
    package var improved: Bool?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("status", &status)
        try visitor.field("improved", &improved)
    }
}

/// A follow-up after discharge.
package struct TrackingContacted: EventFields {
    package var outcome = ContactOutcome.reached
    /// `EmploymentStatus` at the contact.
    package var status: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("outcome", &outcome)
        try visitor.field("status", &status)
    }
}

/// The case came to its end.
package struct Closed: EventFields {
    package var reason = ClosureReason.completed

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("reason", &reason)
    }
}

/// A case that was closed goes on.
package struct Reopened: EventFields {
    package var purpose = ReopeningPurpose.tracking

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("for", &purpose, usually: .tracking)
    }
}

/// For what a case goes on whose person was discharged; it says nothing of any other.
package enum ReopeningPurpose: String, Sendable, CaseIterable {
    /// The person stays discharged, and tracking goes on.
    case tracking
    /// Support goes on, until the person is discharged again.
    case support
}

/// An earlier entry did not happen, or not so.
package struct Voided: EventFields {
    /// The id of the event that no longer holds.
    package var event = ""
    /// `corrected-list`, `entered-in-error`, `follows-from` (what it rested on was voided).
    package var reason = "entered-in-error"
    /// The id of the event that stands in its place.
    package var replacement: String?
    package var text: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("event", &event)
        try visitor.field("reason", &reason)
        try visitor.field("replacement", &replacement)
        try visitor.sealed("text", &text)
    }
}
