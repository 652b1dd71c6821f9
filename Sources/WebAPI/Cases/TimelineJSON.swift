import Application
import Casework
import Kernel

/// An entry of a case as JSON.
enum TimelineJSON {
    static let schema = Schema.named(
        "TimelineEntry",
        .object(
            .must("id", .id),
            .must("type", .choice(EventKind.self)),
            .must("on", .date.saying("The day on which it happened.")),
            .must("recorded_at", .moment),
            .must("by", .text),
            .must("organisation", .text),
            .must("says", .text(0...20_000)),
            .may("follows", .id.saying("The entry that it follows from, and falls with.")),
            .may("withdrawn_at", .moment),
            .must("fields", .map(.any).saying("As docs/events.md lists them."))
        )
    )

    static func object(_ line: CaseFile.Line, of file: CaseFile) -> JSONObject {
        let event = line.event
        var object = JSONObject()
        object.put("id", event.id.text)
        object.put("type", event.body.kind.rawValue)
        object.put("on", event.occurredOn)
        object.put("recorded_at", event.recordedAt)
        object.put("by", event.by.user)
        object.put("organisation", event.by.organisation)
        object.put("says", line.sentence)
        object.put("follows", event.cause?.text)
        object.put("withdrawn_at", line.voidedAt)
        object.put("fields", fields(of: event.body, in: file))
        return object
    }

    /// The coded fields, and those that were sealed for whoever may read them.
    static func fields(of body: EventBody, in file: CaseFile) -> JSONObject {
        let encoded = body.encoded()
        var object = (try? JSONValue(parsing: encoded.payload))?.object ?? JSONObject()
        let isOfPerson = [.referralReceived, .detailsChanged].contains(body.kind)
        guard file.may.contains(isOfPerson ? .readIdentity : .readClinical),
            let sealed = (try? JSONValue(parsing: encoded.sealed))?.object
        else { return object }
        for (key, value) in sealed.members { object[key] = value }
        return object
    }
}
