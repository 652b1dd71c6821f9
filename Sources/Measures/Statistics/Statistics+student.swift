import Glibc

extension Statistics {
    /// The value that Student's t exceeds with a chance of `tail`, of at most a half.
    ///
    /// Up to 1,000 degrees of freedom from the finite series of its distribution (Abramowitz and
    /// Stegun 26.7.3 and 26.7.4), beyond from the expansion about the normal (26.7.5), whose error
    /// there is below 1e-12.
    package static func student(_ degrees: Int, tail: Double = 0.025) -> Double? {
        guard degrees > 0, tail > 0, tail <= 0.5 else { return nil }
        let normal = normalDeviate(tail: tail)
        if degrees > 1000 { return expanded(normal, Double(degrees)) }
        // Bisection of the angle: its tangent is the value over the root of the degrees.
        var (low, high) = (0.0, Double.pi / 2)
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { break }
            if within(angle: middle, degrees) < 1 - 2 * tail { low = middle } else { high = middle }
        }
        return Double(degrees).squareRoot() * tan((low + high) / 2)
    }

    /// The value that a standard normal variable exceeds with a chance of `tail`.
    package static func normalDeviate(tail: Double) -> Double {
        var (low, high) = (0.0, 38.0)
        while true {
            let middle = (low + high) / 2
            guard middle > low, middle < high else { return middle }
            if erfc(middle / 2.0.squareRoot()) / 2 > tail { low = middle } else { high = middle }
        }
    }

    /// The chance that t lies within the two values of an angle.
    private static func within(angle: Double, _ degrees: Int) -> Double {
        let (sine, cosine) = (sin(angle), cos(angle))
        let isOdd = degrees % 2 == 1
        if degrees == 1 { return 2 * angle / .pi }
        var term = isOdd ? cosine : 1
        var sum = term
        // The factors go 2/3, 4/5 … for odd degrees and 1/2, 3/4 … for even ones.
        for step in stride(from: isOdd ? 2 : 1, to: degrees - 2, by: 2) {
            term *= cosine * cosine * Double(step) / Double(step + 1)
            sum += term
        }
        return isOdd ? 2 / .pi * (angle + sine * sum) : sine * sum
    }

    private static func expanded(_ x: Double, _ n: Double) -> Double {
        let s = x * x
        let first = x * (s + 1) / 4
        let second = x * ((5 * s + 16) * s + 3) / 96
        let third = x * (((3 * s + 19) * s + 17) * s - 15) / 384
        let fourth = x * ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92_160
        return x + (first + (second + (third + fourth / n) / n) / n) / n
    }
}
