import Application
import HTML
import Kernel
import Web

/// Signing in and out.
package enum SignInPages {
    package static let routes: [PageRoute] =
        [
            .get("/sign-in", .anyone) { signInPage($0, typed: Form(), problems: []) },
            .post("/sign-in", .anyone, signIn),
            .get("/sign-in/code", .anyone) { codePage($0, problems: []) },
            .post("/sign-in/code", .anyone, giveCode),
            .post("/sign-in/demonstration", .anyone, signInToDemonstration),
            .post("/sign-out", .anyone, signOut),
        ] + PasswordPages.routes + SecondFactorPages.routes + OpenIDPages.routes

    static let deviceCookie = "gw_device"
    private static let deviceSeconds = 365 * 86_400

    // MARK: - Password

    private static func signInPage(
        _ visit: Visit,
        typed: Form,
        problems: [Problem]
    ) -> Response {
        let say = visit.phrases
        let fields = Fields(typed, problems, say: say)
        return visit.page(say("Sign in"), problems: problems) {
            h1 { say("Sign in") }
            demonstration(visit)
            if visit.request.cookie(Site.draftCookie) != nil {
                inset(say) {
                    p { say("You were signed out. What you typed is kept: sign in to go on.") }
                }
            }
            visit.sentForm(to: "/sign-in") {
                Fields.hidden("then", visit.then)
                fields.text(
                    "login",
                    say("Email address"),
                    // A field of the type email may not be filled with a user's name (HTML 4.10.18.7).
                    inputmode: "email",
                    autocomplete: "username"
                )
                fields.text(
                    "password",
                    say("Password"),
                    type: "password",
                    autocomplete: "current-password"
                )
                submit(say("Sign in"))
            }
            if let door = visit.site.openID {
                p {
                    linkButton(
                        say("Sign in with {name}", ["name": door.name]),
                        to: "/sign-in/openid?then=" + URLEncoding.encode(visit.then),
                        isSecondary: true
                    )
                }
            }
        }
    }

    /// In a demonstration: one button for each person whom a visitor can be.
    private static func demonstration(_ visit: Visit) -> HTML {
        let people = visit.site.settings.demonstration
        guard !people.isEmpty else { return HTML() }
        let say = visit.phrases
        return inset(say) {
            p { say("This is a demonstration: nobody in it is real. Sign in as") }
            visit.sentForm(to: "/sign-in/demonstration") {
                Fields.hidden("then", visit.then)
                ul(.class("nhsuk-list")) {
                    for person in people {
                        li {
                            button(
                                .class("gw-link-button"),
                                .type("submit"),
                                .name("login"),
                                .value(person.login)
                            ) { "\(person.name), " + say(person.role) }
                        }
                    }
                }
            }
        }
    }

    private static func signInToDemonstration(_ visit: Visit) async throws -> Response {
        let answer = try await visit.goodwork.signInToDemonstration(
            as: visit.request.form["login"] ?? ""
        )
        return try await go(on: answer, visit) { _ in .redirect(to: "/sign-in") }
    }

    private static func signIn(_ visit: Visit) async throws -> Response {
        let form = visit.request.form
        let say = visit.phrases
        let (login, password) = (form["login"] ?? "", form.raw("password") ?? "")
        if login.isEmpty || password.isEmpty {
            var problems: [Problem] = []
            if login.isEmpty { problems.append(Problem("login", say("Enter your email address"))) }
            if password.isEmpty {
                problems.append(Problem("password", say("Enter your password")))
            }
            return signInPage(visit, typed: form, problems: problems)
        }
        let answer = try await visit.goodwork.signIn(
            login: login,
            password: password,
            remote: visit.request.remote,
            device: visit.request.cookie(deviceCookie)
        )
        return try await go(on: answer, visit) {
            signInPage(visit, typed: form, problems: $0)
        }
    }

    // MARK: - Second factor

    private static func codePage(_ visit: Visit, problems: [Problem]) -> Response {
        let say = visit.phrases
        let fields = Fields(Form(), problems, say: say)
        return visit.page(say("Enter your code"), problems: problems) {
            h1 { say("Enter your code") }
            visit.sentForm(to: "/sign-in/code") {
                Fields.hidden("then", visit.then)
                fields.text(
                    "code",
                    say("Code"),
                    hint: say("The 6 digits that your app shows, or one of your recovery codes."),
                    width: 10,
                    autocomplete: "one-time-code"
                )
                submit(say("Go on"))
            }
        }
    }

    private static func giveCode(_ visit: Visit) async throws -> Response {
        guard let token = visit.request.cookie(Site.sessionCookie),
            case .live(let signedIn) = try await visit.goodwork.session(token),
            signedIn.stage == .secondFactorNeeded
        else { return .redirect(to: "/sign-in") }
        guard let code = visit.request.form["code"] else {
            return codePage(visit, problems: [Problem("code", visit.phrases("Enter the code"))])
        }
        let answer = try await visit.goodwork.giveSecondFactor(
            token,
            code: code,
            remote: visit.request.remote,
            device: visit.request.cookie(deviceCookie)
        )
        return try await go(on: answer, visit) { problems in
            let isWrong = problems.contains { $0.field == "login" }
            let says = visit.phrases("This code is not right. Try the next one")
            let said = isWrong ? [Problem("code", says)] : problems
            return codePage(visit, problems: said)
        }
    }

    // MARK: - Going on

    /// Leads to the next step of signing in, or shows what is wrong.
    static func go(
        on answer: SignInAnswer,
        _ visit: Visit,
        orShow show: ([Problem]) -> Response
    ) async throws -> Response {
        let say = visit.phrases
        let then = visit.then
        let suffix = "?then=" + URLEncoding.encode(then)
        let next: String
        switch answer {
        case .wrong:
            return show([Problem("login", say("The email address or the password is not right"))])
        case .tooManyTries(let until):
            let minutes = (until.milliseconds - visit.now.milliseconds + 59_999) / 60_000
            let says =
                minutes == 1
                ? say("Too many tries. Wait 1 minute, then try again.")
                : say(
                    "Too many tries. Wait {minutes} minutes, then try again.",
                    ["minutes": "\(minutes)"]
                )
            return show([Problem(nil, says)])
        case .passwordTooOld:
            return show([
                Problem(
                    "password",
                    visit.phrases(
                        "This password is too old. Ask whoever gave it to you for a new one"
                    )
                )
            ])
        case .passwordMustChange: next = "/account/password" + suffix
        case .secondFactorNeeded: next = "/sign-in/code" + suffix
        case .secondFactorMustBeSetUp: next = "/account/second-factor" + suffix
        case .signedIn: next = then
        }
        var response = Response.redirect(to: next)
        try await keep(answer, visit, &response)
        return response
    }

    /// Puts the new session into the browser.
    static func keep(
        _ answer: SignInAnswer,
        _ visit: Visit,
        _ response: inout Response
    ) async throws {
        guard let token = answer.token else { return }
        let isSecure = visit.site.settings.isSecure
        response.setCookie(Site.sessionCookie, token, isSecure: isSecure)
        if case .signedIn = answer,
            case .live(let signedIn) = try await visit.goodwork.session(token)
        {
            response.setCookie(
                deviceCookie,
                visit.goodwork.deviceToken(for: signedIn.account.id),
                maxAgeSeconds: deviceSeconds,
                isSecure: isSecure
            )
        }
    }

    private static func signOut(_ visit: Visit) async throws -> Response {
        if let token = visit.request.cookie(Site.sessionCookie) {
            try await visit.goodwork.signOut(token)
        }
        var response = Response.redirect(to: "/")
        response.setCookie(
            Site.sessionCookie,
            "",
            maxAgeSeconds: 0,
            isSecure: visit.site.settings.isSecure
        )
        return response
    }
}

extension Visit {
    /// Where to go once signed in: a path of ours.
    var then: String {
        let asked = request.form["then"] ?? request.query["then"] ?? "/"
        return asked.hasPrefix("/") && !asked.hasPrefix("//") ? asked : "/"
    }
}
