import Foundation

/// Loads FHIR by `wrk`: referrals created, durably, and read; the same by fhirstarter; and an export.
enum FHIRServing {
    static func run(_ options: BenchOptions) async throws -> Figures {
        let place = try await FHIRPlace.make(options)
        var figures = Figures()
        figures["bytes"] = Double(try Data(contentsOf: URL(fileURLWithPath: place.resources)).count)
        try goodwork(options, place, &figures)
        for work in FHIRLoad.works { try starter(work, options, place, &figures) }
        return figures
    }

    /// `goodwork serve` in a process of its own; what was created is then exported.
    private static func goodwork(
        _ options: BenchOptions,
        _ place: FHIRPlace,
        _ figures: inout Figures
    ) throws {
        let server = try ServerProcess.goodwork(
            options,
            environment: place.served.environment.merging(["GOODWORK_API_PER_MINUTE": "0"]) { $1 }
        )
        defer { server.stop() }
        let base = server.url("/fhir/R4")
        for work in FHIRLoad.works {
            try FHIRLoad(work, base, place).run(seconds: 10, warmUp: true)
                .note(as: work.name, in: &figures)
        }
        let path = options.path("export.figures")
        try Process.finish(
            options.python,
            ["Bench/fhir/export.py", base, place.authorization, path],
            quietly: true
        )
        for (name, value) in try Figures(path: path).values { figures["export_\(name)"] = value }
    }

    /// fhirstarter in each of its ways for a short while, then the quickest for as long as Goodwork.
    private static func starter(
        _ work: FHIRLoad.Work,
        _ options: BenchOptions,
        _ place: FHIRPlace,
        _ figures: inout Figures
    ) throws {
        var best: (way: Starter, rate: Double)?
        for way in Starter.ways {
            let load = try way.load(work, options, place, seconds: 3, warmUp: false)
            figures["\(way.name)_\(work.name)_per_second"] = load.perSecond
            if load.perSecond > best?.rate ?? 0 { best = (way, load.perSecond) }
        }
        guard let best else { throw BenchError("fhirstarter was not run") }
        try best.way.load(work, options, place, seconds: 10, warmUp: true)
            .note(as: "starter_\(work.name)", in: &figures)
    }
}

/// One of the two works, as it is asked for.
struct FHIRLoad {
    struct Work {
        var name: String
        /// What stands behind the type in the address.
        var rest: String
    }

    static let works = [Work(name: "create", rest: ""), Work(name: "read", rest: "/")]

    private let load: Load

    init(_ work: Work, _ base: String, _ place: FHIRPlace) {
        load = Load(
            script: "fhir/\(work.name)",
            url: "\(base)/ServiceRequest\(work.rest)",
            [place.authorization, place.ids]
        )
    }

    func run(seconds: Int, warmUp: Bool) throws -> Load.Result {
        try load.run(seconds: seconds, warmUp: warmUp)
    }
}

/// A server of fhirstarter and SQLite: how its handlers run, and in how many processes.
struct Starter {
    static let ways = ["inline", "threads"].flatMap { mode in
        [1, 2].map { Starter(mode: mode, workers: $0) }
    }

    var mode: String
    var workers: Int

    var name: String { "starter_\(mode)_\(workers)" }

    func load(
        _ work: FHIRLoad.Work,
        _ options: BenchOptions,
        _ place: FHIRPlace,
        seconds: Int,
        warmUp: Bool
    ) throws -> Load.Result {
        options.removeDatabase("starter.db")
        let environment = [
            "STARTER_DATABASE": options.path("starter.db"), "STARTER_MODE": mode,
            "PYTHONWARNINGS": "ignore",
        ]
        try Process.finish(
            options.starterPython,
            ["Bench/fhir/starter.py", place.resources],
            environment: environment,
            quietly: true
        )
        let server = try ServerProcess.uvicorn(
            options.starterPython,
            "starter:app",
            in: "Bench/fhir",
            workers: workers,
            environment: environment
        )
        defer { server.stop() }
        return try FHIRLoad(work, server.url(""), place).run(seconds: seconds, warmUp: warmUp)
    }
}
