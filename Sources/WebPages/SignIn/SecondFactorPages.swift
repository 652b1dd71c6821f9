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
        let fields = Fields(Form(), problems)
        return visit.page("Set up your codes", problems: problems) {
            h1 { "Set up your codes" }
            p {
                "Staff sign in with a password and a code. An app on your telephone makes the code."
            }
            ol(.class("nhsuk-list nhsuk-list--number")) {
                li { "Install an authenticator app if you have none." }
                li {
                    "Add an account in the app by typing this key: "
                    code(.class("gw-key")) { spaced(setUp.secret) }
                }
                li { "Type the 6 digits that the app then shows." }
            }
            p {
                "On the same telephone you can "
                // The app's own kind of link, not a page.
                HTML(
                    element: "a",
                    [Attribute("href", setUp.uri)],
                    HTML("open this link in the app")
                )
                "."
            }
            visit.sentForm(to: "/account/second-factor") {
                Fields.hidden("then", visit.then)
                fields.text(
                    "code",
                    "Code",
                    hint: "6 digits",
                    width: 10,
                    inputmode: "numeric",
                    autocomplete: "one-time-code"
                )
                submit("Go on")
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
            let says = "This code is not right. Type the 6 digits that the app shows now"
            return try await page(visit, problems: [Problem("code", says)])
        }
        var response = recoveryCodes(visit, codes)
        try await SignInPages.keep(answer, visit, &response)
        return response
    }

    /// The codes are shown this once.
    private static func recoveryCodes(_ visit: Visit, _ codes: [String]) -> Response {
        visit.page("Your recovery codes") {
            h1 { "Your recovery codes" }
            p {
                "Each signs you in once, when your telephone is not there. Keep them safe, on paper."
            }
            ul(.class("nhsuk-list gw-codes")) {
                for one in codes { li { code { one } } }
            }
            warning("They are not shown again") {
                p { "Print this page or write the codes down before you go on." }
            }
            linkButton("Go on", to: visit.then)
        }
    }

    private static func alreadyThere(
        _ visit: Visit,
        _ account: Account
    ) async throws -> Response {
        let left = try await visit.goodwork.recoveryCodesLeft(of: account.id)
        return visit.page("Your codes") {
            h1 { "Your codes" }
            p { "Codes are set up. You have \(left) recovery codes left." }
            p { "If you lose your telephone, an administrator can clear the codes." }
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
