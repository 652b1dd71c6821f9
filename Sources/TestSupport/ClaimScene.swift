import Application
import Casework
import Kernel

/// People of WorkWell Manchester whose support is claimed for, and those who claim and pay.
package enum ClaimScene {
    package static let programme = "workwell-manchester"
    package static let payer = Actor(
        user: "u-payer",
        organisation: "nhs-greater-manchester",
        role: .commissioner
    )
    package static let host = Actor(
        user: "u-host",
        organisation: "manchester-city-council",
        role: .manager
    )
    package static let manager = Actor(user: "u-bw", organisation: "big-life", role: .manager)
    package static let hospital = Actor(user: "u-mft", organisation: "mft", role: .manager)

    /// Refers somebody new and, if a day is given, starts their support on it.
    @discardableResult
    package static func refer(
        _ name: String,
        strand: String = "be-well",
        on day: String,
        started: String? = nil,
        in installation: TestInstallation
    ) async throws -> CaseHeader {
        var referral = ReferralReceived()
        referral.source = "gp"
        referral.strand = strand
        referral.condition = "msk"
        referral.employmentStatus = "in-work"
        referral.outwardCode = "M14"
        referral.answers = ["health-condition": "yes", "racially-minoritised": "yes"]
        referral.identity.givenName = name
        referral.identity.familyName = "Testperson"
        let new = NewReferral(
            programme: programme,
            referral: referral,
            consents: [.referral: true],
            on: CivilDate(iso: day) ?? CivilDate(day: 0)
        )
        let answer = try await installation.goodwork.refer(
            new,
            by: installation.actor,
            seed: .random(in: .min ... .max)
        )
        guard case .referred(let header, _) = answer else {
            throw ServiceError(.invalid, "\(name) was not referred")
        }
        if let started { try await start(header, on: started, in: installation) }
        return header
    }

    /// Starts the support of a case.
    package static func start(
        _ header: CaseHeader,
        on day: String,
        in installation: TestInstallation
    ) async throws {
        let on = CivilDate(iso: day) ?? CivilDate(day: 0)
        try await installation.change(header.reference, Command(.supportStarted(Plain()), on: on))
    }

    /// Withdraws the start of a case's support.
    package static func voidStart(
        _ header: CaseHeader,
        in installation: TestInstallation
    ) async throws {
        let events = try await installation.history(header.reference).effective()
        guard let start = events.first(where: { $0.body.kind == .supportStarted }) else { return }
        let void = Command.Void(event: start.id, reason: "entered-in-error")
        try await installation.change(header.reference, Command(voids: [void]))
    }
}
