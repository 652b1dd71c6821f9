import Funding
import Kernel
import SQL

/// The lines of claims, and the ledger that they make.
extension Store {
    private static let columns = """
        line, kind, rule, person_id, ordinal, strand, pence, day, case_id, provider, locality, \
        event_id, evidence, programme_version, corrects_claim, corrects_line, note
        """
    private static let insert = Statement(
        """
        INSERT INTO claim_lines (claim_id, \(columns))
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
        """
    )
    private static let some = Statement(
        """
        SELECT \(columns) FROM claim_lines WHERE claim_id = $1 AND line >= $2 AND line <= $3
        ORDER BY line
        """
    )
    private static let sums: Statement = """
        SELECT rule, kind, count(*), CAST(sum(pence) AS BIGINT) FROM claim_lines
        WHERE claim_id = $1 GROUP BY rule, kind ORDER BY min(line)
        """
    private static let ofPerson: Statement = """
        SELECT c.name, l.rule, l.pence, l.day FROM claim_lines l
        JOIN claims c ON c.id = l.claim_id WHERE l.person_id = $1 ORDER BY c.id, l.line
        """
    private static let ledger: Statement = """
        SELECT l.claim_id, l.line, l.rule, l.person_id, l.ordinal, l.strand, l.pence, l.day,
            l.case_id, l.corrects_claim, l.corrects_line, c.claimant
        FROM claim_lines l JOIN claims c ON c.id = l.claim_id
        WHERE c.programme = $1 ORDER BY c.id, l.line
        """
    private static let links: Statement =
        "SELECT person_id, kept_id FROM person_links WHERE undone_at IS NULL ORDER BY id"
    private static let persons: Statement =
        "SELECT id, person_id FROM cases WHERE programme = $1 ORDER BY id"
    private static let moved: Statement = """
        SELECT DISTINCT j.case_id FROM journal j JOIN cases c ON c.id = j.case_id
        WHERE c.programme = $1
            AND j.type IN ('referral.rerouted', 'transfer.accepted', 'referral.answered')
        ORDER BY j.case_id
        """

    func add(
        _ lines: [ClaimLine],
        of claim: ClaimID,
        in transaction: any Transaction
    ) throws {
        try transaction.executeMany(
            Self.insert,
            lines.map { line in
                [
                    .text(claim.text), .int(Int64(line.number)), .text(line.kind.rawValue),
                    .text(line.key.rule), SQLValue(line.key.person?.text),
                    .int(Int64(line.key.ordinal)), SQLValue(line.key.strand),
                    .int(line.amount.value), .text(line.day.iso), SQLValue(line.caseID?.text),
                    SQLValue(line.provider), SQLValue(line.locality),
                    SQLValue(line.event?.text),
                    .text(line.evidence.map(\.text).joined(separator: " ")),
                    .int(Int64(line.programmeVersion)),
                    SQLValue(line.corrects?.claim.text), SQLValue(line.corrects?.line),
                    SQLValue(line.note),
                ]
            }
        )
    }

    /// Some lines of a claim, in order.
    package func lines(
        of claim: ClaimID,
        from first: Int = 1,
        to last: Int = .max,
        in transaction: any Transaction
    ) throws -> [ClaimLine] {
        try transaction.rows(
            Self.some,
            [.text(claim.text), .int(Int64(first)), .int(Int64(last))],
            Self.line
        )
    }

    /// The lines of a claim added up by payment and kind, in the order of their first lines.
    package func sums(
        of claim: ClaimID,
        in transaction: any Transaction
    ) throws -> [ClaimSum] {
        try transaction.rows(Self.sums, [.text(claim.text)]) { row in
            ClaimSum(
                rule: try row.text(0),
                kind: ClaimLine.Kind(rawValue: try row.text(1)) ?? .new,
                lines: Int(try row.int(2)),
                amount: Pence(try row.int(3))
            )
        }
    }

    /// What was drafted or claimed for a person, draft or not.
    package func claimed(
        for person: PersonID,
        in transaction: any Transaction
    ) throws -> [ClaimedFor] {
        try transaction.rows(Self.ofPerson, [.text(person.text)]) { row in
            ClaimedFor(
                claim: try row.text(0),
                rule: try row.text(1),
                amount: Pence(try row.int(2)),
                day: try row.text(3)
            )
        }
    }

