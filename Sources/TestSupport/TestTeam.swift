import Application
import Casework
import Kernel
import Programmes
import WebPages

/// A provider's team in a test's installation, and the referrals that come to it.
package struct TestTeam: Sendable {
    package let installation: TestInstallation
    package let site: TestSite

    package static let organisation = "big-life"
    package static let manager = Actor(
        user: "manager-1",
        organisation: organisation,
        role: .manager
    )
    package static let coach = Actor(user: "coach-1", organisation: organisation, role: .coach)
    /// Manages at a partner of the same strand.
    package static let neighbour = Actor(
        user: "manager-2",
        organisation: "pathways-cic",
        role: .manager
    )
    package static let referrer = Actor(user: "gp-1", organisation: "P84001", role: .referrer)
    package static let members = [
        TeamMember(id: "coach-1", name: "Amina Khan", capacity: 2),
        TeamMember(id: "coach-2", name: "Ben Okafor"),
    ]
    /// The account of somebody who was a coach of the team.
    package static let gone = "00000000000000000000000009"

    package init(_ installation: TestInstallation) {
        self.installation = installation
        site = TestSite(
            installation,
            names: Names(
                accounts: ["manager-1": "Mary Manager", Self.gone: "Zoe Gone"],
                organisations: ["big-life": "Big Life", "pathways-cic": "Pathways"]
            ),
            team: [
                Self.organisation: Self.members,
                Self.neighbour.organisation: [TeamMember(id: "coach-7", name: "Nia Neighbour")],
            ]
        )
    }

    package var today: CivilDate { installation.clock.now.civilDateUK }

    /// Refers somebody to the team's strand of WorkWell Manchester.
    package func refer(
        _ givenName: String,
        daysAgo: Int = 3,
        consents: [ConsentScope: Bool] = [.referral: true],
        changing change: (inout ReferralReceived) -> Void = { _ in }
    ) async throws -> CaseHeader {
        var referral = ReferralReceived()
        referral.source = "gp"
        referral.referrer = Self.referrer.organisation
        referral.strand = "be-well"
        referral.condition = "anxiety"
        referral.employmentStatus = "in-work"
        referral.outwardCode = "M8"
        referral.age = 40
        referral.answers = ["health-condition": "yes"]
        referral.identity.givenName = givenName
        referral.identity.familyName = "Tester"
        referral.identity.birthDate = "1985-02-01"
        change(&referral)
        let answer = try await installation.goodwork.refer(
            NewReferral(
                programme: "workwell-manchester",
                referral: referral,
                consents: consents,
                on: today.adding(days: -daysAgo),
                anyway: true
            ),
            by: Self.referrer,
            seed: .random(in: .min ... .max)
        )
        guard case .referred(let header, _) = answer else {
            throw ServiceError(.conflict, "\(givenName) is there already")
        }
        return header
    }

    /// Does something to a case, as somebody at the command line would.
    package func change(
        _ header: CaseHeader,
        _ body: EventBody,
        daysAgo: Int = 0
    ) async throws {
        try await installation.change(
            header.id.text,
            Command(body, on: today.adding(days: -daysAgo))
        )
    }

    package func assign(_ header: CaseHeader, to coach: String) async throws {
        var fields = CoachAssigned()
        fields.coach = coach
        try await change(header, .coachAssigned(fields))
    }

    /// The case as it stands, opened with the person's key.
    package func folded(_ header: CaseHeader) async throws -> Case {
        try await installation.history(header.id.text).fold()
    }
}

/// Lends a team of an installation in a fresh database, whose journal must hold afterwards.
package func withTeam(
    _ backend: Backend,
    _ body: (TestTeam) async throws -> Void
) async throws {
    try await withInstallation(backend) { installation in
        try await body(TestTeam(installation))
        let problems = try await installation.problems()
        guard problems.isEmpty else {
            throw ServiceError(.invalid, problems.joined(separator: "\n"))
        }
    }
}
