import Kernel
import Measures
import Programmes

extension Entitlements {
    /// What is due by the end of a quarter.
    ///
    /// The answer follows from the arguments alone: what was claimed before does not come into it,
    /// so that it can be computed anew at any time.
    ///
    /// - Parameters:
    ///   - achievements: what the cases have achieved by the quarter's last day, in order.
    ///   - results: what the measures of incentive schemes earned.
    ///   - refused: what was rejected for good.
    ///   - limits: the most that is due by keys of which a part was rejected for good.
    package static func compute(
        _ programme: Programme,
        quarter: Quarter,
        achievements: [Achievement],
        results: [IncentiveResult] = [],
        refused: Set<ClaimKey> = [],
        limits: [ClaimKey: Pence] = [:]
    ) -> Entitlements {
        guard let funding = programme.funding, let budget = Budget(programme) else {
            return Entitlements()
        }
        var allotment = Allotment(funding, budget, programme, quarter, refused, limits)
        allotment.takeInstalments(counting: achievements)
        allotment.takePeople(achievements)
        allotment.takeBalance()
        allotment.takeResults(results)
        return allotment.entitlements
    }
}

/// Gives out a programme's money, first come first served, up to its caps.
private struct Allotment {
    let funding: FundingRules
    let budget: Budget
    let programme: Programme
    let quarter: Quarter
    let refused: Set<ClaimKey>
    let limits: [ClaimKey: Pence]
    var entitlements = Entitlements()
    private var leftInAll: Pence?
    private var leftIn: [String: Pence] = [:]
    private var leftOut: [String: Int] = [:]
    /// Conditions that were looked up.
    private var met: [ClaimKey: Bool] = [:]

    init(
        _ funding: FundingRules,
        _ budget: Budget,
        _ programme: Programme,
        _ quarter: Quarter,
        _ refused: Set<ClaimKey>,
        _ limits: [ClaimKey: Pence]
    ) {
        self.funding = funding
        self.budget = budget
        self.programme = programme
        self.quarter = quarter
        self.refused = refused
        self.limits = limits
        leftInAll = funding.caps.all ?? funding.total
        for strand in programme.strands {
            let cap = funding.caps.strands.first { $0.strand == strand.id }?.amount
            leftIn[strand.id] = cap ?? strand.funding
        }
    }

    /// The guaranteed money of strands and parts that has fallen due.
    mutating func takeInstalments(counting achievements: [Achievement]) {
        for rule in funding.payments {
            guard case .instalments(let instalments) = rule.kind else { continue }
            let weights = instalments.map(\.weight)
            for line in budget.lines where rule.covers(line.strand) {
                guard isMet(rule, in: line.strand, achievements) else { continue }
                let amounts = line.guaranteed.split(by: weights)
                for (place, instalment) in instalments.enumerated() {
                    let key = ClaimKey(rule: rule.id, ordinal: place + 1, strand: line.strand)
                    take(key, line.provider, amounts[place], instalment)
                }
            }
            guard rule.strands.isEmpty, isMet(rule, in: nil, achievements) else { continue }
            for part in budget.parts {
                let amounts = part.amount.split(by: weights)
                for (place, instalment) in instalments.enumerated() {
                    let key = ClaimKey(rule: part.id, ordinal: place + 1)
                    take(key, funding.host, amounts[place], instalment)
                }
            }
        }
    }

    private mutating func take(
        _ key: ClaimKey,
        _ claimant: String,
        _ amount: Pence,
        _ instalment: Instalment
    ) {
        guard instalment.quarter <= quarter else { return }
        take(
            Entitlement(
                key: key,
                claimant: claimant,
                amount: amount,
                day: instalment.quarter.lastDay
            )
        )
    }

    /// Whether enough people of a strand, or of the programme, are in a payment's condition.
    private mutating func isMet(
        _ rule: PaymentRule,
        in strand: String?,
        _ achievements: [Achievement]
    ) -> Bool {
        guard let once = rule.once else { return true }
        let question = ClaimKey(rule: rule.id, ordinal: 0, strand: strand)
        if let known = met[question] { return known }
        var people: Set<PersonID> = []
        for one in achievements where one.rule == rule.onceName {
            guard strand == nil || one.place.strand == strand else { continue }
            people.insert(one.person)
            if people.count == once.people { break }
        }
        met[question] = people.count == once.people
        return people.count == once.people
    }

