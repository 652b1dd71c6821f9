/// A sign that something other than chance is at work, by the words of NHSRplotthedots.
package enum SpecialCause: String, Sendable, CaseIterable {
    case aboveLimit = "Above UCL"
    case belowLimit = "Below LCL"
    case increasing = "7 Points Increasing"
    case decreasing = "7 Points Decreasing"
    case nearUpper = "2 in 3 Above CL"
    case nearLower = "2 in 3 Below CL"
    case aboveMean = "7 Points Above CL"
    case belowMean = "7 Points Below CL"

    /// What stands at a point with no such sign.
    package static let commonCause = "Common Cause"

    /// So many points in a row on one side, or rising, or falling, are a sign.
    private static let run = 7

    /// Whether it points upwards.
    package var isUp: Bool {
        switch self {
        case .aboveLimit, .increasing, .nearUpper, .aboveMean: true
        case .belowLimit, .decreasing, .nearLower, .belowMean: false
        }
    }

    /// The sign in plain words.
    package var words: String {
        switch self {
        case .aboveLimit: "above the upper limit"
        case .belowLimit: "below the lower limit"
        case .increasing: "one of 7 or more points rising in a row"
        case .decreasing: "one of 7 or more points falling in a row"
        case .nearUpper: "one of 2 in 3 points near the upper limit"
        case .nearLower: "one of 2 in 3 points near the lower limit"
        case .aboveMean: "one of 7 or more points above the mean in a row"
        case .belowMean: "one of 7 or more points below the mean in a row"
        }
    }

    /// The sign at each of some points that share their limits; the first that holds wins.
    static func find(in values: [Double], _ limits: RunLimits) -> [SpecialCause?] {
        var found = [SpecialCause?](repeating: nil, count: values.count)
        func mark(_ places: some Sequence<Int>, _ cause: SpecialCause) {
            for place in places where found[place] == nil { found[place] = cause }
        }
        mark(values.indices.filter { values[$0] > limits.upper }, .aboveLimit)
        mark(values.indices.filter { values[$0] < limits.lower }, .belowLimit)
        // A step belongs to the point that it leads to, and a run of six has seven points.
        let steps = values.indices.map { $0 == 0 ? 0 : sign(values[$0] - values[$0 - 1]) }
        for run in runs(of: steps, atLeast: run - 1) {
            let points = (run.lowerBound - 1)..<run.upperBound
            mark(points, steps[run.lowerBound] > 0 ? .increasing : .decreasing)
        }
        // A point on the mean is on neither side.
        let sides = values.map { sign($0 - limits.mean) }
        mark(
            twoInThree(sides, 1) { values[$0] > limits.nearUpper && values[$0] <= limits.upper },
            .nearUpper
        )
        mark(
            twoInThree(sides, -1) { values[$0] < limits.nearLower && values[$0] >= limits.lower },
            .nearLower
        )
        for run in runs(of: sides, atLeast: run) {
            mark(run, sides[run.lowerBound] > 0 ? .aboveMean : .belowMean)
        }
        return found
    }

    private static func sign(_ number: Double) -> Int { number > 0 ? 1 : number < 0 ? -1 : 0 }

    /// Stretches of one sign that is not 0, of some length or more.
    private static func runs(of signs: [Int], atLeast length: Int) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start = 0
        for end in 1...max(signs.count, 1) {
            if end < signs.count, signs[end] == signs[start] { continue }
            if end - start >= length, signs[start] != 0 { found.append(start..<end) }
            start = end
        }
        return found
    }

    /// The points near a limit, of three in a row on one side of which two or more are.
    private static func twoInThree(
        _ sides: [Int],
        _ side: Int,
        isNear: (Int) -> Bool
    ) -> Set<Int> {
        var found: Set<Int> = []
        for start in sides.indices.dropLast(2) {
            let three = start..<(start + 3)
            let near = three.filter(isNear)
            if near.count >= 2, three.allSatisfy({ sides[$0] == side }) { found.formUnion(near) }
        }
        return found
    }
}
