import Kernel
import PrimaryCare
import Testing

@Suite struct HistoryTests {
    private func told(_ entries: [RecordEntry]) -> [PatientHistory.Told] {
        entries.map { PatientHistory.Told($0) }
    }

    @Test("The same extract again adds nothing, on any later day")
    func again() {
        let entries = told([
            Lists.status(Lists.employed, "2025-01-10"), Lists.note("2025-02-01", "2025-02-14"),
            Lists.status(Lists.unemployed, "2025-03-01", id: 7),
        ])
        var history = PatientHistory()
        let first = history.merge(entries, on: Lists.day("2025-04-01"), by: Lists.codes)
        #expect(first.added == 3)
        let before = history
        for day in ["2025-04-01", "2025-05-01", "2025-03-20"] {
            let change = history.merge(entries, on: Lists.day(day), by: Lists.codes)
            #expect(!change.changes)
            #expect(change.unchanged == 3)
        }
        #expect(history.entries.map(\.code) == before.entries.map(\.code))
        #expect(history.entries.allSatisfy { $0.isStanding })
        // The day of the first extract, and of the last, that told it.
        #expect(history.entries.allSatisfy { $0.told == Lists.day("2025-03-20") })
        #expect(history.entries.allSatisfy { $0.seen == Lists.day("2025-05-01") })
    }

    @Test("What was in error before it was told stays so when an older extract tells it")
    func withdrawnFirst() {
        var history = PatientHistory()
        let entry = Lists.status(Lists.employed, "2025-01-10")
        let error = [PatientHistory.Told(entry, isWithdrawn: true)]
        _ = history.merge(error, on: Lists.day("2025-03-01"), by: Lists.codes)
        _ = history.merge(told([entry]), on: Lists.day("2025-02-01"), by: Lists.codes)
        #expect(history.lastStatus(Lists.codes) == nil)
    }

    @Test("A status of the same day told otherwise is a correction, and the first is kept")
    func correction() {
        var history = PatientHistory()
        let first = told([Lists.status(Lists.employed, "2025-01-10")])
        let second = told([Lists.status(Lists.unemployed, "2025-01-10")])
        _ = history.merge(first, on: Lists.day("2025-02-01"), by: Lists.codes)
        let change = history.merge(second, on: Lists.day("2025-03-01"), by: Lists.codes)
        #expect(change.corrected == 1)
        #expect(change.added == 0)
        #expect(history.entries.count == 2)
        #expect(history.lastStatus(Lists.codes)?.status == .outOfWork)
        // What was known in February can still be counted.
        let known = history.entries.filter { $0.stood(at: Lists.day("2025-02-15")) }
        #expect(known.map(\.code) == [Lists.employed])
    }

    @Test("An entry with an id is the same entry, whatever its day")
    func byID() {
        var history = PatientHistory()
        let first = told([Lists.status(Lists.employed, "2025-01-10", id: 5)])
        let second = told([Lists.status(Lists.employed, "2025-01-11", id: 5)])
        _ = history.merge(first, on: Lists.day("2025-02-01"), by: Lists.codes)
        let change = history.merge(second, on: Lists.day("2025-03-01"), by: Lists.codes)
        #expect(change.corrected == 1)
        #expect(history.entries.filter(\.isStanding).map(\.on) == [Lists.day("2025-01-11")])
    }

    @Test("An entry that gets an id later is not told twice")
    func adoption() {
        var history = PatientHistory()
        let without = told([Lists.status(Lists.employed, "2025-01-10")])
        let with = told([Lists.status(Lists.employed, "2025-01-10", id: 9)])
        _ = history.merge(without, on: Lists.day("2025-02-01"), by: Lists.codes)
        let change = history.merge(with, on: Lists.day("2025-03-01"), by: Lists.codes)
        #expect(change.unchanged == 1)
        #expect(history.entries.count == 1)
    }

