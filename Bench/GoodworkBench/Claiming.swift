import Application
import Casework
import Foundation
import Funding
import Kernel
import Programmes
import SQL
import SQLiteBackend
import Store

/// A quarter's claim over very many cases, as `goodwork claim make` makes it: facts, ledger,
/// what is due, what has changed, and the evidence for each new line.
enum Claiming {
    static let programme = "payment-by-results"
    private static let payer = Actor(user: "bench", organisation: "bench", role: .operator)
    private static let first = CivilDate(year: 2023, month: 4, day: 3) ?? CivilDate(day: 0)

    static func run(_ options: BenchOptions) async throws -> Figures {
        let goodwork = try await make(options)
        guard let before = Quarter(text: "2024-Q4") else { throw BenchError("no such quarter") }
        var figures = Figures()
        figures["cases"] = Double(options.casesToClaim)
        let (all, earlier) = try await claim(before, goodwork)
        figures["first_seconds"] = all
        figures["first_lines"] = Double(earlier.reduce(0) { $0 + $1.lineCount })
        for one in earlier { _ = try await goodwork.move(claim: one.name, .submit, by: payer) }
        let (seconds, claims) = try await claim(before.next, goodwork)
        figures["seconds"] = seconds
        figures["lines"] = Double(claims.reduce(0) { $0 + $1.lineCount })
        figures["pence"] = Double(claims.reduce(0) { $0 + $1.total.value })
        try await goodwork.store.database.close()
        return figures
    }

    private static func claim(
        _ quarter: Quarter,
        _ goodwork: Goodwork
    ) async throws -> (Double, [StoredClaim]) {
        try await Stopwatch.seconds {
            try await goodwork.makeClaims(
                programme,
                quarter: quarter,
                by: payer,
                seed: UInt64(quarter.number)
            ).claims
        }
    }

    /// A database of cases that were referred over two years, all of which were started.
    private static func make(_ options: BenchOptions) async throws -> Goodwork {
        options.removeDatabase("claims.db")
        let folder = options.path("claim-programmes")
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        // Without limits, so that every case is a line.
        let file = "programmes/\(programme).yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
            .replacingOccurrences(of: "  caps: {all: 1500000}\n", with: "")
            .replacingOccurrences(of: ", up_to: 1000}", with: "}")
        try text.write(toFile: "\(folder)/\(programme).yaml", atomically: true, encoding: .utf8)
        let rules = try Programme(yaml: text, file: file)
        let now = Instant(midnightUTC: first.adding(days: 800))
        let store = try await Store.open(
            SQLiteDatabase(path: options.path("claims.db")),
            masterKey: Array(repeating: 1, count: 32)
        )
        var context = Context(
            now: now,
            today: now.civilDateUK,
            by: Recorder(user: "bench", organisation: "prime-provider"),
            ids: IDMaker(seed: 1)
        )
        for start in stride(from: 0, to: options.casesToClaim, by: 2_000) {
            let writes = try (start..<min(start + 2_000, options.casesToClaim)).map { number in
                try write(number, of: options.casesToClaim, rules, &context)
            }
            try await store.database.write { try store.write(writes, in: $0) }
        }
        let library = ProgrammeLibrary(directory: folder)
        _ = try await store.database.write { transaction in
            try library.current(programme, store: store, at: now, in: transaction)
        }
        return Goodwork(store: store, library: library, now: { now })
    }

    private static func write(
        _ number: Int,
        of count: Int,
        _ rules: Programme,
        _ context: inout Context
    ) throws -> CaseWrite {
        let header = CaseHeader(
            id: context.ids.make(at: context.now),
            programme: programme,
            programmeVersion: rules.version,
            reference: "C\(number)",
            person: context.ids.make(at: context.now)
        )
        var referral = ReferralReceived()
        referral.source = "jobcentre"
        referral.age = 30
        referral.employmentStatus = "out-of-work"
        referral.answers = ["health-condition": "yes"]
        let day = first.adding(days: number * 700 / count)
        var job = JobStarted()
        job.spell = "a"
        job.hoursPerWeek = 20
        job.weeklyPay = 24_000
        var entries: [Command.Entry] = [
            Command.Entry(body: .referralReceived(referral), on: day),
            Command.Entry(body: .referralAccepted(Plain()), on: day.adding(days: 1)),
            Command.Entry(
                body: .assessmentCompleted(AssessmentCompleted()),
                on: day.adding(days: 9)
            ),
            Command.Entry(body: .supportStarted(Plain()), on: day.adding(days: 10)),
        ]
        if number % 3 == 0 {
            entries.append(Command.Entry(body: .jobStarted(job), on: day.adding(days: 60)))
        }
        let history = History(header: header)
        let events = try Casework.decide(
            Command(entries: entries),
            history: history,
            programme: rules,
            context: &context
        )
        return try CaseWrite(
            history: history,
            events: events,
            programme: rules,
            key: nil,
            person: nil,
            notifies: false
        )
    }
}
