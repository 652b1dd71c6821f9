import Kernel
import Programmes

/// Whether job spells make an outcome: with the evidence, or what is missing.
package struct OutcomeReading: Sendable, Hashable {
    package var rule: OutcomeRule
    /// The first day on which the test is met if nothing changes.
    ///
    /// Open spells are taken to last, until the case closes.
    package var metOn: CivilDate?
    /// The days in work that count up to the day asked about, within the best window.
    package var daysCounted: Int
    /// Pay counted up to the day asked about, in pence; nil when the test is not about pay.
    package var payCounted: Int?
    /// What the test asks for: days, or pence.
    package var needed: Int
    /// When it is not met by the day asked about: the earliest day on which it could be.
    package var earliest: CivilDate?
    /// The spells that count, in order.
    package var evidence: [JobSpell]

    /// Whether it is met by the day.
    package func isMet(on day: CivilDate) -> Bool { metOn.map { $0 <= day } ?? false }
}

extension Case {
    /// Every outcome rule of the programme, judged over this case's spells.
    ///
    /// - Parameter day: up to which evidence is counted, and from which `earliest` looks ahead.
    package func outcomes(in programme: Programme, on day: CivilDate) -> [OutcomeReading] {
        programme.outcomes.map { outcome($0, on: day) }
    }

    /// The day on which the rule is met if nothing changes.
    package func outcomeDate(_ rule: OutcomeRule) -> CivilDate? {
        Sustainment(rule, self).metOn
    }

    package func outcome(_ rule: OutcomeRule, on day: CivilDate) -> OutcomeReading {
        let now = Sustainment(rule, self)
        let counted = now.counted(upTo: day)
        var reading = OutcomeReading(
            rule: rule,
            metOn: now.metOn,
            daysCounted: counted.days,
            payCounted: now.threshold == nil ? nil : counted.pay,
            needed: now.threshold ?? now.daysNeeded,
            earliest: nil,
            evidence: now.spells
        )
        if !reading.isMet(on: day), self[.closed] == nil {
            reading.earliest = now.metOn ?? now.ifInWork(from: day.adding(days: 1)).metOn
        }
        return reading
    }
}

/// One rule laid over one case's spells, a day at a time.
private struct Sustainment {
    let rule: OutcomeRule
    let startedOn: CivilDate?
    /// The day from which work counts.
    ///
    /// It is the referral, or the start of support where the rule is about the time or the pay
    /// since then. Work before the programme is none of its outcomes.
    let countsFrom: CivilDate
    /// When the case closed: nothing is known of the time after it.
    let closedOn: CivilDate?
    /// The spells that count.
    var spells: [JobSpell]
    /// How far ahead to look in an open spell: farther than any window in a programme file.
    static let horizonDays = 3653

    init(_ rule: OutcomeRule, _ folded: Case) {
        self.rule = rule
        let startedOn = folded[.started]
        let referredOn = folded[.referred] ?? CivilDate(day: 0)
        let countsFrom = rule.sinceStart ? startedOn ?? referredOn : referredOn
        self.startedOn = startedOn
        self.countsFrom = countsFrom
        closedOn = folded[.closed]
        spells = folded.spells.filter { spell in
            // A job held already is no job started.
            if case .started = rule.test, spell.from < countsFrom { return false }
            return rule.counts(spell) && spell.to.map { $0 >= countsFrom } ?? true
        }
        spells.sort { $0.from < $1.from }
    }

    /// The same with work that begins on a day and lasts, at the hours and pay of the last spell.
    ///
    /// It takes the place of spells that last, so that no day is paid twice.
    func ifInWork(from day: CivilDate) -> Sustainment {
        var supposed = self
        let last = spells.last?.terms.last
        let before = day.adding(days: -1)
        for index in supposed.spells.indices {
            supposed.spells[index].to = min(supposed.spells[index].to ?? before, before)
        }
        supposed.spells.append(
            JobSpell(
                id: "supposed",
                kind: rule.kinds.first ?? "job",
                from: day,
                to: nil,
                terms: [
                    JobTerms(
                        from: day,
                        hoursPerWeek: max(last?.hoursPerWeek ?? 16, rule.hoursMin),
                        weeklyPay: last?.weeklyPay
                    )
                ]
            )
        )
        return supposed
    }

