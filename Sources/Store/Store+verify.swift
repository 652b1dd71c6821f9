import Casework
import Kernel
import Programmes
import SQL

/// What checking the stored state against the journal found.
package struct Verification: Sendable, Hashable {
    package var events = 0
    package var cases = 0
    package var accessEntries = 0
    /// Each in words; empty when all is well.
    package var problems: [String] = []
}

extension Store {
    private static let journal = Statement(
        "SELECT \(JournalRow.columns) FROM journal ORDER BY position"
    )
    private static let access = Statement(
        "SELECT \(KeptEntry.columns) FROM access_log ORDER BY position"
    )
    private static let head: Statement = "SELECT position, hash FROM chain WHERE name = $1"
    private static let caseRow = Statement(
        "SELECT \(CaseProjection.caseColumns.joined(separator: ", ")) FROM cases WHERE id = $1"
    )
    private static let caseParties: Statement =
        "SELECT case_id, organisation, part FROM case_parties WHERE case_id = $1"
    private static let counts: Statement =
        "SELECT (SELECT count(*) FROM cases), (SELECT count(*) FROM facts)"

    /// Walks both hash chains, checks the claims and the service guide, rebuilds every case from the
    /// journal and compares.
    ///
    /// - Parameter programme: the programme file of an id and version.
    package func verify(
        programme: (String, Int) throws -> Programme,
        in transaction: any Transaction
    ) throws -> Verification {
        var found = Verification()
        try verifyJournalChain(&found, transaction)
        try verifyAccessChain(&found, transaction)
        try verifyClaims(&found, transaction)
        for record in try guideRecords(in: transaction) where record.object == nil {
            let name = "\(record.kind.rawValue) \(record.id)"
            found.note("\(name) of the guide cannot be read: import it once more")
        }
        try eachCase(in: transaction) { told in
            found.cases += 1
            do {
                let history = try told.history()
                let header = history.header
                let rules = try programme(header.programme, header.programmeVersion)
                try verify(history, programme: rules, &found, transaction)
            } catch let error as SQLError where error.kind != .other {
                throw error
            } catch {
                found.note("case \(told.caseID) cannot be made from the journal: \(error)")
            }
        }
        let stored = try transaction.first(Self.counts) { (try $0.int(0), try $0.int(1)) }
        if let stored, stored.0 != Int64(found.cases) || stored.1 != Int64(found.cases) {
            found.note(
                "the journal has \(found.cases) cases, but \(stored.0) rows of cases and "
                    + "\(stored.1) rows of facts are stored"
            )
        }
        return found
    }

    private func verify(
        _ history: History,
        programme: Programme,
        _ found: inout Verification,
        _ transaction: any Transaction
    ) throws {
        let reference = history.header.reference
        for (place, event) in history.events.enumerated() where event.sequence != place + 1 {
            found.note("case \(reference): event \(place + 1) is missing")
            return
        }
        let isErased = try isErased(history.header.person, in: transaction)
        let rebuilt = try CaseProjection(history, programme: programme, isErased: isErased)
        let row = try transaction.first(Self.caseRow, [.text(history.header.id.text)]) { row in
            try CaseProjection.caseColumns.enumerated().map { column, name -> SQLValue in
                if row.isNull(column) { return .null }
                let isNumber = ["programme_version", "version", "at_risk"].contains(name)
                return isNumber ? .int(try row.int(column)) : .text(try row.text(column))
            }
        }
        if row != rebuilt.caseValues {
            found.note("case \(reference): its row of cases is not what the journal makes")
        }
        let parties = try transaction.rows(
            Self.caseParties,
            [.text(history.header.id.text)]
        ) { row in try (0..<3).map { SQLValue.text(try row.text($0)) } }
        if Set(parties) != Set(rebuilt.parties) {
            found.note("case \(reference): its parties are not what the journal makes")
        }
        let facts = try self.facts(of: history.header.id, in: transaction)
        if facts.map(FactsColumns.values) != rebuilt.facts {
            found.note("case \(reference): its facts are not what the journal makes")
        }
        let stored = try workItems(of: history.header.id, in: transaction)
        let expected = history.fold().workItems(in: programme, isErased: isErased)
        if Set(stored) != Set(expected) {
            found.note("case \(reference): its work items are not what the journal makes")
        }
    }

    /// Compares the lines of each claim with the digest that it was made with.
    private func verifyClaims(
        _ found: inout Verification,
        _ transaction: any Transaction
    ) throws {
        for claim in try everyClaim(in: transaction) {
            let lines = try? lines(of: claim.id, in: transaction)
            guard lines?.digest != claim.digest else { continue }
            found.note("claim \(claim.name): its lines are not those it was made of")
        }
    }

