import Kernel

/// A wish to change a case: entries to add, and entries that no longer hold.
///
/// One command may carry many entries. They are decided together, in the order in which they
/// happened, and either all hold or none.
package struct Command: Sendable, Hashable {
    package var entries: [Entry]
    package var voids: [Void]
    /// What else is now known of who the person is: it fills the blanks of their sealed identity.
    ///
    /// Only beside an entry; the entry itself carries what is coded of it, such as the age.
    package var identity: Identity?

    package init(entries: [Entry] = [], voids: [Void] = [], identity: Identity? = nil) {
        self.entries = entries
        self.voids = voids
        self.identity = identity
    }

    /// A single entry.
    package init(_ body: EventBody, on day: CivilDate) {
        self.init(entries: [Entry(body: body, on: day)])
    }

    /// Something to be recorded as having happened.
    package struct Entry: Sendable, Hashable {
        package var body: EventBody
        package var on: CivilDate
        package var key: String?
        /// The event in whose place this one stands.
        package var replaces: EventID?

        package init(
            body: EventBody,
            on: CivilDate,
            key: String? = nil,
            replaces: EventID? = nil
        ) {
            self.body = body
            self.on = on
            self.key = key
            self.replaces = replaces
        }
    }

    /// An event that no longer holds.
    package struct Void: Sendable, Hashable {
        package var event: EventID
        package var reason: String
        package var text: String?

        package init(event: EventID, reason: String, text: String? = nil) {
            self.event = event
            self.reason = reason
            self.text = text
        }
    }
}

/// What a decision needs to know of the world, handed in so that it stays pure.
package struct Context: Sendable {
    package var now: Instant
    package var today: CivilDate
    package var by: Recorder
    package var ids: IDMaker

    package init(now: Instant, today: CivilDate, by: Recorder, ids: IDMaker) {
        self.now = now
        self.today = today
        self.by = by
        self.ids = ids
    }
}
