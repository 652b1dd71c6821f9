/// What the served pages came to, and how it is told.
extension Results {
    /// A goal: what it is called, what was reached, what was wanted, and whether more is better.
    typealias Goal = (String, Double, Double, Bool)

    func servedGoals() throws -> [Goal] {
        [
            (
                "referral POST 5 times FastAPI's rate at the same work, or more",
                try twinRatio("same"), 5, true
            ),
            (
                "caseload of 200 rows, p99 of 5 ms or less",
                try handling.need("caseload_p99"), 5, false
            ),
        ]
    }

    private func twinRatio(_ work: String) throws -> Double {
        try serving.need("referral_per_second") / serving.need("twin_\(work)_per_second")
    }

    /// Everything about the served pages in words.
    func servedText() throws -> String {
        let commits = try serving.need("commits_per_second")
        let referrals = try serving.need("referral_per_second")
        return try [
            "Served over HTTP to 32 connections, 10 s each, on the machine that sends them",
            loaded("GET /refer, the referral page", "page"),
            loaded("GET /caseload, \(ServedPlace.cases) rows", "caseload"),
            loaded("POST /refer, a durable referral", "referral"),
            loaded("the same work by FastAPI, \(twinWay("same"))", "twin_same"),
            loaded("less work by FastAPI, \(twinWay("less"))", "twin_less"),
            "  Goodwork refers at \(twinRatio("same").places(2)) of FastAPI's rate at the same work, "
                + "and at \(twinRatio("less").places(2)) of its rate when it seals and chains nothing",
            "  bare durable commits of one row by SQLite: \(commits.whole)/s; "
                + "referrals go at \((referrals / commits).places(2)) of that",
            "  FastAPI in its other ways, the same work: " + otherWays("same"),
            "  and less work: " + otherWays("less"),
            "In the server alone, one request after the other",
            alone("GET /refer", "page"),
            alone("GET /caseload, \(ServedPlace.cases) rows", "caseload"),
            alone("POST /refer", "referral"),
        ].joined(separator: "\n")
    }

    private func loaded(_ words: String, _ name: String) throws -> String {
        let rate = try serving.need("\(name)_per_second").whole
        let (median, p99) = try (serving.need("\(name)_median"), serving.need("\(name)_p99"))
        return "  " + words.padded(50) + rate.padded(9)
            + "requests/s, median \(median.places(1)) ms, p99 \(p99.places(1)) ms"
    }

    private func alone(_ words: String, _ name: String) throws -> String {
        let (median, p99) = try (handling.need("\(name)_median"), handling.need("\(name)_p99"))
        return "  " + words.padded(50) + "median \(median.places(2)) ms, p99 \(p99.places(2)) ms"
    }

    private func twinWay(_ work: String) throws -> String {
        let mode = Twin.modes[Int(try serving.need("twin_\(work)_mode"))]
        return "\(mode), \(try serving.need("twin_\(work)_workers").whole) workers"
    }

    private func otherWays(_ work: String) throws -> String {
        try Twin.ways(of: work).map { way in
            "\(way.mode) \(way.workers): \(try serving.need("\(way.name)_per_second").whole)/s"
        }.joined(separator: ", ")
    }
}

extension String {
    func padded(_ length: Int) -> String {
        self + String(repeating: " ", count: max(1, length - count))
    }
}
