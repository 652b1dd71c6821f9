import HTML
import Web

/// Pages that are for everybody: start, accessibility, privacy, language, one's own account.
package enum GeneralPages {
    package static let routes: [PageRoute] = [
        .get("/", .anyone) { StartPage.answer($0) },
        .get("/accessibility", .anyone) { AccessibilityPage.page($0) },
        .get("/privacy", .anyone) { PrivacyPage.page($0) },
        .get("/language", .anyone) { LanguagePage.page($0) },
        .post("/language", .anyone) { LanguagePage.choose($0) },
        .get("/account", .signedIn) { AccountPage.page($0) },
    ]
}

/// Where pages that others write begin, for links from these.
package enum Places {
    package static let referOneself = SelfAnswers.path
    package static let signIn = "/sign-in"
    package static let password = "/account/password"
    package static let secondFactor = "/account/second-factor"
}

extension Visit {
    /// A heading and its sentences, in the visitor's language.
    func part(_ heading: String, _ sentences: String...) -> HTML {
        h2 { phrases(heading) } + paragraphs(sentences)
    }

    func paragraphs(_ sentences: [String]) -> HTML {
        var all = HTML()
        for words in sentences { all.append(p { phrases(words) }) }
        return all
    }

    /// A list with points, in the visitor's language.
    func points(_ points: String...) -> HTML {
        ul(.class("nhsuk-list nhsuk-list--bullet")) {
            for words in points { li { phrases(words) } }
        }
    }

    /// How to reach whoever runs the service, where they said so.
    var contactWords: HTML {
        guard let contact = site.settings.contact else {
            return p { phrases("Ask the service that you are in touch with.") }
        }
        return p {
            phrases("Write to")
            " "
            if contact.contains("@"), !contact.contains(" ") {
                a(.href("mailto:\(contact)")) { contact }
            } else {
                contact
            }
        }
    }
}
