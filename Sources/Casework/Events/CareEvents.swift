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
    /// `suicide`, `self-harm`, `safeguarding`, `violence`, `other`.
    package var about = "other"
    package var text: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("risk", &risk)
        try visitor.field("about", &about)
        try visitor.sealed("text", &text)
    }
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

/// Words for the case team.
package struct NoteWritten: EventFields {
    package var text: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.sealed("text", &text)
    }
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
