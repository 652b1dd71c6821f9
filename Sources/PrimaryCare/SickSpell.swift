import Kernel

/// A time off sick: fit notes that follow on each other, or lie over each other, as one.
package struct SickSpell: Hashable, Sendable {
    package var from: Int32
    package var to: Int32
    /// The condition group of the latest note, by its place in `ConditionGroup.allCases`.
    package var group: UInt8
    package var notes: Int

    /// The days off sick up to a day, that day included.
    package func days(on day: Int32) -> Int { Int(day) - Int(from) + 1 }

    /// How fit notes become times off sick.
    package struct Rule: Hashable, Sendable {
        /// Which notes count; a note that somebody may be fit does not say that they are off.
        package var notes: Set<FitNoteKind>
        /// A note goes on with the one before when at most so many days lie between them that no
        /// note covers: a weekend with a bank holiday.
        package var gapDays: Int

        package static let usual = Rule(notes: [.notFit], gapDays: 3)

        package init(notes: Set<FitNoteKind>, gapDays: Int) {
            self.notes = notes
            self.gapDays = gapDays
        }

        func counts(_ word: EntryWord) -> Bool {
            (word == .notFit && notes.contains(.notFit))
                || (word == .mayBeFit && notes.contains(.mayBeFit))
        }
    }

    /// The time off sick that somebody is in on a day; nil when no note covers the day.
    ///
    /// Notes issued after the day are not known on it.
    static func spell(
        _ entries: ArraySlice<PracticeRecords.Entry>,
        on day: Int32,
        _ rule: Rule
    ) -> SickSpell? {
        var notes: [PracticeRecords.Entry] = []
        for entry in entries
        where rule.counts(entry.says) && entry.on <= day && entry.from <= day {
            notes.append(entry)
        }
        guard !notes.isEmpty else { return nil }
        notes.sort { ($0.from, $0.on) < ($1.from, $1.on) }
        var spell: SickSpell?
        for note in notes {
            if var open = spell, Int(note.from) <= Int(open.to) + 1 + rule.gapDays {
                open.to = max(open.to, note.to)
                open.group = note.group
                open.notes += 1
                spell = open
            } else {
                spell = SickSpell(from: note.from, to: note.to, group: note.group, notes: 1)
            }
        }
        guard let spell, spell.to >= day else { return nil }
        return spell
    }
}
