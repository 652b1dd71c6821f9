import Application
import HTML
import Web

/// Accounts, organisations, programmes, translations.
package enum AdministratorPages {
    package static let routes: [PageRoute] =
        [.get("/admin", .action(.manageAccounts)) { home($0) }]
        + ProgrammePages.routes + TranslationPages.routes + AccountPages.routes
        + OrganisationPages.routes
        + ClientPages.routes
        + MessagePages.routes

    static let back = (words: "Back to administration", path: "/admin")

    private static func home(_ visit: Visit) -> Response {
        visit.page("Administration") {
            h1 { "Administration" }
            ul(.class("nhsuk-list nhsuk-list--bullet")) {
                for (words, path) in [
                    ("Accounts", "/admin/accounts"), ("Organisations", "/admin/organisations"),
                    ("Clients", ClientPages.path),
                    ("Programmes", "/admin/programmes"), ("Translations", "/admin/translations"),
                    ("Messages", "/admin/messages"),
                ] {
                    li { a(.href(path)) { words } }
                }
            }
        }
    }
}

/// A file of the visitor's own, and a place to paste its text instead.
func fileField(_ fields: Fields, _ label: String) -> HTML {
    fields.group("file") {
        HTMLFile.label(label)
        HTMLFile.input
    }
        + fields.area("text", "Or paste its text", rows: 8, isOptional: true)
}

/// The parts of a field for a file.
private enum HTMLFile {
    static func label(_ words: String) -> HTML {
        HTML(element: "label", [.class("nhsuk-label nhsuk-label--s"), .for("file")], HTML(words))
    }

    static var input: HTML {
        HTML(
            element: "input",
            [.class("nhsuk-file-upload"), .id("file"), .name("file"), .type("file")],
            isVoid: true
        )
    }
}

extension Form {
    /// The text of the file that was sent, or what was pasted.
    var sentText: String? {
        let file = raw("file") ?? ""
        if !file.trimmed.isEmpty { return file }
        let text = raw("text") ?? ""
        return text.trimmed.isEmpty ? nil : text
    }
}
