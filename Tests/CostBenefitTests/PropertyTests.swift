import Kernel
import Testing

@testable import CostBenefit

/// What holds of every model, over random ones.
@Suite struct PropertyTests {
    static let seed: UInt64 = 7_102_024

    private func each(_ body: (inout RandomModel, inout RandomGenerator) throws -> Void) rethrows {
        var random = RandomGenerator(seed: Self.seed)
        for _ in 0..<300 {
            var model = RandomModel(&random)
            try body(&model, &random)
        }
    }

    private func near(_ a: Double?, _ b: Double?) -> Bool {
        guard let a, let b else { return false }
        return abs(a - b) <= 1e-9 * max(1, abs(a), abs(b))
    }

    @Test("Without discounting, present values are the sums")
    func nothingDiscounted() {
        var seen = 0
        each { model, _ in
            model.put("discount", 0)
            model.put("discount-health", 0)
            let found = model.valuation
            for line in found.benefits {
                #expect(near(line.net.number, line.present.number), "seed \(Self.seed)")
                if line.net.number ?? 0 > 0 { seen += 1 }
            }
            for line in found.costs {
                #expect(near(line.corrected.number, line.present.number), "seed \(Self.seed)")
            }
        }
        #expect(seen > 100)
    }

    @Test("What would all have come anyway is no benefit; nor is what others brought about")
    func allDeadweight() {
        for (part, value) in [(OutcomePart.deadweight, 100.0), (.attribution, 0), (.bias, 100)] {
            each { model, _ in
                for outcome in model.appraisal.outcomes {
                    model.put(outcome.assumption(part), value)
                }
                #expect(model.valuation.publicValue.benefits == .known(0), "\(part)")
                #expect(model.valuation.fiscal.benefits == .known(0), "\(part)")
            }
        }
    }

    @Test(
        "More deadweight, drop-off or optimism never gives more; more attribution or value never less"
    )
    func monotone() {
        each { model, random in
            guard let one = model.appraisal.assumptions.randomElement(&random),
                let direction = Self.direction(one.id), one.unit != .count
            else { return }
            let most = one.unit == .percent ? 100.0 : one.unit == .years ? 10 : 100_000
            let (a, b) = (random.unit() * most, random.unit() * most)
            model.put(one.id, min(a, b))
            let low = model.valuation.publicValue.net.number ?? 0
            model.put(one.id, max(a, b))
            let high = model.valuation.publicValue.net.number ?? 0
            let slack = 1e-9 * max(1, abs(low), abs(high))
            #expect(direction * (high - low) >= -slack, "\(one.id), seed \(Self.seed)")
        }
    }

    /// Whether more of it is better (1) or worse (−1); nil where it depends.
    private static func direction(_ id: String) -> Double? {
        if id.hasPrefix("cost.") { return -1 }
        if id.hasPrefix("value.") { return id.hasSuffix(".bias") ? -1 : 1 }
        switch id.split(separator: ".").last {
        case "deadweight", "bias", "drop-off": return -1
        case "attribution", "lasts": return 1
        default: return nil
        }
    }

    @Test("The years add up to the whole, and the balance ends at the net value")
    func yearsAddUp() {
        each { model, _ in
            let found = model.valuation
            let last = found.years.last
            #expect(near(found.years.map(\.cost).sum.number, found.cost.number))
            #expect(
                near(last?.publicSoFar.number, (found.publicValue.benefits - found.cost).number)
            )
            #expect(near(last?.fiscalSoFar.number, (found.fiscal.benefits - found.cost).number))
        }
    }

    @Test("At its break-even, an assumption makes benefits equal to costs")
    func breakEven() {
        var met = 0
        each { model, random in
            guard random.below(5) == 0 else { return }
            for one in model.valuation.breakEvens {
                guard case .at(let number) = one.answer else { continue }
                var other = model
                other.put(one.assumption.id, number)
                let found = other.valuation
                let size = max(found.cost.number ?? 0, found.publicValue.benefits.number ?? 0, 1)
                #expect(abs(found.publicValue.net.number ?? .infinity) / size < 1e-6)
                met += 1
            }
        }
        #expect(met > 50)
    }

    @Test("Twice the counts are twice the benefits")
    func proportional() {
        each { model, _ in
            let once = model.valuation.publicValue.benefits.number
            for outcome in model.appraisal.outcomes {
                guard let row = outcome.row, let count = model.basis.counts[row] ?? nil else {
                    continue
                }
                model.basis.counts[row] = count * 2
            }
            #expect(near(once.map { $0 * 2 }, model.valuation.publicValue.benefits.number))
        }
    }
}

extension [Assumption] {
    fileprivate func randomElement(_ random: inout RandomGenerator) -> Assumption? {
        isEmpty ? nil : self[random.below(count)]
    }
}
