import Casework
import Kernel
import Programmes
import SQL

/// The one place that knows the tables: journal, people, cases, facts, work items, outbox, logs.
package final class Store: Sendable {
    package let database: any Database
    package let vault: Vault
    package let committer: GroupCommitter

    private init(_ database: any Database, _ vault: Vault) {
        self.database = database
        self.vault = vault
        committer = GroupCommitter(database)
    }

    /// Opens a database: brings its tables up to date and checks that the key belongs to it.
    package static func open(_ database: any Database, masterKey: [UInt8]) async throws -> Store {
        let vault = try Vault(master: masterKey)
        let steps = try await Migrator.migrate(database, Schema.migrations)
        let check = vault.check
        let kept = try await database.write { transaction in
            try transaction.execute(
                "INSERT INTO installation (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                ["key-check", .blob(check)]
            )
            return try transaction.first(
                "SELECT value FROM installation WHERE name = $1",
                ["key-check"]
            ) { try $0.blob(0) }
        }
        guard kept == check else { throw StoreError.wrongKey }
        let store = Store(database, vault)
        if !steps.isEmpty { try await store.rebuild() }
        try await store.indexNames()
        return store
    }
}

// MARK: - Writing

extension Store {
    private static let insertJournal = Statement(
        """
        INSERT INTO journal (\(JournalRow.columns))
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
        """
    )
    static let insertCase: Statement = {
        let columns = CaseProjection.caseColumns
        let places = (1...columns.count).map { "$\($0)" }.joined(separator: ", ")
        return Statement(
            "INSERT INTO cases (\(columns.joined(separator: ", "))) VALUES (\(places))"
        )
    }()
    /// Sets all that can change: the columns from `version` on.
    private static let updateCase: Statement = {
        let columns = CaseProjection.caseColumns.dropFirst(5)
        let sets = columns.enumerated().map { "\($1) = $\($0 + 1)" }.joined(separator: ", ")
        let (id, version) = (columns.count + 1, columns.count + 2)
        return Statement("UPDATE cases SET \(sets) WHERE id = $\(id) AND version = $\(version)")
    }()
    private static let deleteFacts: Statement = "DELETE FROM facts WHERE case_id = $1"
    private static let deleteItems: Statement = "DELETE FROM work_items WHERE case_id = $1"
    private static let deleteParties: Statement = "DELETE FROM case_parties WHERE case_id = $1"
    static let insertParty: Statement = """
        INSERT INTO case_parties (case_id, organisation, part) VALUES ($1, $2, $3)
        """
    static let insertItem: Statement = """
        INSERT INTO work_items (case_id, kind, subject, due_on, owner, says)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING
        """
    static let insertMessage: Statement = """
        INSERT INTO outbox (id, case_id, event_id, kind, created_at, attempts, next_attempt_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """
    private static let upsertImported: Statement = """
        INSERT INTO import_rows (programme, reference, digest) VALUES ($1, $2, $3)
        ON CONFLICT (programme, reference) DO UPDATE SET digest = excluded.digest
        """

    /// Writes decisions inside a transaction: all of them, or the transaction fails.
    ///
    /// - Throws: `StoreError.conflict` when a case has moved, or its person was erased, since it was
    ///   decided on.
    package func write(_ writes: [CaseWrite], in transaction: any Transaction) throws {
        let changing = writes.filter { !$0.journal.isEmpty }
        if !changing.isEmpty {
            var head = try ChainHead.take("journal", in: transaction)
            try refuseErased(changing, in: transaction)
            var rows: [[SQLValue]] = []
            for write in changing {
                for row in write.journal { rows.append(row.values(after: &head)) }
            }
            try writeCases(changing, in: transaction)
            try transaction.executeMany(Self.insertJournal, rows)
            head.keep(in: transaction)
        }
        try write(people: writes.compactMap(\.person), in: transaction)
        try transaction.executeMany(FactsColumns.insert, changing.map(\.projection.facts))
        try transaction.executeMany(Self.insertItem, changing.flatMap(\.projection.workItems))
        try transaction.executeMany(Self.insertParty, changing.flatMap(\.projection.parties))
        try transaction.executeMany(Self.insertMessage, changing.flatMap(\.messages))
        try tell(changing.flatMap(\.told), in: transaction)
        let imported: [[SQLValue]] = writes.compactMap { write in
            write.imported.map {
                [.text(write.header.programme), .text(write.header.reference), .blob($0)]
            }
        }
        try transaction.executeMany(Self.upsertImported, imported)
    }

    /// Erasing leaves a case's version as it is, so that the version does not tell of it.
    private func refuseErased(_ writes: [CaseWrite], in transaction: any Transaction) throws {
        let counting = writes.filter(\.countsOnKey)
        if counting.isEmpty { return }
        let erased = try erased(among: Set(counting.map(\.header.person)), in: transaction)
        if erased.isEmpty { return }
        for write in counting where erased.contains(write.header.person.text) {
            throw StoreError.conflict(reference: write.header.reference)
        }
    }

    /// Puts other next steps in place of a case's own, without a change of the case.
    func replaceItems(
        _ projection: CaseProjection,
        version: Int,
        in transaction: any Transaction
    ) throws {
        let values = projection.caseValues
        try transaction.execute(
            Self.updateCase,
            Array(values[5...]) + [values[0], .int(Int64(version))]
        )
        try transaction.execute(Self.deleteItems, [values[0]])
        try transaction.executeMany(Self.insertItem, projection.workItems)
    }

    private func writeCases(_ writes: [CaseWrite], in transaction: any Transaction) throws {
        let new = writes.filter { $0.from == 0 }
        try transaction.executeMany(Self.insertCase, new.map(\.projection.caseValues))
        for write in writes where write.from > 0 {
            let values = write.projection.caseValues
            let id = values[0]
            let changed = try transaction.execute(
                Self.updateCase,
                Array(values[5...]) + [id, .int(Int64(write.from))]
            )
            if changed != 1 { throw StoreError.conflict(reference: write.header.reference) }
            try transaction.execute(Self.deleteFacts, [id])
            try transaction.execute(Self.deleteItems, [id])
            try transaction.execute(Self.deleteParties, [id])
        }
    }
}
