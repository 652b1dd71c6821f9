import Application
import Kernel
import Web

/// What a browser's session cookie stands for.
package enum VisitorState: Sendable {
    case none
    /// It ended; whose it was, so that what they typed can be kept for them.
    case ended(account: String)
    /// The password was right; the second factor, or a new password, is still to come.
    case halfway(path: String)
    case signedIn(Visitor)
}

/// The pages of one installation.
package struct Site: Sendable {
    package var goodwork: Goodwork
    package var settings: SiteSettings
    /// What pages load.
    package let assets: Assets
    /// Every way in: the files, and the pages.
    package let routes: [PageRoute]
    let table: RouteTable<PageRoute>
    /// What keeps public forms from being sent without end; nil where nothing does.
    let limiter: Limiter?
    /// Looks a session's token up.
    package var session: @Sendable (String) async throws -> VisitorState
    /// What accounts and organisations are called now.
    package var names: @Sendable () async throws -> Names
    /// The coaches of an actor's organisation.
    package var team: @Sendable (Actor) async throws -> [TeamMember]
    /// Sign-in by an OpenID Connect issuer, where there is one.
    package var openID: OpenIDDoor?
    /// Where an unforeseen error is written for the operator.
    package var report: @Sendable (String) -> Void

    package init(
        goodwork: Goodwork,
        settings: SiteSettings = SiteSettings(),
        routes: [PageRoute],
        assets: Assets = .ofRepository,
        session: @escaping @Sendable (String) async throws -> VisitorState,
        names: @escaping @Sendable () async throws -> Names,
        team: (@Sendable (Actor) async throws -> [TeamMember])? = nil,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.goodwork = goodwork
        self.settings = settings
        limiter = settings.limit.map { Limiter($0) }
        self.assets = assets
        self.routes = assets.routes + routes
        self.session = session
        self.names = names
        self.team = team ?? { try await goodwork.coaches(by: $0) }
        self.report = report
        var table = RouteTable<PageRoute>()
        for route in self.routes { table.add(route.method, route.pattern, route) }
        self.table = table
    }
}

/// How one installation shows itself.
package struct SiteSettings: Sendable {
    package var name = "Goodwork"
    /// Whom to write to about the pages and about one's data: an email address, or words.
    package var contact: String?
    /// Where the installation is reached, without a slash at the end.
    package var address = "http://127.0.0.1:8080"
    /// Whether browsers reach it by TLS, at its own port or at a proxy's.
    package var isSecure: Bool { address.hasPrefix("https://") }
    /// How often one address may send a public form; nil is without end.
    package var limit: RateLimit? = RateLimit()
    /// Whom a visitor can be at one click; empty but in a demonstration.
    package var demonstration: [DemonstrationSignIn] = []

    package init() {}
}
