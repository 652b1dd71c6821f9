import Application
import HTML
import Web

/// Who is signed in, and where they change how they sign in.
enum AccountPage {
    static func page(_ visit: Visit) -> Response {
        let phrases = visit.phrases
        let roles = Role.allCases.filter(visit.actor.roles.contains).map { phrases($0.words) }
        var summary = Summary()
        summary.add(phrases("Name"), visit.visitor?.name)
        summary.add(phrases("Organisation"), visit.names[visit.actor.organisation])
        summary.add(phrases("Role"), roles.joined(separator: ", "))
        return visit.page(phrases("Your account")) {
            h1 { phrases("Your account") }
            summary.html
            h2 { phrases("How you sign in") }
            ul(.class("nhsuk-list")) {
                li { a(.href(Places.password)) { phrases("Change your password") } }
                li { a(.href(Places.secondFactor)) { phrases("Your second factor") } }
                if let door = visit.site.openID {
                    li {
                        a(.href(ConnectPages.path)) {
                            phrases("Sign in with {name}", ["name": door.name])
                        }
                    }
                }
            }
        }
    }
}

extension Role {
    /// What the role is called on pages.
    package var words: String {
        switch self {
        case .operator: "operator"
        case .referrer: "referrer"
        case .resident: "resident"
        case .coach: "coach"
        case .manager: "provider manager"
        case .commissioner: "commissioner"
        case .analyst: "analyst"
        case .evaluator: "evaluator"
        case .governance: "information governance"
        case .administrator: "administrator"
        }
    }
}
