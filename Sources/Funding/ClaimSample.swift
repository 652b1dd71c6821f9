import Kernel
import Measures

/// Lines of a claim drawn at random to be checked against their evidence.
package struct ClaimSample: Sendable, Hashable {
    /// What was found of one line.
    package struct Finding: Sendable, Hashable {
        package var line: Int
        package var claimed: Pence
        /// What the evidence supports.
        package var right: Pence

        package init(line: Int, claimed: Pence, right: Pence) {
            self.line = line
            self.claimed = claimed
            self.right = right
        }

        package var isWrong: Bool { claimed != right }
    }

    /// The lines drawn, in order: every set of so many is as likely.
    ///
    /// - Parameter lines: the numbers of the lines that may be drawn.
    package static func draw(_ size: Int, of lines: [Int], seed: UInt64) -> [Int] {
        var random = RandomGenerator(seed: seed)
        var left = lines.sorted()
        let size = min(max(0, size), left.count)
        for place in 0..<size { left.swapAt(place, place + random.below(left.count - place)) }
        return left.prefix(size).sorted()
    }
}

/// What a checked sample says of the whole claim.
package struct Extrapolation: Sendable, Hashable {
    /// Lines that the sample was drawn from, and lines that were checked.
    package var lines: Int
    package var checked: Int
    package var wrong: Int
    /// The likely share of wrong lines in the whole (Wilson, 95%).
    package var rate: Interval?
    /// Claimed too much less claimed too little, in the lines that were checked.
    package var errorFound: Pence
    /// The same for all lines: the mean error of a checked line times the number of lines; nil
    /// where none was checked.
    package var errorLikely: Pence?
    /// What it is likely to lie within (95%), to the penny; nil for fewer than two lines.
    ///
    /// `N·ē ± t·N·s/√n·√(1 − n/N)`: mean per unit with correction for a finite whole, by Student's t with
    /// n − 1 degrees (Cochran, Sampling Techniques, 1977, sections 2.5 and 2.7). Where no error is found it has no width, and `rate`
    /// alone says what may be hidden.
    package var errorRange: ClosedRange<Pence>?

    package init(_ findings: [ClaimSample.Finding], of lines: Int) {
        self.lines = lines
        checked = findings.count
        wrong = findings.count(where: \.isWrong)
        rate = Statistics.wilson(wrong, of: checked)
        let errors = findings.map { Double(($0.claimed - $0.right).value) }
        errorFound = findings.map { $0.claimed - $0.right }.reduce(.zero, +)
        guard checked > 0 else { return }
        let (n, whole) = (Double(checked), Double(lines))
        let mean = errors.reduce(0, +) / n
        errorLikely = Pence(Int64((mean * whole).rounded()))
        guard checked > 1, lines >= checked, let t = Statistics.student(checked - 1) else { return }
        let squares = errors.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
        let deviation = (squares / (n - 1)).squareRoot()
        let correction = (1 - n / whole).squareRoot()
        let half = t * whole * deviation / n.squareRoot() * correction
        let low = Pence(Int64((mean * whole - half).rounded()))
        let high = Pence(Int64((mean * whole + half).rounded()))
        errorRange = low...high
    }
}
