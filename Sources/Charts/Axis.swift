import Glibc

/// A scale of round numbers that holds some figures, and nought unless told otherwise.
struct Axis {
    let least: Double
    let most: Double
    let ticks: [Double]

    /// - Parameter fromZero: whether nought must be on it, as it must under bars.
    init(_ numbers: [Double], fromZero: Bool = true, whole: Bool = false) {
        let finite = numbers.filter(\.isFinite)
        var low = finite.min() ?? 0
        var high = finite.max() ?? 0
        if fromZero {
            low = min(low, 0)
            high = max(high, 0)
        }
        if high <= low { high = low + 1 }
        let rough = (high - low) / 5
        let power = pow(10, floor(log10(rough)))
        let steps = [1.0, 2, 2.5, 5, 10].map { $0 * power }
        var step = steps.first { $0 >= rough } ?? rough
        if whole { step = max(1, step.rounded(.up)) }
        let first = (low / step).rounded(.down)
        let last = max((high / step).rounded(.up), first + 1)
        least = first * step
        most = last * step
        ticks = (0...Int(last - first)).map { (first + Double($0)) * step }
    }

    /// Where a figure lies, from 0 to 1.
    func share(_ number: Double) -> Double {
        min(1, max(0, (number - least) / (most - least)))
    }
}
