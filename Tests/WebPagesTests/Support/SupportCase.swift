import Application
import Casework
import HTML
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// One case of WorkWell Manchester in the hands of a coach, with a browser for each who looks.
struct SupportCase {
    static let coach = Actor(user: "u-coach", organisation: "big-life", role: .coach)
    static let referrer = Actor(user: "u-gp", organisation: "P84001", role: .referrer)

    let installation: TestInstallation
    let site: TestSite
    let header: CaseHeader
    let browser: TestBrowser

    var path: String { "/cases/\(header.id.text)" }

    /// Refers somebody who lives in Manchester and is out of work, on 1 April 2025.
    init(
        _ installation: TestInstallation,
        consents: [ConsentScope: Bool] = [.referral: true, .shareWithReferrer: true]
    ) async throws {
        self.installation = installation
        site = TestSite(installation, routes: SupportPages.routes + [Self.casePage])
        var referral = ReferralReceived()
        referral.source = "gp"
        referral.referrer = "P84001"
        referral.strand = "be-well"
        referral.outwardCode = "M8"
        referral.employmentStatus = "out-of-work"
        referral.answers = ["health-condition": "yes"]
        referral.identity.givenName = "Amina"
        referral.identity.familyName = "Khan"
        let new = NewReferral(
            programme: "workwell-manchester",
            referral: referral,
            consents: consents,
            on: try Self.day("2025-04-01")
        )
        let answer = try await installation.goodwork.refer(new, by: Self.referrer, seed: 7)
        guard case .referred(let header, _) = answer else { throw NotReferred() }
        self.header = header
        browser = site.browser(Self.coach)
    }

    struct NotReferred: Error {}

    static func day(_ iso: String) throws -> CivilDate { try #require(CivilDate(iso: iso)) }

    /// The parts of support, as the case page shows them.
    private static let casePage = PageRoute.get("/cases/:case", .onCase(.readCase)) { visit in
        let file = try visit.file()
        return visit.page("Case") {
            h1 { file.title }
            for part in SupportPages.sections {
                if let content = part.show(visit, file) {
                    h2 { part.title }
                    content
                }
            }
        }
    }

    /// Enters something as the coach, behind the pages.
    func enter(_ body: EventBody, on day: String) async throws {
        _ = try await installation.goodwork.change(
            header,
            Command(body, on: try Self.day(day)),
            by: Self.coach,
            seed: .random(in: .min ... .max)
        )
    }

    /// Agrees a plan, which onward referrals need.
    func agreePlan() async throws {
        var plan = PlanAgreed()
        plan.plan = "move-into-work"
        try await enter(.planAgreed(plan), on: "2025-04-10")
    }

    func version() async throws -> Int {
        try await installation.history(header.reference).version
    }

    func folded() async throws -> Case {
        try await installation.history(header.reference).fold()
    }
}

/// Lends a case in a fresh database, and looks that no error was unforeseen.
func withSupportCase(
    _ backend: Backend = .sqlite,
    _ body: (SupportCase) async throws -> Void
) async throws {
    try await withInstallation(backend) { installation in
        let supported = try await SupportCase(installation)
        try await body(supported)
        #expect(supported.site.errors == [])
        #expect(try await installation.problems() == [])
    }
}
