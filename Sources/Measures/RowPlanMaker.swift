import Kernel
import Programmes

/// Turns an indicator into the sets that it needs.
struct RowPlanMaker {
    typealias Made = (figure: RowPlan.Figure, numerator: Int, beside: RowPlan.Beside)

    var plan: Plan
    let programme: Programme
    let of: Denominator?
    private(set) var omissions: [RowPlan.Omission] = []

    init(plan: Plan, programme: Programme, of: Denominator?) {
        self.plan = plan
        self.programme = programme
        self.of = of
    }

    mutating func make(_ kind: Indicator.Kind) -> Made {
        switch kind {
        case .count(let population):
            let (set, beside) = within(plan.rows(population))
            if case .rows(let whole) = beside { leaveOutUnknown(population, within: whole) }
            return (.one(.count(set)), set, beside)
        case .mean(let elapsed, let over):
            let set = timed(elapsed, over)
            let sum = Tally.elapsedSum(set, elapsed.span)
            return (.mean(sum, over: .count(set), unit: elapsed.daysPerUnit), set, .nothing)
        case .median(let elapsed, let over):
            let set = timed(elapsed, over)
            let span = elapsed.span
            let lengths = Tally.elapsedCounts(set, span)
            return (.median(lengths, span, unit: elapsed.daysPerUnit), set, .nothing)
        case .distinct(let field, let over):
            let (set, beside) = within(plan.rows(over))
            let blank = plan.all([set, plan.rows(.blank(field))])
            omissions.append(.init(reason: "with \(field.words) not known", set: blank))
            return (.distinct(.codesSeen(set, field)), set, beside)
        case .sum(let field, let over):
            let (set, beside) = within(plan.rows(over))
            let known = plan.known(field)
            let unknown = plan.all([set, plan.not(known)])
            omissions.append(.init(reason: "with \(field.words) not known", set: unknown))
            let summed = plan.all([set, known])
            return (.one(.sum(summed, field)), summed, beside)
        case .met(let clock):
            return met(clock)
        case .outcome(let id):
            return outcome(id)
        }
    }

    /// A set within the denominator, and the denominator.
    private mutating func within(_ set: Int) -> (Int, RowPlan.Beside) {
        switch of {
        case nil: return (set, .nothing)
        case .target(_, let value): return (set, .target(value))
        case .population(let population):
            let whole = plan.rows(population)
            return (plan.all([whole, set]), .rows(whole))
        }
    }

    /// The rows of a population that have both dates; the others are left out.
    private mutating func timed(_ elapsed: Elapsed, _ over: Population) -> Int {
        let set = plan.rows(over)
        let from = plan.rows(.reached(elapsed.from))
        let to = plan.rows(.reached(elapsed.to))
        let unbegun = plan.all([set, plan.not(from)])
        let unended = plan.all([set, from, plan.not(to)])
        omissions = [
            .init(reason: "with no date for \(elapsed.from.words)", set: unbegun),
            .init(reason: "with no date for \(elapsed.to.words)", set: unended),
        ]
        return plan.all([set, from, to])
    }

    /// Cases of which it is not known whether they belong to the count: they stay in the
    /// denominator, and are told of.
    private mutating func leaveOutUnknown(_ population: Population, within whole: Int) {
        for question in population.questions(programme) {
            let known: Int
            switch question {
            case .code(let field): known = plan.not(plan.rows(.blank(field)))
            case .number(let field): known = plan.known(field)
            case .answer(let key): known = plan.rows(.token(.answers, key: key, values: []))
            }
            omissions.append(
                .init(
                    reason: "with \(question.unknownWords), counted as no",
                    set: plan.all([whole, plan.not(known)])
                )
            )
        }
    }

    /// Cases whose clock was met, of those for which it was met or missed.
    private mutating func met(_ clock: String) -> Made {
        func status(_ value: String) -> Int {
            plan.rows(.token(.clocks, key: clock, values: [value]))
        }
        let met = status("met")
        let settled = plan.any([met, status("missed")])
        let running = status("running")
        if case .target(_, let value) = of { return (.one(.count(met)), met, .target(value)) }
        var whole = plan.everyone
        if case .population(let population) = of { whole = plan.rows(population) }
        let open = plan.all([whole, plan.not(settled)])
        let without = plan.all([open, plan.not(running)])
        omissions = [
            .init(reason: "still running", set: plan.all([open, running])),
            .init(reason: "with the clock not started, or lapsed", set: without),
        ]
        let set = plan.all([whole, met])
        return (.one(.count(set)), set, .rows(plan.all([whole, settled])))
    }

    /// Cases with an outcome.
    ///
    /// As a share, only those for which its window has passed are counted,
    /// above and below the line, so that quick successes do not flatter it.
    private mutating func outcome(_ id: String) -> Made {
        let reached = plan.rows(.token(.outcomes, key: id, values: []))
        guard case .population(let population) = of else {
            let (set, beside) = within(reached)
            return (.one(.count(set)), set, beside)
        }
        var whole = plan.rows(population)
        if let window = programme.outcomes.first(where: { $0.id == id })?.window {
            let passed = window.passed(&plan)
            // Whoever reaches it if nothing changes, such as in a later job, has not failed yet.
            let awaited = plan.all([plan.promised(id), plan.not(reached)])
            let mature = plan.all([passed, plan.not(awaited)])
            omissions = [
                .init(reason: "not yet mature", set: plan.all([whole, plan.not(mature)]))
            ]
            whole = plan.all([whole, mature])
        }
        let set = plan.all([whole, reached])
        return (.one(.count(set)), set, .rows(whole))
    }
}

extension Elapsed {
    /// The time in days or working days.
    var span: Span { Span(from: from, to: to, inWorkingDays: unit == .workingDays) }

    /// How many days one unit has.
    var daysPerUnit: Int { unit == .weeks ? 7 : 1 }
}
