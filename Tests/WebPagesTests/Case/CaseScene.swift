import Application
import Casework
import Kernel
import Store
import TestSupport
import Testing
import WebPages

/// A case of a provider, held by a coach, with people around it.
struct CaseScene {
    let installation: TestInstallation
    let site: TestSite
    let header: CaseHeader

    static let ana = Actor(user: "ana", organisation: "big-life", role: .coach)
    static let ben = Actor(user: "ben", organisation: "big-life", role: .coach)
    static let mo = Actor(user: "mo", organisation: "big-life", role: .manager)
    /// A coach of a provider without a part in the case.
    static let olu = Actor(user: "olu", organisation: "mft", role: .coach)
    static let gp = Actor(user: "gp", organisation: "P84001", role: .referrer)

    static let names = Names(
        accounts: ["ana": "Ana Coach", "ben": "Ben Coach", "mo": "Mo Manager", "test": "Tester"],
        organisations: ["big-life": "The Big Life Group", "P84001": "Longsight Surgery"]
    )

    /// The day of the referral: the first contact was due on 27 May, and it is 2 June.
    static let referredOn = CivilDate(iso: "2025-05-19") ?? CivilDate(day: 0)
    static let today = CivilDate(iso: "2025-06-02") ?? CivilDate(day: 0)

    var path: String { "/cases/\(header.id.text)" }

    func history() async throws -> History {
        try await installation.history(header.reference)
    }

    func change(_ bodies: EventBody..., on day: CivilDate = today) async throws {
        try await installation.change(
            header.reference,
            Command(entries: bodies.map { .init(body: $0, on: day) })
        )
    }

    /// How many events of a kind the case has.
    func count(_ kind: EventKind) async throws -> Int {
        try await history().events.count { $0.body.kind == kind }
    }
}

extension TestInstallation {
    /// Refers somebody to Be Well in Manchester.
    func refer(
        _ given: String,
        _ family: String,
        coach: String? = "ana",
        strand: String? = "be-well",
        consents: [ConsentScope: Bool] = [.referral: true],
        answers: [String: String] = ["health-condition": "yes"]
    ) async throws -> CaseHeader {
        var referral = ReferralReceived()
        referral.source = "gp"
        referral.referrer = "P84001"
        referral.strand = strand
        referral.condition = "msk"
        referral.employmentStatus = "off-sick"
        referral.outwardCode = "M14"
        referral.answers = answers
        referral.identity.givenName = given
        referral.identity.familyName = family
        referral.identity.birthDate = "1980-03-04"
        referral.identity.phone = "0161 496 0000"
        let new = NewReferral(
            programme: "workwell-manchester",
            referral: referral,
            consents: consents,
            on: CaseScene.referredOn
        )
        let answer = try await goodwork.refer(new, by: actor, seed: .random(in: .min ... .max))
        guard case .referred(let header, _) = answer else {
            throw ServiceError(.invalid, "\(given) was not referred")
        }
        if let coach {
            var assigned = CoachAssigned()
            assigned.coach = coach
            try await change(
                header.reference,
                Command(.coachAssigned(assigned), on: CaseScene.referredOn)
            )
        }
        return header
    }
}

/// Lends a case of Nadia Khan's that Ana holds.
func withCase(
    _ backend: Backend = .sqlite,
    _ body: (CaseScene) async throws -> Void
) async throws {
    try await withInstallation(backend) { installation in
        let header = try await installation.refer("Nadia", "Khan")
        let site = TestSite(installation, names: CaseScene.names)
        try await body(CaseScene(installation: installation, site: site, header: header))
        #expect(site.errors.isEmpty)
    }
}
