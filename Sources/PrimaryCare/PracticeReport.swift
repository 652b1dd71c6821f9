import Kernel
import Measures
import Programmes

/// The figures of practices laid out to be shown, small counts kept back where they must be.
package struct PracticeReport: Sendable, Hashable {
    package enum Part: String, CaseIterable, Sendable {
        case coverage
        case months
        case offSick = "off-sick"
        case fitNotes = "fit-notes"
        case baseline
        case fiveRs = "five-rs"

        package var title: String {
            switch self {
            case .coverage: "Employment status recorded"
            case .months: "Share with a status recorded in the last 12 months, month by month"
            case .offSick: "People off sick, by fit note"
            case .fitNotes: "Fit notes of the last 12 months, by condition and length"
            case .baseline: "People out of work or off sick, and referrals made"
            case .fiveRs: "The 5Rs: raise, recommend, refer, respond, record"
            }
        }

        /// The counts that stand in it.
        package var counts: [PracticeCount] {
            switch self {
            case .coverage:
                [
                    .patients, .statusEver, .statusYear, .inWork, .offSickStatus, .outOfWork,
                    .notLooking,
                ]
            case .offSick: [.patients, .sickNow, .sick4, .sick13, .sick20, .notes, .notesMayBe]
            case .baseline: [.baseline, .baselineReferred, .referredHere]
            case .fiveRs: [.patients, .raised, .recommended, .referred, .responded, .recorded]
            case .months, .fitNotes: []
            }
        }
    }

    package var table: PracticeTable
    package var notes: PracticeTable
    package var months: CoverageMonths
    /// By how small counts are kept back; nil when nothing is.
    package var method: DisclosureMethod?
    /// How many people are counted with several practices; nil where that is not told.
    package var onSeveralLists: Int?

    package init(_ figures: PracticeFigures) {
        table = figures.table
        months = figures.months
        notes = figures.notes.table(practice: nil, asAt: figures.table.asAt)
        for place in notes.rows.indices { notes.rows[place].id = "note-" + notes.rows[place].id }
    }

    /// The report as an audience may see it after what it has seen before.
    package func controlled(
        for audience: Audience,
        after known: [PracticeTable.Remembered]
    ) -> PracticeReport {
        var report = self
        report.table = table.controlled(for: audience, after: known)
        report.notes = notes.controlled(for: audience, after: known)
        report.method = audience.method
        return report
    }

    /// The counts for the register.
    package func remembered(for audience: Audience) -> PracticeTable.Remembered {
        var all = table.remembered(for: audience)
        let notes = notes.remembered(for: audience)
        all.counts.merge(notes.counts) { first, _ in first }
        all.hidden.formUnion(notes.hidden)
        return all
    }

    package var asAt: CivilDate { table.asAt }

    /// What was kept back and why, in sentences; empty when nothing was.
    package var keptBack: [String] {
        guard let kept = table.keptBack else { return [] }
        var all = kept
        all.hidden += notes.keptBack?.hidden ?? 0
        all.figures += notes.keptBack?.figures ?? 0
        return all.sentences + [
            "Month by month, shares are whole percentages, and stand only where one per cent is more "
                + "than \(kept.method.smallMax) patients."
        ]
    }

    /// What those who read the figures must know of them, in sentences.
    package var remarks: [String] {
        guard table.practices.count > 1 else { return keptBack }
        // Outside practices the number itself could tell of somebody.
        let several = method == nil ? onSeveralLists.flatMap(Self.several) : Self.countedWithEach
        return (several.map { [$0] } ?? []) + keptBack
    }

    private static let countedWithEach =
        "Somebody on the lists of several practices is counted with each, also in the totals."

    /// Says that people are on the lists of several practices; nil where nobody is.
    package static func several(_ people: Int) -> String? {
        guard people > 0 else { return nil }
        let who = people == 1 ? "1 person is" : "\(Show.thousands(people)) people are"
        return "\(who) on the lists of several practices. \(countedWithEach)"
    }

    // MARK: - Parts as grids

    /// A part as headings and rows of text.
    package struct Grid: Sendable, Hashable {
        package var part: Part
        package var title: String
        package var headings: [String]
        package var rows: [[String]]
        /// What the columns mean, where they are counts.
        package var says: [(heading: String, says: String)] = []

        package static func == (a: Grid, b: Grid) -> Bool {
            a.part == b.part && a.headings == b.headings && a.rows == b.rows
        }

        package func hash(into hasher: inout Hasher) { hasher.combine(rows) }
    }

    /// A part with a row for each practice.
    ///
    /// - Parameter name: what a practice is called.
    package func grid(_ part: Part, name: (String) -> String = { $0 }) -> Grid {
        switch part {
        case .months: return monthsGrid(name)
        case .fitNotes:
            let rows = notes.rows.indices.map { row in
                [notes.rows[row].label] + lengths.map { notes.cell(row, practice: $0).text }
            }
            let headings = ["Condition", "All"] + notes.practices
            return Grid(part: part, title: part.title, headings: headings, rows: rows)
        default:
            let counts = part.counts
            var rows = chosen.map { practice in
                [practice.map { name(table.practices[$0]) } ?? "All practices"]
                    + counts.map { table.cell($0.place, practice: practice).text }
            }
            if table.practices.count == 1 { rows.removeFirst() }
            return Grid(
                part: part,
                title: part.title,
                headings: ["Practice"] + counts.map(\.label),
                rows: rows,
                says: counts.map { ($0.label, $0.says) }
            )
        }
    }

    private var lengths: [Int?] { [nil] + notes.practices.indices.map { $0 } }

    /// All practices, then each.
    private var chosen: [Int?] { [nil] + table.practices.indices.map { $0 } }

    private func monthsGrid(_ name: (String) -> String) -> Grid {
        let columns = table.practices.count == 1 ? [0] : chosen
        let rows = months.days.indices.map { day in
            [months.days[day].iso] + columns.map { percentText(day, practice: $0) }
        }
        let headings =
            ["Day"] + columns.map { $0.map { name(table.practices[$0]) } ?? "All practices" }
        return Grid(part: .months, title: Part.months.title, headings: headings, rows: rows)
    }

    /// The share with a status recorded in the last 12 months on a day: `41%`, `41.3%` or blank.
    package func percentText(_ day: Int, practice: Int?) -> String {
        guard let percent = months.percent(day, practice: practice, method: method) else {
            return method == nil ? "" : Show.hidden
        }
        return method == nil ? "\(percent)%" : "\(Int(percent))%"
    }

    // MARK: - One line for each figure

    package static let columns = [
        "part", "day", "practice", "row", "label", "count", "of", "percent",
    ]

    /// Every figure on a line of its own, for a spreadsheet or a program.
    package var lines: [[String]] {
        var lines: [[String]] = []
        func add(
            _ part: Part,
            _ table: PracticeTable,
            _ row: Int,
            _ column: Int?,
            practice: String,
            row id: String
        ) {
            let cell = table.cell(row, practice: column)
            let count = cell.isUnknown ? "" : cell.count.map(String.init) ?? Show.hidden
            lines.append([
                part.rawValue, table.asAt.iso, practice, id, table.rows[row].label, count,
                cell.of.map(String.init) ?? "", cell.share ?? "",
            ])
        }
        for part in Part.allCases {
            for count in part.counts {
                for column in chosen {
                    let practice = column.map { table.practices[$0] } ?? "all"
                    add(part, table, count.place, column, practice: practice, row: count.rawValue)
                }
            }
        }
        for row in notes.rows.indices {
            for length in lengths {
                let words = length.map { notes.practices[$0] } ?? "All"
                let id = "\(notes.rows[row].id) \(words)"
                add(.fitNotes, notes, row, length, practice: "all", row: id)
            }
        }
        for day in months.days.indices {
            for column in chosen {
                lines.append([
                    Part.months.rawValue, months.days[day].iso,
                    column.map { table.practices[$0] } ?? "all", "share-recorded",
                    Part.months.title, "", "", percentText(day, practice: column),
                ])
            }
        }
        return lines
    }

    package var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("as_at")
        writer.string(asAt.iso)
        writer.key("kept_back")
        writer.string(keptBack.joined(separator: " "))
        writer.key("figures")
        writer.beginArray()
        for line in lines {
            writer.beginObject()
            for (key, value) in zip(Self.columns, line) {
                writer.key(key)
                if let number = Int(value), key == "count" || key == "of" {
                    writer.int(number)
                } else {
                    writer.string(value)
                }
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }
}
