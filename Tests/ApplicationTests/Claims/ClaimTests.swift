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

/// Claims from the draft to the payment, over a real installation.
@Suite struct ClaimTests {
    typealias Scene = ClaimScene
    static let first = Quarter(holding: CivilDate(day: 20_150))  // 2025-Q1
    static let second = first.next

    static func make(
        _ quarter: Quarter,
        by actor: Actor = Scene.payer,
        _ installation: TestInstallation
    ) async throws -> [StoredClaim] {
        try await installation.goodwork.makeClaims(
            Scene.programme,
            quarter: quarter,
            by: actor,
            seed: .random(in: .min ... .max)
        ).claims
    }

    /// The code of a refusal; nil when it was done.
    static func refusal<R>(_ body: () async throws -> R) async throws -> String? {
        do {
            _ = try await body()
            return nil
        } catch let error as ServiceError {
            return error.code
        }
    }

    /// Goes to the second week of July 2025.
    static func toJuly(_ installation: TestInstallation) {
        installation.clock.advance(milliseconds: 38 * 86_400_000)
    }

    private func lines(
        _ claim: StoredClaim,
        _ installation: TestInstallation
    ) async throws -> [ClaimLine] {
        try await installation.goodwork.lines(of: claim.name, by: Scene.payer)
    }

