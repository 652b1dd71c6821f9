import Casework
import Crypto
import Kernel
import SQL

/// One event as it stands in the journal, but for its position and hash.
package struct JournalRow: Sendable {
    var caseID: String
    var sequence: Int
    var eventID: String
    var occurredOn: String
    var recordedAt: Int64
    var recordedBy: String
    var organisation: String
    var type: String
    var entryKey: String?
    var cause: String?
    var header: String?
    var payload: [UInt8]
    var sealed: [UInt8]?

    /// Encodes an event, sealing what is to be sealed under the person's key.
    init(_ event: CaseEvent, header: CaseHeader, key: PersonKey?) throws {
        caseID = header.id.text
        sequence = event.sequence
        eventID = event.id.text
        occurredOn = event.occurredOn.iso
        recordedAt = event.recordedAt.milliseconds
        recordedBy = event.by.user
        organisation = event.by.organisation
        type = event.body.kind.rawValue
        entryKey = event.key
        cause = event.cause?.text
        self.header = event.sequence == 1 ? header.json : nil
        let encoded = event.body.encoded()
        payload = encoded.payload
        if !encoded.sealed.isEmpty {
            guard let key else {
                throw StoreError.damaged("the person of \(header.reference) has been erased")
            }
            sealed = try key.seal(encoded.sealed, at: eventID)
        }
    }

    /// SHA-256 over the hash before and every column, each with its length before it.
    func hash(after previous: [UInt8], position: Int64) -> [UInt8] {
        Self.hash(hashed, after: previous, position: position)
    }

    /// The link over what `hashed` gave.
    static func hash(
        _ hashed: [UInt8],
        after previous: [UInt8],
        position: Int64
    ) -> [UInt8] {
        var head = previous
        append(UInt64(bitPattern: position), to: &head)
        var hasher = SHA256()
        hasher.update(data: head)
        hasher.update(data: hashed)
        return Array(hasher.finalize())
    }

    /// All that its hash is over, but for the hash before and the position.
    var hashed: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + (sealed?.count ?? 0) + 320)
        Self.append(UInt64(bitPattern: Int64(sequence)), to: &bytes)
        Self.append(UInt64(bitPattern: recordedAt), to: &bytes)
        for text in [caseID, eventID, occurredOn, recordedBy, organisation, type] {
            Self.append(text, to: &bytes)
        }
        for text in [entryKey, cause, header] {
            if let text {
                Self.append(text, to: &bytes)
            } else {
                Self.append(UInt64.max, to: &bytes)
            }
        }
        Self.append(UInt64(payload.count), to: &bytes)
        bytes.append(contentsOf: payload)
        Self.append(UInt64(sealed?.count ?? 0), to: &bytes)
        if let sealed { bytes.append(contentsOf: sealed) }
        return bytes
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        append(UInt64(text.utf8.count), to: &bytes)
        bytes.append(contentsOf: text.utf8)
    }

    /// The columns, with nothing yet in the places of the position and the hash.
    fileprivate var values: [SQLValue] {
        [
            .null, .text(caseID), .int(Int64(sequence)), .text(eventID),
            .text(occurredOn), .int(recordedAt), .text(recordedBy), .text(organisation),
            .text(type), SQLValue(entryKey), SQLValue(cause), SQLValue(header),
            .text(String(decoding: payload, as: UTF8.self)), SQLValue(sealed), .null,
        ]
    }

    static let columns = """
        position, case_id, sequence, event_id, occurred_on, recorded_at, recorded_by, \
        organisation, type, entry_key, cause, header, payload, sealed, hash
        """

    /// Reads a row selected with `columns`.
    init(_ row: any Row) throws {
        caseID = try row.text(1)
        sequence = Int(try row.int(2))
        eventID = try row.text(3)
        occurredOn = try row.text(4)
        recordedAt = try row.int(5)
        recordedBy = try row.text(6)
        organisation = try row.text(7)
        type = try row.text(8)
        entryKey = try row.optionalText(9)
        cause = try row.optionalText(10)
        header = try row.optionalText(11)
        payload = try row.withText(12) { Array($0) }
        sealed = try row.optionalBlob(13)
    }

    /// The event, with its sealed fields opened if the key is at hand.
    func event(key: PersonKey?) throws -> CaseEvent {
        guard let id = EventID(eventID), let day = CivilDate(iso: occurredOn) else {
            throw StoreError.damaged("event \(eventID) has no valid id or date")
        }
        let opened = try sealed.flatMap { bytes in try key?.open(bytes, at: eventID) }
        do {
            let body = try payload.withUnsafeBufferPointer { bytes in
                try EventBody(type: type, payload: bytes, sealed: opened)
            }
            return CaseEvent(
                id: id,
                sequence: sequence,
                occurredOn: day,
                recordedAt: Instant(milliseconds: recordedAt),
                by: Recorder(user: recordedBy, organisation: organisation),
                key: entryKey,
                cause: cause.flatMap { EventID($0) },
                body: body
            )
        } catch let fault as EventFault {
            throw StoreError.damaged("event \(eventID) (\(type)): \(fault)")
        }
    }
}

