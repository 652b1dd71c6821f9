import Casework
import Kernel
import SQL
import Store

extension TestInstallation {
    /// Every row of what is made from the journal, in words, to be compared with another time.
    package func stored() async throws -> [String] {
        let store = store
        return try await database.read { transaction in
            var lines = try transaction.rows(Self.cases) { row in
                let texts = try (0...8).map { try row.optionalText($0) ?? "-" }
                return "case "
                    + (texts + ["\(try row.int(9))", "\(try row.int(10))"]).joined(
                        separator: "|"
                    )
            }
            try store.eachFactsRow(programme: nil, in: transaction) { row in
                lines.append("facts \(try store.facts(row))")
            }
            lines += try transaction.rows(Self.items) { row in
                "item " + (try (0...5).map { try row.text($0) }).joined(separator: "|")
            }
            return lines
        }
    }

    /// The facts of every case by reference, without what depends on when and in what order it was
    /// told.
    package func figures() async throws -> [String: String] {
        let store = store
        return try await database.read { transaction in
            var found: [String: String] = [:]
            try store.eachFactsRow(programme: nil, in: transaction) { row in
                let facts = try store.facts(row)
                found["\(facts.programme) \(facts.reference)"] =
                    "\(facts.milestones) \(facts.codes) \(facts.sets) \(facts.numbers)"
            }
            return found
        }
    }

    private static let cases: Statement = """
        SELECT id, programme, reference, person_id, state, strand, provider, coach, next_due_on,
            programme_version, version
        FROM cases ORDER BY id
        """
    private static let items: Statement = """
        SELECT case_id, kind, subject, due_on, owner, says FROM work_items
        ORDER BY case_id, kind, subject
        """
}
