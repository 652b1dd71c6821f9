import Application
import Kernel
import Store
import Web

/// Webhooks: where a program is told what happens, and of what.
enum WebhookRoutes {
    private static let tag = "Webhooks"
    private static let path = "/api/v1/webhooks"

    static let routes: [APIRoute] = [
        .get(
            path,
            "listWebhooks",
            "Your webhooks, the oldest first; an administrator's client sees all",
            tag: tag,
            .action(.keepHooks),
            APIRoute.Parameter.pages,
            answer: .page(schema)
        ) { call in
            let all = try await call.goodwork.hooks(.webhook, by: call.actor)
            return call.json(Page(all, call) { $0.id }.object(Self.object))
        },
        .post(
            path,
            "addWebhook",
            "Have an address told what happens; the secret is shown this once",
            tag: tag,
            .action(.keepHooks),
            body: .object(
                .must("address", address),
                .must("topics", topics),
                .may("secret", secret)
            ),
            status: 201,
            answer: withSecret
        ) { call in
            let new = NewWebhook(
                address: call.body["address"]?.string ?? "",
                topics: (call.body["topics"]?.array ?? []).compactMap(\.string),
                secret: call.body["secret"]?.string
            )
            let (hook, secret) = try await call.goodwork.addWebhook(new, by: call.actor)
            var object = object(hook)
            object.put("secret", secret)
            return call.json(
                object,
                status: 201,
                headers: [("Location", "\(path)/\(hook.id)")]
            )
        },
        .get(
            "\(path)/:webhook",
            "readWebhook",
            "One webhook",
            tag: tag,
            .action(.keepHooks),
            answer: schema
        ) { call in
            let hook = try await call.goodwork.hook(call.part("webhook"), .webhook, by: call.actor)
            guard hook.deletedAt == nil else {
                throw ServiceError(.notFound, "There is no such webhook any more.")
            }
            return call.json(object(hook))
        },
        .post(
            "\(path)/:webhook/changes",
            "changeWebhook",
            "Give it another address, other topics or another secret, or turn it off or on",
            tag: tag,
            .action(.keepHooks),
            body: .object(
                .may("address", address),
                .may("topics", topics),
                .may("secret", secret),
                .may("is_on", .truth)
            ),
            says: "The webhook as it is now.",
            answer: schema
        ) { call in
            let hook = try await call.goodwork.changeWebhook(
                call.part("webhook"),
                address: call.body["address"]?.string,
                topics: call.body["topics"]?.array?.compactMap(\.string),
                secret: call.body["secret"]?.string,
                isOn: call.body["is_on"]?.bool,
                by: call.actor
            )
            return call.json(object(hook))
        },
        APIRoute(
            .delete,
            "\(path)/:webhook",
            "deleteWebhook",
            "Delete it, with all that waits for it",
            tag: tag,
            .action(.keepHooks),
            answers: [APIRoute.Answer(status: 204, says: "It is gone.")]
        ) { call in
            try await call.goodwork.deleteHook(call.part("webhook"), .webhook, by: call.actor)
            return .done
        },
        .get(
            "\(path)/:webhook/deliveries",
            "listDeliveries",
            "What it was told in the last 30 days, the latest first, and what became of it",
            tag: tag,
            .action(.keepHooks),
            APIRoute.Parameter.pages,
            answer: .page(delivery)
        ) { call in
            let all = try await call.goodwork.deliveries(
                of: call.part("webhook"),
                .webhook,
                by: call.actor
            )
            return call.json(Page(all, call) { $0.id }.object(Self.object))
        },
        .post(
            "\(path)/:webhook/deliveries/:delivery/again",
            "sendAgain",
            "Send once more what was given up",
            tag: tag,
            .action(.keepHooks),
            body: .object(),
            says: "It is sent within seconds.",
            answer: delivery
        ) { call in
            let again = try await call.goodwork.sendAgain(
                call.part("delivery"),
                of: call.part("webhook"),
                .webhook,
                by: call.actor
            )
            return call.json(object(again))
        },
    ]

    private static let address = Schema.text(1...1_000, "Where it is told: https.")
    private static let topics = Schema.list(
        .choice(
            HookTopic.allCases.map(\.rawValue),
            HookTopic.allCases.map { "\($0.rawValue): \($0.says)" }.joined(separator: " ")
        ),
        max: 50
    )
    private static let secret = Schema.text(
        1...200,
        "whsec_ and 24 to 64 bytes as base64; one is made where none is given."
    )

    private static let members: [Schema.Member] = [
        .must("id", .id),
        .must("client", .id),
        .must("organisation", .word),
        .must("address", .text),
        .must("topics", .list(.word)),
        .must("state", .choice([Hook.State.active, .error, .off].map(\.rawValue))),
        .may("problem", .word.saying("Why it is in error: the outcome of the last try.")),
        .must("created_at", .moment),
    ]
    private static let schema = Schema.named("Webhook", .object(members))
    private static let withSecret = Schema.named(
        "WebhookWithSecret",
        .object(members + [.must("secret", .word)])
    )
    private static let delivery = Schema.named(
        "Delivery",
        .object(
            .must("id", .word.saying("The Webhook-Id of each try.")),
            .must("topic", .word),
            .may("case", .id),
            .may("event", .id),
            .must("state", .choice(["waiting", "delivered", "given-up", "skipped"])),
            .may("outcome", .word.saying("A stable code: docs/messages.md.")),
            .must("attempts", .count),
            .must("created_at", .moment),
            .may("next_attempt_at", .moment),
            .may("delivered_at", .moment)
        )
    )

    private static func object(_ hook: Hook) -> JSONObject {
        var object = JSONObject()
        object.put("id", hook.id)
        object.put("client", hook.client)
        object.put("organisation", hook.organisation)
        object.put("address", hook.address)
        object.put("topics", hook.topics)
        object.put("state", hook.state.rawValue)
        object.put("problem", hook.problem)
        object.put("created_at", hook.createdAt)
        return object
    }

    private static func object(_ one: HookDelivery) -> JSONObject {
        var object = JSONObject()
        object.put("id", one.id)
        object.put("topic", one.topic)
        object.put("case", one.caseID?.text)
        object.put("event", one.event?.text)
        object.put("state", one.state)
        object.put("outcome", one.outcome)
        object.put("attempts", one.attempts)
        object.put("created_at", one.createdAt)
        if one.state == "waiting" { object.put("next_attempt_at", one.nextAttemptAt) }
        object.put("delivered_at", one.deliveredAt)
        return object
    }
}

extension HookDelivery {
    fileprivate var state: String {
        if deliveredAt != nil { return "delivered" }
        guard givenUpAt != nil else { return "waiting" }
        return outcome?.hasPrefix("skipped-") == true ? "skipped" : "given-up"
    }
}
