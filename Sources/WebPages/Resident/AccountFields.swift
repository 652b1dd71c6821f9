import Application
import HTML
import Kernel
import Web

/// The email and the password of a resident's account.
struct AccountFields: Sendable {
    let say: Phrases

    func html(_ fields: Fields) -> HTML {
        fields.text(
            "login",
            say("Email address"),
            hint: say("You sign in with it."),
            inputmode: "email",
            autocomplete: "username"
        ) + password(fields)
    }

    func password(_ fields: Fields) -> HTML {
        fields.text(
            "new-password",
            say("Password"),
            hint: say("12 characters or more. Three words that you can remember are good."),
            type: "password",
            autocomplete: "new-password"
        )
    }

    /// What was typed; nil, with problems, when something is missing.
    func read(
        _ form: Form,
        asksLogin: Bool = true
    ) -> (account: ResidentAccount?, problems: [Problem]) {
        var problems: [Problem] = []
        let login = asksLogin ? form["login"] : ""
        if login == nil {
            problems.append(Problem("login", say("Type your email address")))
        }
        if form["new-password"] == nil {
            problems.append(Problem("new-password", say("Type a password")))
        }
        guard let login, let password = form.raw("new-password"), problems.isEmpty else {
            return (nil, problems)
        }
        return (ResidentAccount(login: login, password: password), [])
    }

    /// What is wrong with an email or a password, in the words of these pages.
    func problems(_ error: ServiceError) -> [Problem] {
        if error.faults.isEmpty { return [Problem(nil, say(error.message))] }
        return error.faults.map { fault in
            switch (fault.field, fault.problem) {
            case ("new-password", "is too short"):
                Problem(fault.field, say("Use 12 characters or more for the password"))
            case ("new-password", "is too long"):
                Problem(fault.field, say("Use a shorter password"))
            case ("new-password", _):
                Problem(fault.field, say("Choose a password that others cannot guess"))
            default:
                Problem(
                    fault.field,
                    say("Check the email address. It has an @ in the middle")
                )
            }
        }
    }

    /// The end of making an account; the same whether there was one with this email before.
    func made(_ visit: Visit) -> Response {
        visit.page(say("You can sign in now")) {
            panel(say("You can sign in now"))
            p { say("Sign in with your email address and your password.") }
            p {
                say(
                    "Did you have an account with this email address before? Then nothing has "
                        + "changed: sign in with the password that you had."
                )
            }
            p { say("Can you not sign in? Ask your coach to invite you.") }
            linkButton(say("Sign in"), to: "/sign-in?then=/my")
        }
    }

    /// That an email and a password were sent before, and that nothing is kept of these.
    func sentBefore(_ visit: Visit) -> Response {
        visit.page(say("You have sent this already")) {
            h1 { say("You have sent this already") }
            p { say("Only the email address and the password that you sent first count.") }
            p { say("Can you not sign in? Ask your coach to invite you.") }
            linkButton(say("Sign in"), to: "/sign-in?then=/my")
        }
    }

    /// The end of choosing a new password.
    ///
    /// - Parameters:
    ///   - login: as much of the email as may be shown to whoever came by a link.
    ///   - keepsCodes: whether signing in asks for the codes that it asked for before.
    func changed(_ visit: Visit, login: String, keepsCodes: Bool) -> Response {
        visit.page(say("You can sign in now")) {
            panel(say("You can sign in now"))
            p { say("Sign in with {email} and your new password.", ["email": login]) }
            if keepsCodes {
                p { say("Did signing in ask you for a code before? It still does.") }
            } else {
                p { say("Signing in asks you for no code now. You can set up new codes.") }
                p {
                    a(.href("/sign-in?then=\(Places.secondFactor)")) {
                        say("Sign in and set up your codes")
                    }
                }
            }
            linkButton(say("Sign in"), to: "/sign-in?then=/my")
        }
    }
}
