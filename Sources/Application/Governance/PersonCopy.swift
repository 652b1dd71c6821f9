import Casework
import Kernel
import Programmes
import Store

/// Everything that is held on a person, in all their records.
///
/// Made for the person themselves (UK GDPR, article 15). What may tell of somebody else is marked,
/// so that a human looks at it before it is given.
package struct PersonCopy: Sendable {
    package struct Record: Sendable {
        package var id: PersonID
        /// Nil once erased.
        package var identity: Identity?
        package var erasedAt: Instant?
    }

    /// What the person signs in with.
    package struct HeldAccount: Sendable {
        package var id: UserID
        /// Nil once erased.
        package var login: String?
        package var createdAt: Instant
        package var passwordSetAt: Instant?
        package var hasSecondFactor: Bool
        /// Who vouches for them, and as whom.
        package var issuer: String?
        package var subject: String?
        package var disabledAt: Instant?

        init(_ stored: StoredAccount, _ identity: AccountIdentity?) {
            id = stored.id
            login = identity?.login
            createdAt = stored.createdAt
            passwordSetAt = stored.passwordSetAt
            hasSecondFactor = stored.totpSealed != nil
            issuer = stored.issuer
            subject = stored.subject
            disabledAt = stored.disabledAt
        }
    }

    /// One of the sealed fields of an entry.
    package struct Words: Sendable, Hashable {
        package var field: String
        package var text: String
    }

    package struct Line: Sendable {
        package var event: CaseEvent
        /// What happened, without words that may tell of somebody else.
        package var says: String
        /// Everything that was sealed with it.
        package var words: [Words]
        /// Whether a human must read the words before they are given.
        package var mustCheck: Bool
        package var voidedAt: Instant?
    }

    package struct HeldCase: Sendable {
        package var header: CaseHeader
        package var programme: Programme
        package var `case`: Case
        package var state: CaseState
        package var lines: [Line]
        package var workItems: [WorkItem]
        package var messages: [QueuedMessage]
    }

    package var madeAt: Instant
    package var person: PersonID
    package var records: [Record]
    package var accounts: [HeldAccount] = []
    package var cases: [HeldCase]
    /// Who looked at, or did, what: entries of the access log about the person, their cases and
    /// their accounts, and all that they did themselves.
    package var looks: [AccessEntry]
    package var glass: [BrokenGlass]
    package var merges: [PersonPair]
    /// That a record of theirs and another are of two people.
    package var apart: [PersonPair] = []
    package var asked: [CopyAsked]
    /// Money that was claimed for their support.
    package var claims: [ClaimedFor] = []
    package var practices: [PracticeRecord] = []
    package var names = CopyNames()

    package var isErased: Bool { records.allSatisfy { $0.erasedAt != nil } }

    /// Lines that a human must read before they are given.
    package var toCheck: [(of: HeldCase, line: Line)] {
        cases.flatMap { held in
            held.lines.filter { $0.mustCheck && !$0.words.isEmpty }.map { (held, $0) }
        }
    }
}

/// What accounts and organisations are called in a copy: staff by their role, not by their name.
package struct CopyNames: Sendable {
    /// Role words by account.
    package var roles: [String: String] = [:]
    package var organisations: [String: String] = [:]
    /// The organisation of an account.
    package var places: [String: String] = [:]

    package init() {}

    package func organisation(_ id: String) -> String { organisations[id] ?? id }

    /// What a sentence calls an account, "coach, Be Well", or an organisation.
    package subscript(_ id: String) -> String {
        guard let role = roles[id] else { return organisation(id) }
        return places[id].map { "\(role), \(organisation($0))" } ?? role
    }
}

extension PersonCopy.Line {
    /// - Parameters:
    ///   - told: says what happened as a sentence.
    init(_ event: CaseEvent, voidedAt: Instant?, told: (EventBody) -> String) throws {
        self.event = event
        self.voidedAt = voidedAt
        let encoded = event.body.encoded()
        words = try Self.words(encoded.sealed)
        mustCheck = !Self.isOwn(event.body.kind)
        let bare = try encoded.payload.withUnsafeBufferPointer { bytes in
            try EventBody(type: event.body.kind.rawValue, payload: bytes, sealed: nil)
        }
        says = told(mustCheck ? bare : event.body)
    }

    /// Whether its words are the person's own, or about nobody else.
    ///
    /// Those are who they are, their plan, which is agreed with them and shown to them as it stands,
    /// and their job; all others are for a human to check.
    private static func isOwn(_ kind: EventKind) -> Bool {
        switch kind {
        case .referralReceived, .detailsChanged, .goalAdded, .actionAdded, .jobStarted, .jobChanged,
            .measureTaken,
            .appointmentBooked:
            true
        default: false
        }
    }

    private static func words(_ sealed: [UInt8]) throws -> [PersonCopy.Words] {
        guard !sealed.isEmpty else { return [] }
        let value = try sealed.withUnsafeBufferPointer { try JSONValue(parsing: $0) }
        var words: [PersonCopy.Words] = []
        collect(value, field: "", into: &words)
        return words
    }

    private static func collect(
        _ value: JSONValue,
        field: String,
        into words: inout [PersonCopy.Words]
    ) {
        switch value {
        case .string(let text), .number(let text):
            words.append(PersonCopy.Words(field: field, text: text))
        case .bool(let flag):
            words.append(PersonCopy.Words(field: field, text: flag ? "yes" : "no"))
        case .object(let object):
            for (key, item) in object.members {
                let name = key.replacing("_", with: " ")
                collect(item, field: field.isEmpty ? name : "\(field), \(name)", into: &words)
            }
        case .array(let items):
            for item in items { collect(item, field: field, into: &words) }
        case .null: break
        }
    }
}
