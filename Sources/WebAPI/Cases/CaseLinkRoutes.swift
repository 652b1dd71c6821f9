import Application
import Casework
import Kernel
import Programmes
import Store
import Web

/// What was sent about a case, and the links that its person can be sent.
enum CaseLinkRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/cases/:case/messages",
            "listCaseMessages",
            "What was sent to the person and to the referrer, and what became of it",
            tag: "Cases",
            .onCase(.readCase),
            answer: .object(.must("items", .list(message)))
        ) { call in
            var object = JSONObject()
            object.put("items", try call.file().messages.map(Self.object))
            return call.json(object)
        },
        .get(
            "/api/v1/cases/:case/links",
            "listCaseLinks",
            "Links for the person of a case: send each to nobody else, for it needs no password",
            tag: "Cases",
            .onCase(.changeCase),
            answer: .object(.must("items", .list(link)))
        ) { call in
            var object = JSONObject()
            object.put("items", try await links(call))
            return call.json(object)
        },
    ]

    // MARK: - Messages

    private static let message = Schema.named(
        "CaseMessage",
        .object(
            .must("id", .word),
            .must("to", .choice(["person", "referrer"])),
            .must("event", .id.saying("The entry that it tells of.")),
            .must("made_at", .moment),
            .must("state", .choice(["waiting", "delivered", "given-up"])),
            .may("channel", .word),
            .may("outcome", .word.saying("A code of docs/messages.md.")),
            .may("settled_at", .moment)
        )
    )

    private static func object(_ message: QueuedMessage) -> JSONObject {
        let settled = message.deliveredAt ?? message.givenUpAt
        let state =
            message.deliveredAt != nil
            ? "delivered" : message.givenUpAt != nil ? "given-up" : "waiting"
        var object = JSONObject()
        object.put("id", message.id)
        object.put("to", message.reader == .person ? "person" : "referrer")
        object.put("event", message.event?.text)
        object.put("made_at", message.createdAt)
        object.put("state", state)
        object.put("channel", message.channel)
        object.put("outcome", message.outcome)
        object.put("settled_at", settled)
        return object
    }

    // MARK: - Links

    private static let link = Schema.named(
        "CaseLink",
        .object(
            .must(
                "for",
                .choice(LinkQuestion.allCases.map(\.rawValue) + ["invitation"])
            ),
            .must(
                "state",
                .choice(["open", "answered", "not-asked"]).saying(
                    "An invitation is answered once the person has an account; it is not asked "
                        + "before the first contact, and without a birth date."
                )
            ),
            .may("address", .address),
            .may("until", .moment)
        )
    )

    private static func links(_ call: Call) async throws -> [JSONObject] {
        let (file, goodwork) = (try call.file(), call.goodwork)
        let address = call.api.settings.address
        let answers = goodwork.answerLink(for: file.header.id)
        var all = LinkQuestion.allCases.map { question in
            let path = LinkPaths.answer(goodwork.token(for: answers), question)
            return switch file.state(of: question) {
            case .open:
                object(question.rawValue, "open", address + path, answers.expiresAt)
            case .answered: object(question.rawValue, "answered")
            case .notAsked: object(question.rawValue, "not-asked")
            }
        }
        switch try await goodwork.residentAccount(of: file) {
        case .invited(let link):
            let path = LinkPaths.invitation(goodwork.token(for: link))
            all.append(object("invitation", "open", address + path, link.expiresAt))
        case .open: all.append(object("invitation", "answered"))
        case .absent: all.append(object("invitation", "not-asked"))
        }
        return all
    }

    private static func object(
        _ name: String,
        _ state: String,
        _ address: String? = nil,
        _ until: Instant? = nil
    ) -> JSONObject {
        var object = JSONObject()
        object.put("for", name)
        object.put("state", state)
        object.put("address", address)
        object.put("until", until)
        return object
    }
}