    @Test(
        "An entry that comes without its id later is the same one",
        arguments: [
            (Lists.employed, 0, [Lists.employed]), (Lists.unemployed, 1, [Lists.unemployed]),
        ]
    )
    func identified(_ code: RecordCode, _ corrected: Int, _ standing: [RecordCode]) {
        var history = PatientHistory()
        let with = told([Lists.status(Lists.employed, "2025-01-10", id: 9)])
        let without = told([Lists.status(code, "2025-01-10")])
        _ = history.merge(with, on: Lists.day("2025-02-01"), by: Lists.codes)
        let change = history.merge(without, on: Lists.day("2025-03-01"), by: Lists.codes)
        #expect(change.corrected == corrected)
        #expect(change.added == 0)
        #expect(history.entries.filter(\.isStanding).map(\.code) == standing)
    }

    @Test("Without an id only the same code and days are taken back")
    func takesBackItsOwn() {
        for (wrong, isGone) in [(Lists.unemployed, false), (Lists.employed, true)] {
            var history = PatientHistory()
            let entry = Lists.status(Lists.employed, "2025-01-10")
            _ = history.merge(told([entry]), on: Lists.day("2025-02-01"), by: Lists.codes)
            let error = PatientHistory.Told(Lists.status(wrong, "2025-01-10"), isWithdrawn: true)
            _ = history.merge([error], on: Lists.day("2025-03-01"), by: Lists.codes)
            #expect((history.lastStatus(Lists.codes) == nil) == isGone)
        }
    }

    @Test("What was entered in error stands no more, and comes back when it is told again")
    func withdrawn() {
        var history = PatientHistory()
        let entry = Lists.status(Lists.employed, "2025-01-10")
        _ = history.merge(told([entry]), on: Lists.day("2025-02-01"), by: Lists.codes)
        let error = [PatientHistory.Told(entry, isWithdrawn: true)]
        let change = history.merge(error, on: Lists.day("2025-03-01"), by: Lists.codes)
        #expect(change.withdrawn == 1)
        #expect(history.lastStatus(Lists.codes) == nil)
        #expect(history.entries.count == 1)
        let back = history.merge(told([entry]), on: Lists.day("2025-04-01"), by: Lists.codes)
        #expect(back.added == 1)
        #expect(history.lastStatus(Lists.codes)?.status == .inWork)
    }

    /// An entry and what the same extract takes back, and whether the entry stands.
    private static let takenBack: [(says: String, entry: RecordEntry, gone: RecordEntry, Bool)] = [
        (
            "the same id", Lists.status(Lists.employed, "2025-01-10", id: 7),
            Lists.status(Lists.employed, "2025-01-10", id: 7), false
        ),
        (
            "the id alone", Lists.status(Lists.employed, "2025-01-10", id: 7),
            Lists.status(.none, "2025-03-01", id: 7), false
        ),
        (
            "another id", Lists.status(Lists.employed, "2025-01-10", id: 7),
            Lists.status(Lists.employed, "2025-01-10", id: 8), true
        ),
        (
            "no id, the same code and day", Lists.status(Lists.employed, "2025-01-10"),
            Lists.status(Lists.employed, "2025-01-10"), false
        ),
        (
            "no id, another code, which this one corrects",
            Lists.status(Lists.employed, "2025-01-10"),
            Lists.status(Lists.unemployed, "2025-01-10"), true
        ),
        (
            "a note that ends on another day, which this one corrects",
            Lists.note("2025-02-01", "2025-02-14"), Lists.note("2025-02-01", "2025-02-28"), true
        ),
    ]

    @Test(
        "What an extract tells and takes back at once does not stand, in either order",
        arguments: takenBack.indices
    )
    func takenBackAtOnce(place: Int) {
        let (says, entry, gone, stands) = Self.takenBack[place]
        let both = [PatientHistory.Told(entry), PatientHistory.Told(gone, isWithdrawn: true)]
        for told in [both, both.reversed()] {
            for isKnown in [false, true] {
                var history = PatientHistory()
                if isKnown {
                    let before = [PatientHistory.Told(entry)]
                    _ = history.merge(before, on: Lists.day("2025-03-01"), by: Lists.codes)
                }
                _ = history.merge(told, on: Lists.day("2025-04-01"), by: Lists.codes)
                let standing = history.entries.filter(\.isStanding)
                #expect(standing.count == (stands ? 1 : 0), "\(says)")
                #expect(standing.allSatisfy { $0.says(entry) }, "\(says)")
                let again = history.merge(told, on: Lists.day("2025-04-01"), by: Lists.codes)
                #expect(!again.changes, "\(says)")
            }
        }
    }

