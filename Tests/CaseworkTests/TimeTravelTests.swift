import Casework
import Kernel
import Programmes
import Testing

/// The world on a day, and what was known at a moment.
@Suite("As at and known at") struct TimeTravelTests {
    static let seeds: [UInt64] = (101...125).map { $0 }
    let pool: RandomStory.Pool

    init() throws { pool = try RandomStory.Pool() }

    @Test("As at a day is the history with what happened later left out", arguments: seeds)
    func asAt(_ seed: UInt64) {
        let history = RandomStory(pool, seed: seed).situation.history
        let first = CivilDate(iso: "2024-11-30") ?? Situation.today
        for offset in stride(from: 0, through: 100, by: 4) {
            let day = first.adding(days: offset)
            let events = history.events.filter { $0.occurredOn <= day }
            let then = History(header: history.header, events: events)
            #expect(history.fold(asAt: day) == then.fold(), "seed \(seed), \(day)")
            let facts = history.facts(programme: pool.programme, asAt: day)
            #expect(facts?.untold == then.facts(programme: pool.programme)?.untold)
            #expect((facts == nil) == then.events.isEmpty || then.fold().referral == nil)
            #expect(facts.map { $0.lastOccurredOn <= day } ?? true, "seed \(seed), \(day)")
        }
    }

    @Test("Known at a moment is the history as it stood then", arguments: seeds)
    func knownAt(_ seed: UInt64) {
        let history = RandomStory(pool, seed: seed).situation.history
        for event in history.events {
            let events = history.events.filter { $0.recordedAt <= event.recordedAt }
            let then = History(header: history.header, events: events)
            #expect(history.fold(knownAt: event.recordedAt) == then.fold(), "seed \(seed)")
            let facts = history.facts(programme: pool.programme, knownAt: event.recordedAt)
            #expect(facts == then.facts(programme: pool.programme), "seed \(seed)")
        }
        let before = Instant(milliseconds: 0)
        #expect(history.facts(programme: pool.programme, knownAt: before) == nil)
    }

    @Test("A correction changes what is known of a day, not what was known")
    func correctionsAreDated() throws {
        let table = """
            told       | day        | what happens                   | verdict
            2024-11-04 | 2024-11-04 | referral gp                    | ok
            2024-11-08 | 2024-11-07 | contact reached                | ok
            2024-11-20 | 2024-11-12 | instead of 2: contact reached  | ok
            """
        let situation = try VerdictTable(name: "late", text: table).check().situation
        let known = """
            known at   | as at      | engaged on
            2024-11-04 | 2024-11-30 |
            2024-11-07 | 2024-11-30 |
            2024-11-09 | 2024-11-30 | 2024-11-07
            2024-11-09 | 2024-11-06 |
            2024-11-21 | 2024-11-30 | 2024-11-12
            2024-11-21 | 2024-11-11 |
            """
        for row in TextTable(known).rows {
            let moment = try #require(CivilDate(iso: row["known at"])).adding(days: 1)
            let facts = situation.history.facts(
                programme: situation.programme,
                asAt: CivilDate(iso: row["as at"]),
                knownAt: Instant(midnightUTC: moment)
            )
            #expect(facts?[.firstContact]?.iso ?? "" == row["engaged on"], "row \(row.number)")
        }
    }

    @Test("A row of facts does not depend on today", arguments: seeds)
    func factsHaveNoToday(_ seed: UInt64) {
        let story = RandomStory(pool, seed: seed, corrects: false)
        let later = Situation.today.adding(days: 1_000)
        var retold = Situation(pool.programme, today: later, seed: seed)
        for command in story.commands { #expect(retold.tell(command) == "ok", "seed \(seed)") }
        #expect(retold.isSame(as: story.situation), "seed \(seed)")
        let items = retold.folded.workItems(in: pool.programme)
        #expect(items == story.situation.folded.workItems(in: pool.programme), "seed \(seed)")
    }
}
