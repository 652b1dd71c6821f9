import Application
import Funding
import Kernel
import Store
import Web

/// Claims: what is claimed each quarter, for whom, and what became of it.
enum ClaimRoutes {
    /// A claim's name, `workwell-manchester/2025-Q1/mft/1`, is four parts of a path.
    static let path = "/api/v1/claims/:programme/:quarter/:claimant/:number"

    static let routes: [APIRoute] = [
        .get(
            "/api/v1/claims",
            "listClaims",
            "The claims that one's organisation makes, pays or passes on",
            tag: "Claims",
            .action(.readClaims),
            [APIRoute.Parameter("programme", .word)] + APIRoute.Parameter.pages,
            answer: .page(ClaimJSON.schema)
        ) { call in
            let files = try await call.goodwork.claims(
                programme: call.query("programme"),
                by: call.actor
            )
            let page = Page(files, call) { $0.claim.id.text }
            return call.json(page.object(ClaimJSON.object))
        },
        .post(
            "/api/v1/claims",
            "makeClaims",
            "Draft a quarter's claims of a programme",
            tag: "Claims",
            .action(.makeClaim),
            body: making,
            status: 201,
            says: "The drafts; an earlier draft of the same organisation is replaced.",
            answer: made
        ) { try await make($0) },
        .get(
            path,
            "readClaim",
            "A claim, where it stands, and what was done with it",
            tag: "Claims",
            .action(.readClaims),
            answer: ClaimJSON.schema
        ) { call in
            call.json(ClaimJSON.object(try await call.goodwork.claim(name(call), by: call.actor)))
        },
        .get(
            path + "/lines",
            "listClaimLines",
            "The lines of a claim, without identities",
            tag: "Claims",
            .action(.readClaims),
            APIRoute.Parameter.pages,
            answer: .page(ClaimJSON.line)
        ) { call in
            let lines = try await call.goodwork.lines(of: name(call), by: call.actor)
            let page = Page(lines, call) { String($0.number) }
            let programme = call.part("programme")
            return call.json(
                page.object { line in
                    ClaimJSON.object(line) { call.goodwork.pseudonym($0, in: programme) }
                }
            )
        },
        .post(
            path + "/moves",
            "moveClaim",
            "Submit, query, answer, accept or pay a claim, or reject a line of it",
            tag: "Claims",
            .action(.readClaims),
            body: .object(
                .must("move", ClaimJSON.asked),
                .may("line", .count.saying("The line that is rejected.")),
                .may("words", .text(1...2_000))
            ),
            says: "Where the claim stands now.",
            answer: ClaimJSON.schema
        ) { try await move($0) },
    ]

    private static let making = Schema.named(
        "NewClaim",
        .object(
            .must("programme", .word),
            .must("quarter", Schema.text(7...7, "Such as 2025-Q1.")),
            .may(
                "figures",
                .list(
                    .object(
                        .must("measure", .word),
                        .must("year", .whole(1900...2200)),
                        .must("value", .whole(0...1_000_000))
                    ),
                    max: 200
                ).saying("Figures of incentive schemes that no case can give.")
            )
        )
    )
    private static let made = Schema.named(
        "MadeClaims",
        .object(.must("claims", .list(.word)), .must("waiting", .count))
    )

    static func name(_ call: Call) -> String {
        ["programme", "quarter", "claimant", "number"].map(call.part).joined(separator: "/")
    }

    private static func make(_ call: Call) async throws -> Response {
        guard let quarter = call.body["quarter"]?.string.flatMap({ Quarter(text: $0) }) else {
            throw Problem.faults(
                [Fault(field: "/quarter", problem: "is no quarter", expected: "such as 2025-Q1")],
                in: call.request.body
            )
        }
        var figures: [ReportedFigure: Int] = [:]
        for value in call.body["figures"]?.array ?? [] {
            let figure = ReportedFigure(
                measure: value["measure"]?.string ?? "",
                year: value["year"]?.int ?? 0
            )
            figures[figure] = value["value"]?.int
        }
        let made = try await call.goodwork.makeClaims(
            call.body["programme"]?.string ?? "",
            quarter: quarter,
            figures: figures,
            by: call.actor,
            seed: call.seed
        )
        var object = JSONObject()
        object.put("claims", made.claims.map(\.name))
        object.put("waiting", made.waiting)
        return call.json(object, status: 201)
    }

    private static func move(_ call: Call) async throws -> Response {
        let move = call.body["move"]?.string.flatMap(ClaimMove.init) ?? .query
        let words = call.body["words"]?.string
        let goodwork = call.goodwork
        if move == .reject {
            guard let line = call.body["line"]?.int else {
                throw Problem.faults(
                    [Fault(field: "/line", problem: "is missing: a rejection is of a line")],
                    in: call.request.body
                )
            }
            let file = try await goodwork.reject(
                claim: name(call),
                line: line,
                words: words ?? "",
                by: call.actor
            )
            return call.json(ClaimJSON.object(file))
        }
        let file = try await goodwork.move(claim: name(call), move, words: words, by: call.actor)
        return call.json(ClaimJSON.object(file))
    }
}
