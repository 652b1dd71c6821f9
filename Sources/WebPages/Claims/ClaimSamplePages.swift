import Application
import Funding
import HTML
import Kernel
import Measures
import Store
import Web

/// Samples of a claim: drawn, checked against the evidence, and what they say of the whole.
enum ClaimSamplePages {
    static let routes: [PageRoute] = [
        .get("/claims/:claim/sample", .action(.readClaims)) { try await show($0, $0.typed, []) },
        .post("/claims/:claim/sample", .action(.settleClaim)) { try await draw($0) },
        .get("/claims/:claim/findings", .action(.settleClaim)) {
            try await show($0, $0.typed, [])
        },
        .post("/claims/:claim/findings", .action(.settleClaim)) { try await find($0) },
    ]

    private static func show(
        _ visit: Visit,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let id = visit.part("claim")
        let file = try await visit.goodwork.claim(id, by: visit.actor)
        let samples = try await visit.goodwork.samples(of: id, by: visit.actor)
        let fields = Fields(typed, problems)
        let parties = file.parties
        let own = visit.actor.organisation
        let settles =
            visit.may(.settleClaim) && own != parties.claimant
            && [parties.payer, parties.host].contains(own) && file.state.stands
        let back = ("Back to the claim", ClaimPages.path(file.claim))
        return visit.page("Samples", width: .full, problems: problems, back: back) {
            h1 { "Samples: \(ClaimPages.title(file.claim, visit))" }
            if samples.isEmpty { p { "No sample was drawn from this claim yet." } }
            for (place, view) in samples.enumerated() {
                h2 { "Sample \(place + 1)" }
                sample(file, view)
            }
            if settles, !samples.isEmpty {
                h2 { "Record what you found" }
                visit.sentForm(to: ClaimPages.path(file.claim, "/findings")) {
                    fields.text("line", "Number of the line", width: 5, inputmode: "numeric")
                    fields.text(
                        "right",
                        "What its evidence supports, in pounds",
                        hint: "For example 323.46, or 0 if nothing supports it.",
                        width: 10,
                        inputmode: "decimal"
                    )
                    fields.area("words", "What you saw", isOptional: true)
                    submit("Save")
                }
            }
            if settles {
                h2 { "Draw a sample" }
                visit.sentForm(to: ClaimPages.path(file.claim, "/sample")) {
                    fields.text("size", "How many lines", width: 5, inputmode: "numeric")
                    fields.text(
                        "seed",
                        "Seed",
                        hint: "The same seed draws the same lines. One is made up if it is blank.",
                        width: 10,
                        inputmode: "numeric",
                        isOptional: true
                    )
                    submit("Draw")
                }
            }
        }
    }

    private static func sample(_ file: ClaimFile, _ view: ClaimSampleView) -> HTML {
        let said = view.extrapolation
        var facts = Summary()
        facts.add("Drawn", "\(view.lines.count) of \(grouped(view.sample.drawnFrom)) lines")
        facts.add("Seed", String(view.sample.seed))
        add(said, to: &facts)
        var table = ListTable(
            "Lines drawn",
            ["Line", "Payment", "Due on", "Claimed", "Right", "What was seen"]
        )
        table.numeric = [3, 4]
        for line in view.lines {
            let finding = view.findings[line.number]
            table.add(
                a(.href(ClaimPages.path(file.claim, "/lines/\(line.number)"))) {
                    String(line.number)
                },
                HTML(line.key.rule),
                HTML(line.day.uk),
                HTML(line.amount.text),
                HTML(finding?.right.text ?? "Not checked"),
                HTML(finding?.words ?? "")
            )
        }
        return facts.html + table.html
    }

    /// What was found, and what it says of the whole.
    private static func add(_ said: Extrapolation, to facts: inout Summary) {
        guard let likely = said.errorLikely else {
            facts.add("Checked", "Nothing yet, so it says nothing of the claim")
            return
        }
        facts.add("Checked", "\(said.checked), of which \(said.wrong) wrong")
        facts.add("Likely share of wrong lines", said.rate.map { "\($0.text) (95% interval)" })
        facts.add("Too much in these lines", said.errorFound.text)
        let range = said.errorRange.map {
            ", likely \($0.lowerBound.text) to \($0.upperBound.text) (95% interval)"
        }
        facts.add("Too much in all lines", likely.text + (range ?? ""))
    }

    private static func draw(_ visit: Visit) async throws -> Response {
        let (id, form) = (visit.part("claim"), visit.request.form)
        let file = try await visit.goodwork.claim(id, by: visit.actor)
        var reader = FormReader(form, today: visit.today)
        let size = reader.number("size", "The sample", in: 1...10_000)
        if size == nil, reader.problems.isEmpty { reader.fault("size", "Say how many lines") }
        let typed = reader.number("seed", "The seed", in: 1...999_999_999)
        guard let size, reader.problems.isEmpty else {
            return try await show(visit, form, reader.problems)
        }
        let seed = typed.map { UInt64($0) } ?? UInt64.random(in: 1...999_999_999)
        let problems = try await visit.refusals {
            _ = try await visit.goodwork.sample(
                claim: id,
                size: size,
                drawSeed: seed,
                by: visit.actor,
                seed: .random(in: .min ... .max)
            )
        }
        guard problems.isEmpty else { return try await show(visit, form, problems) }
        return .redirect(to: ClaimPages.path(file.claim, "/sample"))
    }

    private static func find(_ visit: Visit) async throws -> Response {
        let (id, form) = (visit.part("claim"), visit.request.form)
        let file = try await visit.goodwork.claim(id, by: visit.actor)
        var reader = FormReader(form, today: visit.today)
        let line = reader.number("line", "The line", in: 1...10_000_000)
        if line == nil, reader.problems.isEmpty { reader.fault("line", "Say which line") }
        let words = reader.optionalText("words")
        let right = reader.text("right", "Say what its evidence supports")
            .flatMap { Pence(pounds: $0) }
        if right == nil, reader.problems.allSatisfy({ $0.field != "right" }) {
            reader.fault("right", "Write an amount in pounds, such as 323.46")
        }
        guard let line, let right, reader.problems.isEmpty else {
            return try await show(visit, form, reader.problems)
        }
        let problems = try await visit.refusals {
            _ = try await visit.goodwork.found(
                claim: id,
                line: line,
                right: right,
                words: words,
                by: visit.actor
            )
        }
        guard problems.isEmpty else { return try await show(visit, form, problems) }
        return .redirect(to: ClaimPages.path(file.claim, "/sample"))
    }
}
