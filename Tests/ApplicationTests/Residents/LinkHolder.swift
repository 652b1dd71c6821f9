import Application
import Casework
import Kernel
import TestSupport
import Testing

/// Ann, who made an account by an invitation and needs a link to it: her password is forgotten.
struct LinkHolder {
    static let new = ResidentAccount(
        login: "ann@example.org",
        password: SelfReferralTests.password
    )
    static let newPassword = "eleven purple trams"
    static let birthDate = "1980-01-31"
    static let coach = Actor(user: "coach-1", organisation: "big-life", role: .coach)

    let installation: TestInstallation
    let ann: TestResident
    let account: Account
    /// The token of a session.
    let session: String

    var goodwork: Goodwork { installation.goodwork }

    init(_ installation: TestInstallation) async throws {
        let goodwork = installation.goodwork
        self.installation = installation
        ann = try await installation.addResident("Ann", birthDate: Self.birthDate)
        _ = try await goodwork.registerResident(
            Self.new,
            byInvitation: goodwork.token(for: goodwork.invitationLink(for: ann.id)),
            birthDate: try #require(CivilDate(iso: Self.birthDate))
        )
        account = try await goodwork.account(login: Self.new.login)
        let answer = try await Self.signIn(Self.new.password, goodwork)
        session = try #require(answer.token)
        installation.clock.advance()
    }

    /// Lends Ann, in an installation of her own.
    static func with(
        _ backend: Backend = .sqlite,
        _ body: (LinkHolder) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            try await body(try await LinkHolder(installation))
        }
    }

    /// Lends Ann, who has no account yet, and the token of a link to her case.
    static func withToken(
        _ backend: Backend,
        of link: (Goodwork, CaseID) -> SignedLink,
        _ body: (TestInstallation, TestResident, String) async throws -> Void
    ) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let ann = try await installation.addResident("Ann", birthDate: birthDate)
            try await body(installation, ann, goodwork.token(for: link(goodwork, ann.id)))
        }
    }

    private static func signIn(
        _ password: String,
        _ goodwork: Goodwork
    ) async throws -> SignInAnswer {
        try await goodwork.signIn(
            login: new.login,
            password: password,
            remote: People.remote
        )
    }

    func signIn(_ password: String) async throws -> SignInAnswer {
        try await Self.signIn(password, goodwork)
    }

    /// The token of a link for a new password, as a coach of the case makes it.
    func passwordToken(lettingInAgain: Bool = false) async throws -> String {
        let link = try await goodwork.passwordLink(
            for: ann.header,
            lettingInAgain: lettingInAgain,
            by: Self.coach
        )
        return goodwork.token(for: link)
    }

    /// Takes a new password by a link, after a birth date.
    func changePassword(
        to password: String = LinkHolder.newPassword,
        by token: String,
        born: String = LinkHolder.birthDate
    ) async throws -> InvitationAnswer {
        try await goodwork.changePassword(
            to: password,
            byInvitation: token,
            birthDate: try #require(CivilDate(iso: born))
        )
    }

    /// Sets up a second factor, and tells its secret and the token of the session that follows.
    func setUpSecondFactor() async throws -> (secret: String, session: String) {
        let setUp = try await goodwork.setUpSecondFactor(session)
        let secret = try People.bytes(ofBase32: setUp.secret)
        let code = TOTP.code(secret: secret, step: TOTP.step(at: installation.clock.now))
        let confirmed = try await goodwork.confirmSecondFactor(session, code: code)
        return (setUp.secret, try #require(confirmed.answer.token))
    }

    /// Whether Ann sees who made a link of hers, and that somebody used it.
    func seesWhoLooked() async throws -> Bool {
        let looks = try await goodwork.ownAccessLog(by: account.actor)
            .filter { $0.action == .manageAccounts && $0.isAllowed }
        return looks.contains { $0.organisation == "big-life" && !$0.isOwn }
            && looks.contains { $0.isLinkHolder && !$0.isOwn }
    }
}
