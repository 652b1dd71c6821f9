import Kernel

/// A program's wish to be told what happens: a webhook, or a subscription of FHIR.
package struct Hook: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case webhook
        case subscription
    }

    package enum State: String, Sendable, CaseIterable {
        /// It waits for its first answer.
        case requested
        case active
        /// Nobody answered for so long that nothing more is sent.
        case error
        /// Its owner turned it off, or the end that it was given has come.
        case off
    }

    package var id: String
    package var kind: Kind
    /// The client that is told.
    package var client: String
    package var organisation: String
    package var address: String
    package var topics: [String]
    package var state: State
    /// The stable code of why it is in error.
    package var problem: String?
    /// What a webhook is signed with, or the headers of a subscription: sealed.
    package var secret: [UInt8]?
    /// A subscription as it was sent, without its headers: JSON.
    package var resource: String?
    package var heartbeatSeconds: Int?
    package var endsAt: Instant?
    /// How many events were numbered for it.
    package var sent: Int
    /// From 1, without gaps.
    package var version: Int
    package var createdAt: Instant
    package var updatedAt: Instant
    package var deletedAt: Instant?

    package init(
        id: String,
        kind: Kind,
        client: String,
        organisation: String,
        address: String,
        topics: [String],
        state: State,
        secret: [UInt8]? = nil,
        resource: String? = nil,
        heartbeatSeconds: Int? = nil,
        endsAt: Instant? = nil,
        at now: Instant
    ) {
        self.id = id
        self.kind = kind
        self.client = client
        self.organisation = organisation
        self.address = address
        self.topics = topics
        self.state = state
        self.secret = secret
        self.resource = resource
        self.heartbeatSeconds = heartbeatSeconds
        self.endsAt = endsAt
        sent = 0
        version = 1
        createdAt = now
        updatedAt = now
    }
}

/// Something that a program is to be told, was told, or will not be.
package struct HookDelivery: Sendable, Hashable {
    /// A topic of what is no event: it asks whether anybody is there.
    package static let handshake = "handshake"
    package static let heartbeat = "heartbeat"

    /// The same for each attempt, so that a receiver can tell a second copy.
    package var id: String
    package var hook: String
    package var topic: String
    /// Nil for a handshake or a heartbeat.
    package var caseID: CaseID?
    package var event: EventID?
    /// Its place among what the program was told.
    package var number: Int?
    package var createdAt: Instant
    package var attempts: Int
    package var nextAttemptAt: Instant
    package var deliveredAt: Instant?
    package var givenUpAt: Instant?
    /// A stable code: `sent`, or why not.
    package var outcome: String?
}
