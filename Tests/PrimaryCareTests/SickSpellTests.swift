import Kernel
import PrimaryCare
import Testing

@Suite struct SickSpellTests {
    /// Notes as `from–to`, and how long somebody has been off sick on 30 June 2025; blank: not off.
    static let table: [(notes: [(String, String)], days: Int?, says: String)] = [
        ([], nil, "no notes"),
        ([("2025-06-03", "2025-06-30")], 28, "the first day and the last day count"),
        ([("2025-06-03", "2025-06-29")], nil, "the note ended the day before"),
        ([("2025-07-01", "2025-07-28")], nil, "the note begins tomorrow"),
        ([("2025-06-01", "2025-06-14"), ("2025-06-15", "2025-07-12")], 30, "the next day goes on"),
        ([("2025-06-01", "2025-06-13"), ("2025-06-17", "2025-07-12")], 30, "a gap of three days"),
        ([("2025-06-01", "2025-06-13"), ("2025-06-18", "2025-07-12")], 13, "a gap of four days"),
        ([("2025-06-01", "2025-07-30"), ("2025-06-10", "2025-06-12")], 30, "one within another"),
        ([("2025-06-17", "2025-07-12"), ("2025-06-01", "2025-06-16")], 30, "in any order"),
        ([("2025-02-11", "2025-06-30")], 140, "twenty weeks to the day"),
    ]

    @Test("Notes that follow on each other are one time off sick", arguments: table.indices)
    func spells(row: Int) {
        let (notes, days, says) = Self.table[row]
        let records = Lists.records([notes.map { Lists.note($0.0, $0.1) }])
        let today = Lists.day("2025-06-30")
        let spell = PatientView(records, records.patients[0], on: today).spell(.usual)
        #expect(spell?.days(on: today) == days, "\(says)")
    }

    @Test("A note that somebody may be fit counts only where the rule says so")
    func mayBeFit() {
        let note = Lists.note("2025-06-01", "2025-07-12", kind: Lists.mayBeFit)
        let records = Lists.records([[note]])
        let view = PatientView(records, records.patients[0], on: Lists.day("2025-06-30"))
        #expect(view.spell(.usual) == nil)
        let wide = SickSpell.Rule(notes: [.notFit, .mayBeFit], gapDays: 3)
        #expect(view.spell(wide)?.days(on: view.day) == 30)
    }

    @Test("A note that is issued later is not known yet")
    func issuedLater() {
        let late = Lists.note("2025-06-01", "2025-07-12", issued: "2025-07-01")
        let records = Lists.records([[late]])
        let view = PatientView(records, records.patients[0], on: Lists.day("2025-06-30"))
        #expect(view.spell(.usual) == nil)
    }
}
