import Glibc

extension Statistics {
    /// Fewer events than this are judged by the exact Poisson interval.
    package static let exactBelow = 10

    /// The 95% interval of a count of events, taken as Poisson; nil below 0.
    ///
    /// Byar's approximation, `O(1 − 1/(9O) − z/(3√O))³` and the same with O + 1 and + z above; for
    /// fewer than 10 events the exact interval (Breslow and Day 1987, section 2.3).
    package static func count(_ events: Int) -> Interval? {
        guard events >= 0 else { return nil }
        guard events >= exactBelow else { return exactPoisson(events) }
        return byar(events)
    }

    /// The 95% interval of events per unit of `exposure`; nil without exposure.
    package static func rate(_ events: Int, over exposure: Double) -> Interval? {
        guard exposure > 0, let interval = count(events) else { return nil }
        return Interval(lower: interval.lower / exposure, upper: interval.upper / exposure)
    }

    /// Byar's approximation for a count above 0.
    package static func byar(_ events: Int, z: Double = z95) -> Interval {
        func end(_ observed: Double, _ deviate: Double) -> Double {
            let root = 1 - 1 / (9 * observed) + deviate / (3 * observed.squareRoot())
            return observed * root * root * root
        }
        return Interval(lower: end(Double(events), -z), upper: end(Double(events) + 1, z))
    }

    /// The exact interval of a small count: the means at which so many or more, and so many or
    /// fewer, would be seen once in forty.
    static func exactPoisson(_ events: Int, tail: Double = 0.025) -> Interval {
        let lower = events == 0 ? 0 : mean(atMost: events - 1, chance: 1 - tail)
        return Interval(lower: lower, upper: mean(atMost: events, chance: tail))
    }

    /// The Poisson mean at which `events` or fewer come with a chance.
    private static func mean(atMost events: Int, chance: Double) -> Double {
        var (low, high) = (0.0, 64.0)
        while high - low > high * 1e-16 {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if chanceOf(events, orFewerAt: middle) > chance { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    private static func chanceOf(_ events: Int, orFewerAt mean: Double) -> Double {
        var term = exp(-mean)
        var sum = term
        for event in 0..<events {
            term *= mean / Double(event + 1)
            sum += term
        }
        return sum
    }
}
