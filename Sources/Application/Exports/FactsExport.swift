import Casework
import Kernel
import Programmes
import SQL
import Store

extension Goodwork {
    /// Exports the kept facts of a programme, a case a row, pseudonymised: no reference of the
    /// sender's, no identity.
    ///
    /// The answers to coded questions stand in a column each, `answer_` and the question's name.
    ///
    /// - Parameters:
    ///   - reason: what it is for; without words for it nothing is exported.
    ///   - write: takes each line.
    /// - Returns: the number of cases.
    package func exportFacts(
        _ programme: String,
        by actor: Actor,
        reason: String?,
        _ write: @Sendable @escaping (String) throws -> Void
    ) async throws -> Int {
        try requirePurpose(reason, of: actor, for: .exportFacts)
        try await authorise(actor, .exportFacts, on: programme, reason: reason)
        let columns = FactsExport.columns(for: try await reportProgramme(programme))
        let store = store
        return try await store.database.read { transaction in
            try write(CSVWriter.line(columns.map(\.name)))
            var count = 0
            try store.eachFactsRow(programme: programme, in: transaction) { row in
                let facts = try store.facts(row)
                try write(
                    CSVWriter.line(columns.map { $0.value(facts) }, spreadsheetSafe: true)
                )
                count += 1
            }
            return count
        }
    }

    /// The file that types and describes each column of the facts, as CSV.
    package func describeFacts(_ programme: String) async throws -> String {
        let columns = FactsExport.columns(for: try await reportProgramme(programme))
        return CSVWriter.line(["column", "type", "description"])
            + columns.map { CSVWriter.line([$0.name, $0.type, $0.says]) }.joined()
    }

    /// Exports the journal, an event a line of JSON, in the order of the telling.
    ///
    /// Sealed fields go out sealed, as base64.
    package func exportJournal(
        by actor: Actor,
        reason: String?,
        _ write: @Sendable @escaping (String) throws -> Void
    ) async throws -> Int {
        try requirePurpose(reason, of: actor, for: .exportJournal)
        try await authorise(actor, .exportJournal, on: "journal", reason: reason)
        let store = store
        return try await store.database.read { transaction in
            try store.eachJournalLine(in: transaction, write)
        }
    }
}

extension Goodwork {
    /// Asks what an export is for, of whoever may export.
    func requirePurpose(_ purpose: String?, of actor: Actor, for action: Action) throws {
        guard Access.decide(actor, action) == .allowed else { return }
        guard purpose?.contains(where: { !$0.isWhitespace }) == true else {
            throw ServiceError(
                .refused,
                code: "missing-value",
                "Say what it is for: it is kept in the access log.",
                field: "purpose"
            )
        }
    }
}

/// The columns of the facts as they leave.
package enum FactsExport {
    package struct Column: Sendable {
        package let name: String
        /// `text`, `date` (ISO), `integer`, `instant` (ISO) or `tokens` (spaced).
        package let type: String
        package let says: String
        let value: @Sendable (Facts) -> String
    }

    /// The columns in order, for a programme with its own questions.
    package static func columns(for programme: Programme) -> [Column] {
        var columns = [
            Column(name: "case_id", type: "text", says: "The case, as a pseudonym.") {
                $0.caseID.text
            },
            Column(name: "programme", type: "text", says: "The programme's id.") { $0.programme },
            Column(
                name: "programme_version",
                type: "integer",
                says: "The version of the programme file that the case was decided under."
            ) { String($0.programmeVersion) },
            Column(name: "version", type: "integer", says: "How many events the case has.") {
                String($0.version)
            },
            Column(
                name: "last_occurred_on",
                type: "date",
                says: "The latest day on which anything in this row happened."
            ) { $0.lastOccurredOn.iso },
            Column(
                name: "last_recorded_at",
                type: "instant",
                says: "When we were last told anything of the case."
            ) { $0.lastRecordedAt.iso },
        ]
        columns += Milestone.allCases.map { milestone in
            Column(name: milestone.column, type: "date", says: milestone.says) {
                $0[milestone]?.iso ?? ""
            }
        }
        columns += CodeField.allCases.map { field in
            Column(name: field.column, type: "text", says: field.says) { $0[field] ?? "" }
        }
        columns += SetField.allCases.filter { $0 != .answers }.map { field in
            Column(name: field.column, type: "tokens", says: field.says) { $0[field] }
        }
        columns += NumberField.allCases.map { field in
            Column(name: field.column, type: "integer", says: field.says) { facts in
                facts[field].map { String($0) } ?? ""
            }
        }
        let questions = programme.referral.asks + programme.measures.flatMap(\.items)
        columns += questions.map { question in
            Column(
                name: "answer_" + question.id.underscored,
                type: "text",
                says: "\(question.question) (\(question.answers.joined(separator: ", ")))"
            ) { facts in
                let token = facts[.answers].split(separator: " ")
                    .first { $0.hasPrefix(question.id + ":") }
                return token.map { String($0.dropFirst(question.id.count + 1)) } ?? ""
            }
        }
        return columns
    }
}
