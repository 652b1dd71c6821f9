import Kernel
import Programmes

extension Programme {
    /// How urgent a waiting case is: the first rule of the file that is met.
    ///
    /// Those of one rank wait in the order of their referral; those without one come last. It is
    /// judged on how the person is now.
    ///
    /// - Returns: the rank, 1 being the first, and the rule's sentence; nil when no rule is met.
    package func priority(of waiting: Case) -> (rank: Int, says: String)? {
        guard let referral = waiting.referralNow else { return nil }
        for (place, rule) in priority.enumerated()
        where Eligibility.judge(rule.when, referral, areas: areas) == .met {
            return (place + 1, rule.says)
        }
        return nil
    }

    /// The cases in the order in which they are to be seen.
    package func waitingList(_ cases: [Case]) -> [Case] {
        let ranked = cases.map { (rank: priority(of: $0)?.rank ?? .max, folded: $0) }
        return ranked.sorted { one, other in
            if one.rank != other.rank { return one.rank < other.rank }
            let (first, second) = (one.folded[.referred], other.folded[.referred])
            if let first, let second, first != second { return first < second }
            return one.folded.header.reference < other.folded.header.reference
        }.map(\.folded)
    }
}
