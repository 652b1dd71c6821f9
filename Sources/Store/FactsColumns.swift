import Casework
import Kernel
import Programmes
import SQL

/// The columns of the facts table, in order.
///
/// `docs/facts.md` says what each means.
package enum FactsColumns {
    /// Columns that every row has, before the four families.
    package static let fixed = [
        "case_id", "programme", "programme_version", "reference", "version",
        "last_occurred_on", "last_recorded_at",
    ]
    package static let names: [String] =
        fixed + Milestone.allCases.map(\.column) + CodeField.allCases.map(\.column)
        + SetField.allCases.map(\.column) + NumberField.allCases.map(\.column)

    /// A column that came after the table.
    static let addedByAreas = CodeField.deprivation.column

    static let definitions: String = {
        let fixedTypes = [
            "case_id TEXT PRIMARY KEY", "programme TEXT NOT NULL",
            "programme_version BIGINT NOT NULL", "reference TEXT NOT NULL",
            "version BIGINT NOT NULL", "last_occurred_on TEXT NOT NULL",
            "last_recorded_at BIGINT NOT NULL",
        ]
        return
            (fixedTypes + Milestone.allCases.map { "\($0.column) TEXT" }
            + CodeField.allCases.filter { $0 != .deprivation }.map { "\($0.column) TEXT" }
            + SetField.allCases.map { "\($0.column) TEXT NOT NULL" }
            + NumberField.allCases.map { "\($0.column) BIGINT" })
            .joined(separator: ", ")
    }()

    static let insert: Statement = {
        let places = (1...names.count).map { "$\($0)" }.joined(separator: ", ")
        return Statement(
            "INSERT INTO facts (\(names.joined(separator: ", "))) VALUES (\(places))"
        )
    }()

    static func values(_ facts: Facts) -> [SQLValue] {
        var values: [SQLValue] = []
        values.reserveCapacity(names.count)
        values.append(.text(facts.caseID.text))
        values.append(.text(facts.programme))
        values.append(.int(Int64(facts.programmeVersion)))
        values.append(.text(facts.reference))
        values.append(.int(Int64(facts.version)))
        values.append(.text(facts.lastOccurredOn.iso))
        values.append(.int(facts.lastRecordedAt.milliseconds))
        for date in facts.milestones { values.append(SQLValue(date?.iso)) }
        for code in facts.codes { values.append(SQLValue(code)) }
        for set in facts.sets { values.append(.text(set)) }
        for number in facts.numbers { values.append(SQLValue(number)) }
        return values
    }

    /// Reads a row selected with `names`.
    static func read(_ row: any Row) throws -> Facts {
        guard let id = CaseID(try row.text(0)), let last = CivilDate(iso: try row.text(5)) else {
            throw StoreError.damaged("a row of facts has no case id or no date")
        }
        var facts = Facts(
            caseID: id,
            programme: try row.text(1),
            programmeVersion: Int(try row.int(2)),
            reference: try row.text(3)
        )
        facts.version = Int(try row.int(4))
        facts.lastOccurredOn = last
        facts.lastRecordedAt = Instant(milliseconds: try row.int(6))
        var column = fixed.count
        for index in facts.milestones.indices {
            facts.milestones[index] = try row.optionalText(column).flatMap { CivilDate(iso: $0) }
            column += 1
        }
        for index in facts.codes.indices {
            facts.codes[index] = try row.optionalText(column)
            column += 1
        }
        for index in facts.sets.indices {
            facts.sets[index] = try row.text(column)
            column += 1
        }
        for index in facts.numbers.indices {
            facts.numbers[index] = try row.optionalInt(column).map(Int.init)
            column += 1
        }
        return facts
    }
}
