import Foundation

/// Loads the served pages by `wrk`, the twin of the referral POST, and the disk alone.
enum Serving {
    static func run(_ options: BenchOptions) async throws -> Figures {
        let place = try await ServedPlace.make(options)
        var figures = Figures()
        try pages(options, place, &figures)
        try twin(options, &figures)
        figures["commits_per_second"] = try BareCommits.perSecond(options.path("commits.db"))
        return figures
    }

    /// `goodwork serve` in a process of its own: two pages, then the referral POST.
    private static func pages(
        _ options: BenchOptions,
        _ place: ServedPlace,
        _ figures: inout Figures
    ) throws {
        let server = try ServerProcess.goodwork(options, environment: place.environment)
        defer { server.stop() }
        let get = { path, cookie in
            try Load(script: "serving/get", url: server.url(path), [cookie]).run(
                seconds: 10,
                warmUp: true
            )
        }
        try get("/refer", place.referrer.cookie).note(as: "page", in: &figures)
        try get("/caseload", place.coach.cookie).note(as: "caseload", in: &figures)
        try refer(to: server, place.referrer).run(seconds: 10, warmUp: true)
            .note(as: "referral", in: &figures)
    }

    /// The twin of each work, in each of its ways for a short while, then the quickest for as long
    /// as Goodwork.
    private static func twin(_ options: BenchOptions, _ figures: inout Figures) throws {
        for work in Twin.works {
            var best: (way: Twin, rate: Double)?
            for way in Twin.ways(of: work) {
                let rate = try way.load(options, seconds: 3, warmUp: false).perSecond
                figures["\(way.name)_per_second"] = rate
                if rate > best?.rate ?? 0 { best = (way, rate) }
            }
            guard let best else { throw BenchError("the twin was not run") }
            let load = try best.way.load(options, seconds: 10, warmUp: true)
            load.note(as: "twin_\(work)", in: &figures)
            figures["twin_\(work)_workers"] = Double(best.way.workers)
            figures["twin_\(work)_mode"] = Double(Twin.modes.firstIndex(of: best.way.mode) ?? 0)
        }
    }

    static func refer(to server: ServerProcess, _ session: ServedPlace.Session) -> Load {
        Load(script: "serving/refer", url: server.url("/refer"), [session.cookie, session.csrf])
    }
}

/// The referral POST by FastAPI: what it does, how it writes, and in how many processes.
struct Twin {
    /// `same` does all that Goodwork does for a referral; `less` seals and chains nothing.
    static let works = ["same", "less"]
    static let modes = ["threads", "writer", "inline"]

    static func ways(of work: String) -> [Twin] {
        modes.flatMap { mode in [1, 2].map { Twin(work: work, mode: mode, workers: $0) } }
    }

    var work: String
    var mode: String
    var workers: Int

    /// What `csrf_of` of `twin_same.py` makes of the token; the other is told it.
    private var csrf: String {
        work == "same"
            ? "1c542b4f8cbe37bfba4c5078144bc640b8769c3c5fb1f726554daeea9c82fff8"
            : "twin-token"
    }

    var name: String { "twin_\(work)_\(mode)_\(workers)" }

    func load(_ options: BenchOptions, seconds: Int, warmUp: Bool) throws -> Load.Result {
        options.removeDatabase("twin.db")
        let environment = [
            "TWIN_DATABASE": options.path("twin.db"), "TWIN_MODE": mode, "TWIN_WORK": work,
        ]
        let session = ServedPlace.Session(token: "twin-session", csrf: csrf)
        try Process.finish(
            options.python,
            ["Bench/serving/twin.py", session.token, session.csrf],
            environment: environment,
            quietly: true
        )
        let server = try ServerProcess.uvicorn(
            options.python,
            "twin:app",
            in: "Bench/serving",
            workers: workers,
            environment: environment
        )
        defer { server.stop() }
        return try Serving.refer(to: server, session).run(seconds: seconds, warmUp: warmUp)
    }
}
