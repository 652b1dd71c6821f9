import Kernel

/// What must agree within the section about money.
extension FundingReader {
    /// The total is what its strands and parts add up to.
    func checkTotal(_ rules: FundingRules, at place: Place) {
        let funded = strands.compactMap(\.funding)
        let sum = (funded + rules.parts.map(\.amount)).reduce(.zero, +)
        guard let total = rules.total, total != sum else { return }
        place.fault(
            "\(total.text) is not the sum of its strands and parts",
            expected: "\(sum.text), or other amounts"
        )
    }

    /// No share pays for more than it holds.
    func checkParts(_ rules: FundingRules, _ reader: MappingReader) {
        guard let list = reader.optional("parts"), !rules.parts.isEmpty else { return }
        guard let total = rules.total, let shares = rules.shares else {
            list.fault("parts of nothing", expected: "`total` and `shares` beside `parts`")
            return
        }
        let halves = total.split(by: [shares.guaranteed, shares.performance])
        for (origin, held) in zip(FundingPart.Origin.allCases, halves) {
            let taken = rules.parts.filter { $0.from == origin }.map(\.amount).reduce(.zero, +)
            guard taken > held else { continue }
            list.fault(
                "the parts take \(taken.text) from the \(origin.rawValue) share",
                expected: "at most \(held.text)"
            )
        }
    }

    /// Payments that divide a share know the share and the people.
    func checkPayments(_ rules: FundingRules, _ reader: MappingReader) {
        guard let list = reader.optional("payments") else { return }
        let hasShares = rules.total != nil && rules.shares != nil
        if rules.payments.contains(where: \.needsShares), !hasShares {
            list.fault(
                "a payment divides a share that is not there",
                expected: "`total` and `shares` beside `payments`"
            )
        }
        for strand in strands {
            let own = rules.payments.filter { $0.covers(strand.id) }
            var percent = 0
            for case .share(let part, let people) in own.map(\.kind) {
                percent += part
                guard people.upTo ?? strand.target == nil else { continue }
                list.fault(
                    "strand `\(strand.id)` has no target to divide a share by",
                    expected: "`up_to` with the payment, or `target` with the strand"
                )
            }
            if percent > 100 {
                list.fault(
                    "strand `\(strand.id)` pays \(percent)% of its performance part",
                    expected: "at most 100"
                )
            }
            let fixed = own.count { if case .instalments = $0.kind { true } else { false } }
            if fixed > 1 {
                list.fault(
                    "strand `\(strand.id)` has its guaranteed part in \(fixed) payments",
                    expected: "one payment with `instalments`"
                )
            }
        }
    }
}

extension PaymentRule {
    /// Whether the payment is for a strand.
    package func covers(_ strand: String) -> Bool { strands.isEmpty || strands.contains(strand) }

    /// Whether it divides the guaranteed or the performance part.
    fileprivate var needsShares: Bool {
        if case .price = kind { return false }
        return true
    }
}
