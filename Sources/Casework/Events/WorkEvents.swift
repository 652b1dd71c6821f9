import Kernel

/// The person's employment status was recorded.
package struct EmploymentStatusRecorded: EventFields {
    /// `EmploymentStatus`.
    package var status = ""

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("status", &status)
    }
}

/// A fit note, with its period and advice.
package struct FitNoteRecorded: EventFields {
    package var from = CivilDate(day: 0)
    package var to = CivilDate(day: 0)
    /// `not-fit` or `may-be-fit`.
    package var advice = "not-fit"

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("from", &from)
        try visitor.field("to", &to)
        try visitor.field("advice", &advice)
    }
}

/// A return to work agreed with the employer.
package struct ReturnToWorkAgreed: EventFields {
    package var returnOn: CivilDate?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("return_on", &returnOn)
    }
}

/// A change at work that lets the person do the job.
package struct AdjustmentAgreed: EventFields {
    /// `phased-return`, `altered-hours`, `amended-duties`, `workplace-adaptation`.
    package var adjustment = ""

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("adjustment", &adjustment)
    }
}

/// One period in one job began.
package struct JobStarted: EventFields {
    /// The spell's own name within the case.
    package var spell = ""
    /// `job`, `self-employment`, `placement`, `apprenticeship`.
    package var jobKind = "job"
    /// The first day, when that was before the referral; nil means the day of the event.
    package var since: CivilDate?
    package var hoursPerWeek: Int?
    package var weeklyPay: Int?
    package var employer: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("spell", &spell)
        try visitor.field("kind", &jobKind)
        try visitor.field("since", &since)
        try visitor.field("hours_per_week", &hoursPerWeek)
        try visitor.field("weekly_pay_pence", &weeklyPay)
        try visitor.sealed("employer", &employer)
    }
}

/// Hours or pay changed within a spell.
package struct JobChanged: EventFields {
    package var spell = ""
    package var hoursPerWeek: Int?
    package var weeklyPay: Int?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("spell", &spell)
        try visitor.field("hours_per_week", &hoursPerWeek)
        try visitor.field("weekly_pay_pence", &weeklyPay)
    }
}

/// The last day of a spell.
package struct JobEnded: EventFields {
    package var spell = ""
    package var reason: String?

    package init() {}

    package mutating func visit(_ visitor: inout some FieldVisitor) throws(EventFault) {
        try visitor.field("spell", &spell)
        try visitor.field("reason", &reason)
    }
}
