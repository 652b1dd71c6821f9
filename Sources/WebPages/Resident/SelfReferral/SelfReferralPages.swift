import Application
import HTML
import Programmes
import Web

/// Referring oneself: a question a page, then a look at all answers.
enum SelfReferralPages {
    static let routes: [PageRoute] = [
        .get(SelfAnswers.path, .anyone, start),
        .get("\(SelfAnswers.path)/later", .anyone, later),
        .get("\(SelfAnswers.path)/forget", .anyone, askToForget),
        .post("\(SelfAnswers.path)/forget", .anyone) {
            try await $0.forgetSelfReferral(thenTo: SelfAnswers.path)
        },
        .get("\(SelfAnswers.path)/under-18", .anyone, underAge),
        .get("\(SelfAnswers.path)/:step", .anyone) { visit in
            let answers = try await visit.someSelfAnswers()
            return try question(visit, answers, typed: nil, problems: [])
        },
        .post("\(SelfAnswers.path)/:step", .anyone, take),
    ]

    // MARK: - A question

    private static func step(_ visit: Visit, _ answers: SelfAnswers) throws -> SelfStep {
        guard let step = SelfStep(visit.part("step")), answers.steps.contains(step) else {
            throw ServiceError(.notFound, "There is no such question.")
        }
        return step
    }

    /// Whether the page was come to from the answers to check, and leads back there.
    private static func isChange(_ visit: Visit) -> Bool { visit.request.query["then"] == "check" }

    private static func question(
        _ visit: Visit,
        _ answers: SelfAnswers,
        typed: Form?,
        problems: [Problem]
    ) throws -> Response {
        let (step, say) = (try step(visit, answers), visit.phrases)
        let questions = SelfQuestions(say: say, answers: answers)
        let change = isChange(visit)
        let before = answers.before(step)?.path ?? SelfAnswers.path
        return visit.page(
            questions.title(step),
            problems: problems,
            back: (say("Back"), change ? SelfCheck.path : before)
        ) {
            h1 { questions.title(step) }
            visit.sentForm(to: step.path + (change ? "?then=check" : "")) {
                questions.fields(step, Fields(typed ?? answers.form, problems, say: visit.phrases))
                submit(say("Continue"))
            }
            p { a(.href("\(SelfAnswers.path)/later")) { say("Come back later") } }
        }
    }

    private static func take(_ visit: Visit) async throws -> Response {
        var answers = try await visit.someSelfAnswers()
        let step = try step(visit, answers)
        let typed = visit.request.form
        let questions = SelfQuestions(say: visit.phrases, answers: answers)
        let problems = questions.problems(step, typed)
        guard problems.isEmpty else {
            return try question(visit, answers, typed: typed, problems: problems)
        }
        answers.keep(step, typed)
        let next = isChange(visit) ? nil : answers.after(step)
        var path = next?.path ?? SelfCheck.path
        if step == answers.underAgeBy { path = "\(SelfAnswers.path)/under-18" }
        return try await visit.keep(answers, thenTo: path)
    }

    // MARK: - Around the questions

    private static func start(_ visit: Visit) async throws -> Response {
        let (say, kept) = (visit.phrases, try await visit.keptSelfAnswers())
        let answers = try await visit.someSelfAnswers()
        guard let first = answers.steps.first, !answers.programmes.isEmpty else {
            return closed(visit)
        }
        return visit.page(say("Ask for help with work and health")) {
            h1 { say("Ask for help with work and health") }
            p {
                say(
                    "You can ask for help yourself. You do not need a letter from your doctor."
                )
            }
            p { say("It takes about 5 minutes. You can stop and come back.") }
            h2 { say("What we ask") }
            ul(.class("nhsuk-list nhsuk-list--bullet")) {
                li { say("your name, birth date and postcode") }
                li { say("how we can reach you") }
                li { say("your work and your health") }
                li { say("what you agree to") }
            }
            h2 { say("Services you can ask for help from") }
            ul(.class("nhsuk-list nhsuk-list--bullet")) {
                for programme in answers.programmes { li { say(programme.name) } }
            }
            if kept?.hasBegun == true {
                linkButton(
                    say("Go on where you stopped"),
                    to: answers.firstOpen?.path ?? SelfCheck.path
                )
                p {
                    a(.href("\(SelfAnswers.path)/forget")) { say("Delete my answers") }
                }
            } else {
                linkButton(say("Start now"), to: first.path)
            }
        }
    }

    private static func closed(_ visit: Visit) -> Response {
        let say = visit.phrases
        return visit.page(say("Ask for help with work and health")) {
            h1 { say("Ask for help with work and health") }
            p { say("No service takes people who ask for help themselves at the moment.") }
            h2 { say("What else there is") }
            SelfCheck.others(say)
        }
    }

    private static func later(_ visit: Visit) async throws -> Response {
        let say = visit.phrases
        let kept = try await visit.keptSelfAnswers()
        return visit.page(say("Come back later")) {
            h1 { say("Come back later") }
            if let kept, kept.hasBegun {
                p { say("Your answers are kept for 7 days, locked, for this browser only.") }
                p { say("Open this page again on the same phone or computer to go on.") }
                linkButton(say("Go on now"), to: kept.firstOpen?.path ?? SelfCheck.path)
                p { say("Do other people use this phone or computer? Delete your answers first.") }
                p { a(.href("\(SelfAnswers.path)/forget")) { say("Delete my answers") } }
            } else {
                p { say("You have not answered a question yet, so there is nothing to keep.") }
                linkButton(say("Start now"), to: SelfAnswers.path)
            }
        }
    }

    private static func askToForget(_ visit: Visit) -> Response {
        let say = visit.phrases
        return visit.page(
            say("Delete my answers"),
            back: (say("Back"), SelfAnswers.path)
        ) {
            h1 { say("Delete my answers") }
            p { say("All that you typed here is deleted. What you have sent stays sent.") }
            visit.sentForm(to: "\(SelfAnswers.path)/forget") {
                submit(say("Delete my answers"), isWarning: true)
            }
        }
    }

    private static func underAge(_ visit: Visit) async throws -> Response {
        let say = visit.phrases
        let answers = try await visit.someSelfAnswers()
        let next = answers.firstOpen?.path ?? SelfCheck.path
        return visit.page(
            say("This service is for adults"),
            back: (say("Back"), (answers.underAgeBy ?? .age).path)
        ) {
            h1 { say("This service is for adults") }
            p { say("The services here help people who are 18 or over.") }
            h2 { say("What else there is") }
            ul(.class("nhsuk-list nhsuk-list--bullet")) {
                li { say("Talk to somebody at your school or college.") }
                li { say("Ask your GP.") }
                li { say("If you are in danger, call 999. For urgent help, call 111.") }
            }
            p { say("You can still send your answers. Somebody will read them and reply.") }
            linkButton(say("Go on anyway"), to: next, isSecondary: true)
        }
    }
}
