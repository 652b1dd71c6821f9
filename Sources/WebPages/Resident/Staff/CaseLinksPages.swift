import Application
import Casework
import HTML
import Kernel
import Programmes
import Web

/// The links that a coach copies into a message to the person of a case.
enum CaseLinksPages {
    static let routes: [PageRoute] = [
        .get("/cases/:case/links", .onCase(.changeCase), links),
        .get("/cases/:case/invite", .onCase(.changeCase)) { try await invite($0, problems: []) },
        .post("/cases/:case/invite", .onCase(.changeIdentity), make),
    ]

    private static func back(_ file: CaseFile) -> (words: String, path: String) {
        ("Back to the case", file.path)
    }

    // MARK: - Questions

    private static func links(_ visit: Visit) throws -> Response {
        let file = try visit.file()
        guard file.mayAskPerson else { return noLinks(visit, file) }
        let link = visit.goodwork.answerLink(for: file.header.id)
        let token = visit.goodwork.token(for: link)
        return visit.page("Links for the person", back: back(file)) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                "Links for the person"
            }
            p { "Copy a link into a text message or an email. It works without signing in." }
            warning("Send each link only to the person") {
                p { "Whoever opens a link can answer for them." }
            }
            h2 { "Are you in work now?" }
            question(.followUp, link, token, visit, file)
            h2 { "How was the support?" }
            question(.satisfaction, link, token, visit, file)
            h2 { "See my plan" }
            p {
                a(.href("\(file.path)/invite")) {
                    "Invite the person to an account, or to a new password"
                }
            }
        }
    }

    private static func noLinks(_ visit: Visit, _ file: CaseFile) -> Response {
        visit.page("Links for the person", back: back(file)) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                "Links for the person"
            }
            p {
                "There are no links. The person has died, was erased, or does not agree to be "
                "referred and helped."
            }
        }
    }

    private static func question(
        _ question: LinkQuestion,
        _ link: SignedLink,
        _ token: String,
        _ visit: Visit,
        _ file: CaseFile
    ) -> HTML {
        switch file.state(of: question) {
        case .open:
            copied(
                visit.site.settings.address + AnswerPages.path(token, question),
                question.rawValue,
                link
            )
        case .answered: p { "The person has answered this." }
        case .notAsked:
            p {
                question == .followUp
                    ? "This is asked while the case is in tracking."
                    : "This is asked once support has started, if the programme asks it."
            }
        }
    }

    /// A link in a field, so that it can be copied whole.
    private static func copied(_ address: String, _ name: String, _ link: SignedLink) -> HTML {
        div(.class("nhsuk-form-group")) {
            label(.class("nhsuk-label nhsuk-label--s"), .for("link-\(name)")) { "Link to copy" }
            div(.class("nhsuk-hint"), .id("link-\(name)-hint")) {
                "It works until \(link.expiresAt.civilDateUK.uk)."
            }
            textarea(
                .class("nhsuk-textarea gw-copy"),
                .id("link-\(name)"),
                .name("link-\(name)"),
                .rows(3),
                .aria("describedby", "link-\(name)-hint"),
                .flag("readonly")
            ) { "\n" + address }
        }
    }

    // MARK: - Invitation

    private static func invite(_ visit: Visit, problems: [Problem]) async throws -> Response {
        let file = try visit.file()
        let state = try await visit.goodwork.residentAccount(of: file)
        let links = AccountLinkForms(visit: visit, file: file, problems: problems)
        return visit.page("Invite the person", problems: problems, back: back(file)) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                "Invite the person"
            }
            p { "With an account the person sees their plan, appointments and data." }
            switch state {
            case .absent(let why): absent(why, file)
            case .invited(let link): invitation(link, visit)
            case .open(let linkMadeAt):
                p { "The person has an account. They sign in with their email address." }
                links.html(linkMadeAt)
            }
        }
    }

    @HTMLBuilder
    private static func absent(_ why: ServiceError, _ file: CaseFile) -> HTML {
        p { "The person has no account. " + why.message }
        if why.code == "no-birth-date", file.may.contains(.changeIdentity) {
            p { a(.href("\(file.path)/\(DetailsForm.path)")) { "Change details" } }
        }
    }

    private static func make(_ visit: Visit) async throws -> Response {
        let (file, form) = (try visit.file(), visit.request.form)
        let letsInAgain = form["link"] == AccountLinkForms.again
        if letsInAgain, form["recognised"] == nil {
            let says = "Check who they are first, and say so"
            return try await invite(visit, problems: [Problem("recognised", says)])
        }
        let link = try await visit.goodwork.passwordLink(
            for: file.header,
            lettingInAgain: letsInAgain,
            by: visit.actor
        )
        let title = letsInAgain ? "A link to come in again" : "A link for a new password"
        return visit.page(title, back: back(file)) {
            h1 {
                span(.class("nhsuk-caption-l")) { file.title }
                title
            }
            warning("Send it only to the person") {
                p { "Whoever opens it and knows their birth date can read what they can." }
            }
            invitation(link, visit)
        }
    }

    @HTMLBuilder
    private static func invitation(_ link: SignedLink, _ visit: Visit) -> HTML {
        p {
            "The link serves once. It asks for their birth date. After 5 wrong ones it is dead, and "
            "no other serves on that day."
        }
        copied(
            visit.site.settings.address + InvitationPages.path(visit.goodwork.token(for: link)),
            "invitation",
            link
        )
    }
}
