import Kernel
import Store

extension Goodwork {
    /// The coaches of the actor's organisation who can be given cases, by name.
    package func coaches(by actor: Actor) async throws -> [TeamMember] {
        try await accounts(of: actor.organisation, with: .coach, by: actor)
            .filter { !$0.isDisabled }
            .map { TeamMember(id: $0.id.text, name: $0.name, capacity: $0.capacity) }
    }
}
