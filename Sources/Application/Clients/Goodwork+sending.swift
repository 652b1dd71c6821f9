import Kernel
import Programmes
import SQL
import Store

extension Goodwork {
    /// What a program's referral begins with: the rules of today, those programmes that take
    /// referrals on a day, and how its organisation referred the last time.
    package func sending(
        by actor: Actor,
        on day: CivilDate
    ) async throws -> (current: [Programme], open: [Programme], last: LastReferral?) {
        let (store, library) = (store, library)
        return try await store.database.look { transaction in
            let current = try library.current(store: store, in: transaction)
            let open = try library.open(on: day, store: store, in: transaction)
            let last = try store.lastReferral(of: actor.organisation, in: transaction)
            return (current, open, last)
        }
    }
}
