import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// Answers with one tap, by a signed link: no account, and no name on the page.
enum AnswerPages {
    private static let pattern = "/answer/:token"

    static let routes: [PageRoute] = [
        .get(pattern, .anyone, first),
        .get("\(pattern)/:question", .anyone) { visit in
            try await show(visit, question(visit), problems: [])
        },
        .post("\(pattern)/:question", .anyone, take),
    ]

    static func path(_ token: String, _ question: LinkQuestion) -> String {
        LinkPaths.answer(token, question)
    }

    private static func question(_ visit: Visit) throws -> LinkQuestion {
        guard let question = LinkQuestion(rawValue: visit.part("question")) else {
            throw ServiceError(.notFound, "There is no such question.")
        }
        return question
    }

    /// Without a question's name the link puts the first one that is open.
    private static func first(_ visit: Visit) async throws -> Response {
        let token = visit.part("token")
        for question in LinkQuestion.allCases {
            let asked = try await visit.goodwork.question(byLink: token, question)
            if asked?.state == .open { return try await show(visit, question, problems: []) }
        }
        return try await show(visit, .followUp, problems: [])
    }

    // MARK: - The question

    private static func show(
        _ visit: Visit,
        _ question: LinkQuestion,
        problems: [Problem]
    ) async throws -> Response {
        let token = visit.part("token")
        guard let asked = try await visit.goodwork.question(byLink: token, question) else {
            return dead(visit)
        }
        switch asked.state {
        case .answered: return thanks(visit, again: true)
        case .notAsked: return over(visit)
        case .open: break
        }
        switch question {
        case .followUp: return followUp(visit, asked, token, problems)
        case .satisfaction: return satisfaction(visit, asked, token, problems)
        }
    }

    private static func followUp(
        _ visit: Visit,
        _ asked: LinkedQuestion,
        _ token: String,
        _ problems: [Problem]
    ) -> Response {
        let say = visit.phrases
        return visit.page(say("Are you in work now?"), problems: problems) {
            h1 { say("Are you in work now?") }
            p { say("{service} would like to know how you are doing.", service(asked, say)) }
            visit.sentForm(to: path(token, .followUp)) {
                tap(LinkQuestion.followUp.rawValue, "in-work", say("Yes, I am in work"))
                tap(
                    LinkQuestion.followUp.rawValue,
                    "off-sick",
                    say("I have a job, but am off sick")
                )
                tap(LinkQuestion.followUp.rawValue, "out-of-work", say("No, I am not in work"))
            }
            p { say("One tap sends your answer.") }
        }
    }

    private static func satisfaction(
        _ visit: Visit,
        _ asked: LinkedQuestion,
        _ token: String,
        _ problems: [Problem]
    ) -> Response {
        let say = visit.phrases
        let items = asked.programme.instrument(LinkQuestion.instrument)?.items ?? []
        let title =
            items.count == 1
            ? say(items[0].question) : say("How was the support?")
        return visit.page(title, problems: problems) {
            h1 { title }
            p { say("{service} would like to know.", service(asked, say)) }
            visit.sentForm(to: path(token, .satisfaction)) {
                if let item = items.first, items.count == 1 {
                    for answer in item.answers { tap(item.id, answer, word(answer, say)) }
                } else {
                    for item in items {
                        Fields(visit.request.form, problems, say: visit.phrases).radios(
                            item.id,
                            say(item.question),
                            item.answers.map { Choice($0, word($0, say)) }
                        )
                    }
                    submit(say("Send"))
                }
            }
        }
    }

    private static func word(_ answer: String, _ say: Phrases) -> String {
        say(SelfWords.answer(answer))
    }

    private static func service(_ asked: LinkedQuestion, _ say: Phrases) -> [String: String] {
        ["service": say(asked.programme.name)]
    }

    /// A large button that answers.
    private static func tap(_ name: String, _ value: String, _ words: String) -> HTML {
        p {
            button(
                .class("nhsuk-button gw-tap"),
                .type("submit"),
                .name(name),
                .value(value)
            ) { words }
        }
    }

    // MARK: - The answer

    private static func take(_ visit: Visit) async throws -> Response {
        let (token, question) = (visit.part("token"), try question(visit))
        guard let asked = try await visit.goodwork.question(byLink: token, question) else {
            return dead(visit)
        }
        guard asked.state == .open else { return try await show(visit, question, problems: []) }
        let (answers, problems) = read(visit, asked)
        guard problems.isEmpty else {
            return try await show(visit, question, problems: problems)
        }
        guard
            let taken = try await visit.goodwork.answer(byLink: token, question, answers)
        else { return dead(visit) }
        return thanks(visit, again: taken.state == .answered)
    }

    private static func read(
        _ visit: Visit,
        _ asked: LinkedQuestion
    ) -> (answers: [String: String], problems: [Problem]) {
        let missing = visit.phrases("Choose an answer")
        var reader = FormReader(visit.request.form, today: visit.today, say: visit.phrases)
        var answers: [String: String] = [:]
        switch asked.question {
        case .followUp:
            let name = LinkQuestion.followUp.rawValue
            let statuses = ["in-work", "off-sick", "out-of-work"]
            answers[name] = reader.choice(name, missing, among: statuses)
        case .satisfaction:
            for item in asked.programme.instrument(LinkQuestion.instrument)?.items ?? [] {
                answers[item.id] = reader.choice(item.id, missing, among: item.answers)
            }
        }
        return (answers, reader.problems)
    }

    // MARK: - Plain pages

    private static func thanks(_ visit: Visit, again: Bool) -> Response {
        let say = visit.phrases
        let title = again ? say("This has been answered") : say("Thank you")
        return visit.page(title) {
            panel(title)
            p {
                again
                    ? say("We have your answer already. You do not need to do anything.")
                    : say("We have your answer. You can close this page.")
            }
        }
    }

    private static func over(_ visit: Visit) -> Response {
        let say = visit.phrases
        return visit.page(say("Nothing to answer")) {
            h1 { say("Nothing to answer") }
            p { say("We do not need this answer any more. You do not need to do anything.") }
        }
    }

    static func dead(_ visit: Visit) -> Response {
        let say = visit.phrases
        var response = visit.page(say("This link does not work")) {
            h1 { say("This link does not work") }
            p { say("It may be too old, or not copied whole.") }
            p { say("Ask whoever sent it to you for a new one.") }
        }
        response.status = 404
        return response
    }
}
