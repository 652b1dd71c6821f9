import Kernel
import Testing

@testable import Casework
@testable import Programmes

/// Sustainment counted again the slow way: every day looked at for itself.
@Suite("Sustainment against an oracle") struct SustainmentOracleTests {
    static let referred = CivilDate(iso: "2024-03-04") ?? CivilDate(day: 0)

    @Test("Random spells come out as counting day by day gives", arguments: [11, 12, 13, 14])
    func agrees(_ seed: Int) {
        var random = RandomGenerator(seed: UInt64(seed))
        for round in 1...100 {
            let rule = Self.rule(&random)
            let folded = Self.folded(&random)
            let now = Self.referred.adding(days: random.below(160) - 10)
            let reading = folded.outcome(rule, on: now)
            let oracle = Oracle(rule, folded)
            let place = "seed \(seed), round \(round): \(rule.test), \(folded.spells)"
            #expect(reading.metOn == oracle.metOn, "\(place)")
            let counted = oracle.counted(upTo: now)
            #expect(reading.daysCounted == counted.days, "\(place)")
            if let pay = reading.payCounted { #expect(pay == counted.pay, "\(place)") }
            #expect(reading.earliest == oracle.earliest(from: now), "\(place) on \(now)")
        }
    }

    private static func rule(_ random: inout RandomGenerator) -> OutcomeRule {
        let weeks = 1 + random.below(4)
        let wages = [
            DatedPence(from: CivilDate(iso: "2023-04-01") ?? referred, amount: Pence(100)),
            DatedPence(from: CivilDate(iso: "2024-04-01") ?? referred, amount: Pence(150)),
        ]
        let tests: [OutcomeRule.Test] = [
            .started, .sustained(weeks: weeks, withinWeeks: weeks + random.below(3)),
            .cumulative(days: 1 + random.below(40)),
            .earnings(Earnings(hoursPerWeek: 10, weeks: weeks, hourly: wages)),
        ]
        return OutcomeRule(
            id: "it",
            name: "It",
            test: tests[random.below(tests.count)],
            hoursMin: [0, 7, 16][random.below(3)],
            kinds: ["job", "self-employment"],
            withinDays: random.below(3) == 0 ? random.below(120) : nil
        )
    }

    private static func folded(_ random: inout RandomGenerator) -> Case {
        let header = CaseHeader(
            id: CaseID(high: 1, low: 1),
            programme: "example",
            programmeVersion: 1,
            reference: "A1",
            person: PersonID(high: 1, low: 1)
        )
        var folded = Case(header: header)
        folded.milestones[Milestone.referred.place] = referred
        if random.below(5) > 0 {
            let day = referred.adding(days: random.below(50))
            folded.milestones[Milestone.started.place] = day
        }
        if random.below(4) == 0 {
            let day = referred.adding(days: 60 + random.below(60))
            folded.milestones[Milestone.closed.place] = day
        }
        for number in 0..<random.below(5) {
            let from = referred.adding(days: random.below(140) - 30)
            var terms = [terms(from, &random)]
            if random.below(3) == 0 {
                terms.append(Self.terms(from.adding(days: random.below(20)), &random))
            }
            folded.spells.append(
                JobSpell(
                    id: "s\(number)",
                    kind: ["job", "job", "self-employment", "placement"][random.below(4)],
                    from: from,
                    to: random.below(3) == 0 ? nil : from.adding(days: random.below(40)),
                    terms: terms
                )
            )
        }
        return folded
    }

    private static func terms(_ day: CivilDate, _ random: inout RandomGenerator) -> JobTerms {
        JobTerms(
            from: day,
            hoursPerWeek: [nil, 4, 7, 16, 30][random.below(5)],
            weeklyPay: [nil, 1_000, 1_501][random.below(3)]
        )
    }
}

/// Each day of the years after the referral: whether it counts, and what it pays.
private struct Oracle {
    let rule: OutcomeRule
    let folded: Case
    let from: CivilDate
    var pay: [Int?] = []

