import Casework
import Kernel
import SQL
import Store

extension Goodwork {
    /// A link by which whoever referred sees where a case stands, without signing in, for 90 days.
    package func statusLink(for id: CaseID) -> SignedLink {
        let days: Int64 = 90
        return SignedLink(
            purpose: .status,
            caseID: id,
            expiresAt: now().adding(milliseconds: days * 86_400_000)
        )
    }

    /// Where the case of a link stands; nil when the link is not one of ours, or too old.
    ///
    /// The link itself is the leave to look; the access log says that it was used.
    package func status(byLink token: String) async throws -> ReferralStatus? {
        guard let link = link(token), link.purpose == .status else { return nil }
        let (store, now) = (store, now())
        let found = try await store.database.read { transaction -> ReferralStatus? in
            guard let header = try store.header(id: link.caseID, in: transaction) else {
                return nil
            }
            let (history, programme) = try told(of: header, in: transaction)
            return ReferralStatus(
                history,
                programme: programme,
                sight: .coarse,
                isErased: try store.isErased(header.person, in: transaction)
            )
        }
        guard let found else { return nil }
        let entry = AccessEntry(
            at: now,
            actor: "link",
            organisation: Actor.nobody.organisation,
            action: Action.readStatus.rawValue,
            subject: link.caseID.text
        )
        try await store.committer.submit { try store.log(entry, in: $0) }
        return found
    }
}
