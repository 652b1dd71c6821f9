import Casework
import Kernel
import Programmes
import SQL

/// Everything that one decision changes, as rows ready to be written.
///
/// Making it needs no database, so that many can be made while another is written.
package struct CaseWrite: Sendable {
    package let header: CaseHeader
    /// The version that the decision was made on.
    let from: Int
    /// Whether the person was erased when the decision was made.
    let isErased: Bool
    let journal: [ReadyRow]
    let projection: CaseProjection
    let messages: [[SQLValue]]
    /// What programs may have asked to be told of.
    let told: [[SQLValue]]
    /// New or changed person, if the decision is about one.
    package let person: PersonWrite?
    /// What the row of an imported list held.
    let imported: [UInt8]?

    /// - Parameters:
    ///   - history: as it was when the decision was made.
    ///   - events: what was decided; appended to it here.
    ///   - key: the person's key; nil once the person is erased.
    ///   - person: the person's row, when it is new or changes.
    ///   - notifies: whether those who referred are told.
    package init(
        history: History,
        events: [CaseEvent],
        programme: Programme,
        key: PersonKey?,
        person: PersonWrite? = nil,
        imported: [UInt8]? = nil,
        notifies: Bool
    ) throws {
        header = history.header
        from = history.version
        isErased = key == nil
        self.person = person
        self.imported = imported
        var after = history
        after.append(events)
        journal = try events.map { event in
            ReadyRow(try JournalRow(event, header: history.header, key: key))
        }
        projection = try CaseProjection(after, programme: programme, isErased: isErased)
        messages = notifies ? Self.messages(events, caseID: header.id.text) : []
        told = notifies ? Self.told(events, caseID: header.id.text) : []
    }

    /// Whether the decision was made on somebody who was there, and may have been erased since.
    var countsOnKey: Bool {
        if isErased { return false }
        if case .whole? = person?.content { return false }
        return true
    }

    /// A row for each kind of event that programs are told of, and one for the change as a whole.
    private static func told(_ events: [CaseEvent], caseID: String) -> [[SQLValue]] {
        func row(_ event: CaseEvent, _ told: String) -> [SQLValue] {
            [
                .text(event.id.text), .text(caseID), .int(event.recordedAt.milliseconds),
                .text(told),
            ]
        }
        let named = events.filter { HookTopic.events.contains($0.body.kind) }
        return named.map { row($0, $0.body.kind.rawValue) }
            + events.suffix(1).map { row($0, HookTopic.anything) }
    }

    /// What those who referred and the person are told: ids only, never an identity.
    private static func messages(_ events: [CaseEvent], caseID: String) -> [[SQLValue]] {
        events.flatMap { event in
            let occasion = MessageTemplate.Occasion(rawValue: event.body.kind.rawValue)
            let readers = occasion?.readers ?? []
            return readers.map { message(of: event, to: $0, caseID) }
        }
    }

    /// One row for each reader of an event; the referrer's is named as the event.
    private static func message(
        of event: CaseEvent,
        to reader: MessageTemplate.Reader,
        _ caseID: String
    ) -> [SQLValue] {
        let isReferrer = reader == .referrer
        let kind: QueuedMessage.Reader = isReferrer ? .referrer : .person
        return [
            .text(event.id.text + (isReferrer ? "" : "-person")), .text(caseID),
            .text(event.id.text), .text(kind.rawValue), .int(event.recordedAt.milliseconds),
            .int(0), .int(event.recordedAt.milliseconds),
        ]
    }
}

/// What is to be written of a person.
package struct PersonWrite: Sendable {
    enum Content: Sendable {
        /// The row of somebody new, ready to be written.
        case whole([SQLValue])
        /// What changes of who somebody is by the time that it is written.
        case change(at: Instant, @Sendable (inout Identity) -> Void)
    }

    package let id: PersonID
    /// Of somebody new: by what they will be found.
    package let indexes: PersonIndexes?
    let content: Content

    /// Somebody new.
    package init(
        id: PersonID,
        wrappedKey: [UInt8],
        key: PersonKey,
        identity: Identity,
        vault: Vault,
        at now: Instant
    ) throws {
        self.id = id
        let indexes = PersonIndexes(identity, vault: vault)
        self.indexes = indexes
        content = .whole(
            try Self.values(
                id: id,
                wrappedKey: wrappedKey,
                key: key,
                identity: identity,
                indexes: indexes,
                at: now
            )
        )
    }

    /// Somebody who is there.
    ///
    /// - Parameter change: applied to who they are when it is written; it must not count on who they
    ///   were when it was decided.
    package init(
        changing id: PersonID,
        at now: Instant,
        by change: @escaping @Sendable (inout Identity) -> Void
    ) {
        self.id = id
        indexes = nil
        content = .change(at: now, change)
    }

    static func values(
        id: PersonID,
        wrappedKey: [UInt8],
        key: PersonKey,
        identity: Identity,
        indexes: PersonIndexes,
        at now: Instant
    ) throws -> [SQLValue] {
        [
            .text(id.text), .blob(wrappedKey),
            .blob(try key.seal(identity.encoded(), at: "person:\(id.text)")),
            SQLValue(indexes.nhs), SQLValue(indexes.name), SQLValue(indexes.place),
            .int(now.milliseconds),
        ]
    }
}
