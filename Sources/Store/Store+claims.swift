import Funding
import Kernel
import SQL

/// Claims and what became of them.
extension Store {
    private static let columns = """
        id, name, programme, programme_version, quarter, claimant, payer, host, as_at, known_at, \
        made_by, line_count, pence, waiting, left_out, digest
        """
    private static let insert = Statement(
        """
        INSERT INTO claims (\(columns))
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        """
    )
    private static let every = Statement("SELECT \(columns) FROM claims ORDER BY id DESC")
    private static let ofProgramme = Statement(
        "SELECT \(columns) FROM claims WHERE programme = $1 ORDER BY id"
    )
    private static let byID = Statement("SELECT \(columns) FROM claims WHERE id = $1")
    private static let byName = Statement("SELECT \(columns) FROM claims WHERE name = $1")
    private static let insertEvent: Statement = """
        INSERT INTO claim_events (claim_id, sequence, move, at, account, organisation, line,
            rejection, words)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
        """
    private static let eventColumns = """
        e.claim_id, e.sequence, e.move, e.at, e.account, e.organisation, e.line, e.rejection, \
        e.words
        """
    private static let eventsOfClaim = Statement(
        """
        SELECT \(eventColumns) FROM claim_events e WHERE e.claim_id = $1
        ORDER BY e.sequence
        """
    )
    private static let eventsOfProgramme = Statement(
        """
        SELECT \(eventColumns) FROM claim_events e JOIN claims c ON c.id = e.claim_id
        WHERE c.programme = $1 ORDER BY e.at, e.claim_id, e.sequence
        """
    )
    private static let everyEvent = Statement(
        "SELECT \(eventColumns) FROM claim_events e ORDER BY e.claim_id, e.sequence"
    )

    /// Adds a claim with its lines.
    package func add(
        _ claim: StoredClaim,
        _ lines: [ClaimLine],
        in transaction: any Transaction
    ) throws {
        var writer = JSONWriter()
        writer.beginObject()
        for one in claim.leftOut {
            writer.key(one.reason)
            writer.int(one.count)
        }
        writer.endObject()
        try transaction.execute(
            Self.insert,
            [
                .text(claim.id.text), .text(claim.name), .text(claim.programme),
                .int(Int64(claim.programmeVersion)), .text(claim.quarter.text),
                .text(claim.claimant), .text(claim.payer), .text(claim.host),
                .text(claim.asAt.iso), .int(claim.knownAt.milliseconds), .text(claim.madeBy),
                .int(Int64(claim.lineCount)), .int(claim.total.value),
                .int(Int64(claim.waiting)), .text(writer.text), .blob(claim.digest),
            ]
        )
        try add(lines, of: claim.id, in: transaction)
    }

    /// Every claim there is, the latest first.
    package func everyClaim(in transaction: any Transaction) throws -> [StoredClaim] {
        try transaction.rows(Self.every, [], Self.claim)
    }

    /// The claims of a programme, in the order in which they were made.
    package func claims(
        of programme: String,
        in transaction: any Transaction
    ) throws -> [StoredClaim] {
        try transaction.rows(Self.ofProgramme, [.text(programme)], Self.claim)
    }

    /// The claim of an id or a name.
    package func claim(_ name: String, in transaction: any Transaction) throws -> StoredClaim? {
        try transaction.first(Self.byID, [.text(name)], Self.claim)
            ?? transaction.first(Self.byName, [.text(name)], Self.claim)
    }

    /// Adds what somebody did.
    ///
    /// - Returns: false when somebody else was quicker.
    package func add(
        _ event: StoredClaimEvent,
        in transaction: any Transaction
    ) throws -> Bool {
        let place = "claim:\(event.claim.text):\(event.sequence)"
        let words = try event.words.map { try vault.seal(Array($0.utf8), at: place) }
        return try transaction.execute(
            Self.insertEvent,
            [
                .text(event.claim.text), .int(Int64(event.sequence)),
                .text(event.move.rawValue), .int(event.at.milliseconds), .text(event.by),
                .text(event.organisation), SQLValue(event.line),
                SQLValue(event.rejection?.rawValue), SQLValue(words),
            ]
        ) == 1
    }

    /// What was done with a claim, in order.
    package func events(
        of claim: ClaimID,
        in transaction: any Transaction
    ) throws -> [StoredClaimEvent] {
        try transaction.rows(Self.eventsOfClaim, [.text(claim.text)], claimEvent)
    }

    /// What was done with the claims of a programme, or with all, in the order of doing.
    package func claimEvents(
        programme: String?,
        in transaction: any Transaction
    ) throws -> [StoredClaimEvent] {
        guard let programme else { return try transaction.rows(Self.everyEvent, [], claimEvent) }
        return try transaction.rows(Self.eventsOfProgramme, [.text(programme)], claimEvent)
    }

    private func claimEvent(_ row: any Row) throws -> StoredClaimEvent {
        guard let claim = ClaimID(try row.text(0)),
            let move = ClaimMove(rawValue: try row.text(2))
        else { throw StoreError.damaged("a row of claim_events cannot be read") }
        let sequence = Int(try row.int(1))
        let words = try row.optionalBlob(8).map {
            try vault.open($0, at: "claim:\(claim.text):\(sequence)")
        }
        return StoredClaimEvent(
            claim: claim,
            sequence: sequence,
            move: move,
            at: Instant(milliseconds: try row.int(3)),
            by: try row.text(4),
            organisation: try row.text(5),
            line: try row.optionalInt(6).map(Int.init),
            rejection: (try row.optionalText(7)).flatMap(ClaimLedger.Rejection.init),
            words: words.map { String(decoding: $0, as: UTF8.self) }
        )
    }

    private static func claim(_ row: any Row) throws -> StoredClaim {
        guard let id = ClaimID(try row.text(0)), let quarter = Quarter(text: try row.text(4)),
            let asAt = CivilDate(iso: try row.text(8)),
            let leftOut = (try? JSONValue(parsing: try row.text(14)))?.object
        else { throw StoreError.damaged("a row of claims cannot be read") }
        return StoredClaim(
            id: id,
            name: try row.text(1),
            programme: try row.text(2),
            programmeVersion: Int(try row.int(3)),
            quarter: quarter,
            claimant: try row.text(5),
            payer: try row.text(6),
            host: try row.text(7),
            asAt: asAt,
            knownAt: Instant(milliseconds: try row.int(9)),
            madeBy: try row.text(10),
            lineCount: Int(try row.int(11)),
            total: Pence(try row.int(12)),
            waiting: Int(try row.int(13)),
            leftOut: leftOut.members.map {
                LeftOutOfClaim(reason: $0.key, count: $0.value.int ?? 0)
            },
            digest: try row.blob(15)
        )
    }
}

extension Store {
    /// Waits for others who write claims, so that no two are submitted on one ledger.
    package func lockClaims(in transaction: any Transaction) throws {
        _ = try ChainHead.take("claims", in: transaction)
    }
}
