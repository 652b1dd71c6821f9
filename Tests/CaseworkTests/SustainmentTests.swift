import Foundation
import Kernel
import Programmes
import Testing

@testable import Casework

@Suite("Sustainment") struct SustainmentTests {
    /// The case is referred on 2024-11-04 and started on 2024-11-11.
    ///
    /// A spell is its first day with
    /// hours, weekly pay and kind; what changes after a stroke; and its last day. `now` is the day
    /// asked about.
    static let outcomes = """
        rule     | spells                                                      | now        | met on     | counted | earliest
        started  |                                                             | 2024-12-01 |            | 0       | 2024-12-02
        started  | 2024-12-02 16h                                              | 2024-12-01 | 2024-12-02 | 0       | 2024-12-02
        started  | 2024-12-02 16h                                              | 2024-12-02 | 2024-12-02 | 1       |
        started  | 2024-12-02 16h placement                                    | 2024-12-09 |            | 0       | 2024-12-10
        started  | since 2024-05-01 16h                                        | 2024-12-09 |            | 0       | 2024-12-10
        started  | since 2024-11-06 16h                                        | 2024-12-09 | 2024-11-06 | 34      |
        started  | 2024-12-02 16h; closed 2024-11-30                           | 2024-12-09 |            | refused |
        thirteen | 2024-12-02 16h                                              | 2024-12-09 | 2025-03-02 | 8       | 2025-03-02
        thirteen | 2024-12-02 16h                                              | 2025-03-01 | 2025-03-02 | 90      | 2025-03-02
        thirteen | 2024-12-02 16h                                              | 2025-03-02 | 2025-03-02 | 91      |
        thirteen | 2024-12-02 6h                                               | 2025-03-02 |            | 0       | 2025-06-01
        thirteen | 2024-12-02                                                  | 2025-03-02 |            | 0       | 2025-06-01
        thirteen | 2024-12-02 7h                                               | 2025-03-02 | 2025-03-02 | 91      |
        thirteen | 2024-12-02 7h placement                                     | 2025-03-02 |            | 0       | 2025-06-01
        thirteen | 2024-12-02 16h / end 2025-03-01                             | 2025-03-02 |            | 90      | 2025-03-03
        thirteen | 2024-12-02 16h / end 2025-03-02                             | 2025-03-02 | 2025-03-02 | 91      |
        thirteen | 2024-12-02 16h / end 2025-01-12; 2025-02-03 20h             | 2025-03-23 | 2025-03-23 | 91      |
        thirteen | 2024-12-02 16h / end 2025-01-12; 2025-02-04 20h             | 2025-03-24 | 2025-05-05 | 90      | 2025-05-05
        thirteen | 2024-12-02 16h / end 2025-01-12                             | 2025-01-20 |            | 42      | 2025-03-10
        thirteen | 2024-12-02 16h / end 2025-01-12                             | 2025-02-03 |            | 42      | 2025-05-05
        thirteen | 2024-12-02 16h / end 2025-02-02; 2025-01-20 8h / end 2025-03-01 | 2025-06-01 |      | 90      | 2025-08-31
        thirteen | 2024-12-02 16h / end 2025-02-02; 2025-01-20 8h / end 2025-03-02 | 2025-06-01 | 2025-03-02 | 91 |
        thirteen | 2024-12-02 4h; 2024-12-02 4h                                | 2025-06-01 |            | 0       | 2025-08-31
        thirteen | 2024-12-02 16h / 2025-01-06 4h / 2025-01-20 8h              | 2025-06-01 | 2025-03-16 | 112     |
        thirteen | 2024-12-02 16h / 2025-01-06 4h                              | 2025-01-12 |            | 35      | 2025-03-09
        thirteen | since 2024-01-01 16h                                        | 2024-12-01 | 2025-02-02 | 28      | 2025-02-02
        thirteen | 2024-12-02 16h; closed 2025-02-28                           | 2025-06-01 |            | 89      |
        thirteen | 2024-12-02 16h; closed 2025-03-02                           | 2025-06-01 | 2025-03-02 | 91      |
        half     | 2024-12-02 16h                                              | 2025-06-30 | 2025-06-01 | 211     |
        half     | 2024-12-02 16h / end 2025-02-28; 2025-06-02 5h              | 2025-09-02 | 2025-09-02 | 182     |
        half     | 2024-12-02 16h / end 2025-02-28; 2025-06-02 5h / end 2025-09-01 | 2025-12-31 |        | 181     | 2026-01-01
        year     | 2024-12-02 16h                                              | 2025-11-30 | 2025-11-30 | 364     |
        year     | 2024-12-02 16h / end 2025-06-30; 2025-07-01 16h             | 2025-11-30 | 2025-11-30 | 364     |
        year     | 2024-12-02 16h / end 2025-06-30; 2025-07-02 16h             | 2025-11-30 | 2026-06-30 | 363     | 2026-06-30
        pay      | 2024-12-02 £183.04                                          | 2025-06-01 | 2025-06-01 | 475904  |
        pay      | 2024-12-02 £183.03                                          | 2025-06-01 | 2025-06-02 | 475878  | 2025-06-02
        pay      | 2024-12-02 £183.04 / 2025-03-03 £366.08                     | 2025-04-16 | 2025-04-17 | 473289  | 2025-04-17
        pay      | 2024-12-02 £183.04; 2024-12-02 £183.04                      | 2025-03-02 | 2025-03-02 | 475904  |
        pay      | since 2024-01-01 £183.04                                    | 2025-05-11 | 2025-05-11 | 475904  |
        pay      | 2024-12-02 £183.04 / end 2025-03-02                         | 2025-03-31 |            | 237952  | 2025-06-30
        pay      | 2024-12-02                                                  | 2025-03-31 |            | 0       |
        pay      | 2026-05-11 £183.04                                          | 2026-08-11 |            | 243181  |
        """

