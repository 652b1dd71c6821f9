import Kernel

/// The person and the coach agreed a plan.
package struct PlanAgreed: EventFields {
    package var plan = ""

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("plan", &plan)
    }
}

/// A goal of the plan, in the person's words.
package struct GoalAdded: EventFields {
    package var goal = ""
    package var text: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("goal", &goal)
        try visitor.sealed("text", &text)
    }
}

/// Something that somebody is to do by a day.
package struct ActionAdded: EventFields {
    package var action = ""
    package var goal: String?
    /// `person`, `coach` or an organisation.
    package var owner = "person"
    package var dueOn: CivilDate?
    package var text: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("action", &action)
        try visitor.field("goal", &goal)
        try visitor.field("owner", &owner)
        try visitor.field("due_on", &dueOn)
        try visitor.sealed("text", &text)
    }
}

/// Names a goal of the plan.
package struct GoalRef: EventFields {
    package var goal = ""

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("goal", &goal)
    }
}

/// Names an action of the plan.
package struct ActionRef: EventFields {
    package var action = ""

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("action", &action)
    }
}

/// The case handed, wholly or partly, to another service.
package struct OnwardSent: EventFields {
    /// The onward referral's own reference.
    package var onward = ""
    /// A service that the programme file names, or the id of one in the service guide.
    package var service = ""
    /// What the guide called the service on that day; nil for one of the programme file.
    ///
    /// It is kept here, so that what was decided does not change with the guide.
    package var name: String?
    /// The organisation here that gives the guide's service, and answers for it; nil where the
    /// coach asks and writes the answer down.
    package var organisation: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("onward", &onward)
        try visitor.field("service", &service)
        try visitor.field("name", &name)
        try visitor.field("organisation", &organisation)
    }
}

/// What the other service answered.
package struct OnwardMoved: EventFields {
    package var onward = ""
    package var to = OnwardStatus.received
    /// Why it was declined or ended, for example `ineligible` or `unable-to-contact`.
    package var reason: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("onward", &onward)
        try visitor.field("to", &to)
        try visitor.field("reason", &reason)
    }
}

/// Where an onward referral stands.
package enum OnwardStatus: String, Sendable, CaseIterable {
    case sent
    case received
    case pending
    case accepted
    case started
    case declined
    case ended

    /// Nothing more is expected.
    package var isOver: Bool { self == .declined || self == .ended }
}
