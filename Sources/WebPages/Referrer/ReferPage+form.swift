import Application
import Casework
import HTML
import Kernel
import Programmes
import Store
import Web

extension ReferPage {
    static func page(_ visit: Visit, _ content: Content) -> Response {
        let isAnswered = content.offers != nil
        return visit.page(
            "Refer a person",
            width: isAnswered ? .full : .reading,
            problems: content.problems
        ) {
            h1 { "Refer a person" }
            if content.programmes.isEmpty {
                inset { p { "No service takes referrals today. Ask the service when it opens." } }
            } else {
                visit.sentForm(to: path) {
                    Fields.hidden("programme", content.typed["programme"] ?? "")
                    onlyProgramme(content)
                    // The answer stands beside the questions where there is room.
                    div(.class(isAnswered ? "gw-beside" : "")) {
                        offers(content, visit)
                        div {
                            asked(content)
                            more(content)
                            submit("Send referral")
                            " "
                            checkButton
                        }
                    }
                }
                // It fills the form from the address's fragment; nothing needs it.
                if let script = visit.site.assets.referScript {
                    HTML(element: "script", [.src(script), .flag("defer")])
                }
            }
        }
    }

    /// Sends the same form, to be answered with the services that could help.
    private static var checkButton: HTML {
        button(
            .class("nhsuk-button nhsuk-button--secondary"),
            .type("submit"),
            .name("check"),
            .value("yes")
        ) { "Check which services could help" }
    }

    private static func onlyProgramme(_ content: Content) -> HTML {
        guard content.typed["programme"] != nil, let only = content.programmes.first,
            content.programmes.count == 1
        else { return HTML() }
        return inset {
            p {
                "You refer to \(only.name). "
                a(.href(path)) { "See every service" }
            }
        }
    }

    @HTMLBuilder
    private static func asked(_ content: Content) -> HTML {
        let fields = content.fields
        fields.text(
            "nhs_number",
            "NHS number",
            hint: "Ten digits. If you do not know it, give the postcode instead.",
            width: 20,
            inputmode: "numeric"
        )
        fields.text("given_name", "First name")
        fields.text("family_name", "Last name")
        content.questions.field("birth_date", fields)
        content.questions.field("employment_status", fields)
        content.questions.field("condition", fields)
        fields.radios("consent", "Does the person agree to be referred?", yesNo, isInline: true)
        fields.radios(
            "share",
            "Does the person agree that we tell you what came of it?",
            yesNo,
            isInline: true,
            isOptional: true
        )
        if content.last == nil { source(content) }
    }

    private static let yesNo = [Choice("yes", "Yes"), Choice("no", "No")]

    private static func source(_ content: Content) -> HTML {
        content.fields.choose(
            "source",
            "Where do you refer from?",
            ReferForm.sources(of: content.programmes),
            or: content.last?.source
        )
    }

    /// What helps and is not needed, in a part that opens; open where something in it is at issue.
    private static func more(_ content: Content) -> HTML {
        let (fields, questions) = (content.fields, content.questions)
        let missing = content.possible.flatMap(\.missing).map(\.id)
        var asks = questions.asked(of: content.source)
        asks += missing.filter { !ReferralQuestions.standard.contains($0) && !asks.contains($0) }
        let names =
            ["postcode", "phone", "email", "gp_practice", "jobcentre", "gender", "ethnicity"]
            + ["note", "benefit"] + asks.map(ReferralQuestions.field)
        let isOpen =
            content.offers != nil
            || names.contains { name in
                let isOwn = name == "gp_practice" && fields.typed[name] == content.ownPractice
                return fields.typed[name] != nil && !isOwn || fields.problem(name) != nil
            }
        return details(.class("nhsuk-details"), .flag("open", if: isOpen)) {
            summary(.class("nhsuk-details__summary")) {
                span(.class("nhsuk-details__summary-text")) { "More about the person (optional)" }
            }
            div(.class("nhsuk-details__text")) {
                if content.last != nil { source(content) }
                for id in asks { questions.field(id, fields) }
                questions.field("postcode", fields)
                fields.text("phone", "Telephone", width: 20, type: "tel", isOptional: true)
                fields.text("email", "Email", type: "email", isOptional: true)
                questions.field("gp_practice", fields)
                questions.field("jobcentre", fields)
                if missing.contains("benefit") { questions.field("benefit", fields) }
                questions.field("gender", fields)
                questions.field("ethnicity", fields)
                fields.area("note", "Anything the coach should know", isOptional: true)
            }
        }
    }
}
