import Application
import Casework
import HTML
import Kernel
import Store
import Web

extension ReferPage {
    /// Which services could take the person, why not, and which answer is missing.
    static func offers(_ content: Content, _ visit: Visit) -> HTML {
        guard let offers = content.offers else { return HTML() }
        let not = offers.filter { $0.verdict == .notMet }
        return section(.id("offers"), .aria("labelledby", "offers-title")) {
            h2(.id("offers-title")) { "Which services could help" }
            ReferralWords.underAge(content.said)
            if content.possible.isEmpty {
                p {
                    "No service can take this person as described. "
                    "Look at the reasons, and at the answers below."
                }
            }
            for offer in content.possible { card(offer, visit) }
            choice(content, visit)
            if !not.isEmpty {
                if content.possible.isEmpty {
                    for offer in not { card(offer, visit) }
                } else {
                    reveal("Services that cannot take this person") {
                        for offer in not { card(offer, visit) }
                    }
                }
            }
            others(content)
        }
    }

    /// Services of the guide, which people go to by themselves.
    @HTMLBuilder
    private static func others(_ content: Content) -> HTML {
        if let (matches, guide) = content.others, !matches.isEmpty {
            reveal("Other services that may help: tell the person about them") {
                GuideMatchPage.list(matches, guide)
            }
        }
    }

    private static func card(_ offer: Offer, _ visit: Visit) -> HTML {
        div(.class("gw-offer")) {
            h3(.class("nhsuk-heading-s")) {
                offer.strandName
                " "
                ReferralWords.tag(offer.verdict)
            }
            p(.class("nhsuk-body-s")) {
                "\(offer.programmeName), by \(visit.names.organisation(offer.provider))"
            }
            if !offer.open.isEmpty {
                ul {
                    for rule in offer.open { li { rule.says } }
                }
            }
            if !offer.missing.isEmpty, offer.verdict != .notMet {
                p { "To know, we need one or more of these:" }
                ul {
                    for missing in offer.missing {
                        li {
                            a(.href("#\(ReferralQuestions.field(missing.id))")) { missing.words }
                        }
                    }
                }
            }
        }
    }

    /// One service needs no choice; of several, the best is chosen already.
    private static func choice(_ content: Content, _ visit: Visit) -> HTML {
        let possible = content.possible
        guard let first = possible.first else { return HTML() }
        if possible.count == 1 { return Fields.hidden("service", first.id) }
        // A service that was chosen before may have dropped out meanwhile.
        var fields = content.fields
        if let chosen = fields.typed["service"], !possible.contains(where: { $0.id == chosen }) {
            fields.typed.set("service", nil)
        }
        return fields.radios(
            "service",
            "Which service do you refer to?",
            possible.map {
                Choice($0.id, $0.strandName, hint: "By \(visit.names.organisation($0.provider))")
            },
            or: (content.usual ?? first).id
        )
    }

    /// Offers the referrals that are there already, and lets the new one be sent anyway.
    static func alreadyThere(_ visit: Visit, _ rows: [CaseRow], _ content: Content) -> Response {
        visit.page("This person was referred already") {
            h1 { "This person was referred already" }
            p {
                "Somebody with this NHS number, or with this name, date of birth and postcode, has "
                "an open referral to this service."
            }
            for row in rows {
                div(.class("nhsuk-inset-text")) {
                    p {
                        "Referral \(row.header.reference)"
                        if let day = row.referredOn { " of \(day.uk)" }
                        ". "
                        a(.href("/cases/\(row.header.id.text)/status")) {
                            "See where it stands"
                            span(.class("nhsuk-u-visually-hidden")) { " \(row.header.reference)" }
                        }
                    }
                }
            }
            p { "You can leave it at that, or send a second referral." }
            visit.sentForm(to: path) {
                for field in content.typed.fields where !buttons.contains(field.name) {
                    Fields.hidden(field.name, field.value)
                }
                button(.class("nhsuk-button"), .type("submit"), .name("anyway"), .value("yes")) {
                    "Refer anyway"
                }
                " "
                button(
                    .class("nhsuk-button nhsuk-button--secondary"),
                    .type("submit"),
                    .name("change"),
                    .value("yes")
                ) { "Change the answers" }
            }
            p { a(.href("/referrals")) { "Do not refer, go to my referrals" } }
        }
    }

    /// The names of the buttons, which are no answers.
    private static let buttons = ["check", "anyway", "change"]
}
