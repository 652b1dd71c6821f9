import Casework
import Kernel
import SQL
import Store

/// A case that was referred on to an organisation, and how that stands.
package struct OnwardEntry: Sendable {
    package var row: CaseRow
    package var onward: OnwardReferral
    /// What the service is called.
    package var service: String
    /// The person's name, for those who may see it.
    package var name: String?

    /// Nobody has said yet whether the person is taken.
    package var isUnanswered: Bool { onward.word == "pending" }
}

extension Goodwork {
    /// The cases referred on to the actor's organisation, those without an answer first.
    package func onwardEntries(by actor: Actor) async throws -> [OnwardEntry] {
        let scope = CaseScope.organisation(actor.organisation, .onward)
        let listed = try await list(scope, as: .listOnward, by: actor)
        let store = store
        let entries = try await store.database.read { transaction in
            try listed.flatMap { listed in
                let (history, rules) = try told(of: listed.row.header, in: transaction)
                return history.fold().openOnward(to: actor.organisation, in: rules).map {
                    OnwardEntry(
                        row: listed.row,
                        onward: $0,
                        service: $0.name(in: rules),
                        name: listed.name
                    )
                }
            }
        }
        return entries.sorted { one, other in
            if one.isUnanswered != other.isUnanswered { return one.isUnanswered }
            return (one.onward.sentOn, one.row.header.id) < (
                other.onward.sentOn, other.row.header.id
            )
        }
    }
}
