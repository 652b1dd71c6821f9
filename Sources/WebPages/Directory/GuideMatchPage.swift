import Application
import Casework
import Directory
import HTML
import Kernel
import Web

/// Services of the guide that could help the person of a case.
enum GuideMatchPage {
    static let routes: [PageRoute] = [
        .get("/cases/:case/onward/guide", .onCase(.changeCase)) { try await show($0) }
    ]

    static func path(_ file: CaseFile) -> String { "\(file.path)/onward/guide" }

    private static func show(_ visit: Visit) async throws -> Response {
        let file = try visit.file()
        let matches = try await visit.goodwork.guideMatches(for: file)
        let guide = try await visit.goodwork.guide()
        let back = (words: "Back to the case", path: file.path)
        return visit.page("Services in the guide", width: .full, back: back) {
            h1 { "Services in the guide" }
            p {
                "These services take people today. Tell the person about them, or get in touch with "
                "them. Then write a note: what they answer does not come back by itself."
            }
            if matches.isEmpty {
                emptyState("No service is in the guide yet, or none takes people today.")
            } else {
                h2 { "Services that may help" }
                list(matches, guide)
            }
        }
    }

    /// Those that can take the person in sight, with the others and their reasons below.
    @HTMLBuilder
    static func list(_ matches: [GuideMatch], _ guide: Guide) -> HTML {
        for match in matches where match.verdict != .notMet { card(match, guide) }
        let not = matches.filter { $0.verdict == .notMet }
        if !not.isEmpty {
            reveal("Services in the guide that cannot take this person") {
                dl {
                    for match in not {
                        dt { strong { match.service.name } }
                        for open in match.open where open.verdict == .notMet {
                            dd { open.says }
                        }
                    }
                }
            }
        }
    }

    private static func card(_ match: GuideMatch, _ guide: Guide) -> HTML {
        div(.class("gw-offer")) {
            h3(.class("nhsuk-heading-s")) {
                match.service.name
                " "
                ReferralWords.tag(match.verdict)
            }
            p(.class("nhsuk-body-s")) { guide.organisation(of: match.service) }
            if let words = match.service.document["description"]?.string { p { words } }
            if let note = match.service.document["alert"]?.string { p { strong { note } } }
            if !match.open.isEmpty {
                ul {
                    for open in match.open { li { open.says } }
                }
            }
            if !match.missing.isEmpty {
                p { "Not known yet: " + match.missing.map(\.words).joined(separator: "; ") }
            }
            contact(match.service)
        }
    }

    @HTMLBuilder
    private static func contact(_ service: GuideService) -> HTML {
        let phones = (service.document["phones"]?.array ?? []).compactMap { $0["number"]?.string }
        if let phone = phones.first { p { "Phone: \(phone)" } }
        if let email = service.document["email"]?.string {
            p {
                "Email: "
                a(.href("mailto:\(email)")) { email }
            }
        }
        if let url = service.document["url"]?.string {
            p {
                a(.href(url)) {
                    "Page of the service"
                    span(.class("nhsuk-u-visually-hidden")) { " \(service.name)" }
                }
            }
        }
    }
}
