import Application
import Casework
import HTML
import Web

/// Asking for a new telephone number, email or address to be kept.
enum MyDetails {
    static let path = "\(MyPages.path)/details"

    static let routes: [PageRoute] = [
        .get(path, .signedIn) { visit in
            let record = try await visit.goodwork.ownRecord(by: visit.actor)
            return show(visit, record, typed: visit.typed, problems: [])
        },
        .post(path, .signedIn, send),
    ]

    private static func show(
        _ visit: Visit,
        _ record: OwnRecord,
        typed: Form,
        problems: [Problem]
    ) -> Response {
        let say = visit.phrases
        guard let file = record.forDetails else { return nobody(visit, record, problems) }
        let fields = Fields(typed, problems, say: say)
        return visit.page(
            say("Change my details"),
            problems: problems,
            back: (say("Back to my data"), MyDataPages.path)
        ) {
            h1 { say("Change my details") }
            p { byWhen(isOpen: file.case.isOpen, say) }
            p { say("Type only what has changed.") }
            visit.sentForm(to: path) {
                fields.text(
                    "phone",
                    say("New telephone number"),
                    width: 20,
                    type: "tel",
                    autocomplete: "tel"
                )
                fields.text("email", say("New email address"), type: "email", autocomplete: "email")
                fields.area("address", say("New address"), rows: 3)
                submit(say("Ask for the change"))
            }
        }
    }

    private static func byWhen(isOpen: Bool, _ say: Phrases) -> String {
        isOpen
            ? say("Your coach puts the change into your record within 5 working days.")
            : say("Your case is closed. We keep your change as a note for whoever helped you.")
    }

    /// What is said where nobody who helps may change who the person is.
    static func whomToAsk(_ say: Phrases) -> String {
        say(
            "We cannot change your details: you took back your yes, so nobody who helps may see them."
        )
            + " " + say("If you ask for help again, give us your new details then.")
    }

    /// Whoever has no case at all took nothing back: they are told that there is none yet.
    private static func nobody(
        _ visit: Visit,
        _ record: OwnRecord,
        _ problems: [Problem]
    ) -> Response {
        let say = visit.phrases
        return visit.page(
            say("Change my details"),
            problems: problems,
            back: (say("Back to my data"), MyDataPages.path)
        ) {
            h1 { say("Change my details") }
            p {
                record.cases.isEmpty
                    ? say("There is no plan for you here yet.") : whomToAsk(say)
            }
            p { a(.href(SelfAnswers.path)) { say("Ask for help") } }
        }
    }

    private static func send(_ visit: Visit) async throws -> Response {
        let say = visit.phrases
        let record = try await visit.goodwork.ownRecord(by: visit.actor)
        guard record.forDetails != nil else {
            return nobody(visit, record, [Problem(nil, say("Nothing was saved"))])
        }
        var reader = FormReader(visit.request.form, today: visit.today, say: say)
        let phone = reader.optionalText("phone", max: 40)
        let email = reader.optionalText("email", max: 200)
        let address = reader.optionalText("address", max: 400)
        SelfQuestions.check(phone: phone, email: email, &reader, say)
        // What the coach reads, in the words of the staff.
        let parts = [("telephone", phone), ("email", email), ("address", address)]
            .compactMap { name, value in value.map { "\(name): \($0)" } }
        if parts.isEmpty, reader.problems.isEmpty {
            reader.fault("phone", say("Type what has changed"))
        }
        guard reader.problems.isEmpty else {
            return show(
                visit,
                record,
                typed: visit.request.form,
                problems: reader.problems
            )
        }
        let wish = (["Change of details"] + parts).joined(separator: "; ")
        let isOpen = try await visit.goodwork.askForDetails(
            wish,
            by: visit.actor,
            key: visit.formKey
        )
        return visit.page(say("We have your change")) {
            panel(say("We have your change"))
            p { byWhen(isOpen: isOpen, say) }
            p { a(.href(MyPages.path)) { say("Back to my plan") } }
        }
    }
}
