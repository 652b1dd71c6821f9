import Application
import BoardPack
import Casework
import Funding
import Kernel
import Measures
import Store
import TestSupport
import Testing

/// A board pack as it is made: counted, kept back, entered in the register and kept.
@Suite struct BoardPackTests {
    static func actor(_ role: Role) -> Actor {
        Actor(user: "u-\(role.rawValue)", organisation: "nhs-greater-manchester", role: role)
    }

    /// A pack of one sentence, and of what the sentence needs.
    static func source(_ sentence: String) -> PackSource {
        PackSource(
            name: "test.yaml",
            text: """
                pack: test
                programme: workwell-manchester
                board: The Board
                subject: A test
                figures:
                  referrals: {row: Referrals}
                  participants: {row: Participants}
                  started: {dashboard: stages/started}
                  actual: {trajectory: actual}
                  people: {claim: people}
                  claimed: {claim: claimed}
                sections:
                  - heading: Only one
                    content: ["\(sentence)"]
                """
        )
    }

    static func text(
        _ made: StoredBoardPack,
        _ installation: TestInstallation
    ) async throws -> String {
        let (_, document) = try await installation.goodwork.madePack(
            made.id,
            by: actor(.commissioner)
        )
        let plain = String(decoding: document, as: UTF8.self).replacing(/<[^>]*>/, with: " ")
        return plain.split { $0.isWhitespace }.joined(separator: " ").replacing(" .", with: ".")
            .replacing(" ,", with: ",")
    }

