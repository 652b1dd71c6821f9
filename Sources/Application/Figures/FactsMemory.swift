import Casework
import Kernel
import Measures
import SQL
import Store

/// Facts that are kept in memory between questions, for pages that ask again and again.
///
/// A table is that of one programme on one day. When the journal has moved, the cases told of since are
/// put anew; the answer is always that of the facts in the database at the moment of asking.
package actor FactsMemory {
    struct Key: Hashable {
        var programme: String
        var asAt: CivilDate
        /// Only what was known by then, which never changes; nil is all.
        var knownAt: Instant?
    }

    private struct Kept {
        var table: FactTable
        var position: Int64
    }

    /// More tables than this are not kept; the one asked for longest ago goes first.
    private static let tablesMax = 4
    /// When more cases than this have changed, all are read again.
    static let changesMax = 2_000

    private var kept: [Key: Kept] = [:]
    private var order: [Key] = []

    package init() {}

    fileprivate func table(_ key: Key) -> (table: FactTable, position: Int64)? {
        kept[key].map { ($0.table, $0.position) }
    }

    fileprivate func keep(_ table: FactTable, at position: Int64, _ key: Key) {
        // Two may have asked at once: the later knowledge stays.
        if let there = kept[key], there.position > position { return }
        kept[key] = Kept(table: table, position: position)
        order.removeAll { $0 == key }
        order.append(key)
        if order.count > Self.tablesMax { kept[order.removeFirst()] = nil }
    }
}

extension Goodwork {
    /// The facts of a programme on a day as they were known at a moment.
    func factsInMemory(
        of programme: String,
        asAt: CivilDate,
        knownAt: Instant
    ) async throws -> FactTable {
        let key = FactsMemory.Key(programme: programme, asAt: asAt, knownAt: knownAt)
        if let kept = await memory.table(key) { return kept.table }
        let question = ReportQuestion(programme: programme, asAt: asAt, knownAt: knownAt)
        let table = try await facts(question, asAt: asAt)
        await memory.keep(table, at: 0, key)
        return table
    }

    /// The facts of a programme on a day, from memory where they still hold.
    package func factsInMemory(of programme: String, asAt: CivilDate) async throws -> FactTable {
        let key = FactsMemory.Key(programme: programme, asAt: asAt)
        let store = store
        guard var (table, position) = await memory.table(key) else {
            // Taken first, so that what is told meanwhile is put anew the next time.
            let position = try await store.database.read { try store.journalPosition(in: $0) }
            let question = ReportQuestion(programme: programme, asAt: asAt)
            let table = try await facts(question, asAt: asAt)
            await memory.keep(table, at: position, key)
            return table
        }
        let known = position
        let (now, told) = try await store.database.read { transaction in
            let now = try store.journalPosition(in: transaction)
            let limit = FactsMemory.changesMax + 1
            let told =
                now == known
                ? [] : try store.cases(toldAfter: known, limit: limit, in: transaction)
            return (now, told)
        }
        if now == known { return table }
        if told.count > FactsMemory.changesMax {
            table = try await facts(ReportQuestion(programme: programme), asAt: asAt)
        } else {
            let fresh = try await facts(of: told, in: programme, asAt: asAt)
            table.remove(Set(told))
            for facts in fresh { table.append(facts) }
        }
        position = now
        await memory.keep(table, at: position, key)
        return table
    }

    /// The facts of some cases, of those that are a programme's, on a day.
    private func facts(
        of cases: [CaseID],
        in programme: String,
        asAt: CivilDate
    ) async throws -> [Facts] {
        let store = store
        return try await store.database.read { transaction in
            try cases.compactMap { id -> Facts? in
                guard let header = try store.header(id: id, in: transaction),
                    header.programme == programme
                else { return nil }
                if let facts = try store.facts(of: id, in: transaction),
                    facts.lastOccurredOn <= asAt
                {
                    return facts
                }
                let (history, rules) = try told(of: header, in: transaction)
                return history.facts(programme: rules, asAt: asAt, knownAt: nil)
            }
        }
    }
}
