import Application
import Casework
import Funding
import Kernel
import Measures
import Programmes
import SQL
import Store
import TestSupport
import Testing

/// What claims refuse, what samples find, and what incentive schemes earn.
@Suite struct ClaimRuleTests {
    typealias Scene = ClaimScene
    static let first = ClaimTests.first

    private static func make(
        _ quarter: Quarter,
        by actor: Actor,
        _ installation: TestInstallation
    ) async throws -> [StoredClaim] {
        try await ClaimTests.make(quarter, by: actor, installation)
    }

    private static func refusal<R>(_ body: () async throws -> R) async throws -> String? {
        try await ClaimTests.refusal(body)
    }

    @Test("A case that changed hands is claimed where it was held", arguments: Backend.allCases)
    func moved(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let header = try await Scene.refer(
                "Ada",
                on: "2025-01-20",
                started: "2025-02-03",
                in: installation
            )
            var transfer = Transfer()
            transfer.provider = "pathways-cic"
            let on = try #require(CivilDate(iso: "2025-03-10"))
            try await installation.change(
                header.reference,
                Command(entries: [
                    Command.Entry(body: .transferAsked(transfer), on: on),
                    Command.Entry(body: .transferAccepted(transfer), on: on),
                ])
            )
            let goodwork = installation.goodwork
            let claim = try #require(
                try await Self.make(Self.first, by: Scene.manager, installation).first
            )
            let lines = try await goodwork.lines(of: claim.name, by: Scene.manager)
            let line = try #require(lines.first { $0.key.person != nil })
            #expect(line.provider == "big-life")
            #expect(line.key.strand == "be-well")
            let own = try await goodwork.evidence(
                of: claim.name,
                line: line.number,
                by: Scene.manager
            )
            #expect(own.events.contains { $0.id == line.event && $0.body.kind == .supportStarted })
            #expect(!own.events.contains { $0.body.kind == .transferAccepted })
        }
    }

    @Test("What cannot be claimed is refused with its code") func refusals() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            try await Scene.refer("Ada", on: "2025-01-20", started: "2025-02-03", in: installation)
            func code(_ programme: String, _ quarter: String, by actor: Actor = Scene.payer)
                async throws -> String?
            {
                try await Self.refusal {
                    try await goodwork.makeClaims(
                        programme,
                        quarter: try #require(Quarter(text: quarter)),
                        by: actor,
                        seed: 1
                    )
                }
            }
            let workwell = Scene.programme
            #expect(try await code("kickstarter", "2025-Q1") == "claim-no-funding")
            #expect(try await code(workwell, "2025-Q2") == "claim-quarter-not-over")
            #expect(try await code(workwell, "2024-Q3") == "claim-quarter-outside")
            let stranger = Actor(user: "u", organisation: "elsewhere", role: .manager)
            #expect(try await code(workwell, "2025-Q1", by: stranger) == "not-found")
            let coach = Actor(user: "u", organisation: "big-life", role: .coach)
            #expect(try await code(workwell, "2025-Q1", by: coach) == "forbidden")
            let claim = try #require(
                try await Self.make(Self.first, by: Scene.manager, installation).first
            )
            _ = try await goodwork.move(claim: claim.name, .submit, by: Scene.manager)
            #expect(
                try await code(workwell, "2024-Q4", by: Scene.manager) == "claim-later-quarter"
            )
            #expect(try await Self.make(Self.first, by: Scene.manager, installation).isEmpty)
        }
    }

    @Test(
        "A sample is drawn again from its seed, and says what it found",
        arguments: Backend.allCases
    )
    func sample(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            for number in 1...6 {
                try await Scene.refer(
                    "P\(number)",
                    on: "2025-01-20",
                    started: "2025-02-0\(number)",
                    in: installation
                )
            }
            let claim = try #require(
                try await Self.make(Self.first, by: Scene.manager, installation).first
            )
            func draw(by actor: Actor, size: Int = 3) async throws -> ClaimSampleView {
                try await goodwork.sample(
                    claim: claim.name,
                    size: size,
                    drawSeed: 11,
                    by: actor,
                    seed: .random(in: .min ... .max)
                )
            }
            #expect(
                try await Self.refusal { try await draw(by: Scene.payer) } == "claim-wrong-state"
            )
            _ = try await goodwork.move(claim: claim.name, .submit, by: Scene.manager)
            #expect(try await Self.refusal { try await draw(by: Scene.manager) } == "forbidden")
            let one = try await draw(by: Scene.payer)
            let other = try await draw(by: Scene.payer)
            #expect(one.sample == other.sample)
            #expect(one.lines.count == 3 && one.sample.drawnFrom == 8)
            let outside = try #require((1...8).first { !one.sample.lines.contains($0) })
            func found(_ line: Int, _ right: Pence) async throws -> ClaimSampleView {
                try await goodwork.found(
                    claim: claim.name,
                    line: line,
                    right: right,
                    words: "Seen",
                    by: Scene.payer
                )
            }
            #expect(
                try await Self.refusal { try await found(outside, .zero) } == "claim-not-sampled"
            )
            let sampled = one.lines[0].number
            for right in [Pence(-1), Pence(1_000_000_000_001), Pence(99_999_999_999_999_999)] {
                #expect(
                    try await Self.refusal { try await found(sampled, right) }
                        == "claim-out-of-range"
                )
            }
            // What is found of a line holds in the samples drawn before and after.
            for line in one.lines { _ = try await found(line.number, line.amount) }
            _ = try await draw(by: Scene.payer, size: 8)
            _ = try await found(one.lines[0].number, .zero)
            let views = try await goodwork.samples(of: claim.name, by: Scene.manager)
            #expect(views.map(\.extrapolation.checked) == [3, 3])
            let view = try #require(views.first)
            #expect(view.extrapolation.checked == 3 && view.extrapolation.wrong == 1)
            #expect(view.extrapolation.errorFound == one.lines[0].amount)
            #expect(view.findings[one.lines[0].number]?.words == "Seen")
        }
    }

    @Test("A CQUIN is claimed at the end of its year, from the cases and from what is told")
    func incentive() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let id = "gm-mental-health-and-employment"
            let quarter = try #require(Quarter(text: "2016-Q1"))
            let trust = Actor(
                user: "t",
                organisation: "manchester-mental-health-and-social-care-trust",
                role: .manager
            )
            var referral = ReferralReceived()
            referral.source = "gp"
            referral.condition = "mental-health"
            referral.employmentStatus = "out-of-work"
            referral.identity.familyName = "Testperson"
            _ = try await goodwork.refer(
                NewReferral(
                    programme: id,
                    referral: referral,
                    consents: [.referral: true],
                    on: try #require(CivilDate(iso: "2015-06-01"))
                ),
                by: installation.actor,
                seed: 5
            )
            func make(_ figures: [ReportedFigure: Int]) async throws -> Pence? {
                let made = try await goodwork.makeClaims(
                    id,
                    quarter: quarter,
                    figures: figures,
                    by: trust,
                    seed: .random(in: .min ... .max)
                )
                return made.claims.first?.total
            }
            #expect(try await make([:]) == Pence(40_000_00))
            let trained = ReportedFigure(measure: "cquin-trained", year: 2015)
            #expect(try await make([trained: 50]) == Pence(55_000_00))
            // What was told is kept.
            #expect(try await make([:]) == Pence(55_000_00))
            let wrong = ReportedFigure(measure: "cquin-status", year: 2015)
            #expect(try await Self.refusal { try await make([wrong: 50]) } == "invalid")
        }
    }
}