    @Test("A pack is a release, and stands as it was made", arguments: Backend.allCases)
    func isARelease(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            let source = Self.source("{referrals person|people} came.")
            let commissioner = Self.actor(.commissioner)
            try await ReleaseTests.refer(12, installation, from: 1)
            let made = try await goodwork.makePack(source, purpose: "Q1", by: commissioner)
            #expect(made.asAt.iso == "2025-05-31")
            #expect(try await Self.text(made, installation).contains("12 people came."))
            let register = try await goodwork.releases(by: Self.actor(.governance))
            #expect(Set(register.map(\.kind)) == [.export])
            #expect(Set(register.map(\.purpose)) == ["Q1"])
            // Two more are told of late: the paper stays, and the next keeps back the difference.
            installation.clock.advance(milliseconds: 3_600_000)
            try await ReleaseTests.refer(2, installation, from: 13)
            #expect(try await Self.text(made, installation).contains("12 people came."))
            let next = try await goodwork.makePack(source, purpose: "Q1 again", by: commissioner)
            let said = try await Self.text(next, installation)
            #expect(said.contains("An undisclosed number of people came."), "\(said)")
            // The report that the board looks at is the paper's.
            let look = try await goodwork.report(ReleaseTests.question, by: commissioner)
            #expect(look.rows[0].whole.shown == "*")
            // Four more, and the sentence can be said again.
            try await ReleaseTests.refer(8, installation, from: 15)
            installation.clock.advance(milliseconds: 3_600_000)
            let third = try await goodwork.makePack(source, purpose: "later", by: commissioner)
            #expect(try await Self.text(third, installation).contains("22 people came."))
            let all = try await goodwork.madePacks(by: commissioner)
            #expect(all.map(\.purpose) == ["later", "Q1 again", "Q1"])
        }
    }

    /// Nine people are referred in January, and start in February.
    private static func startNine(in installation: TestInstallation) async throws {
        for number in 1...9 {
            try await ClaimScene.refer(
                "P\(number)",
                on: "2025-01-0\(number)",
                started: "2025-02-0\(number)",
                in: installation
            )
        }
    }

    @Test("Report, dashboard, plan and claim say the same number", arguments: Backend.allCases)
    func sameNumber(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let goodwork = installation.goodwork
            try await Self.startNine(in: installation)
            let (payer, manager) = (ClaimScene.payer, ClaimScene.manager)
            let quarter = try #require(Quarter(text: "2025-Q1"))
            let made = try await goodwork.makeClaims(
                ClaimScene.programme,
                quarter: quarter,
                by: payer,
                seed: 1
            )
            for claim in made.claims where claim.claimant == manager.organisation {
                _ = try await goodwork.move(claim: claim.name, .submit, by: manager)
            }
            let source = Self.source(
                "{participants}, {started}, {actual} and {people}; {claimed}."
            )
            let day = CivilDate(iso: "2025-03-31")
            let pack = try await goodwork.makePack(source, asAt: day, purpose: "x", by: payer)
            let text = try await Self.text(pack, installation)
            #expect(text.contains("1.1 9, 9, 9 and 9 ; £"), "\(text)")
            let question = ReportQuestion(programme: ClaimScene.programme, asAt: day)
            let report = try await goodwork.report(question, by: installation.actor)
            #expect(report.rows.first { $0.label == "Participants" }?.whole.numerator == Ratio(9))
            let dashboard = try await goodwork.dashboard(
                DashboardQuestion(programme: ClaimScene.programme, asAt: day),
                by: installation.actor
            ).dashboard
            let started = dashboard.figures.first { $0.id == "stages/started" }
            #expect(started?.cell.numerator == Ratio(9))
            let released = try await goodwork.releases(by: installation.actor)
            #expect(released.map(\.isSheet) == [true])
            let seen = try await goodwork.dashboard(
                DashboardQuestion(programme: ClaimScene.programme, asAt: day),
                by: payer
            ).dashboard
            let shown = seen.figures.first { $0.id == "stages/started" }
            #expect(shown?.cell.numerator == Ratio(9))
            // The dashboard was drawn from the pack's sheet.
            #expect(try await installation.count("releases") == 1)
            let claims = try await goodwork.claims(by: payer).filter { $0.state.stands }
            let lines = try await goodwork.lines(of: claims[0].claim.name, by: payer)
            #expect(Set(lines.compactMap(\.key.person)).count == 9)
            // Those of a sum of claims must be allowed to see all of them.
            let other = Actor(user: "u", organisation: "elsewhere", role: .commissioner)
            await #expect(throws: ServiceError.self) {
                try await goodwork.makePack(source, asAt: day, purpose: "x", by: other)
            }
        }
    }

    @Test("Money is held back by the people it is for, without those whose lines were rejected")
    func rejectedLines() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            try await Self.startNine(in: installation)
            let (payer, manager) = (ClaimScene.payer, ClaimScene.manager)
            let made = try await goodwork.makeClaims(
                ClaimScene.programme,
                quarter: try #require(Quarter(text: "2025-Q1")),
                by: payer,
                seed: 1
            )
            let claim = try #require(
                made.claims.first { $0.claimant == manager.organisation }
            )
            _ = try await goodwork.move(claim: claim.name, .submit, by: manager)
            let source = Self.source("Claimed: {claimed}.")
            let day = CivilDate(iso: "2025-03-31")
            let before = try await goodwork.makePack(source, asAt: day, purpose: "x", by: payer)
            #expect(try await Self.text(before, installation).contains("Claimed: £"))
            let people = try await goodwork.lines(of: claim.name, by: payer)
                .filter { $0.key.person != nil }
            for line in people.prefix(5) {
                _ = try await goodwork.reject(
                    claim: claim.name,
                    line: line.number,
                    words: "No consent",
                    by: payer
                )
            }
            installation.clock.advance(milliseconds: 3_600_000)
            let after = try await goodwork.makePack(source, asAt: day, purpose: "y", by: payer)
            let text = try await Self.text(after, installation)
            #expect(text.contains("Claimed: an undisclosed amount"), "\(text)")
        }
    }

    @Test("Without a purpose, a role, a past day or a sound file nothing is made")
    func refusals() async throws {
        try await withInstallation(.sqlite) { installation in
            let goodwork = installation.goodwork
            let source = Self.source("{referrals}")
            let commissioner = Self.actor(.commissioner)
            let attempts: [(PackSource, String?, String, Role, String)] = [
                (source, nil, " ", .commissioner, "Say what it is for"),
                (source, nil, "x", .coach, "not part of your role"),
                (source, "2030-01-31", "x", .commissioner, "still to come"),
                (Self.source("{referals}"), nil, "x", .commissioner, "has faults"),
                (PackSource(name: "f", text: "pack: f"), nil, "x", .commissioner, "has faults"),
            ]
            for (source, day, purpose, role, says) in attempts {
                let error = await #expect(throws: ServiceError.self) {
                    try await goodwork.makePack(
                        source,
                        asAt: day.flatMap { CivilDate(iso: $0) },
                        purpose: purpose,
                        by: Self.actor(role)
                    )
                }
                #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
            }
            await #expect(throws: ServiceError.self) {
                try await goodwork.draftPack(source, by: commissioner)
            }
            let draft = try await goodwork.draftPack(source, by: installation.actor)
            #expect(String(decoding: draft, as: UTF8.self).contains("<strong>Draft. </strong>"))
            #expect(try await installation.count("releases") == 0)
            #expect(try await installation.count("board_packs") == 0)
        }
    }
}
