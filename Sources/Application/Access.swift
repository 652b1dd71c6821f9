/// Who is asking.
package struct Actor: Sendable, Hashable {
    package var user: String
    package var organisation: String
    package var role: Role

    package init(user: String, organisation: String, role: Role) {
        self.user = user
        self.organisation = organisation
        self.role = role
    }
}

/// What somebody is here for.
///
/// The roles of people who sign in come with the pages.
package enum Role: String, Sendable, CaseIterable {
    /// Runs the installation at its command line, with the database and its key in hand.
    case `operator`
    /// Counts, without identities.
    case analyst
}

/// What is asked for.
package enum Action: String, Sendable, CaseIterable {
    case importList = "import-list"
    case changeCase = "change-case"
    case report
    /// The cases behind a figure, without identities.
    case openFigure = "open-figure"
    /// A case's coded story.
    case readCase = "read-case"
    /// Who the person is, and free text. Needs a reason.
    case readIdentity = "read-identity"
    case erasePerson = "erase-person"
    case exportFacts = "export-facts"
    case exportJournal = "export-journal"
    case verify
}

/// Whether something may be done.
package enum AccessDecision: Sendable, Hashable {
    case allowed
    case refused(String)
}

/// The one place that answers questions of access.
package enum Access {
    /// Whether the actor may do this.
    ///
    /// - Parameter reason: why, in the actor's words; needed to see who somebody is, and to erase.
    package static func decide(
        _ actor: Actor,
        _ action: Action,
        reason: String? = nil
    ) -> AccessDecision {
        let hasReason = reason?.contains { !$0.isWhitespace } == true
        switch (actor.role, action) {
        case (.operator, .readIdentity), (.operator, .erasePerson):
            return hasReason ? .allowed : .refused("say why, with --reason")
        case (.operator, _): return .allowed
        case (.analyst, .report), (.analyst, .openFigure), (.analyst, .exportFacts):
            return .allowed
        case (.analyst, _): return .refused("an analyst counts cases and sees no person")
        }
    }
}