    var daysNeeded: Int {
        switch rule.test {
        case .started: 1
        case .sustained(let weeks, _): weeks * 7
        case .cumulative(let days): days
        case .earnings: 0
        }
    }

    /// The days of the window within which the days must lie; nil is no limit.
    private var windowDays: Int? {
        if case .sustained(_, let weeks) = rule.test { return weeks * 7 }
        return nil
    }

    /// The pay that is asked for, in pence, at the wage in force when support started.
    var threshold: Int? {
        guard case .earnings(let earnings) = rule.test else { return nil }
        let day = startedOn ?? spells.first?.from ?? countsFrom
        let wage = earnings.hourly.last { $0.from <= day } ?? earnings.hourly.first
        return Int(wage?.amount.value ?? 0) * earnings.hoursPerWeek * earnings.weeks
    }

    private var lastDay: CivilDate? {
        guard let within = rule.withinDays, let startedOn else { return nil }
        return startedOn.adding(days: within)
    }

    var metOn: CivilDate? {
        if rule.withinDays != nil, startedOn == nil { return nil }
        var met: CivilDate?
        walk(upTo: nil) { day, days, pay in
            let enough = threshold.map { pay >= $0 } ?? (days >= daysNeeded)
            if enough { met = day }
            return enough
        }
        return met
    }

    func counted(upTo end: CivilDate) -> (days: Int, pay: Int) {
        var best = (days: 0, pay: 0)
        walk(upTo: end) { _, days, pay in
            best = (max(best.days, days), max(best.pay, pay))
            return false
        }
        return best
    }

    /// Steps through the days in work, giving the days within the window and the pay so far.
    private func walk(upTo end: CivilDate?, _ stop: (CivilDate, Int, Int) -> Bool) {
        guard let earliest = spells.map(\.from).min() else { return }
        let first = max(earliest, countsFrom)
        let ends = spells.map { $0.to ?? max($0.from, first).adding(days: Self.horizonDays) }
        let latest = ends.max() ?? first
        let last = [latest, lastDay, closedOn, end].compactMap { $0 }.min() ?? latest
        guard last >= first else { return }
        var worked = Array(repeating: false, count: last - first + 1)
        var days = 0
        // In sevenths of a penny, so that daily pay adds up exactly.
        var pay = 0
        for offset in worked.indices {
            let day = first.adding(days: offset)
            if let window = windowDays, offset >= window, worked[offset - window] { days -= 1 }
            var weekly = 0
            for spell in spells where spell.contains(day) {
                guard let terms = spell.terms(on: day), rule.counts(terms) else { continue }
                worked[offset] = true
                weekly += terms.weeklyPay ?? 0
            }
            guard worked[offset] else { continue }
            days += 1
            pay += weekly
            if stop(day, days, pay / 7) { return }
        }
    }
}

extension OutcomeRule {
    /// Whether it is about the time or the pay since support started.
    fileprivate var sinceStart: Bool {
        if case .earnings = test { return true }
        return withinDays != nil
    }

    fileprivate func counts(_ spell: JobSpell) -> Bool {
        kinds.contains(spell.kind) && spell.terms.contains { counts($0) }
    }

    /// Unknown hours count only where no hours are asked for.
    fileprivate func counts(_ terms: JobTerms) -> Bool {
        hoursMin == 0 || (terms.hoursPerWeek ?? 0) >= hoursMin
    }
}

extension JobSpell {
    fileprivate func contains(_ day: CivilDate) -> Bool {
        from <= day && (to.map { day <= $0 } ?? true)
    }

    /// The hours and pay in force on a day.
    package func terms(on day: CivilDate) -> JobTerms? {
        terms.last { $0.from <= day } ?? terms.first
    }
}
