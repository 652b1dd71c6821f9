import Kernel
import Measures
import PrimaryCare
import Testing

@Suite struct ControlTests {
    /// Practices with counts that were drawn, sums kept.
    private func table(_ seed: UInt64, practices: Int) throws -> PracticeTable {
        var random = RandomGenerator(seed: seed)
        let ids = (0..<practices).map { "P8400\($0)" }
        var records = PracticeRecords(practices: ids, list: Lists.codes)
        let codes = [Lists.employed, Lists.unemployed, Lists.code("105493001"), Lists.code("04")]
        let day = try #require(CivilDate(iso: "2025-06-30"))
        for practice in ids.indices {
            for _ in 0..<(20 + random.below(200)) {
                let on = day.day - Int32(random.below(600))
                var history = PatientHistory([RecordEntry(code: codes[random.below(4)], on: on)])
                if random.below(4) == 0 {
                    let length = Int32(random.below(150))
                    var note = RecordEntry(code: Lists.notFit, on: day.day - length)
                    (note.from, note.to) = (day.day - length, day.day)
                    history.entries.append(note)
                }
                for place in history.entries.indices { history.entries[place].told = 0 }
                let isRead = history.encoded.withUnsafeBytes { bytes in
                    records.add(
                        practice: practice,
                        birthMonth: PracticeRecords.months(of: Lists.day("1990-01-01")),
                        registered: nil,
                        left: nil,
                        dissent: false,
                        history: bytes
                    )
                }
                #expect(isRead)
            }
        }
        return PracticeFigures.count(records, on: day).table
    }

    @Test("No small count is shown, and none follows from a total", arguments: [1, 2, 3, 4])
    func hidden(seed: UInt64) throws {
        let open = try table(seed, practices: 4)
        let shown = open.controlled(for: .board)
        var hidden = 0
        for row in open.rows.indices {
            let columns: [Int?] = [nil, 0, 1, 2, 3]
            let cells = columns.map { shown.cell(row, practice: $0) }
            for (column, cell) in zip(columns, cells) where !cell.isUnknown {
                let count = try #require(open.cell(row, practice: column).count)
                if (1...4).contains(count) { #expect(cell.isHidden, "\(row) \(count)") }
                if cell.isHidden { hidden += 1 } else { #expect(cell.count == count) }
            }
            // One hidden count alone could be worked out from the total.
            #expect(cells.count(where: \.isHidden) != 1, "\(open.rows[row].label)")
        }
        #expect(hidden > 0)
        #expect(shown.keptBack?.hidden ?? 0 >= hidden)
    }

    @Test("A count that moved a little since it was shown is kept back")
    func moved() throws {
        let open = try table(5, practices: 4)
        var before = open.remembered(for: .board)
        let name = PracticeCount.statusYear.rawValue
        let now = try #require(before.counts[name])
        before.counts[name] = now - 2
        let shown = open.controlled(for: .board, after: [before])
        #expect(shown.cell(PracticeCount.statusYear.place, practice: nil).isHidden)
        let same = open.controlled(for: .board, after: [open.remembered(for: .board)])
        #expect(!same.cell(PracticeCount.statusYear.place, practice: nil).isHidden)
    }

    @Test("For publication counts are rounded, and shares are made from those")
    func published() throws {
        let shown = try table(6, practices: 4).controlled(for: .published)
        for row in shown.rows.indices {
            guard let count = shown.cell(row, practice: nil).count else { continue }
            #expect(count.isMultiple(of: 5))
        }
    }
}
