import Kernel
import Measures

/// Coverage at month ends: patients, and how many have had a status recorded within 12 months.
package struct CoverageMonths: Sendable, Hashable {
    /// The days described: month ends, and the day of the report last.
    package let days: [CivilDate]
    package let practices: Int
    private(set) var patients: [Int]
    private(set) var recorded: [Int]

    init(days: [CivilDate], practices: Int) {
        self.days = days
        self.practices = practices
        patients = Array(repeating: 0, count: days.count * practices)
        recorded = patients
    }

    /// The counts at a day, of a practice or of all.
    package func counts(_ day: Int, practice: Int?) -> (patients: Int, recorded: Int) {
        let chosen = practice.map { $0..<($0 + 1) } ?? 0..<practices
        return chosen.reduce((0, 0)) {
            let place = $1 * days.count + day
            return ($0.0 + patients[place], $0.1 + recorded[place])
        }
    }

    /// The share as a percentage; nil without patients.
    ///
    /// - Parameter method: with one, whole percentages only, and only where one of them is more
    ///   patients than are hidden for being few.
    package func percent(
        _ day: Int,
        practice: Int?,
        method: DisclosureMethod? = nil
    ) -> Double? {
        let (patients, recorded) = counts(day, practice: practice)
        let least = method.map { 100 * ($0.smallMax + 1) } ?? 1
        guard patients >= least else { return nil }
        let percent = Double(recorded) * 100 / Double(patients)
        return method == nil ? (percent * 10).rounded() / 10 : percent.rounded()
    }

    mutating func add(practice: Int, registered: UInt64, recorded: UInt64) {
        add(registered, practice, to: &patients)
        add(recorded & registered, practice, to: &self.recorded)
    }

    private func add(_ bits: UInt64, _ practice: Int, to counts: inout [Int]) {
        var rest = bits
        while rest != 0 {
            counts[practice * days.count + rest.trailingZeroBitCount] += 1
            rest &= rest - 1
        }
    }
}
