import Casework
import Kernel
import Programmes

// Loading from a database goes cell by cell, without making a `Facts` value or a `String`:
//
//     for each row { table.setDate(…); table.setCode(…); …; table.endRow(caseID: …) }
//
// Cells may come in any order; those not set are blank.

extension FactTable {
    /// Sets a date of the row being written.
    package mutating func setDate(_ milestone: Milestone, _ date: CivilDate?) {
        put(date, in: milestone, row: count)
    }

    /// Sets a code of the row being written, from its UTF-8; an empty text is blank.
    package mutating func setCode(_ field: CodeField, _ text: UnsafeBufferPointer<UInt8>) {
        put(text, in: field, row: count)
    }

    /// Sets the tokens of the row being written, from their UTF-8, one space between.
    package mutating func setSet(_ field: SetField, _ text: UnsafeBufferPointer<UInt8>) {
        put(text, in: field, row: count)
    }

    /// Sets a number of the row being written.
    package mutating func setNumber(_ field: NumberField, _ number: Int?) {
        put(number, in: field, row: count)
    }

    /// Ends the row being written, which is that of a case not yet in the table.
    package mutating func endRow(
        caseID: CaseID,
        lastOccurredOn: CivilDate,
        lastRecordedAt: Instant
    ) {
        finish(row: count, caseID, lastOccurredOn, lastRecordedAt)
    }

    /// Adds the row of a case that is not yet in the table.
    package mutating func append(_ facts: Facts) { write(facts, row: count) }

    /// Puts a case's row in the place of the one it has, or adds it.
    ///
    /// Texts that no row holds any more stay in the dictionaries until the table is made anew.
    package mutating func upsert(_ facts: Facts) {
        write(facts, row: row(of: facts.caseID) ?? count)
    }

    private mutating func write(_ facts: Facts, row: Int) {
        for (milestone, date) in zip(Milestone.allCases, facts.milestones) {
            put(date, in: milestone, row: row)
        }
        for (field, code) in zip(CodeField.allCases, facts.codes) {
            var text = code ?? ""
            text.withUTF8 { put($0, in: field, row: row) }
        }
        for (field, tokens) in zip(SetField.allCases, facts.sets) {
            var text = tokens
            text.withUTF8 { put($0, in: field, row: row) }
        }
        for (field, number) in zip(NumberField.allCases, facts.numbers) {
            put(number, in: field, row: row)
        }
        finish(row: row, facts.caseID, facts.lastOccurredOn, facts.lastRecordedAt)
    }
}
