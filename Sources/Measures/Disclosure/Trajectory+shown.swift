import Kernel
import Programmes

extension Trajectory {
    /// The months whose count so far may be shown beside the count of the last.
    ///
    /// Two counts so far say how many came between. Going back from the last, a month is shown when
    /// nobody came between it and the next that is shown, or more than a small number did; and none
    /// is shown that is small itself.
    package func monthsShown(_ method: DisclosureMethod) -> Set<CivilMonth> {
        var shown: Set<CivilMonth> = []
        var next = actual
        let small = 1...method.smallMax
        for month in months.reversed() {
            guard let soFar = month.actualSoFar else { continue }
            guard !small.contains(next - soFar), !small.contains(soFar) else { continue }
            shown.insert(month.month)
            next = soFar
        }
        return shown
    }
}

extension RunChart {
    /// Whether a chart of counts shows a small one.
    package func hasSmallCount(_ method: DisclosureMethod) -> Bool {
        marks.contains { (1...method.smallMax).contains(Int($0.point.value)) }
    }
}
