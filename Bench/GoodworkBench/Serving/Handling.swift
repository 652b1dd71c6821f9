import Bootstrap
import Web
import WebPages

/// Times the pages in this process, without sockets: what the server itself takes for each.
enum Handling {
    private static let runs = 1_000

    static func run(_ options: BenchOptions) async throws -> Figures {
        let place = try await ServedPlace.make(options)
        let installation = try await Installation.open(place.configuration)
        let site = try await installation.site(SiteSettings()) { _ in }
        var figures = Figures()
        try await time("page", 200, site, in: &figures) { _ in
            place.request(.get, "/refer", of: place.referrer)
        }
        try await time("caseload", 200, site, in: &figures) { _ in
            place.request(.get, "/caseload", of: place.coach)
        }
        try await time("referral", 303, site, in: &figures) { number in
            let form = try FormOfReferral.form(number + ServedPlace.cases, place.referrer)
            return place.request(.post, "/refer", of: place.referrer, form)
        }
        try await installation.close()
        return figures
    }

    /// The times of a page, one request after the other, after some that are not counted.
    private static func time(
        _ name: String,
        _ status: Int,
        _ site: Site,
        in figures: inout Figures,
        _ request: (Int) throws -> Request
    ) async throws {
        var times: [Double] = []
        for number in 0..<(runs + runs / 10) {
            let request = try request(number)
            let (seconds, answer) = await Stopwatch.seconds { await site.answer(request) }
            guard answer.status == status else {
                throw BenchError("\(request.path) is answered \(answer.status), not \(status)")
            }
            if number >= runs / 10 { times.append(seconds * 1_000) }
            figures["\(name)_bytes"] = Double(answer.body.count)
        }
        times.sort()
        figures["\(name)_median"] = times[runs / 2]
        figures["\(name)_p99"] = times[runs * 99 / 100]
    }
}
