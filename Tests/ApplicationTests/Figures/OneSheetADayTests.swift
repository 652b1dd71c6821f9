import Application
import BoardPack
import Casework
import Funding
import Kernel
import Measures
import Programmes
import Store
import TestSupport
import Testing

/// A report, a dashboard, a board pack and a claim of one programme and day are asked the same questions,
/// as a board and as the case team.
@Suite("One sheet a day: the same figure, or the same star, from each") struct OneSheetADayTests {
    private static let day = CivilDate(iso: "2025-03-31") ?? CivilDate(day: 0)
    private static let team = Actor(user: "olu", organisation: "here", role: .operator)
    private static let rows = [
        "msk": "Participants in MSK pathways", "be-well": "Participants in Be Well",
        "rmg": "Participants from racially minoritised groups' strand",
    ]

    /// What each says of those who started, in all or in a strand; nil is kept back.
    private func starts(
        _ strand: String?,
        by actor: Actor,
        _ installation: TestInstallation
    ) async throws -> [String: Int?] {
        let goodwork = installation.goodwork
        var said: [String: Int?] = [:]
        func report(_ grouping: Grouping?) async throws -> ReportTable {
            let question = ReportQuestion(
                programme: ClaimScene.programme,
                asAt: Self.day,
                grouping: grouping
            )
            return try await goodwork.report(question, by: actor)
        }
        func dashboard(_ strand: String?) async throws -> Dashboard {
            let question = DashboardQuestion(
                programme: ClaimScene.programme,
                part: ProgrammePart(strand: strand),
                asAt: Self.day
            )
            return try await goodwork.dashboard(question, by: actor).dashboard
        }
        func count(_ cell: ReportCell?) -> Int? { cell?.numerator?.whole }
        func actual(_ plan: Trajectory?) -> Int? {
            plan.flatMap { $0.isActualHidden ? nil : $0.actual }
        }
        let (whole, apart) = (try await report(nil), try await report(.strand))
        let own = strand.flatMap { Self.rows[$0] } ?? "Participants"
        said["report"] = count(whole.rows.first { $0.label == own }?.whole)
        let line = apart.rows.first { $0.label == "Participants" }
        if let strand {
            let place = try #require(apart.groups.firstIndex { $0.key == strand })
            said["report by strand"] = count(line?.cells[place])
        } else {
            said["report by strand"] = count(line?.whole)
        }
        let (all, part) = (try await dashboard(nil), try await dashboard(strand))
        let started = part.figures.first { $0.id == "stages/started" }
        said["dashboard"] = count(started?.cell)
        said["plan"] = actual(part.trajectories.first)
        if let strand {
            said["plans of strands"] = actual(all.trajectories.first { $0.part.strand == strand })
        }
        return said
    }

    /// Starts month by month, of which no report is made.
    private func months(by actor: Actor, _ installation: TestInstallation) async throws
        -> [(run: Int?, plan: Int?)]
    {
        let question = DashboardQuestion(programme: ClaimScene.programme, asAt: Self.day)
        let shown = try await installation.goodwork.dashboard(question, by: actor).dashboard
        let run = try #require(shown.runs.first { $0.title == "Starts a month" })
        let plan = try #require(shown.trajectories.first)
        return try run.points.map { point in
            let iso = try #require(point.id.split(separator: "/").last)
            let month = plan.months.first { $0.month.iso == iso }
            return (point.cell.numerator?.whole, month?.actual)
        }
    }

