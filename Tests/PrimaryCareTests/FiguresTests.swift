import Kernel
import Measures
import PrimaryCare
import Testing

@Suite struct FiguresTests {
    private func count(_ figures: PracticeFigures, _ what: PracticeCount) -> Int {
        figures.table.cell(what.place, practice: nil).count ?? -1
    }

    @Test(
        "One patient, told in words, and what is counted of them on 30 June 2025",
        arguments: [
            ("nobody knows", [], [PracticeCount.patients]),
            (
                "recorded a year and a day ago",
                [Lists.status(Lists.employed, "2024-06-30")], [.patients, .statusEver, .inWork]
            ),
            (
                "recorded within the year",
                [Lists.status(Lists.employed, "2024-07-01")],
                [.patients, .statusEver, .statusYear, .inWork, .raised, .recorded]
            ),
            (
                "recorded tomorrow", [Lists.status(Lists.employed, "2025-07-01")], [.patients]
            ),
            (
                "would not say",
                [Lists.status(Lists.code("ZZ"), "2025-06-01")], [.patients, .raised]
            ),
            (
                "out of work, after having been in work",
                [
                    Lists.status(Lists.employed, "2025-01-01"),
                    Lists.status(Lists.unemployed, "2025-02-01"),
                ],
                [
                    .patients, .statusEver, .statusYear, .outOfWork, .baseline, .raised, .recorded,
                ]
            ),
            (
                "off sick for 13 weeks",
                [Lists.note("2025-04-01", "2025-07-30")],
                [.patients, .sickNow, .sick4, .sick13, .notes, .baseline]
            ),
            (
                "may be fit",
                [Lists.note("2025-06-01", "2025-07-30", kind: Lists.mayBeFit)],
                [.patients, .notes, .notesMayBe, .raised, .recommended]
            ),
            (
                "referred, by a code",
                [Lists.status(Lists.code("1098041000000101"), "2025-03-01")],
                [.patients, .raised, .recommended, .referred]
            ),
            (
                "out of work and referred",
                [
                    Lists.status(Lists.unemployed, "2025-02-01"),
                    Lists.status(Lists.code("1082611000000105"), "2025-03-01"),
                ],
                [
                    .patients, .statusEver, .statusYear, .outOfWork, .baseline, .baselineReferred,
                    .raised, .recommended, .referred, .recorded,
                ]
            ),
            (
                "declined",
                [Lists.status(Lists.code("871711000000103"), "2025-03-01")],
                [.patients, .raised, .recommended]
            ),
        ]
    )
    func one(says: String, entries: [RecordEntry], counted: [PracticeCount]) throws {
        let records = Lists.records([entries])
        let day = try #require(CivilDate(iso: "2025-06-30"))
        let figures = PracticeFigures.count(records, on: day)
        let found = PracticeCount.allCases.filter { count(figures, $0) == 1 }
        #expect(Set(found) == Set(counted), "\(says): \(found)")
    }

    @Test(
        "Who is counted: registered, and aged 16 to 64 by the month of birth",
        arguments: [
            ("1960-06-30", nil as String?, 0), ("1960-07-01", nil, 1), ("2009-06-30", nil, 1),
            ("2009-07-01", nil, 0), ("1985-06-15", "2025-06-30", 0),
            ("1985-06-15", "2025-07-01", 1),
        ]
    )
    func patients(birth: String, left: String?, expected: Int) throws {
        let records = Lists.records([[]], birth: birth, left: left.map(Lists.day))
        let day = try #require(CivilDate(iso: "2025-06-30"))
        #expect(count(PracticeFigures.count(records, on: day), .patients) == expected)
    }

    @Test("A case here counts as a referral of the practice only when the practice made it")
    func cases() throws {
        let day = try #require(CivilDate(iso: "2025-06-30"))
        for (isOwn, expected) in [(true, 1), (false, 0)] {
            let made = PracticeRecords.PatientCase(
                referredOn: Lists.day("2025-01-10"),
                closedOn: nil,
                isByPractice: isOwn
            )
            let records = Lists.records(
                [[Lists.status(Lists.unemployed, "2025-02-01")]],
                cases: [made]
            )
            let figures = PracticeFigures.count(records, on: day)
            #expect(count(figures, .referredHere) == expected)
            #expect(count(figures, .referred) == expected)
            #expect(count(figures, .baselineReferred) == 1)
        }
    }

    @Test("Counts by columns agree with counting one patient at a time", arguments: [11, 12, 13])
    func naive(seed: UInt64) throws {
        var random = RandomGenerator(seed: seed)
        let day = try #require(CivilDate(iso: "2025-06-30"))
        let codes = Lists.codes.lines.map(\.code).filter { code in
            switch Lists.codes.meaning(of: code) {
            case .status, .act, .fitNote: true
            default: false
            }
        }
        let histories = (0..<400).map { _ in
            (0..<random.below(9)).map { _ in
                let code = codes[random.below(codes.count)]
                var entry = RecordEntry(code: code, on: day.day - Int32(random.below(900)) + 30)
                if case .fitNote = Lists.codes.meaning(of: code) {
                    entry.from = entry.on
                    entry.to = entry.on + Int32(random.below(60))
                }
                return entry
            }
        }
        let figures = PracticeFigures.count(Lists.records(histories), on: day)
        var expected: [PracticeCount: Int] = [:]
        for entries in histories {
            for (what, number) in Naive.counts(entries, on: day) {
                expected[what, default: 0] += number
            }
        }
        for (what, number) in expected { #expect(count(figures, what) == number, "\(what)") }
        let last = figures.months.days.count - 1
        #expect(figures.months.counts(last, practice: nil).recorded == expected[.statusYear])
        for (place, end) in figures.months.days.enumerated() {
            let recorded = histories.count { Naive.isRecorded($0, within: end) }
            #expect(figures.months.counts(place, practice: nil).recorded == recorded)
        }
    }
}

/// The same counts, a patient at a time and a question at a time.
enum Naive {
    static func meaning(_ entry: RecordEntry) -> CodeMeaning? {
        Lists.codes.meaning(of: entry.code)
    }

    static func isRecorded(_ entries: [RecordEntry], within end: CivilDate) -> Bool {
        entries.contains { entry in
            guard case .status(let status) = meaning(entry), status != .notStated else {
                return false
            }
            return entry.on <= end.day && entry.on > end.adding(months: -12).day
        }
    }

    static func counts(_ entries: [RecordEntry], on day: CivilDate) -> [PracticeCount: Int] {
        let year = day.adding(months: -12).day
        let recent = entries.filter { $0.on <= day.day && $0.on > year }
        var counts: [PracticeCount: Int] = [.patients: 1]
        if isRecorded(entries, within: day) { counts[.statusYear] = 1 }
        counts[.notes] = recent.count { if case .fitNote = meaning($0) { true } else { false } }
        counts[.notesMayBe] = recent.count { meaning($0) == .fitNote(.mayBeFit) }
        if recent.contains(where: { meaning($0) == .act(.referred) }) { counts[.referred] = 1 }
        // Off sick for 28 days: walk back from the day while notes reach over it.
        let notes = entries.filter { meaning($0) == .fitNote(.notFit) && $0.on <= day.day }
        if notes.contains(where: { $0.from <= day.day && $0.to >= day.day }) {
            var start = day.day
            while let before = notes.first(where: { $0.from < start && $0.to >= start - 4 }) {
                start = before.from
            }
            counts[.sickNow] = 1
            if day.day - start + 1 >= 28 { counts[.sick4] = 1 }
        }
        return counts
    }
}
