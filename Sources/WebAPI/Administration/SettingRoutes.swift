import Application
import Kernel
import Store
import Web

/// What an administrator sets beside accounts: words of other languages, and messages that failed.
enum SettingRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/translations/:locale",
            "readTranslations",
            "The phrases of a language, by their English words",
            tag: "Administration",
            .action(.translate),
            answer: .object(.must("phrases", .map(.text, max: 10_000)))
        ) { call in
            let locale = try locale(call)
            let phrases = try await call.goodwork.translations(of: locale)
            var object = JSONObject()
            object.put("phrases", phrases)
            return call.json(object)
        },
        .post(
            "/api/v1/translations/:locale",
            "translate",
            "Give phrases of a language; a blank one falls back to the English words",
            tag: "Administration",
            .action(.translate),
            body: .object(.must("phrases", .map(.text, max: 2_000))),
            status: 204,
            answer: nil
        ) { call in
            var texts: [String: String] = [:]
            for (phrase, text) in call.body["phrases"]?.object?.members ?? [] {
                texts[phrase] = text.string ?? ""
            }
            try await call.goodwork.translate(texts, into: try locale(call), by: call.actor)
            return .done
        },
        .get(
            "/api/v1/messages",
            "readMessages",
            "How many messages wait to leave, and which did not get through",
            tag: "Administration",
            .action(.sendMessages),
            answer: .object(
                .must("waiting", .count),
                .must(
                    "failed",
                    .list(
                        .object(
                            .must("id", .word),
                            .must("case", .id),
                            .must("kind", .word),
                            .must("created_at", .moment),
                            .must("attempts", .count)
                        )
                    )
                )
            )
        ) { call in
            let queue = try await call.goodwork.messageQueue(by: call.actor)
            var object = JSONObject()
            object.put("waiting", queue.waiting)
            object.put(
                "failed",
                queue.failed.map { message in
                    var object = JSONObject()
                    object.put("id", message.id)
                    object.put("case", message.caseID.text)
                    object.put("kind", message.reader.rawValue)
                    object.put("created_at", message.createdAt)
                    object.put("attempts", message.attempts)
                    return object
                }
            )
            return call.json(object)
        },
        .post(
            "/api/v1/messages/again",
            "sendMessagesAgain",
            "Let messages that were given up be tried again, at once",
            tag: "Administration",
            .action(.sendMessages),
            body: .object(.must("ids", .list(.word, max: 500))),
            answer: .object(.must("again", .count))
        ) { call in
            let ids = (call.body["ids"]?.array ?? []).compactMap(\.string)
            var object = JSONObject()
            object.put("again", try await call.goodwork.sendAgain(ids, by: call.actor).count)
            return call.json(object)
        },
    ]

    /// A language as pages name it: `cy`, `pt-BR`.
    private static func locale(_ call: Call) throws -> String {
        let locale = call.part("locale")
        let parts = locale.split(separator: "-", omittingEmptySubsequences: false)
        let isTag =
            parts.count <= 3 && (2...3).contains(parts.first?.count ?? 0)
            && parts.allSatisfy { part in
                (1...8).contains(part.count)
                    && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
            }
        guard isTag, locale != "en" else {
            throw ServiceError(.notFound, "There is no such language to translate into.")
        }
        return locale
    }
}
