import Kernel
import Measures
import Programmes

/// Counts of practices: a row for each thing counted, a column for all and one for each practice.
package struct PracticeTable: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package var id: String
        package var label: String
        package var says: String
        /// The row that it is a share of.
        package var of: Int?

        package init(id: String, label: String, says: String, of: Int? = nil) {
            self.id = id
            self.label = label
            self.says = says
            self.of = of
        }
    }

    /// A row whose count is the sum of others, or more than it.
    package struct Family: Sendable, Hashable {
        package var whole: Int
        package var parts: [Int]
        /// Whether the parts are all of it.
        package var isExact: Bool
    }

    /// One figure as it is shown.
    package struct Cell: Sendable, Hashable {
        /// Nil when it is kept back, or nothing is known of it.
        package var count: Int?
        package var of: Int?
        package var isHidden: Bool
        /// Whether no code could have told of it.
        package var isUnknown: Bool

        /// The count with its share: `412 (37%)`.
        package var text: String {
            if isUnknown { return "no code" }
            guard let count else { return Show.hidden }
            let number = Show.thousands(count)
            guard let share else { return number }
            return "\(number) (\(share))"
        }

        /// The share alone: `37%`.
        package var share: String? {
            guard let count, let of, of > 0 else { return nil }
            return "\(Int((Double(count) * 100 / Double(of)).rounded()))%"
        }
    }

    package var title: String
    package var asAt: CivilDate
    package var rows: [Row]
    /// The practices, by id; the column of all stands before them.
    package var practices: [String]
    /// Row after row, `practices.count + 1` counts each.
    package var counts: [Int]
    package var families: [Family]
    /// Rows of which nothing is known, for want of a code.
    package var unknown: Set<Int> = []
    /// What is kept back from whom; nil when nothing is.
    package private(set) var keptBack: KeptBack?
    private var isHidden: [Bool]

    package init(
        title: String,
        asAt: CivilDate,
        rows: [Row],
        practices: [String],
        counts: [Int],
        families: [Family] = []
    ) {
        self.title = title
        self.asAt = asAt
        self.rows = rows
        self.practices = practices
        self.counts = counts
        self.families = families
        isHidden = Array(repeating: false, count: counts.count)
    }

    package var width: Int { practices.count + 1 }

    /// The figure of a row for a practice; for all of them when `practice` is nil.
    package func cell(_ row: Int, practice: Int?) -> Cell {
        let column = practice.map { $0 + 1 } ?? 0
        func shown(_ row: Int) -> Int? {
            let place = row * width + column
            guard !isHidden[place] else { return nil }
            return keptBack?.method.shown(counts[place]) ?? counts[place]
        }
        return Cell(
            count: unknown.contains(row) ? nil : shown(row),
            of: rows[row].of.flatMap(shown),
            isHidden: isHidden[row * width + column],
            isUnknown: unknown.contains(row)
        )
    }

    // MARK: - Keeping small counts back

    /// The counts of the table, by row and practice, as a register remembers them.
    package struct Remembered: Sendable, Hashable {
        package var audience: Audience
        package var asAt: CivilDate
        /// By `row` and `row/practice`.
        package var counts: [String: Int]
        package var hidden: Set<String>

        package init(
            audience: Audience,
            asAt: CivilDate,
            counts: [String: Int],
            hidden: Set<String>
        ) {
            self.audience = audience
            self.asAt = asAt
            self.counts = counts
            self.hidden = hidden
        }
    }

    private func name(_ row: Int, _ column: Int) -> String {
        column == 0 ? rows[row].id : "\(rows[row].id)/\(practices[column - 1])"
    }

    /// The table as an audience may see it after what it has seen before.
    package func controlled(
        for audience: Audience,
        after known: [Remembered] = []
    ) -> PracticeTable {
        guard let method = audience.method else { return self }
        var cells = counts.map { _ in CountSystem.Cell(prints: 1) }
        var values: [Int?] = counts
        var sums: [CountSystem.Sum] = []
        for row in rows.indices where practices.count > 0 {
            let first = row * width
            sums.append(.init(total: first, parts: Array(first + 1..<first + width)))
        }
        for family in families {
            let first = cells.count
            if !family.isExact {
                cells += Array(repeating: CountSystem.Cell(prints: 0), count: width)
            }
            for column in 0..<width {
                let parts = family.parts.map { $0 * width + column }
                let whole = family.whole * width + column
                if !family.isExact {
                    values.append(counts[whole] - parts.reduce(0) { $0 + counts[$1] })
                }
                let rest = family.isExact ? [] : [first + column]
                sums.append(.init(total: whole, parts: parts + rest))
            }
        }
        let system = CountSystem(cells: cells, sums: sums)
        let seen = known.filter { audience.sees.contains($0.audience) }
        func release(_ one: Remembered) -> CountRelease {
            let names = rows.indices.flatMap { row in (0..<width).map { name(row, $0) } }
            let more = cells.count - names.count
            return CountRelease(
                method: one.audience.method ?? method,
                values: names.map { one.counts[$0] } + Array(repeating: nil, count: more),
                isHidden: names.map { one.hidden.contains($0) }
                    + Array(repeating: false, count: more)
            )
        }
        let earlier = seen.filter { $0.asAt <= asAt }.sorted { $0.asAt < $1.asAt }
        let later = seen.filter { $0.asAt > asAt }
        let suppression = Suppression(
            system,
            CountRelease(method: method, values: values),
            further: (earlier + later).map(release)
        )
        var table = self
        table.isHidden = Array(suppression.isHidden.prefix(counts.count))
        table.keptBack = KeptBack(
            audience: audience,
            method: method,
            hidden: table.isHidden.count { $0 },
            figures: counts.count
        )
        return table
    }

    /// The table for the register.
    package func remembered(for audience: Audience) -> Remembered {
        var found = Remembered(audience: audience, asAt: asAt, counts: [:], hidden: [])
        for row in rows.indices {
            for column in 0..<width {
                let place = row * width + column
                let name = name(row, column)
                found.counts[name] = counts[place]
                if isHidden[place] { found.hidden.insert(name) }
            }
        }
        return found
    }
}