    /// What is paid for people, the earliest first.
    mutating func takePeople(_ achievements: [Achievement]) {
        let rules = Dictionary(funding.payments.map { ($0.id, $0) }) { first, _ in first }
        var paidFor: [ClaimKey: Int] = [:]
        var inStrand: [ClaimKey: Int] = [:]
        for one in achievements {
            guard let rule = rules[one.rule], let paid = rule.people else { continue }
            guard let strand = one.place.strand, let line = budget.line(strand) else {
                leave("cases without a strand that the programme knows")
                continue
            }
            guard rule.covers(strand) else { continue }
            guard isMet(rule, in: strand, achievements) else { continue }
            let person = ClaimKey(rule: rule.id, person: one.person, ordinal: 0)
            let ordinal = paidFor[person, default: 0] + 1
            paidFor[person] = ordinal
            guard ordinal <= paid.perPerson else {
                leave("cases of people who are paid for already (\(rule.name))")
                continue
            }
            let key = ClaimKey(
                rule: rule.id,
                person: one.person,
                ordinal: ordinal,
                strand: strand
            )
            guard !refused.contains(key.anywhere) else {
                leave("lines that were rejected for good (\(rule.name))")
                continue
            }
            let count = ClaimKey(rule: rule.id, ordinal: 0, strand: strand)
            let number = inStrand[count, default: 0] + 1
            if let upTo = paid.upTo ?? rule.target(line), number > upTo {
                leave("people beyond the \(upTo) of \(line.name) (\(rule.name))")
                continue
            }
            inStrand[count] = number
            take(
                Entitlement(
                    key: key,
                    claimant: line.provider,
                    amount: rule.amount(number, of: line),
                    day: one.day,
                    caseID: one.caseID,
                    provider: one.place.provider,
                    locality: one.place.locality
                )
            )
        }
    }

    /// What was not earned by the programme's end, where the payer bears that.
    mutating func takeBalance() {
        guard funding.underPerformance == .payer, let end = programme.runs.to,
            quarter >= Quarter(holding: end)
        else { return }
        for rule in funding.payments {
            guard case .share(let percent, _) = rule.kind else { continue }
            for line in budget.lines where rule.covers(line.strand) {
                let whole = line.performance.split(by: [percent, 100 - percent])[0]
                let earned = entitlements.due.filter {
                    $0.key.rule == rule.id && $0.key.strand == line.strand
                }
                let rest = whole - earned.map(\.amount).reduce(.zero, +)
                guard rest > .zero else { continue }
                take(
                    Entitlement(
                        key: ClaimKey(rule: rule.id, ordinal: 0, strand: line.strand),
                        claimant: line.provider,
                        amount: rest,
                        day: Quarter(holding: end).lastDay
                    )
                )
            }
        }
    }

    /// What incentive schemes earned; they are a contract of their own, outside the caps.
    mutating func takeResults(_ results: [IncentiveResult]) {
        for result in results where result.amount > .zero {
            guard !refused.contains(result.key) else { continue }
            let amount = limited(result.amount, result.key)
            entitlements.due.append(
                Entitlement(
                    key: result.key,
                    claimant: result.claimant,
                    amount: amount,
                    day: result.day,
                    figure: result.figure
                )
            )
        }
        entitlements.leftOut = leftOut.sorted { $0.key < $1.key }
            .map { LeftOutOfClaim(reason: $0.key, count: $0.value) }
    }

    private mutating func take(_ entitlement: Entitlement) {
        if refused.contains(entitlement.key.anywhere) { return }
        let whole = limited(entitlement.amount, entitlement.key)
        var amount = whole
        let strand = entitlement.key.strand
        if let left = strand.flatMap({ leftIn[$0] }) { amount = min(amount, left) }
        if let leftInAll { amount = min(amount, leftInAll) }
        if amount < whole { leave("payments that a cap cut off or cut short") }
        guard amount > .zero else { return }
        if let strand, let left = leftIn[strand] { leftIn[strand] = left - amount }
        if let left = leftInAll { leftInAll = left - amount }
        var taken = entitlement
        taken.amount = amount
        entitlements.due.append(taken)
    }

    /// The amount without what was rejected of it for good.
    private mutating func limited(_ amount: Pence, _ key: ClaimKey) -> Pence {
        guard let limit = limits[key.anywhere], limit < amount else { return amount }
        leave("payments of which a part was rejected for good")
        return limit
    }

    private mutating func leave(_ reason: String) { leftOut[reason, default: 0] += 1 }
}

extension PaymentRule {
    /// How many people a share is divided among, where the payment does not say.
    fileprivate func target(_ line: Budget.Line) -> Int? {
        if case .share = kind { return line.target ?? 0 }
        return nil
    }

    /// What the person of that number in the strand is paid for.
    fileprivate func amount(_ number: Int, of line: Budget.Line) -> Pence {
        switch kind {
        case .instalments: return .zero
        case .price(let price, _): return price
        case .share(let percent, let people):
            let whole = line.performance.split(by: [percent, 100 - percent])[0]
            return whole.share(number, of: people.upTo ?? line.target ?? 0)
        }
    }
}
