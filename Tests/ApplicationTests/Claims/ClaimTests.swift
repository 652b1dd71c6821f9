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
                // From whom no small count is kept back.
                by: Actor(user: "olu", organisation: "here", role: .operator)
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
            #expect(try await goodwork.claim(claim.name, by: Scene.manager).state == .replaced)
            // Nobody asks for that: a draft that nothing took the place of stays one.
            let asked = try await Self.refusal {
                try await goodwork.move(claim: draft.name, .withdraw, by: Scene.manager)
            }
            #expect(asked == "claim-wrong-state")
            #expect(try await goodwork.claim(draft.name, by: Scene.manager).state == .drafted)
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

    @Test("Lines that were changed behind the program's back are not submitted")
    func tampering() async throws {
        try await withInstallation(.sqlite) { installation in
            try await Scene.refer("Ada", on: "2025-01-20", started: "2025-02-03", in: installation)
            let claim = try #require(
                try await Self.make(Self.first, by: Scene.manager, installation).first
            )
            #expect(try await installation.problems() == [])
            try await installation.tamper("UPDATE claim_lines SET pence = pence + 1 WHERE line = 1")
            #expect(
                try await installation.problems() == [
                    "claim \(claim.name): its lines are not those it was made of"
                ]
            )
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
            #expect(
                try await Self.refusal { try await goodwork.claims(by: analyst) } == "forbidden"
            )
            let elsewhere = Actor(user: "c", organisation: "elsewhere", role: .commissioner)
            #expect(try await seen(elsewhere) == [])
            let before = try await installation.count("access_log")
            #expect(
                try await Self.refusal {
                    try await goodwork.claim(claims[0].name, by: Scene.hospital)
                } == "not-found"
            )
            let copy = try await goodwork.copy(
                personOf: header,
                reason: "asked for",
                by: installation.actor
            )
            #expect(copy.claims.map(\.claim) == [claims[0].name])
            #expect(copy.json.contains("\"payment\":\"supported\""))
            let looks = try await installation.count("access_log")
            let export = try await goodwork.export(claim: claims[0].name, by: Scene.manager)
            #expect(try await installation.count("access_log") == looks + 1)
            #expect(looks > before)
            for text in [export.csv, export.json] {
                #expect(!text.contains("Zebedee") && !text.contains("Testperson"))
                #expect(!text.contains(header.person.text))
                #expect(text.contains(goodwork.pseudonym(header.person, in: Scene.programme)))
            }
        }
    }
}
