import Application
import Casework
import Kernel
import Web

/// Who is signed in.
package struct Visitor: Sendable {
    package var actor: Actor
    package var name: String

    package init(actor: Actor, name: String) {
        self.actor = actor
        self.name = name
    }
}

/// One request on its way to its answer: all that a page is made from.
package struct Visit: Sendable {
    package let site: Site
    package var request: Request
    package var visitor: Visitor?
    /// The case that the path names, opened for what the route does.
    package var opened: CaseFile?
    /// Until when the opened case may be read because its glass was broken.
    package var glassEnds: Instant?
    /// What was typed before: sent with problems, or kept when a session ended.
    package var typed = Form()
    /// Whether that was typed before a session ended, so that it is not saved.
    var isKept = false
    /// Stands in every form, and must come back with it.
    package var csrf: String
    package var names: Names
    package var phrases: Phrases
    package var now: Instant

    package var goodwork: Goodwork { site.goodwork }
    package var today: CivilDate { now.civilDateUK }
    /// Who is asking; nobody when nobody is signed in.
    package var actor: Actor { visitor?.actor ?? .nobody }

    /// Whether whoever asks works here.
    var isOfStaff: Bool {
        visitor.map { !$0.actor.roles.isSubset(of: [.resident]) } ?? false
    }

    /// The opened case.
    package func file() throws -> CaseFile {
        guard let opened else {
            preconditionFailure("\(request.path) asks for a case, and its route opens none")
        }
        return opened
    }

    /// A part of the path, such as `case`.
    package func part(_ name: String) -> String { request.parameters[name] ?? "" }

    /// Whether a token came from a page of the visitor's own browser.
    func isOwn(_ token: String) -> Bool {
        let session = request.cookie(Site.sessionCookie)
        // Without a cookie the visit's own token is of one that the browser has yet to get.
        guard session ?? request.cookie(Site.visitCookie) != nil else { return false }
        return goodwork.accepts(csrf: token, where: csrf)
    }

    /// Whether the actor may do something that is not about one case.
    package func may(_ action: Action) -> Bool {
        Access.decide(actor, action) == .allowed
    }
}

/// What accounts and organisations are called.
package struct Names: Sendable {
    package var accounts: [String: String]
    package var organisations: [String: String]

    package init(accounts: [String: String] = [:], organisations: [String: String] = [:]) {
        self.accounts = accounts
        self.organisations = organisations
    }

    /// What an organisation is called; its id in words where nobody has named it yet.
    package func organisation(_ id: String) -> String {
        organisations[id] ?? Words.organisation(id)
    }

    /// A name for an id; the id where there is none.
    package subscript(_ id: String) -> String { accounts[id] ?? organisations[id] ?? id }
}
