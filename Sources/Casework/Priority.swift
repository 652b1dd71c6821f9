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
}