    @Test("The whole, each strand and each month", arguments: Backend.allCases)
    func same(_ backend: Backend) async throws {
        try await withInstallation(backend) { installation in
            let strands = [("msk", 14), ("be-well", 11), ("rmg", 3)]
            var number = 0
            for (strand, count) in strands {
                for place in 0..<count {
                    number += 1
                    let month = place % 5 < 3 ? "02" : "03"
                    try await ClaimScene.refer(
                        "Person \(number)",
                        strand: strand,
                        on: "2025-01-\(10 + number % 18)",
                        started: "2025-\(month)-\(10 + number % 18)",
                        in: installation
                    )
                }
            }
            let payer = ClaimScene.payer
            let quarter = try #require(Quarter(text: "2025-Q1"))
            let claims = try await installation.goodwork.makeClaims(
                ClaimScene.programme,
                quarter: quarter,
                by: payer,
                seed: 1
            ).claims
            var paid: [String: Int] = [:]
            for claim in claims {
                let lines = try await installation.goodwork.lines(of: claim.name, by: Self.team)
                for line in lines where line.key.rule == "supported" {
                    paid[line.key.strand ?? "", default: 0] += 1
                }
            }
            let truths = [(nil, 28)] + strands.map { (Optional($0.0), $0.1) }
            var kept = 0
            var forBoard: [String: Int?] = [:]
            for (strand, truth) in truths {
                let name = strand ?? "all"
                // The claim says how many are paid for; whoever pays sees each of them.
                let claimed = strand.map { paid[$0] ?? 0 } ?? paid.values.reduce(0, +)
                #expect(claimed == truth, "\(name)")
                for (face, count) in try await starts(strand, by: Self.team, installation) {
                    #expect(count == truth, "\(face) of \(name), case team")
                }
                let shown = try await starts(strand, by: payer, installation)
                #expect(Set(shown.values).count == 1, "\(name): \(shown)")
                #expect(shown.values.allSatisfy { $0 == nil || $0 == truth }, "\(name)")
                if shown.values.contains(nil) { kept += 1 }
                forBoard[name] = shown["report"] ?? nil
            }
            // Those of three, and at least one more that would give them away.
            #expect(kept > 1 && kept < truths.count)
            let (seen, truth) = (
                try await months(by: payer, installation),
                try await months(by: Self.team, installation)
            )
            for (one, own) in zip(seen, truth) {
                #expect(one.run == one.plan)
                #expect(own.run == own.plan)
                #expect(one.run == nil || one.run == own.run)
            }
            #expect(seen.contains { $0.run != nil })
            try await pack(forBoard, installation)
        }
    }

    /// A board pack says the same; its sheet is beside the one that was looked at.
    private func pack(_ shown: [String: Int?], _ installation: TestInstallation) async throws {
        let source = PackSource(
            name: "test.yaml",
            text: """
                pack: test
                programme: workwell-manchester
                board: The Board
                subject: A test
                figures:
                  all-row: {row: Participants}
                  all-stage: {dashboard: stages/started}
                  all-plan: {trajectory: actual}
                  msk-row: {row: Participants in MSK pathways}
                  msk-by: {row: Participants, by: strand, group: msk}
                  msk-plan: {trajectory: actual, strand: msk}
                  rmg-by: {row: Participants, by: strand, group: rmg}
                  rmg-plan: {trajectory: actual, strand: rmg}
                sections:
                  - heading: Only one
                    content:
                      - "A {all-row}, {all-stage}, {all-plan} B {msk-row}, {msk-by}, {msk-plan} C
                        {rmg-by}, {rmg-plan} D"
                """
        )
        let made = try await installation.goodwork.makePack(
            source,
            asAt: Self.day,
            purpose: "x",
            by: ClaimScene.payer
        )
        let text = try await BoardPackTests.text(made, installation)
        func words(_ name: String, _ times: Int) -> String {
            let count = shown[name] ?? nil
            let one = count.map { "\($0)" } ?? "an undisclosed number"
            return Array(repeating: one, count: times).joined(separator: ", ")
        }
        let expected = "A \(words("all", 3)) B \(words("msk", 3)) C \(words("rmg", 2)) D"
        #expect(text.contains(expected), "\(expected) in \(text)")
    }

    @Test("A grouping that is asked for later adds to what was seen, and is there to stay")
    func groupings() async throws {
        try await withInstallation(.sqlite) { installation in
            for number in 1...24 {
                try await ClaimScene.refer(
                    "Person \(number)",
                    on: "2025-01-\(10 + number % 18)",
                    in: installation
                )
            }
            let goodwork = installation.goodwork
            let payer = ClaimScene.payer
            var question = ReportQuestion(programme: ClaimScene.programme, asAt: Self.day)
            let first = try await goodwork.report(question, by: payer)
            question.grouping = .condition
            installation.clock.advance(milliseconds: 3_600_000)
            // One is told of late; the day stays as it was known when it was first looked at.
            try await ClaimScene.refer("Late", on: "2025-01-30", in: installation)
            let apart = try await goodwork.report(question, by: payer)
            #expect(apart.rows.map(\.whole) == first.rows.map(\.whole))
            #expect(apart.groups.map(\.key) == ["msk"])
            #expect(apart.rows.first?.cells.first?.numerator == Ratio(24))
            let lines = try await installation.count("releases")
            #expect(lines == 2)
            #expect(try await goodwork.report(question, by: payer) == apart)
            question.grouping = nil
            let again = try await goodwork.report(question, by: payer)
            #expect(again.rows == first.rows)
            #expect(try await installation.count("releases") == lines)
        }
    }
}
