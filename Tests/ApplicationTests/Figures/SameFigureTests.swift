import Application
import Casework
import Funding
import Kernel
import Measures
import Programmes
import Store
import TestSupport
import Testing

/// The claim, the report and the dashboard are asked the same questions, over random histories.
///
/// A face that answers too, such as a board pack, is one more entry of `faces`.
@Suite("The same figure for the same question") struct SameFigureTests {
    /// How many had it, in a strand if one is named, by the end of a quarter.
    typealias Ask = @Sendable (TestInstallation, Quarter, _ strand: String?) async throws -> Int

    struct Face: Sendable {
        var name: String
        var ask: Ask
    }

    private static let runner = Actor(user: "olu", organisation: "here", role: .operator)
    private static let quarters = [Quarter(holding: CivilDate(day: 20_150))].flatMap {
        [$0.previous, $0]
    }

    // MARK: WorkWell: people supported

    private static let rows = [
        "msk": "Participants in MSK pathways", "be-well": "Participants in Be Well",
        "rmg": "Participants from racially minoritised groups' strand",
    ]

    static let supported = [
        Face(name: "claim") { installation, quarter, strand in
            try await claimed("supported", ClaimScene.programme, installation, quarter, strand)
        },
        Face(name: "report") { installation, quarter, strand in
            let row = strand.flatMap { rows[$0] } ?? "Participants"
            return try await reported(row, ClaimScene.programme, installation, quarter)
        },
        Face(name: "dashboard") { installation, quarter, strand in
            let shown = try await dashboard(ClaimScene.programme, installation, quarter, strand)
            return shown.trajectories.first?.actual ?? -1
        },
        Face(name: "dashboard's months") { installation, quarter, strand in
            let shown = try await dashboard(ClaimScene.programme, installation, quarter, strand)
            let run = shown.runs.first { $0.title == "Starts a month" }
            return run?.points.reduce(0) { $0 + ($1.cell.numerator?.whole ?? 0) } ?? -1
        },
        Face(name: "dashboard of all strands") { installation, quarter, strand in
            let shown = try await dashboard(ClaimScene.programme, installation, quarter, nil)
            return shown.trajectories.first { $0.part.strand == strand }?.actual ?? -1
        },
    ]

