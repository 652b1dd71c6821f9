import Application
import HTML
import Kernel
import Web

/// Setting up an account by a link from the coach, after confirming the birth date.
enum InvitationPages {
    private static let pattern = "/invitation/:token"

    static let routes: [PageRoute] = [
        .get(pattern, .anyone) { visit in
            if let over = try await visit.goodwork.invitation(visit.part("token")) {
                return answer(visit, over, typed: Form())
            }
            return form(visit, typed: Form(), problems: [])
        },
        .post(pattern, .anyone, take),
    ]

    static func path(_ token: String) -> String { LinkPaths.invitation(token) }

    private static func form(_ visit: Visit, typed: Form, problems: [Problem]) -> Response {
        let say = visit.phrases
        let fields = Fields(typed, problems, say: say)
        return visit.page(say("Set up your account"), problems: problems) {
            h1 { say("Set up your account") }
            p { say("With an account you can see your plan and what is kept about you.") }
            visit.sentForm(to: path(visit.part("token"))) {
                BirthDateField(say: say, fields: fields).html(
                    "birth_date",
                    say("When were you born?"),
                    hint: say("We ask so that nobody else can open your record.")
                )
                AccountFields(say: say).html(fields)
                submit(say("Make my account"))
            }
        }
    }

    private static func take(_ visit: Visit) async throws -> Response {
        let typed = visit.request.form
        let account = AccountFields(say: visit.phrases)
        var reader = FormReader(typed, today: visit.today, say: visit.phrases)
        let birthDate = reader.birthDate("birth_date")
        if birthDate == nil, reader.problems.isEmpty {
            reader.fault("birth_date", visit.phrases("Type your birth date"))
        }
        let (new, faults) = account.read(typed)
        let problems = reader.problems + faults
        guard let new, let birthDate, problems.isEmpty else {
            return form(visit, typed: typed, problems: problems)
        }
        do {
            let came = try await visit.goodwork.registerResident(
                new,
                byInvitation: visit.part("token"),
                birthDate: birthDate
            )
            return answer(visit, came, typed: typed)
        } catch let error as ServiceError where error.kind != .notFound {
            return form(visit, typed: typed, problems: account.problems(error))
        }
    }

    private static func answer(
        _ visit: Visit,
        _ answer: InvitationAnswer,
        typed: Form
    ) -> Response {
        let say = visit.phrases
        switch answer {
        case .made: return AccountFields(say: say).made(visit)
        case .dead: return AnswerPages.dead(visit)
        case .wrongBirthDate(0): return AnswerPages.dead(visit)
        case .wrongBirthDate(let left):
            let says = say(
                "This is not the birth date that we hold. You can try {count} more times.",
                ["count": "\(left)"]
            )
            return form(visit, typed: typed, problems: [Problem("birth_date", says)])
        case .hasAccount:
            return visit.page(say("This link has been used")) {
                h1 { say("This link has been used") }
                p { say("Sign in with your email address and your password.") }
                p { say("Can you not sign in? Ask your coach to invite you.") }
                linkButton(say("Sign in"), to: "/sign-in?then=/my")
            }
        }
    }
}
