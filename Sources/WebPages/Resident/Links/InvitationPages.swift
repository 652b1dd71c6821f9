import Application
import HTML
import Kernel
import Web

/// Setting up an account, or a new password for it, by a link from the coach, after confirming the
/// birth date.
enum InvitationPages {
    private static let pattern = "/invitation/:token"

    static let routes: [PageRoute] = [
        .get(pattern, .anyone, show),
        .post(pattern, .anyone, take),
    ]

    static func path(_ token: String) -> String { LinkPaths.invitation(token) }

    private static func show(_ visit: Visit) async throws -> Response {
        switch try await visit.goodwork.invitation(visit.part("token")) {
        case .open(let purpose): return form(visit, purpose, typed: Form(), problems: [])
        case .used: return used(visit)
        case .dead: return AnswerPages.dead(visit)
        }
    }

    private static func form(
        _ visit: Visit,
        _ purpose: SignedLink.Purpose,
        typed: Form,
        problems: [Problem]
    ) -> Response {
        let say = visit.phrases
        let fields = Fields(typed, problems, say: say)
        let account = AccountFields(say: say)
        let isNew = purpose == .record
        let title = isNew ? say("Set up your account") : say("Choose a new password")
        return visit.page(title, problems: problems) {
            h1 { title }
            if isNew {
                p { say("With an account you can see your plan and what is kept about you.") }
            } else {
                p { say("You have an account. You sign in to it with the password below.") }
            }
            if purpose == .entry {
                p { say("Codes that you signed in with until now stop working when you save.") }
            }
            visit.sentForm(to: path(visit.part("token"))) {
                BirthDateField(say: say, fields: fields).html(
                    "birth_date",
                    say("When were you born?"),
                    hint: say("We ask so that nobody else can open your record.")
                )
                if isNew { account.html(fields) } else { account.password(fields) }
                submit(isNew ? say("Make my account") : say("Save"))
            }
        }
    }

    private static func take(_ visit: Visit) async throws -> Response {
        let token = visit.part("token")
        let purpose: SignedLink.Purpose
        switch try await visit.goodwork.invitation(token) {
        case .open(let found): purpose = found
        case .used: return used(visit)
        case .dead: return AnswerPages.dead(visit)
        }
        let typed = visit.request.form
        let account = AccountFields(say: visit.phrases)
        var reader = FormReader(typed, today: visit.today, say: visit.phrases)
        let birthDate = reader.birthDate("birth_date")
        if birthDate == nil, reader.problems.isEmpty {
            reader.fault("birth_date", visit.phrases("Type your birth date"))
        }
        let (new, faults) = account.read(typed, asksLogin: purpose == .record)
        let problems = reader.problems + faults
        guard let new, let birthDate, problems.isEmpty else {
            return form(visit, purpose, typed: typed, problems: problems)
        }
        do {
            let came =
                purpose == .record
                ? try await visit.goodwork.registerResident(
                    new,
                    byInvitation: token,
                    birthDate: birthDate
                )
                : try await visit.goodwork.changePassword(
                    to: new.password,
                    byInvitation: token,
                    birthDate: birthDate
                )
            return answer(visit, purpose, came, typed: typed)
        } catch let error as ServiceError where error.kind != .notFound {
            return form(visit, purpose, typed: typed, problems: account.problems(error))
        }
    }

    private static func answer(
        _ visit: Visit,
        _ purpose: SignedLink.Purpose,
        _ answer: InvitationAnswer,
        typed: Form
    ) -> Response {
        let say = visit.phrases
        switch answer {
        case .made: return AccountFields(say: say).made(visit)
        case .changed(let login):
            return AccountFields(say: say)
                .changed(visit, login: login, keepsCodes: purpose == .password)
        case .used: return used(visit)
        case .dead: return AnswerPages.dead(visit)
        case .wrongBirthDate(0): return AnswerPages.dead(visit)
        case .wrongBirthDate(let left):
            let says =
                left == 1
                ? say("This is not the birth date that we hold. You can try once more.")
                : say(
                    "This is not the birth date that we hold. You can try {count} more times.",
                    ["count": "\(left)"]
                )
            return form(visit, purpose, typed: typed, problems: [Problem("birth_date", says)])
        case .passwordIsLogin:
            let says = say("Choose a password that others cannot guess")
            return form(visit, purpose, typed: typed, problems: [Problem("new-password", says)])
        }
    }

    private static func used(_ visit: Visit) -> Response {
        let say = visit.phrases
        return visit.page(say("This link has been used")) {
            h1 { say("This link has been used") }
            p { say("Sign in with your email address and your password.") }
            p { say("Can you not sign in? Ask your coach to invite you.") }
            linkButton(say("Sign in"), to: "/sign-in?then=/my")
        }
    }
}