    static let rules = """
        outcomes:
          - {id: started, kinds: [job, self-employment], started: true}
          - {id: thirteen, hours_min: 7, sustained: {weeks: 13, within_weeks: 16}}
          - {id: half, cumulative_days: 182}
          - {id: year, sustained: {weeks: 52}}
          - id: pay
            within_days: 638
            earnings: {hours_per_week: 16, weeks: 26, hourly: {2023-04-01: 10.42, 2024-04-01: 11.44, 2025-04-01: 12.21}}

        """

    @Test("Each row comes out as the table says", arguments: TextTable(outcomes).rows)
    func eachOutcome(_ row: TextTable.Row) throws {
        let programme = try Self.programme()
        var situation = Situation(programme, today: try #require(CivilDate(iso: "2030-01-01")))
        var told: Set<String> = []
        let begin = ["2024-11-04 referral gp", "2024-11-11 started"]
        for entry in begin + Self.entries(row["spells"]) {
            let day = try #require(CivilDate(iso: entry.prefix(10)), "\(entry)")
            let command = try situation.command(String(entry.dropFirst(11)), on: day)
            told.insert(situation.tell(command))
        }
        let place = "row \(row.number)"
        if row["counted"] == "refused" {
            #expect(told.contains("case-closed"), "\(place)")
            return
        }
        #expect(told == ["ok"], "\(place)")
        let now = try #require(CivilDate(iso: row["now"]))
        let rule = try #require(programme.outcomes.first { $0.id == row["rule"] })
        let reading = situation.folded.outcome(rule, on: now)
        #expect(reading.metOn?.iso ?? "" == row["met on"], "\(place): met on")
        let counted = reading.payCounted ?? reading.daysCounted
        #expect("\(counted)" == row["counted"], "\(place): counted")
        #expect(reading.earliest?.iso ?? "" == row["earliest"], "\(place): earliest")
        #expect(reading.isMet(on: now) == (reading.metOn.map { $0 <= now } ?? false))
        #expect(situation.folded.outcomeDate(rule) == reading.metOn, "\(place): kept in the facts")
        let facts = try #require(situation.facts())
        let token = reading.metOn.map { "\(rule.id)@\($0.iso)" }
        let tokens = facts[.outcomes].split(separator: " ").map(String.init)
        #expect(tokens.first { $0.hasPrefix("\(rule.id)@") } == token, "\(place): the token")
    }

    @Test("What is needed is days, or pence at the wage when support started")
    func whatIsNeeded() throws {
        let programme = try Self.programme()
        for (started, pence) in [("2024-03-31", 433_472), ("2024-04-01", 475_904)] {
            var folded = Case(header: Situation(programme).history.header)
            folded.milestones[Milestone.started.place] = CivilDate(iso: started)
            let day = CivilDate(iso: started) ?? Situation.today
            let needed = folded.outcomes(in: programme, on: day).map(\.needed)
            #expect(needed == [1, 91, 182, 364, pence])
        }
    }

    static func programme() throws -> Programme {
        let text = Shipped.example
        let from = try #require(text.range(of: "outcomes:\n")).lowerBound
        var programme = try Programme(yaml: text[..<from] + rules, file: "example")
        programme.runs = DateRange(from: CivilDate(iso: "2024-10-01"))
        return programme
    }

    /// The entries that make the spells of a cell.
    static func entries(_ cell: String) -> [String] {
        var entries: [String] = []
        for (number, spell) in cell.split(separator: ";").enumerated() {
            for part in spell.split(separator: "/") {
                var words = part.split(separator: " ").map(String.init)
                if words.first == "closed" {
                    entries.append("\(words[1]) closed disengaged")
                } else if words.first == "end" {
                    entries.append("\(words[1]) job-ended s\(number)")
                } else {
                    var day = words.removeFirst()
                    var entry = part == spell.split(separator: "/").first ? "job" : "job-changed"
                    entry += " s\(number)"
                    if day == "since" {
                        day = "2024-11-18"
                        entry += " since=\(words.removeFirst())"
                    }
                    entries.append("\(day) \(entry)\(words.map(field).joined())")
                }
            }
        }
        return entries
    }

    private static func field(_ word: String) -> String {
        if word.hasSuffix("h") { return " hours_per_week=\(word.dropLast())" }
        if word.hasPrefix("£") {
            return " weekly_pay_pence=\(Pence(pounds: word.dropFirst())?.value ?? -1)"
        }
        return " kind=\(word)"
    }
}