    init(_ rule: OutcomeRule, _ folded: Case) {
        self.rule = rule
        self.folded = folded
        var fromStart = rule.withinDays != nil
        if case .earnings = rule.test { fromStart = true }
        let referred = folded[.referred] ?? CivilDate(day: 0)
        from = fromStart ? folded[.started] ?? referred : referred
        for offset in 0..<500 {
            let day = from.adding(days: offset)
            let paid = folded.spells.compactMap { pays($0, on: day) }
            pay.append(paid.isEmpty ? nil : paid.reduce(0, +))
        }
    }

    /// What the spell pays in the week of a day; nil when it does not count on that day.
    private func pays(_ spell: JobSpell, on day: CivilDate) -> Int? {
        guard rule.kinds.contains(spell.kind), spell.from <= day else { return nil }
        if let to = spell.to, day > to { return nil }
        if case .started = rule.test, spell.from < from { return nil }
        if let closed = folded[.closed], day > closed { return nil }
        var terms = spell.terms.first
        for other in spell.terms where other.from <= day { terms = other }
        guard let terms, rule.hoursMin == 0 || terms.hoursPerWeek ?? 0 >= rule.hoursMin
        else { return nil }
        return terms.weeklyPay ?? 0
    }

    var metOn: CivilDate? { metOn(pay) }

    private func metOn(_ pay: [Int?]) -> CivilDate? {
        if rule.withinDays != nil, folded[.started] == nil { return nil }
        let (days, pence) = (Self.days(pay), Self.pence(pay))
        for offset in pay.indices where pay[offset] != nil {
            if let within = rule.withinDays, offset > within { return nil }
            let isEnough =
                switch rule.test {
                case .started: true
                case .sustained(let weeks, let within):
                    days[offset + 1] - days[max(0, offset + 1 - within * 7)] >= weeks * 7
                case .cumulative(let needed): days[offset + 1] >= needed
                case .earnings(let earnings):
                    pence[offset + 1] / 7 >= wage * earnings.hoursPerWeek * earnings.weeks
                }
            if isEnough { return from.adding(days: offset) }
        }
        return nil
    }

    private var wage: Int {
        let first = relevant.min { $0.from < $1.from }?.from
        let day = folded[.started] ?? first ?? from
        return day < (CivilDate(iso: "2024-04-01") ?? day) ? 100 : 150
    }

    /// Days in work before each day.
    private static func days(_ pay: [Int?]) -> [Int] {
        pay.reduce(into: [0]) { $0.append(($0.last ?? 0) + ($1 == nil ? 0 : 1)) }
    }

    /// Pay before each day, in sevenths of a penny.
    private static func pence(_ pay: [Int?]) -> [Int] {
        pay.reduce(into: [0]) { $0.append(($0.last ?? 0) + ($1 ?? 0)) }
    }

    func counted(upTo day: CivilDate) -> (days: Int, pay: Int) {
        var most = (days: 0, pay: 0)
        let last = rule.withinDays.flatMap { folded[.started]?.adding(days: $0) } ?? day
        let end = min(day, last) - from
        guard end >= 0 else { return most }
        let (days, pence) = (Self.days(pay), Self.pence(pay))
        for offset in 0...end {
            var window = offset + 1
            if case .sustained(_, let weeks) = rule.test { window = min(window, weeks * 7) }
            most.days = max(most.days, days[offset + 1] - days[offset + 1 - window])
        }
        most.pay = pence[end + 1] / 7
        return most
    }

    /// The spells that can count at all, as far as they are known of.
    private var relevant: [JobSpell] {
        folded.spells.filter { spell in
            if case .started = rule.test, spell.from < from { return false }
            let counts = spell.terms.contains {
                rule.hoursMin == 0 || $0.hoursPerWeek ?? 0 >= rule.hoursMin
            }
            return rule.kinds.contains(spell.kind) && counts && spell.to.map { $0 >= from } ?? true
        }
    }

    /// The first day of meeting it if work began on the day after and went on.
    func earliest(from day: CivilDate) -> CivilDate? {
        if let metOn { if metOn <= day { return nil } }
        if folded[.closed] != nil { return nil }
        if let metOn { return metOn }
        let last = relevant.sorted { $0.from < $1.from }.last?.terms.last?.weeklyPay ?? 0
        var supposed = pay
        for offset in supposed.indices where from.adding(days: offset) > day {
            supposed[offset] = last
        }
        return metOn(supposed)
    }
}
