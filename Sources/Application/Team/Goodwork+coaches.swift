import Kernel
import Store

extension Goodwork {
    /// The coaches of the actor's organisation who can be given cases, by name.
    package func coaches(by actor: Actor) async throws -> [TeamMember] {
        try await accounts(of: actor.organisation, with: .coach, by: actor)
            .filter { $0.isCoach(of: actor.organisation) }
            .map { TeamMember(id: $0.id.text, name: $0.name, capacity: $0.capacity) }
    }
}

extension Account {
    /// Whether somebody can hold cases of an organisation with it.
    func isCoach(of organisation: String) -> Bool {
        !isDisabled && self.organisation == organisation && roles.contains(.coach)
    }
}
