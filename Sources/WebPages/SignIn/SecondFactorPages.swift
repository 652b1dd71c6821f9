import Application
import HTML
import Web

/// Setting up the codes that staff sign in with beside the password.
enum SecondFactorPages {
    static let routes: [PageRoute] = [
        .get("/account/second-factor", .anyone) { try await page($0, problems: []) },
        .post("/account/second-factor", .anyone, confirm),
    ]

    private static func page(_ visit: Visit, problems: [Problem]) async throws -> Response {
        guard let token = visit.request.cookie(Site.sessionCookie),
            case .live(let signedIn) = try await visit.goodwork.session(token)
        else { return .redirect(to: "/sign-in") }
        if signedIn.account.hasSecondFactor {
            return try await alreadyThere(visit, signedIn.account)
        }
        let setUp = try await visit.goodwork.setUpSecondFactor(token)
        let say = visit.phrases
        let fields = Fields(Form(), problems, say: say)
        return visit.page(say("Set up your codes"), problems: problems) {
            h1 { say("Set up your codes") }
            p {
                signedIn.account.isStaff
                    ? say(
                        "Staff sign in with a password and a code. An app on your telephone "
                            + "makes the code."
                    )
                    : say("An app on your telephone makes a code each time that you sign in.")
            }
            ol(.class("nhsuk-list nhsuk-list--number")) {
                li { say("Install an authenticator app if you have none.") }
                li {
                    say("Add an account in the app by typing this key:") + " "
                    code(.class("gw-key")) { spaced(setUp.secret) }
                }
                li { say("Type the 6 digits that the app then shows.") }
            }
            p {
                say("On the same telephone:") + " "
                // The app's own kind of link, not a page.
                HTML(
                    element: "a",
                    [Attribute("href", setUp.uri)],
                    HTML(say("open this link in the app"))
                )
            }
            visit.sentForm(to: "/account/second-factor") {
                Fields.hidden("then", visit.then)
                fields.text(
                    "code",
                    say("Code"),
                    hint: say("6 digits"),
                    width: 10,
                    inputmode: "numeric",
                    autocomplete: "one-time-code"
                )
                submit(say("Go on"))
            }
        }
    }

    private static func confirm(_ visit: Visit) async throws -> Response {
        guard let token = visit.request.cookie(Site.sessionCookie),
            let stage = try await visit.stage,
            stage == .full || stage == .secondFactorMustBeSetUp
        else { return .redirect(to: "/sign-in") }
        let (answer, codes) = try await visit.goodwork.confirmSecondFactor(
            token,
            code: visit.request.form["code"] ?? ""
        )
        guard !codes.isEmpty else {
            let says = visit.phrases(
                "This code is not right. Type the 6 digits that the app shows now"
            )
            return try await page(visit, problems: [Problem("code", says)])
        }
        var response = recoveryCodes(visit, codes)
        try await SignInPages.keep(answer, visit, &response)
        return response
    }

    /// The codes are shown this once.
    private static func recoveryCodes(_ visit: Visit, _ codes: [String]) -> Response {
        let say = visit.phrases
        return visit.page(say("Your recovery codes")) {
            h1 { say("Your recovery codes") }
            p {
                say(
                    "Each signs you in once, when your telephone is not there. Keep them safe, on paper."
                )
            }
            ul(.class("nhsuk-list gw-codes")) {
                for one in codes { li { code { one } } }
            }
            warning(say("They are not shown again"), say) {
                p { say("Print this page or write the codes down before you go on.") }
            }
            linkButton(say("Go on"), to: visit.then)
        }
    }

    private static func alreadyThere(
        _ visit: Visit,
        _ account: Account
    ) async throws -> Response {
        let left = try await visit.goodwork.recoveryCodesLeft(of: account.id)
        let say = visit.phrases
        return visit.page(say("Your codes")) {
            h1 { say("Your codes") }
            p {
                left == 1
                    ? say("Codes are set up. You have 1 recovery code left.")
                    : say(
                        "Codes are set up. You have {count} recovery codes left.",
                        ["count": "\(left)"]
                    )
            }
            p {
                account.isStaff
                    ? say("If you lose your telephone, an administrator can clear the codes.")
                    : say("If you lose your telephone, sign in with a recovery code.")
            }
            if !account.isStaff {
                p { say("If you lose those too, your coach can make a link to come in again.") }
            }
        }
    }

    /// A key in fours, as people read it.
    private static func spaced(_ key: String) -> String {
        var groups: [String] = []
        var rest = key[...]
        while !rest.isEmpty {
            groups.append(String(rest.prefix(4)))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }
}
