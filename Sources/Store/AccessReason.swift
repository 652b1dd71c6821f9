import Casework
import Kernel
import SQL

/// Why something was done, as an entry of the access log tells it.
package enum AccessReason: Sendable, Hashable {
    /// What somebody typed: it may name people, so it is kept sealed.
    case words(String)
    /// The program's own words, kept in clear. Entries from before words were sealed read as this.
    case code(String)
    /// Words that nobody can read any more.
    case erased

    /// As it is shown.
    package var text: String {
        switch self {
        case .words(let text), .code(let text): text
        case .erased: "the words have been erased"
        }
    }
}

/// A reason as it stands in its row.
///
/// The log's chain is over this, so that it can be checked without any key, and still holds when a
/// person's key has been destroyed.
enum KeptReason {
    case none
    case clear(String)
    /// Under the person's key; under the installation's own where the entry is about no one person.
    case sealed([UInt8], under: PersonID?)

    var bytes: [UInt8] {
        switch self {
        case .none: []
        case .clear(let text): Array("because \(text)".utf8)
        case .sealed(let bytes, let person):
            Array("sealed \(person?.text ?? "-") ".utf8) + bytes
        }
    }

    /// Columns `reason`, `sealed_reason` and `reason_person`.
    var values: [SQLValue] {
        switch self {
        case .none: [.null, .null, .null]
        case .clear(let text): [.text(text), .null, .null]
        case .sealed(let bytes, let person): [.null, .blob(bytes), SQLValue(person?.text)]
        }
    }
}

/// A row of the access log, its reason not yet opened.
struct KeptEntry {
    static let columns = """
        at, actor, organisation, action, subject, outcome, reason, sealed_reason, reason_person, \
        position, hash
        """

    var position: Int64
    /// Without its reason.
    var entry: AccessEntry
    var reason: KeptReason
    var hash: [UInt8]

    init(_ row: any Row) throws {
        entry = AccessEntry(
            at: Instant(milliseconds: try row.int(0)),
            actor: try row.text(1),
            organisation: try row.text(2),
            action: try row.text(3),
            subject: try row.text(4),
            outcome: try row.text(5)
        )
        reason =
            if let clear = try row.optionalText(6) {
                .clear(clear)
            } else if let sealed = try row.optionalBlob(7) {
                .sealed(sealed, under: try row.optionalText(8).flatMap { PersonID($0) })
            } else {
                .none
            }
        position = try row.int(9)
        hash = try row.blob(10)
    }
}

extension Store {
    /// Seals a reason: under the person's key when the entry is about one, so that erasure takes
    /// it along.
    ///
    /// Of somebody who has been erased no words are kept.
    func keep(
        _ reason: AccessReason?,
        of subject: String,
        at position: Int64,
        in transaction: any Transaction
    ) throws -> KeptReason {
        guard case .words(let words) = reason else {
            if case .code(let code) = reason { return .clear(code) }
            return .none
        }
        let (clear, place) = (Array(words.utf8), "access:\(position)")
        guard let person = try person(about: subject, in: transaction) else {
            return .sealed(try vault.seal(clear, at: place), under: nil)
        }
        return .sealed(try person.key?.seal(clear, at: place) ?? [], under: person.id)
    }

    /// Opens the reasons of some entries.
    func opened(_ kept: [KeptEntry], in transaction: any Transaction) throws -> [PlacedEntry] {
        var keys: [PersonID: PersonKey?] = [:]
        return try kept.map { kept in
            var entry = kept.entry
            let place = "access:\(kept.position)"
            switch kept.reason {
            case .none: break
            case .clear(let text): entry.reason = .code(text)
            case .sealed(let sealed, nil):
                entry.reason = .words(
                    String(decoding: try vault.open(sealed, at: place), as: UTF8.self)
                )
            case .sealed(let sealed, let id?):
                if keys[id] == nil { keys[id] = try person(id, in: transaction)?.key }
                guard !sealed.isEmpty, let key = keys[id] ?? nil else {
                    entry.reason = .erased
                    break
                }
                entry.reason = .words(
                    String(decoding: try key.open(sealed, at: place), as: UTF8.self)
                )
            }
            return PlacedEntry(position: kept.position, entry: entry)
        }
    }

    /// The one person that an entry is about, itself or by their case.
    private func person(
        about subject: String,
        in transaction: any Transaction
    ) throws -> Person? {
        if let id = PersonID(subject), let person = try person(id, in: transaction) {
            return person
        }
        guard let id = CaseID(subject), let header = try header(id: id, in: transaction) else {
            return nil
        }
        return try person(header.person, in: transaction)
    }
}
