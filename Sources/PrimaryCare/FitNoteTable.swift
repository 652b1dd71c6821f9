import Kernel

/// How long fit notes are, in the bands that they are counted by.
package enum NoteLength: Int, CaseIterable, Sendable {
    case toOneWeek
    case toFourWeeks
    case toThirteenWeeks
    case longer

    package init(days: Int) {
        self =
            days <= 7
            ? .toOneWeek : days <= 28 ? .toFourWeeks : days <= 91 ? .toThirteenWeeks : .longer
    }

    package var name: String {
        switch self {
        case .toOneWeek: "Up to 1 week"
        case .toFourWeeks: "Over 1, up to 4 weeks"
        case .toThirteenWeeks: "Over 4, up to 13 weeks"
        case .longer: "Over 13 weeks"
        }
    }
}

/// Fit notes by condition group and length.
package struct FitNoteTable: Sendable, Hashable {
    package let practices: Int
    private var counts: [Int]
    private static let groups = ConditionGroup.allCases.count
    private static let lengths = NoteLength.allCases.count

    init(practices: Int) {
        self.practices = practices
        counts = Array(repeating: 0, count: practices * Self.groups * Self.lengths)
    }

    mutating func add(practice: Int, group: UInt8, days: Int) {
        counts[
            (practice * Self.groups + Int(group)) * Self.lengths + NoteLength(days: days).rawValue
        ] += 1
    }

    /// The notes of a practice, or of all.
    package func count(_ group: ConditionGroup, _ length: NoteLength, practice: Int?) -> Int {
        let place = ConditionGroup.allCases.firstIndex(of: group) ?? 0
        let chosen = practice.map { $0..<($0 + 1) } ?? 0..<practices
        return chosen.reduce(0) {
            $0 + counts[($1 * Self.groups + place) * Self.lengths + length.rawValue]
        }
    }

    /// The same as a table: a row for each group with notes, a column for each length.
    package func table(practice: Int?, asAt: CivilDate) -> PracticeTable {
        let groups = ConditionGroup.allCases.filter { group in
            NoteLength.allCases.contains { count(group, $0, practice: practice) > 0 }
        }
        var counts: [Int] = []
        func add(_ number: (NoteLength) -> Int) {
            let row = NoteLength.allCases.map(number)
            counts += [row.reduce(0, +)] + row
        }
        for group in groups { add { count(group, $0, practice: practice) } }
        add { length in groups.reduce(0) { $0 + count($1, length, practice: practice) } }
        let rows = groups.map {
            PracticeTable.Row(id: $0.rawValue, label: $0.name, says: "")
        }
        return PracticeTable(
            title: "Fit notes of the last 12 months, by condition and length",
            asAt: asAt,
            rows: rows + [PracticeTable.Row(id: "all", label: "All", says: "")],
            practices: NoteLength.allCases.map(\.name),
            counts: counts,
            families: [.init(whole: rows.count, parts: Array(rows.indices), isExact: true)]
        )
    }
}
