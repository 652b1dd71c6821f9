import Application
import Casework
import Kernel
import Store
import Web

/// Cases that others referred on to one's organisation, and reading a case in an emergency.
enum OnwardRoutes {
    static let routes: [APIRoute] = [
        .get(
            "/api/v1/onward",
            "listOnward",
            "Cases that were referred on to one's organisation, those without an answer first",
            tag: "Cases",
            .action(.listOnward),
            APIRoute.Parameter.pages,
            answer: .page(entry)
        ) { call in
            let entries = try await call.goodwork.onwardEntries(by: call.actor)
            let page = Page(entries, call) { "\($0.row.header.id.text) \($0.onward.id)" }
            return call.json(page.object(Self.object))
        },
        .post(
            "/api/v1/glass",
            "breakGlass",
            "Read somebody else's case in an emergency, for four hours; it is reviewed",
            tag: "Cases",
            // Which case it is decides; coaches and managers may ask.
            .action(.listCases),
            body: .object(
                .must("reference", .word.saying("Of the case, or its id.")),
                .may("programme", .word),
                .must("reason", .text(1...500, "Kept sealed, and read by whoever reviews it."))
            ),
            says: "The case may be read.",
            answer: .object(.must("case", .id), .may("until", .moment))
        ) { try await breakGlass($0) }
        .mayAnswer(404),
    ]

    private static let entry = Schema.named(
        "OnwardEntry",
        .object(
            .must("case", CaseRowJSON.schema),
            .must("onward", .word),
            .must("service", .word),
            .must("status", .choice(OnwardStatus.self)),
            .must("sent_on", .date),
            .must("is_unanswered", .truth)
        )
    )

    private static func object(_ entry: OnwardEntry) -> JSONObject {
        var row = CaseRowJSON.object(entry.row)
        row.put("name", entry.name)
        var object = JSONObject()
        object.put("case", row)
        object.put("onward", entry.onward.id)
        object.put("service", entry.onward.service)
        object.put("status", entry.onward.status.rawValue)
        object.put("sent_on", entry.onward.sentOn)
        object.put("is_unanswered", entry.isUnanswered)
        return object
    }

    private static func breakGlass(_ call: Call) async throws -> Response {
        let header = try await call.goodwork.breakGlass(
            call.body["reference"]?.string ?? "",
            programme: call.body["programme"]?.string,
            reason: call.body["reason"]?.string ?? "",
            by: call.actor,
            seed: call.seed
        )
        var object = JSONObject()
        object.put("case", header.id.text)
        object.put("until", try await call.goodwork.glassEnds(on: header.id, by: call.actor))
        return call.json(object)
    }
}
