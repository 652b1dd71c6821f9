import Application
import Funding
import HTML
import Kernel
import Web

/// The steps that somebody takes with a claim, a page each.
enum ClaimStepPages {
    static let routes: [PageRoute] =
        ([.submit, .answer, .query, .accept, .pay, .reject]
        as [ClaimMove]).flatMap { move -> [PageRoute] in
            let path = "/claims/:claim/\(move.rawValue)"
            return [
                .get(path, .action(move.action)) { visit in
                    var typed = visit.typed
                    let asked = visit.request.query["line"]
                    if typed.isEmpty, let asked { typed.set("line", asked) }
                    return try await show(visit, move, typed, [])
                },
                .post(path, .action(move.action)) { try await send($0, move) },
            ]
        }

    /// What a page says of its step.
    private static func words(_ move: ClaimMove) -> (title: String, says: String, ask: String) {
        switch move {
        case .submit:
            (
                "Submit this claim",
                "Nobody can change it afterwards. What turns out to be wrong is "
                    + "put right with the next claim.", "A word to whoever pays"
            )
        case .answer: ("Answer the query", "The claim is then with whoever pays again.", "Answer")
        case .query: ("Query this claim", "The claim goes back until it is answered.", "Question")
        case .accept:
            (
                "Accept this claim", "All lines are accepted but those that were rejected.",
                "A word to whoever claims"
            )
        case .pay: ("Record the payment", "The claim is then done.", "Reference of the payment")
        case .reject, .withdraw:
            ("Reject a line", "The rest of the claim stays as it is.", "Why is it rejected?")
        }
    }

    private static func show(
        _ visit: Visit,
        _ move: ClaimMove,
        _ typed: Form,
        _ problems: [Problem]
    ) async throws -> Response {
        let file = try await visit.goodwork.claim(visit.part("claim"), by: visit.actor)
        let claim = file.claim
        let (title, says, ask) = words(move)
        let fields = Fields(typed, problems)
        let back = ("Back to the claim", ClaimPages.path(claim))
        return visit.page(title, problems: problems, back: back) {
            h1 { title }
            p { "\(ClaimPages.title(claim, visit)): \(file.payable.text)." }
            if file.moves.contains(move) {
                p { says }
                visit.sentForm(to: ClaimPages.path(claim, "/\(move.rawValue)")) {
                    if move == .reject {
                        fields.text("line", "Number of the line", width: 5, inputmode: "numeric")
                    }
                    if move == .pay {
                        fields.text("words", ask, isOptional: true)
                    } else {
                        fields.area(
                            "words",
                            ask,
                            hint: "Name no person: say the number of the line.",
                            isOptional: !move.needsWords
                        )
                    }
                    submit(title)
                }
            } else {
                p { "A claim that is \(file.state.name.lowercased()) cannot be \(move.past)." }
            }
        }
    }

    private static func send(_ visit: Visit, _ move: ClaimMove) async throws -> Response {
        let (id, form) = (visit.part("claim"), visit.request.form)
        // A claim that is not there is answered as such, whatever was typed.
        let file = try await visit.goodwork.claim(id, by: visit.actor)
        var reader = FormReader(form, today: visit.today)
        let words =
            move.needsWords
            ? reader.text("words", "Write something") : reader.optionalText("words")
        let line = move == .reject ? reader.number("line", "The line", in: 1...10_000_000) : nil
        if move == .reject, line == nil, reader.problems.allSatisfy({ $0.field != "line" }) {
            reader.fault("line", "Say which line")
        }
        guard reader.problems.isEmpty else {
            return try await show(visit, move, form, reader.problems)
        }
        let problems = try await visit.refusals {
            if let line {
                _ = try await visit.goodwork.reject(
                    claim: id,
                    line: line,
                    words: words ?? "",
                    by: visit.actor
                )
            } else {
                _ = try await visit.goodwork.move(claim: id, move, words: words, by: visit.actor)
            }
        }
        guard problems.isEmpty else { return try await show(visit, move, form, problems) }
        return .redirect(to: ClaimPages.path(file.claim))
    }
}