    /// The lines of a programme's submitted claims, in the order in which they were submitted.
    package func ledgerEntries(
        of programme: String,
        in transaction: any Transaction
    ) throws -> [ClaimLedger.Entry] {
        var order: [ClaimID: Int] = [:]
        var rejected: [LineReference: ClaimLedger.Rejection] = [:]
        for event in try claimEvents(programme: programme, in: transaction) {
            if event.move == .submit { order[event.claim] = order.count }
            if event.move == .reject, let line = event.line {
                let at = LineReference(claim: event.claim, line: line)
                rejected[at] = event.rejection ?? .claimAgain
            }
        }
        guard !order.isEmpty else { return [] }
        var entries: [[ClaimLedger.Entry]] = Array(repeating: [], count: order.count)
        try transaction.query(Self.ledger, [.text(programme)]) { row in
            guard let claim = ClaimID(try row.text(0)), let place = order[claim] else { return }
            let at = LineReference(claim: claim, line: Int(try row.int(1)))
            guard let day = CivilDate(iso: try row.text(7)) else {
                throw StoreError.damaged("a row of claim_lines cannot be read")
            }
            entries[place].append(
                ClaimLedger.Entry(
                    claimant: try row.text(11),
                    at: at,
                    key: ClaimKey(
                        rule: try row.text(2),
                        person: (try row.optionalText(3)).flatMap { PersonID($0) },
                        ordinal: Int(try row.int(4)),
                        strand: try row.optionalText(5)
                    ),
                    caseID: (try row.optionalText(8)).flatMap { CaseID($0) },
                    day: day,
                    amount: Pence(try row.int(6)),
                    corrects: try Self.reference(row, 9),
                    rejection: rejected[at]
                )
            )
        }
        return entries.flatMap { $0 }
    }

    /// Records that were joined into another, each with the one that it now is.
    package func keptPersons(in transaction: any Transaction) throws -> [PersonID: PersonID] {
        var kept: [PersonID: PersonID] = [:]
        try transaction.query(Self.links, []) { row in
            guard let person = PersonID(try row.text(0)), let into = PersonID(try row.text(1))
            else { throw StoreError.damaged("a row of person_links has no valid id") }
            kept[person] = into
        }
        return kept
    }

    /// The person of each case of a programme: the record that it is held under.
    package func casePersons(
        of programme: String,
        in transaction: any Transaction
    ) throws -> [CaseID: PersonID] {
        var persons: [CaseID: PersonID] = [:]
        try transaction.query(Self.persons, [.text(programme)]) { row in
            guard let id = CaseID(try row.text(0)), let person = PersonID(try row.text(1)) else {
                throw StoreError.damaged("a row of cases has no valid id")
            }
            persons[id] = person
        }
        return persons
    }

    /// The cases of a programme that may have changed strand or provider.
    ///
    /// The kinds of event stand in the statement as they do in the index that serves it.
    package func movedCases(
        of programme: String,
        in transaction: any Transaction
    ) throws -> [CaseID] {
        try transaction.rows(Self.moved, [.text(programme)]) { CaseID(try $0.text(0)) }
            .compactMap { $0 }
    }

    private static func reference(_ row: any Row, _ column: Int) throws -> LineReference? {
        guard let claim = (try row.optionalText(column)).flatMap({ ClaimID($0) }),
            let line = try row.optionalInt(column + 1)
        else { return nil }
        return LineReference(claim: claim, line: Int(line))
    }

    private static func line(_ row: any Row) throws -> ClaimLine {
        guard let kind = ClaimLine.Kind(rawValue: try row.text(1)),
            let day = CivilDate(iso: try row.text(7))
        else { throw StoreError.damaged("a row of claim_lines cannot be read") }
        return ClaimLine(
            number: Int(try row.int(0)),
            kind: kind,
            key: ClaimKey(
                rule: try row.text(2),
                person: (try row.optionalText(3)).flatMap { PersonID($0) },
                ordinal: Int(try row.int(4)),
                strand: try row.optionalText(5)
            ),
            amount: Pence(try row.int(6)),
            day: day,
            caseID: (try row.optionalText(8)).flatMap { CaseID($0) },
            provider: try row.optionalText(9),
            locality: try row.optionalText(10),
            event: (try row.optionalText(11)).flatMap { EventID($0) },
            evidence: (try row.text(12)).split(separator: " ").compactMap { EventID($0) },
            programmeVersion: Int(try row.int(13)),
            corrects: try reference(row, 14),
            note: try row.optionalText(16)
        )
    }
}
