import Application
import HTML
import Kernel
import Web

/// Choosing one's own password.
enum PasswordPages {
    static let routes: [PageRoute] = [
        .get("/account/password", .anyone) { try await page($0, problems: []) },
        .post("/account/password", .anyone, change),
        .post("/account/sign-out-everywhere", .signedIn, signOutEverywhere),
    ]

    private static func page(_ visit: Visit, problems: [Problem]) async throws -> Response {
        guard let stage = try await visit.stage, stage == .full || stage == .passwordMustChange
        else { return .redirect(to: "/sign-in") }
        // Passwords are never sent back.
        let say = visit.phrases
        let fields = Fields(Form(), problems, say: say)
        return visit.page(say("Choose a password"), problems: problems) {
            h1 { say("Choose a password") }
            p {
                say("Use 12 characters or more. Three words that do not belong together are good.")
            }
            visit.sentForm(to: "/account/password") {
                Fields.hidden("then", visit.then)
                if stage == .full {
                    fields.text(
                        "current-password",
                        say("The password that you have now"),
                        type: "password",
                        autocomplete: "current-password"
                    )
                }
                fields.text(
                    "password",
                    say("New password"),
                    type: "password",
                    autocomplete: "new-password"
                )
                submit(say("Save"))
            }
        }
    }

    private static func change(_ visit: Visit) async throws -> Response {
        guard let token = visit.request.cookie(Site.sessionCookie),
            let stage = try await visit.stage, stage == .full || stage == .passwordMustChange
        else { return .redirect(to: "/sign-in") }
        guard let new = visit.request.form.raw("password"), !new.isEmpty else {
            let problem = Problem("password", visit.phrases("Enter the new password"))
            return try await page(visit, problems: [problem])
        }
        do {
            let answer = try await visit.goodwork.changePassword(
                token,
                current: visit.request.form.raw("current-password"),
                to: new,
                remote: visit.request.remote
            )
            if case .tooManyTries = answer {
                let says = visit.phrases("Too many tries. Wait some minutes, then try again.")
                return try await page(visit, problems: [Problem(nil, says)])
            }
            return try await SignInPages.go(on: answer, visit) { _ in .redirect(to: "/sign-in") }
        } catch let error as ServiceError where error.kind == .faults {
            return try await page(visit, problems: error.faults.map { problem($0, visit.phrases) })
        }
    }

    /// What is wrong with a password, beside its field and in the words of these pages.
    private static func problem(_ fault: Fault, _ say: Phrases) -> Problem {
        if fault.field == "current-password" {
            return Problem(fault.field, say("This is not the password that you have now"))
        }
        let says =
            switch fault.problem {
            case "is too short": say("Use 12 characters or more for the password")
            case "is too long": say("Use a shorter password")
            case "is the one that you have": say("Choose another password than the one you have")
            default: say("Choose a password that others cannot guess")
            }
        return Problem("password", says)
    }

    private static func signOutEverywhere(_ visit: Visit) async throws -> Response {
        if let token = visit.request.cookie(Site.sessionCookie) {
            try await visit.goodwork.signOutEverywhere(token)
        }
        return .redirect(to: "/sign-in")
    }
}

extension Visit {
    /// How far whoever holds the session has come with signing in.
    var stage: SignInStage? {
        get async throws {
            guard let token = request.cookie(Site.sessionCookie),
                case .live(let signedIn) = try await goodwork.session(token)
            else { return nil }
            return signedIn.stage
        }
    }
}
