import Application
import Casework
import HTML
import Kernel
import Web

/// The buttons by which a coach makes a link for a person who cannot sign in to their account.
struct AccountLinkForms {
    /// What the form sends for a link that lets the person in again.
    static let again = "again"

    let visit: Visit
    let file: CaseFile
    let problems: [Problem]

    /// - Parameter madeAt: when a link was made that may still serve.
    @HTMLBuilder
    func html(_ madeAt: Instant?) -> HTML {
        h2 { "If they cannot sign in" }
        if let madeAt {
            p {
                "A link was made for them on \(madeAt.civilDateUK.uk). It works for 7 days at most, "
                "and is not shown again."
            }
        }
        if file.may.contains(.changeIdentity), file.case.isOpen {
            p { "Talk with them first. They see that your organisation made a link, and when." }
            password
            letIn
        } else {
            p {
                "A link for a new password is made while the case is open and the person agrees to "
                "be referred."
            }
        }
    }

    @HTMLBuilder
    private var password: HTML {
        p {
            "By a link they choose a new password. They are signed out everywhere. Codes for "
            "signing in stay."
        }
        visit.sentForm(to: "\(file.path)/invite") { submit("Make a link for a new password") }
    }

    @HTMLBuilder
    private var letIn: HTML {
        h2 { "If they lost their telephone and recovery codes too" }
        p {
            "By this link they choose a new password, and signing in asks for no codes until they "
            "set up new ones. Until they use the link, nothing changes."
        }
        visit.sentForm(to: "\(file.path)/invite") {
            Fields.hidden("link", Self.again)
            Fields(Form(), problems).checkboxes(
                "recognised",
                "Do you know that it is them?",
                [Choice("yes", "I have met or called them, and checked who they are")],
                hint: "A message can be from anybody who has their telephone or email."
            )
            submit("Make a link to come in again", isSecondary: true)
        }
    }
}