    @Test("An extract older than what is known loses nothing and changes nothing that stands")
    func older() {
        var history = PatientHistory()
        let new = told([Lists.status(Lists.unemployed, "2025-01-10")])
        let old = told([
            Lists.status(Lists.employed, "2025-01-10"), Lists.status(Lists.employed, "2024-06-01"),
        ])
        _ = history.merge(new, on: Lists.day("2025-03-01"), by: Lists.codes)
        let change = history.merge(old, on: Lists.day("2025-02-01"), by: Lists.codes)
        #expect(change.older == 1)
        #expect(change.added == 1)
        #expect(history.entries.count == 3)
        #expect(history.lastStatus(Lists.codes)?.status == .outOfWork)
        let before = history
        let again = history.merge(old, on: Lists.day("2025-02-01"), by: Lists.codes)
        #expect(!again.changes)
        #expect(history == before)
        // What it told is counted all the same: the summary adds up.
        #expect(again.older == 1)
        #expect(again.unchanged == 1)
    }

    @Test("A correction's first words, told again by the extract they came in, are older")
    func olderAgain() {
        var history = PatientHistory()
        let first = told([Lists.status(Lists.employed, "2025-01-10")])
        let second = told([Lists.status(Lists.unemployed, "2025-01-10")])
        _ = history.merge(first, on: Lists.day("2025-02-01"), by: Lists.codes)
        _ = history.merge(second, on: Lists.day("2025-03-01"), by: Lists.codes)
        let before = history
        let again = history.merge(first, on: Lists.day("2025-02-01"), by: Lists.codes)
        #expect(again.older == 1)
        #expect(again.unchanged == 0)
        #expect(history == before)
    }

    @Test("Extracts in any order end with the same standing entries", arguments: [1, 2, 3, 4, 5])
    func anyOrder(seed: UInt64) {
        var random = RandomGenerator(seed: seed)
        let codes = [Lists.employed, Lists.unemployed]
        // Each extract tells another half of the days, later ones sometimes otherwise.
        let extracts = (0..<6).map { number in
            (
                day: Lists.day("2025-06-01") + Int32(number),
                told: (0..<8).compactMap { place -> PatientHistory.Told? in
                    guard random.below(2) == 0 else { return nil }
                    var entry = RecordEntry(
                        code: codes[random.below(2)],
                        on: Lists.day("2025-01-01") + Int32(place)
                    )
                    entry.id = place < 4 ? UInt64(place + 1) : 0
                    return PatientHistory.Told(entry)
                }
            )
        }
        func standing(_ order: [Int]) -> Set<[UInt64]> {
            var history = PatientHistory()
            for place in order {
                let extract = extracts[place]
                _ = history.merge(extract.told, on: extract.day, by: Lists.codes)
            }
            return Set(history.entries.filter(\.isStanding).map { [$0.code.bits, UInt64($0.on)] })
        }
        let inOrder = standing(Array(0..<6))
        #expect(!inOrder.isEmpty)
        for _ in 0..<20 {
            var order = Array(0..<6)
            for place in order.indices.reversed() {
                order.swapAt(place, random.below(place + 1))
            }
            #expect(standing(order) == inOrder, "\(order)")
        }
    }

    @Test("Bytes read back as the same history; other bytes are refused")
    func bytes() {
        var note = Lists.note("2025-02-01", "2025-02-14", reason: "F32.1")
        note.id = .max
        note.told = 20_000
        let history = PatientHistory([note, Lists.status(Lists.employed, "1969-12-31")])
        let bytes = history.encoded
        #expect(bytes.withUnsafeBytes { PatientHistory($0) } == history)
        #expect(Array(bytes.dropLast()).withUnsafeBytes { PatientHistory($0) } == nil)
    }
}
