import Application
import Casework
import HTML
import Kernel
import Web

/// How a resident wishes to hear from us.
enum OwnContactPages {
    private static let pattern = "\(MyPages.path)/cases/:own/contact"

    static let routes: [PageRoute] = [
        .get(pattern, .signedIn) { visit in
            let file = try await visit.goodwork.ownFile(MyPages.own(visit), by: visit.actor)
            return show(visit, file, visit.typed, [])
        },
        .post(pattern, .signedIn) { try await take($0) },
    ]

    static func path(of file: CaseFile) -> String { MyPages.path(of: file.header) + "/contact" }

    private static func show(
        _ visit: Visit,
        _ file: CaseFile,
        _ typed: Form,
        _ problems: [Problem]
    ) -> Response {
        let say = visit.phrases
        let fields = Fields(typed, problems, say: say)
        let title = say("How we write to you")
        return visit.page(
            title,
            problems: problems,
            back: (say("Back to my data"), MyDataPages.path)
        ) {
            h1 { title }
            p {
                say(
                    "We write when something happens, such as a new appointment. Never with your name."
                )
            }
            visit.sentForm(to: path(of: file)) {
                fields.radios(
                    "way",
                    say("How do you want to hear from us?"),
                    ContactWay.allCases.map { Choice($0.rawValue, words($0, say)) },
                    or: file.case.contactWish?.way.rawValue
                )
                fields.choose(
                    "language",
                    say("In which language?"),
                    Locale.all.map { Choice($0.tag.lowercased(), $0.name) },
                    or: file.case.contactWish?.language ?? say.locale.tag.lowercased()
                )
                submit(say("Save"))
            }
        }
    }

    static func words(_ way: ContactWay, _ say: Phrases) -> String {
        switch way {
        case .email: say("By email")
        case .text: say("By text message")
        case .phone: say("My coach calls me")
        case .post: say("By letter")
        case .noMessages: say("Do not write to me")
        }
    }

    private static func take(_ visit: Visit) async throws -> Response {
        let file = try await visit.goodwork.ownFile(MyPages.own(visit), by: visit.actor)
        var reader = FormReader(visit.request.form, today: visit.today, say: visit.phrases)
        let way = reader.choice(
            "way",
            visit.phrases("Choose how you want to hear from us"),
            among: ContactWay.allCases.map(\.rawValue)
        ).flatMap(ContactWay.init(rawValue:))
        let language = reader.choice(
            "language",
            visit.phrases("Choose the language"),
            among: Locale.all.map { $0.tag.lowercased() }
        )
        guard let way, let language else {
            return show(visit, file, visit.request.form, reader.problems)
        }
        try await visit.goodwork.changeOwn(
            file.header,
            Command(.contactPreferred(MessageParts.wish(way, language)), on: visit.today),
            by: visit.actor,
            key: visit.formKey
        )
        return .redirect(to: MyDataPages.path)
    }
}
