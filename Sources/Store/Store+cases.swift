import Casework
import Kernel
import SQL

extension Store {
    private static let byReference: Statement = """
        SELECT id, programme, programme_version, reference, person_id FROM cases
        WHERE programme = $1 AND reference = $2
        """
    private static let anyProgramme: Statement = """
        SELECT id, programme, programme_version, reference, person_id FROM cases
        WHERE reference = $1 ORDER BY programme
        """
    private static let byID: Statement = """
        SELECT id, programme, programme_version, reference, person_id FROM cases WHERE id = $1
        """
    private static let byPerson: Statement = """
        SELECT id, programme, programme_version, reference, person_id FROM cases
        WHERE person_id = $1 ORDER BY id
        """
    private static let events = Statement(
        "SELECT \(JournalRow.columns) FROM journal WHERE case_id = $1 ORDER BY sequence"
    )
    private static let everything = Statement(
        "SELECT \(JournalRow.columns) FROM journal ORDER BY case_id, sequence"
    )
    private static let imported: Statement =
        "SELECT digest FROM import_rows WHERE programme = $1 AND reference = $2"

    /// The header of the case with the sender's reference.
    package func header(
        programme: String,
        reference: String,
        in transaction: any Transaction
    ) throws -> CaseHeader? {
        try transaction.first(Self.byReference, [.text(programme), .text(reference)], Self.header)
    }

    /// The headers of every case with this reference, whatever the programme.
    package func headers(
        reference: String,
        in transaction: any Transaction
    ) throws -> [CaseHeader] {
        try transaction.rows(Self.anyProgramme, [.text(reference)], Self.header)
    }

    package func header(id: CaseID, in transaction: any Transaction) throws -> CaseHeader? {
        try transaction.first(Self.byID, [.text(id.text)], Self.header)
    }

    package func headers(
        person: PersonID,
        in transaction: any Transaction
    ) throws -> [CaseHeader] {
        try transaction.rows(Self.byPerson, [.text(person.text)], Self.header)
    }

    private static func header(_ row: any Row) throws -> CaseHeader {
        guard let id = CaseID(try row.text(0)), let person = PersonID(try row.text(4)) else {
            throw StoreError.damaged("a row of cases has no valid id")
        }
        return CaseHeader(
            id: id,
            programme: try row.text(1),
            programmeVersion: Int(try row.int(2)),
            reference: try row.text(3),
            person: person
        )
    }

    /// Everything told of a case.
    ///
    /// Without the key, identity and free text stay blank.
    package func history(
        _ header: CaseHeader,
        key: PersonKey?,
        in transaction: any Transaction
    ) throws -> History {
        let events = try transaction.rows(Self.events, [.text(header.id.text)]) { row in
            try JournalRow(row).event(key: key)
        }
        return History(header: header, events: events)
    }

    /// Lends every case's history in turn, from the journal alone, in bounded memory.
    ///
    /// Identity and free text stay blank.
    package func eachHistory(
        in transaction: any Transaction,
        _ body: (History) throws -> Void
    ) throws {
        try eachCase(in: transaction) { try body($0.history()) }
    }

    /// Lends what the journal holds of each case in turn, also where it cannot be read.
    func eachCase(
        in transaction: any Transaction,
        _ body: (ToldCase) throws -> Void
    ) throws {
        var current: ToldCase?
        try transaction.query(Self.everything, []) { row in
            let id = try row.text(1)
            if let done = current, done.caseID != id {
                try body(done)
                current = nil
            }
            var told = current ?? ToldCase(caseID: id)
            // Only one copy may hold the rows, or each append would copy them all.
            current = nil
            told.append(row)
            current = told
        }
        if let done = current { try body(done) }
    }

    /// What the row of an imported list held when it was last imported.
    package func importedDigest(
        programme: String,
        reference: String,
        in transaction: any Transaction
    ) throws -> [UInt8]? {
        try transaction.first(Self.imported, [.text(programme), .text(reference)]) {
            try $0.blob(0)
        }
    }
}

/// What the journal holds of one case.
struct ToldCase {
    let caseID: String
    private var rows: [JournalRow] = []
    /// Why a row cannot be read.
    private var trouble: (any Error)?

    init(caseID: String) {
        self.caseID = caseID
    }

    mutating func append(_ row: any Row) {
        do {
            rows.append(try JournalRow(row))
        } catch {
            trouble = trouble ?? error
        }
    }

    /// The case's history, identity and free text blank.
    ///
    /// - Throws: `StoreError.damaged` when something in it cannot be read.
    func history() throws -> History {
        if let trouble { throw StoreError.damaged("case \(caseID): \(trouble)") }
        guard let header = rows.first?.header else {
            throw StoreError.damaged("case \(caseID) has no first event")
        }
        return History(
            header: try CaseHeader(id: caseID, json: header),
            events: try rows.map { try $0.event(key: nil) }
        )
    }
}