    @Test(
        "A quarter is claimed, queried, in part rejected, paid, and put right with the next",
        arguments: Backend.allCases
    )
    func journey(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            var cases: [CaseHeader] = []
            for (name, day) in [("Ada", "2025-02-03"), ("Ben", "2025-02-04"), ("Cy", "2025-03-31")]
            {
                cases.append(
                    try await Scene.refer(name, on: "2025-01-20", started: day, in: installation)
                )
            }
            try await Scene.refer("Dee", on: "2025-03-01", started: "2025-04-01", in: installation)
            try await Scene.refer("Eve", on: "2025-03-01", in: installation)
            try await Scene.refer(
                "Fay",
                strand: "msk",
                on: "2025-03-01",
                started: "2025-03-20",
                in: installation
            )
            let claims = try await Self.make(Self.first, installation)
            #expect(claims.map(\.claimant) == ["big-life", "manchester-city-council", "mft"])
            let claim = try #require(claims.first)
            #expect(claim.name == "workwell-manchester/2025-Q1/big-life/1")
            let programme = try await goodwork.reportProgramme(Scene.programme)
            let line = try #require(Budget(programme)?.line("be-well"))
            let fixed = line.guaranteed.split(by: [1, 1, 1, 1, 1, 1])
            let shares = (1...3).map { line.performance.share($0, of: 708) }
            #expect(claim.total == (fixed.prefix(2) + shares).reduce(.zero, +))
            let told = try await lines(claim, installation)
            #expect(told.map(\.caseID) == [nil, nil] + cases.map(\.id))
            #expect(told.dropFirst(2).allSatisfy { $0.event != nil && $0.evidence.count >= 2 })
            // The claim and the report give the same figure for the same question.
            let report = try await goodwork.report(
                ReportQuestion(programme: Scene.programme, asAt: Self.first.lastDay),
                by: Scene.payer
            )
            let row = report.rows.first { $0.label == "Participants in Be Well" }
            #expect(row?.whole.numerator?.whole == told.count { $0.key.rule == "supported" })

            func step(_ move: ClaimMove, _ words: String? = nil, by actor: Actor) async throws
                -> String?
            {
                try await Self.refusal {
                    try await goodwork.move(claim: claim.name, move, words: words, by: actor)
                }
            }
            #expect(try await step(.accept, by: Scene.payer) == "claim-wrong-state")
            #expect(try await step(.submit, by: Scene.hospital) == "not-found")
            #expect(try await step(.submit, by: Scene.payer) == "not-found")
            #expect(try await step(.submit, by: Scene.manager) == nil)
            #expect(try await step(.submit, by: Scene.manager) == "claim-wrong-state")
            #expect(try await step(.query, " ", by: Scene.payer) == "missing-value")
            #expect(try await step(.query, "Which consent?", by: Scene.payer) == nil)
            #expect(try await step(.accept, by: Scene.payer) == "claim-wrong-state")
            #expect(try await step(.answer, "On paper", by: Scene.manager) == nil)
            #expect(try await step(.accept, by: Scene.manager) == "forbidden")
            let rejected = try await goodwork.reject(
                claim: claim.name,
                line: 4,
                words: "No consent",
                by: Scene.payer
            )
            #expect(rejected.payable == claim.total - shares[1])
            #expect(
                try await Self.refusal {
                    try await goodwork.reject(
                        claim: claim.name,
                        line: 4,
                        words: "Again",
                        by: Scene.payer
                    )
                } == "claim-not-a-line"
            )
            #expect(try await step(.accept, by: Scene.payer) == nil)
            #expect(try await step(.pay, "BACS 1", by: Scene.payer) == nil)
            let paid = try await goodwork.claim(claim.name, by: Scene.manager)
            #expect(paid.state == .paid)
            #expect(
                paid.events.map(\.move) == [.submit, .query, .answer, .reject, .accept, .pay]
            )
            #expect(paid.events[1].words == "Which consent?")

            // Ada's start was a mistake; what was rejected may be claimed again.
            try await Scene.voidStart(cases[0], in: installation)
            Self.toJuly(installation)
            let next = try #require(
                try await Self.make(Self.second, by: Scene.manager, installation).first
            )
            let second = try await lines(next, installation)
            #expect(second.map(\.kind) == [.clawback, .new, .new, .new])
            #expect(second[0].caseID == cases[0].id)
            #expect(second[0].corrects == LineReference(claim: claim.id, line: 3))
            #expect(second[0].amount == -shares[0])
            // One instalment, Ben again and Dee.
            #expect(next.total == fixed[2] + shares[1] + shares[2] - shares[0])
            #expect(try await lines(claim, installation) == told)
        }
    }

    @Test(
        "Records that turn out to be one person are claimed for once",
        arguments: Backend.allCases
    )
    func merged(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            var people: [PersonID] = []
            for name in ["Ada", "Adah"] {
                let header = try await Scene.refer(
                    name,
                    on: "2025-01-20",
                    started: "2025-02-03",
                    in: installation
                )
                people.append(header.person)
            }
            let claim = try #require(
                try await Self.make(Self.first, by: Scene.manager, installation).first
            )
            let draft = try #require(
                try await Self.make(Self.first, by: Scene.manager, installation).first
            )
            #expect(draft.name.hasSuffix("big-life/2"))
            #expect(try await goodwork.claim(claim.name, by: Scene.manager).state == .withdrawn)
            let officer = Actor(user: "ig", organisation: "host", role: .governance)
            let link = try await goodwork.merge(
                people[1],
                into: people[0],
                reason: "The GP says so",
                by: officer,
                seed: 7
            )
            // A draft that counts both is overtaken.
            #expect(
                try await Self.refusal {
                    try await goodwork.move(claim: draft.name, .submit, by: Scene.manager)
                } == "claim-overtaken"
            )
            try await goodwork.unmerge(link.id, reason: "No", by: officer)
            _ = try await goodwork.move(claim: draft.name, .submit, by: Scene.manager)
            _ = try await goodwork.merge(
                people[1],
                into: people[0],
                reason: "She says so",
                by: officer,
                seed: 8
            )
            Self.toJuly(installation)
            let next = try #require(
                try await Self.make(Self.second, by: Scene.manager, installation).first
            )
            let lines = try await lines(next, installation)
            #expect(lines.first?.kind == .clawback)
            #expect(lines.first?.note == "The same person was claimed for twice.")
            #expect(lines.count { $0.key.person != nil } == 1)
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

    @Test("Lines that were changed behind the program's back are not submitted")
    func tampering() async throws {
        try await withInstallation(.sqlite) { installation in
            try await Scene.refer("Ada", on: "2025-01-20", started: "2025-02-03", in: installation)
            let claim = try #require(
                try await Self.make(Self.first, by: Scene.manager, installation).first
            )
            try await installation.tamper("UPDATE claim_lines SET pence = pence + 1 WHERE line = 1")
            await #expect(throws: StoreError.self) {
                try await installation.goodwork.move(
                    claim: claim.name,
                    .submit,
                    by: Scene.manager
                )
            }
        }
    }

    @Test("Each sees their own claims, nobody a name, and every look is written down")
    func access() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let header = try await Scene.refer(
                "Zebedee",
                on: "2025-01-20",
                started: "2025-02-03",
                in: installation
            )
            try await Scene.refer(
                "Fay",
                strand: "msk",
                on: "2025-03-01",
                started: "2025-03-20",
                in: installation
            )
            let claims = try await Self.make(Self.first, installation)
            func seen(_ actor: Actor) async throws -> [String] {
                try await goodwork.claims(by: actor).map(\.claim.claimant).sorted()
            }
            let all = ["big-life", "manchester-city-council", "mft"]
            #expect(try await seen(Scene.payer) == all)
            #expect(try await seen(Scene.host) == all)
            #expect(try await seen(Scene.manager) == ["big-life"])
            #expect(try await seen(Scene.hospital) == ["mft"])
            let analyst = Actor(user: "an", organisation: "elsewhere", role: .analyst)
            #expect(try await seen(analyst) == all)
            let elsewhere = Actor(user: "c", organisation: "elsewhere", role: .commissioner)
            #expect(try await seen(elsewhere) == [])
            let before = try await installation.count("access_log")
            #expect(
                try await Self.refusal {
                    try await goodwork.claim(claims[0].name, by: Scene.hospital)
                } == "not-found"
            )
            let export = try await goodwork.export(claim: claims[0].name, by: Scene.manager)
            #expect(try await installation.count("access_log") == before + 2)
            for text in [export.csv, export.json] {
                #expect(!text.contains("Zebedee") && !text.contains("Testperson"))
                #expect(!text.contains(header.person.text))
                #expect(text.contains(goodwork.pseudonym(header.person, in: Scene.programme)))
            }
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
            func draw(by actor: Actor) async throws -> ClaimSampleView {
                try await goodwork.sample(
                    claim: claim.name,
                    size: 3,
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
            #expect(one.sample.lines == other.sample.lines)
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
            for line in one.lines { _ = try await found(line.number, line.amount) }
            _ = try await found(one.lines[0].number, .zero)
            let view = try #require(
                try await goodwork.samples(of: claim.name, by: Scene.manager).last
            )
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