    private func verifyJournalChain(
        _ found: inout Verification,
        _ transaction: any Transaction
    ) throws {
        var hash = ChainHead.start
        var position: Int64 = 0
        try transaction.query(Self.journal, []) { row in
            found.events += 1
            found.noteGap("journal", from: &position, to: try row.int(0))
            guard let kept = try? row.blob(14), let stored = try? JournalRow(row) else {
                found.note("position \(position) of the journal cannot be read")
                return
            }
            hash = stored.hash(after: hash, position: position)
            if kept != hash {
                found.note(
                    "the journal's chain breaks at position \(position) (event \(stored.eventID))"
                )
                hash = kept
            }
        }
        try compareHead("journal", position, hash, &found, transaction)
    }

    private func verifyAccessChain(
        _ found: inout Verification,
        _ transaction: any Transaction
    ) throws {
        var hash = ChainHead.start
        var position: Int64 = 0
        try transaction.query(Self.access, []) { row in
            found.accessEntries += 1
            found.noteGap("access log", from: &position, to: try row.int(9))
            guard let kept = try? KeptEntry(row) else {
                found.note("position \(position) of the access log cannot be read")
                return
            }
            hash = kept.entry.hash(after: hash, position: position, kept.reason)
            if kept.hash != hash {
                found.note("the access log's chain breaks at position \(position)")
                hash = kept.hash
            }
        }
        try compareHead("access-log", position, hash, &found, transaction)
    }

    private func compareHead(
        _ name: String,
        _ position: Int64,
        _ hash: [UInt8],
        _ found: inout Verification,
        _ transaction: any Transaction
    ) throws {
        let head = try transaction.first(Self.head, [.text(name)]) {
            (position: try $0.int(0), hash: try $0.blob(1))
        }
        let matches = head.map { $0.position == position && $0.hash == hash } ?? (position == 0)
        if !matches { found.note("the \(name) does not end where its chain's head says") }
    }
}

extension Verification {
    fileprivate mutating func note(_ problem: String) {
        // Enough to see what is wrong.
        if problems.count < 100 { problems.append(problem) }
    }

    /// Goes to the next position of a chain, and notes those that are passed over.
    fileprivate mutating func noteGap(_ chain: String, from: inout Int64, to: Int64) {
        let (next, _) = from.addingReportingOverflow(1)
        if to != next {
            let last = to.subtractingReportingOverflow(1).partialValue
            note("the \(chain) has no position \(last > next ? "\(next) to \(last)" : "\(next)")")
        }
        from = to
    }
}

extension Store {
    /// Empties the tables that follow from the journal and makes them anew from it.
    ///
    /// - Returns: the number of cases.
    package func rebuild(
        programme: (String, Int) throws -> Programme,
        in transaction: any Transaction
    ) throws -> Int {
        try transaction.execute("DELETE FROM cases")
        try transaction.execute("DELETE FROM facts")
        try transaction.execute("DELETE FROM work_items")
        try transaction.execute("DELETE FROM case_parties")
        var cases = 0
        try eachHistory(in: transaction) { history in
            let rules = try programme(history.header.programme, history.header.programmeVersion)
            let projection = try CaseProjection(
                history,
                programme: rules,
                isErased: try isErased(history.header.person, in: transaction)
            )
            try transaction.executeMany(Self.insertCase, [projection.caseValues])
            try transaction.executeMany(FactsColumns.insert, [projection.facts])
            try transaction.executeMany(Self.insertItem, projection.workItems)
            try transaction.executeMany(Self.insertParty, projection.parties)
            cases += 1
        }
        return cases
    }
}

extension Store {
    /// Makes those tables anew after a step of the schema, by the kept programme files.
    func rebuild() async throws {
        try await database.write { transaction in
            var kept: [String: Programme] = [:]
            _ = try rebuild(
                programme: { id, version in
                    let name = "\(id) version \(version)"
                    if let known = kept[name] { return known }
                    let programme = try keptProgramme(id, version: version, in: transaction)
                    kept[name] = programme
                    return programme
                },
                in: transaction
            )
        }
    }

    /// A programme as its kept file says it.
    func keptProgramme(
        _ id: String,
        version: Int,
        in transaction: any Transaction
    ) throws -> Programme {
        let name = "\(id) version \(version)"
        let text = try programmeText(id: id, version: version, in: transaction)
        guard let text, let programme = try? Programme(kept: text, file: name) else {
            throw StoreError.damaged("\(name) is not kept, or cannot be read")
        }
        return programme
    }
}

extension Store {
    /// Lends the journal as lines of JSON, one event each, in the order of the telling.
    ///
    /// - Returns: the number of events.
    package func eachJournalLine(
        in transaction: any Transaction,
        _ body: (String) throws -> Void
    ) throws -> Int {
        var count = 0
        try transaction.query(Self.journal, []) { row in
            try body(JournalRow(row).line(position: row.int(0), hash: row.blob(14)))
            count += 1
        }
        return count
    }
}