extension CaseHeader {
    /// The header as kept with a case's first event.
    var json: String {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("programme")
        writer.string(programme)
        writer.key("programme_version")
        writer.int(programmeVersion)
        writer.key("reference")
        writer.string(reference)
        writer.key("person")
        writer.string(person.text)
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    init(id: String, json: String) throws {
        guard let caseID = CaseID(id), case .object(let object) = try JSONValue(parsing: json),
            case .string(let programme)? = object["programme"],
            case .number(let version)? = object["programme_version"], let version = Int(version),
            case .string(let reference)? = object["reference"],
            case .string(let person)? = object["person"], let person = PersonID(person)
        else { throw StoreError.damaged("the header of case \(id) cannot be read") }
        self.init(
            id: caseID,
            programme: programme,
            programmeVersion: version,
            reference: reference,
            person: person
        )
    }
}

/// A row of the journal that waits for its place in the chain.
///
/// All that can be done before the chain is taken has been done.
struct ReadyRow: Sendable {
    private let hashed: [UInt8]
    private let columns: [SQLValue]

    init(_ row: JournalRow) {
        hashed = row.hashed
        columns = row.values
    }

    /// The columns once the row has its place, which moves the chain.
    func values(after head: inout ChainHead) -> [SQLValue] {
        head.position += 1
        head.hash = JournalRow.hash(hashed, after: head.hash, position: head.position)
        var values = columns
        values[0] = .int(head.position)
        values[values.count - 1] = .blob(head.hash)
        return values
    }
}

/// A hash chain's head, held by the writer that moves it.
///
/// A transaction takes it once, carries it from job to job, and writes it before its commit.
struct ChainHead: CarriedRow {
    let name: String
    var position: Int64
    var hash: [UInt8]
    private var hasMoved = false

    private static let take: Statement = """
        INSERT INTO chain (name, position, hash) VALUES ($1, 0, $2)
        ON CONFLICT (name) DO UPDATE SET position = chain.position
        RETURNING position, hash
        """
    private static let keep: Statement =
        "UPDATE chain SET position = $1, hash = $2 WHERE name = $3"

    static let start = [UInt8](repeating: 0, count: 32)

    private init(name: String, position: Int64, hash: [UInt8]) {
        self.name = name
        self.position = position
        self.hash = hash
    }

    /// Takes the row's lock: writers queue here, so that positions are allotted in commit order.
    static func take(_ name: String, in transaction: any Transaction) throws -> ChainHead {
        if let carried = transaction.carried[name] as? ChainHead { return carried }
        let head = try transaction.first(take, [.text(name), .blob(start)]) { row in
            ChainHead(name: name, position: try row.int(0), hash: try row.blob(1))
        }
        guard let head else { throw StoreError.damaged("the chain \(name) cannot be taken") }
        transaction.carried[name] = head
        return head
    }

    /// Hands the head on to whoever takes it next in this transaction.
    func keep(in transaction: any Transaction) {
        var moved = self
        moved.hasMoved = true
        transaction.carried[name] = moved
    }

    func write(in transaction: any Transaction) throws {
        guard hasMoved else { return }
        try transaction.execute(Self.keep, [.int(position), .blob(hash), .text(name)])
    }
}