    @Test("People supported, and starts in a quarter, for each strand", arguments: Backend.allCases)
    func supported(_ backend: Backend) async throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomGenerator(seed: seed)
        try await withInstallation(backend) { installation in
            for number in 0..<24 {
                let strand = ["msk", "be-well", "be-well", "rmg"][random.below(4)]
                let on = CivilDate(day: 20_060).adding(days: random.below(90))
                let started = on.adding(days: random.below(40))
                let header = try await ClaimScene.refer(
                    "Person \(number)",
                    strand: strand,
                    on: on.iso,
                    started: random.below(4) > 0 ? started.iso : nil,
                    in: installation
                )
                if random.below(6) == 0 { try await ClaimScene.voidStart(header, in: installation) }
            }
            for strand in [nil, "msk", "be-well", "rmg"] {
                try await agree(Self.supported, strand, installation, seed)
            }
            try await boardAgrees(installation)
        }
    }

    /// What a board sees is the same figure, or it is kept back.
    private func boardAgrees(_ installation: TestInstallation) async throws {
        let board = Actor(user: "c", organisation: "board", role: .commissioner)
        let quarter = Self.quarters[1]
        let truth = try await Self.dashboard(ClaimScene.programme, installation, quarter, nil)
        let question = DashboardQuestion(programme: ClaimScene.programme, asAt: quarter.lastDay)
        let shown = try await installation.goodwork.dashboard(question, by: board).dashboard
        #expect(shown.keptBack != nil)
        for (one, other) in zip(shown.trajectories, truth.trajectories) {
            #expect(one.isActualHidden || one.actual == other.actual)
            #expect(one.isActualHidden || !(1...4).contains(one.actual))
        }
    }

    // MARK: Payment by results: outcomes

    private static let byResults = "payment-by-results"

    private static func results(_ rule: String, _ row: String, _ figure: String) -> [Face] {
        [
            Face(name: "claim") { installation, quarter, strand in
                try await claimed(rule, byResults, installation, quarter, strand)
            },
            Face(name: "report") { installation, quarter, _ in
                try await reported(row, byResults, installation, quarter)
            },
            Face(name: "dashboard") { installation, quarter, strand in
                let shown = try await dashboard(byResults, installation, quarter, strand)
                let found = shown.figures.first { $0.id == figure }
                return found?.cell.numerator?.whole ?? 0
            },
        ]
    }

    @Test("Outcomes and starts that are paid for", arguments: Backend.allCases)
    func outcomes(_ backend: Backend) async throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = RandomGenerator(seed: seed)
        try await withInstallation(backend) { installation in
            for number in 0..<16 {
                var referral = ReferralReceived()
                referral.source = "jobcentre"
                referral.age = 30
                referral.employmentStatus = "out-of-work"
                referral.strand = "main"
                referral.answers = ["health-condition": "yes"]
                referral.identity.givenName = "Person \(number)"
                let on = CivilDate(day: 20_000).adding(days: random.below(150))
                let answer = try await installation.goodwork.refer(
                    NewReferral(
                        programme: Self.byResults,
                        referral: referral,
                        consents: [.referral: true],
                        on: on
                    ),
                    by: installation.actor,
                    seed: UInt64(number)
                )
                guard case .referred(let header, _) = answer, random.below(5) > 0 else { continue }
                let started = on.adding(days: random.below(20))
                var entries = [
                    Command.Entry(body: .referralAccepted(Plain()), on: on),
                    Command.Entry(body: .supportStarted(Plain()), on: started),
                ]
                if random.below(3) > 0 {
                    var job = JobStarted()
                    job.spell = "a"
                    job.hoursPerWeek = 20
                    job.weeklyPay = 24_000
                    let day = started.adding(days: 1 + random.below(60))
                    entries.append(Command.Entry(body: .jobStarted(job), on: day))
                }
                try await installation.change(header.reference, Command(entries: entries))
            }
            let asked = [
                Self.results("start", "Starts", "stages/started"),
                Self.results("job", "Job starts", "stages/outcome-job-start"),
            ]
            for faces in asked { try await agree(faces, nil, installation, seed) }
        }
    }

    // MARK: Asking

    /// Asks every face of each quarter, and of what the quarter added.
    private func agree(
        _ faces: [Face],
        _ strand: String?,
        _ installation: TestInstallation,
        _ seed: UInt64
    ) async throws {
        var totals: [[Int]] = []
        for quarter in Self.quarters {
            var found: [Int] = []
            for face in faces { found.append(try await face.ask(installation, quarter, strand)) }
            totals.append(found)
            for (face, count) in zip(faces, found) {
                #expect(
                    count == found[0],
                    "\(face.name) of \(strand ?? "all") by \(quarter.text), seed \(seed)"
                )
            }
        }
        #expect((totals.last?.first ?? 0) > 0 || strand != nil, "seed \(seed)")
        let added = zip(totals[1], totals[0]).map { $0 - $1 }
        #expect(Set(added).count == 1, "in \(Self.quarters[1].text), seed \(seed)")
    }

    private static func claimed(
        _ rule: String,
        _ programme: String,
        _ installation: TestInstallation,
        _ quarter: Quarter,
        _ strand: String?
    ) async throws -> Int {
        // Nothing is submitted, so a draft holds all that is due by the quarter's end.
        let claims = try await installation.goodwork.makeClaims(
            programme,
            quarter: quarter,
            by: runner,
            seed: .random(in: .min ... .max)
        ).claims
        var count = 0
        for claim in claims {
            let lines = try await installation.goodwork.lines(of: claim.name, by: runner)
            count += lines.count {
                $0.key.rule == rule && (strand == nil || $0.key.strand == strand)
            }
        }
        return count
    }

    private static func reported(
        _ row: String,
        _ programme: String,
        _ installation: TestInstallation,
        _ quarter: Quarter
    ) async throws -> Int {
        let report = try await installation.goodwork.report(
            ReportQuestion(programme: programme, asAt: quarter.lastDay),
            by: runner
        )
        return report.rows.first { $0.label == row }?.whole.numerator?.whole ?? -1
    }

    private static func dashboard(
        _ programme: String,
        _ installation: TestInstallation,
        _ quarter: Quarter,
        _ strand: String?
    ) async throws -> Dashboard {
        let question = DashboardQuestion(
            programme: programme,
            part: ProgrammePart(strand: strand),
            asAt: quarter.lastDay
        )
        return try await installation.goodwork.dashboard(question, by: runner).dashboard
    }
}
