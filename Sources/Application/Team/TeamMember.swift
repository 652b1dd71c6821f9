/// A coach of an organisation, as its managers see them.
package struct TeamMember: Sendable, Hashable {
    /// The id of the account.
    package var id: String
    package var name: String
    /// How many open cases they can hold; nil when nobody has said.
    package var capacity: Int?

    package init(id: String, name: String, capacity: Int? = nil) {
        self.id = id
        self.name = name
        self.capacity = capacity
    }
}

/// What one coach holds, counted.
package struct TeamLoad: Sendable, Hashable {
    /// The account; nil for the cases that nobody holds.
    package var coach: String?
    /// Who that is in the team; nil when they are not of it (any more).
    package var member: TeamMember?
    package var open = 0
    /// Things to do whose day has passed.
    package var overdue = 0
    /// Things to do today and on the six days after it.
    package var soon = 0

    /// How many cases they hold beyond what they can; nil when within it, or nobody has said.
    package var overCapacity: Int? {
        guard let capacity = member?.capacity, open > capacity else { return nil }
        return open - capacity
    }
}
