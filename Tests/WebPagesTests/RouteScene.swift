import Application
import Casework
import Kernel
import Programmes
import TestSupport
import Web
import WebPages

/// Somebody of one role, and what they are to the case of the scene.
struct RouteVisitor: Sendable {
    var name: String
    /// Nil: nobody is signed in.
    var role: Role?
    var organisation = "elsewhere"
    /// The column of the table of cases; nil without a part in the case.
    var column: String?
    var isSelf = false

    static let all: [RouteVisitor] = {
        var all: [RouteVisitor] = []
        for role in [Role.coach, .manager] {
            for (place, organisation) in RouteScene.places {
                let name = "\(role.rawValue)@\(place)"
                all.append(
                    RouteVisitor(name: name, role: role, organisation: organisation, column: name)
                )
            }
        }
        let referring = RouteVisitor(
            name: "referrer@referrer",
            role: .referrer,
            organisation: RouteScene.referrer,
            column: "referrer@referrer"
        )
        let own = RouteVisitor(
            name: "resident@self",
            role: .resident,
            column: "resident@self",
            isSelf: true
        )
        all += [referring, own]
        all += Role.ofAccounts.map { RouteVisitor(name: "\($0.rawValue) elsewhere", role: $0) }
        return all + [RouteVisitor(name: "nobody", role: nil)]
    }()

    func actor(_ person: PersonID) -> Actor? {
        role.map { role in
            Actor(
                user: "u-\(name)",
                organisation: organisation,
                roles: [role],
                person: isSelf ? person : PersonID(high: 2, low: 2)
            )
        }
    }
}

/// A case with a part for everybody, and with something behind every part of a path.
struct RouteScene {
    let installation: TestInstallation
    let site: TestSite
    let header: CaseHeader

    static let referrer = "P84001"
    static let places = [
        ("provider", "big-life"), ("asked", "pathways-cic"), ("onward", "talking-therapies"),
    ]

    init(_ installation: TestInstallation) async throws {
        self.installation = installation
        // An issuer that nobody comes back from.
        let door = OpenIDDoor(name: "an issuer") {
            ("https://issuer.example", "")
        } finish: { _, _ in
            throw ServiceError(.refused, "Nobody comes back.")
        }
        site = TestSite(installation, openID: door)
        header = try await Self.makeCase(installation, 1)
    }

    func anotherCase() async throws -> CaseHeader {
        try await Self.makeCase(installation, installation.count("cases") + 1)
    }

    /// Sends a route's request with every part of its path filled, and a form without answers.
    func send(_ route: PageRoute, as visitor: RouteVisitor, about header: CaseHeader) async
        -> Response
    {
        let browser = site.browser(visitor.actor(header.person))
        if visitor.role == nil { browser.set(Site.visitCookie, Tokens.make()) }
        let cookies = browser.cookies
        let cookie = cookies[Site.sessionCookie] ?? cookies[Site.visitCookie] ?? ""
        var form = Form()
        if route.method == .post { form.set("_csrf", installation.goodwork.csrf(of: cookie)) }
        return await browser.answer(route.method, path(route.pattern, header), form)
    }

    private func path(_ pattern: String, _ header: CaseHeader) -> String {
        let parts = pattern.split(separator: "/").map { part in
            part.hasPrefix(":")
                ? part == ":case" ? header.id.text : Self.parts[String(part)] ?? "unknown"
                : String(part)
        }
        return "/" + parts.joined(separator: "/")
    }

    private static let parts = [
        ":appointment": "a1", ":risk": "r1", ":clock": "first-contact", ":instrument": "phq-9",
        ":goal": "g1", ":action": "t1",
    ]

    /// Refers somebody new and tells of them what the pages are about.
    private static func makeCase(
        _ installation: TestInstallation,
        _ number: Int
    ) async throws -> CaseHeader {
        var referral = ReferralReceived()
        referral.source = "gp"
        referral.referrer = Self.referrer
        referral.strand = "be-well"
        referral.condition = "msk"
        referral.employmentStatus = "off-sick"
        referral.outwardCode = "M14"
        referral.answers = ["health-condition": "yes"]
        referral.identity.givenName = "Person"
        referral.identity.familyName = "Number\(number)"
        let today = installation.clock.now.civilDateUK
        let new = NewReferral(
            programme: "workwell-manchester",
            referral: referral,
            consents: [.referral: true, .shareWithReferrer: true],
            on: today
        )
        let answer = try await installation.goodwork.refer(
            new,
            by: installation.actor,
            seed: .random(in: .min ... .max)
        )
        guard case .referred(let header, _) = answer else {
            throw ServiceError(.invalid, "number \(number) was not referred")
        }
        try await installation.change(
            header.reference,
            Command(entries: told.map { Command.Entry(body: $0, on: today) })
        )
        return header
    }

    private static var told: [EventBody] {
        var booked = AppointmentBooked()
        (booked.appointment, booked.kind, booked.day) = ("a1", "phone", CivilDate(day: 21_000))
        var plan = PlanAgreed()
        plan.plan = "thrive-in-work"
        var goal = GoalAdded()
        goal.goal = "g1"
        var action = ActionAdded()
        (action.action, action.owner) = ("t1", "coach")
        var sent = OnwardSent()
        (sent.onward, sent.service) = ("o1", "talking-therapies")
        var risk = RiskRaised()
        (risk.risk, risk.about) = ("r1", "other")
        var asked = Transfer()
        asked.provider = "pathways-cic"
        return [
            .contactAttempted(ContactAttempted()), .assessmentCompleted(AssessmentCompleted()),
            .appointmentBooked(booked), .planAgreed(plan), .goalAdded(goal), .actionAdded(action),
            .onwardSent(sent), .riskRaised(risk), .transferAsked(asked),
        ]
    }
}
