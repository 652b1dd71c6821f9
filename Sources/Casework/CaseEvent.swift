import Kernel

/// Something that happened to a case, as it stands in the journal.
package struct CaseEvent: Sendable, Hashable {
    package var id: EventID
    /// 1 for a case's first event, then without gaps: the order in which we were told.
    package var sequence: Int
    /// The day on which it happened.
    package var occurredOn: CivilDate
    /// When we were told.
    package var recordedAt: Instant
    package var by: Recorder
    /// The sender's own name for the entry, by which a corrected list finds it again.
    package var key: String?
    /// The event that this one follows from, and falls with.
    package var cause: EventID?
    package var body: EventBody

    package init(
        id: EventID,
        sequence: Int,
        occurredOn: CivilDate,
        recordedAt: Instant,
        by: Recorder,
        key: String? = nil,
        cause: EventID? = nil,
        body: EventBody
    ) {
        self.id = id
        self.sequence = sequence
        self.occurredOn = occurredOn
        self.recordedAt = recordedAt
        self.by = by
        self.key = key
        self.cause = cause
        self.body = body
    }
}

/// Who told us, and for which organisation.
package struct Recorder: Sendable, Hashable {
    package var user: String
    package var organisation: String

    package init(user: String, organisation: String) {
        self.user = user
        self.organisation = organisation
    }
}

/// What names a case, and never changes.
package struct CaseHeader: Sendable, Hashable {
    package var id: CaseID
    package var programme: String
    /// The version of the programme file that the case was decided under.
    package var programmeVersion: Int
    /// The sender's own reference, unique within the programme.
    package var reference: String
    package var person: PersonID

    package init(
        id: CaseID,
        programme: String,
        programmeVersion: Int,
        reference: String,
        person: PersonID
    ) {
        self.id = id
        self.programme = programme
        self.programmeVersion = programmeVersion
        self.reference = reference
        self.person = person
    }
}
