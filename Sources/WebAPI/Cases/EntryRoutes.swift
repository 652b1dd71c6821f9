import Application
import Casework
import Kernel
import Programmes
import Web

/// Telling what happened to a case: one command with one entry or many, and withdrawals.
enum EntryRoutes {
    static let routes: [APIRoute] = [
        .post(
            "/api/v1/cases/:case/entries",
            "tell",
            "Tell what happened: entries, and entries that no longer hold",
            tag: "Cases",
            .onCase(.readStatus),
            body: body,
            status: 201,
            says: "All of it holds now.",
            answer: answer
        ) { try await tell($0) }
        .changing(version: true)
    ]

    private static let body = Schema.named(
        "Command",
        .object(
            .may("entries", .list(EntrySchema.schema, max: 200)),
            .may("voids", .list(void, max: 200).saying("Entries that no longer hold.")),
            .may(
                "person",
                Schema.object(
                    .may("birth_date", .date),
                    .may("postcode", .text(1...10))
                ).saying("Beside referral.answered: what the referral did not say of them.")
            )
        )
    )

    private static let void = Schema.named(
        "Void",
        .object(
            .must("event", .id),
            .must("reason", .choice(["entered-in-error", "wrong-details", "wrong-person"])),
            .must("text", .text(1...1_000, "What was wrong, in your own words."))
        )
    )

    private static let answer = Schema.named(
        "Told",
        .object(
            .must("case", .id),
            .must("version", .count),
            .must(
                "entries",
                .list(
                    .object(
                        .must("id", .id),
                        .must("type", .choice(EventKind.self)),
                        .must("on", .date)
                    )
                )
            )
        )
    )

    private static func tell(_ call: Call) async throws -> Response {
        let file = try call.file()
        let command = try command(call)
        let change = try await call.goodwork.tell(
            command,
            on: file,
            by: call.actor,
            version: call.version,
            key: call.key,
            seed: call.seed
        )
        var object = JSONObject()
        object.put("case", change.caseID.text)
        object.put("version", change.version)
        object.put(
            "entries",
            change.events.map { event in
                var entry = JSONObject()
                entry.put("id", event.id.text)
                entry.put("type", event.body.kind.rawValue)
                entry.put("on", event.occurredOn)
                return entry
            }
        )
        return call.json(object, status: 201, version: change.version)
    }

    private static func command(_ call: Call) throws -> Command {
        var (command, faults) = (Command(), [Fault]())
        for (place, value) in (call.body["entries"]?.array ?? []).enumerated() {
            do {
                command.entries.append(try EntrySchema.entry(value))
            } catch {
                let field = "/entries/\(place)" + (error.field.map { "/\($0)" } ?? "")
                faults.append(Fault(field: field, problem: error.problem))
            }
        }
        for (place, value) in (call.body["voids"]?.array ?? []).enumerated() {
            if value["text"]?.string?.isBlank == true {
                faults.append(Fault(field: "/voids/\(place)/text", problem: "is blank"))
            }
            guard let id = value["event"]?.string.flatMap({ EventID($0) }) else { continue }
            command.voids.append(
                Command.Void(
                    event: id,
                    reason: value["reason"]?.string ?? "",
                    text: value["text"]?.string
                )
            )
        }
        if command.entries.isEmpty, command.voids.isEmpty {
            faults.append(Fault(field: "", problem: "tells nothing", expected: "entries, or voids"))
        }
        faults += fill(&command, call)
        if faults.isEmpty { return command }
        throw Problem.faults(faults, in: call.request.body)
    }

    /// Puts what is now known of the person beside the answers that carry what is coded of it.
    private static func fill(_ command: inout Command, _ call: Call) -> [Fault] {
        guard let person = call.body["person"]?.object, !person.isEmpty else { return [] }
        let place = command.entries.firstIndex { $0.body.kind == .referralAnswered }
        guard let place, case .referralAnswered(var fields) = command.entries[place].body else {
            return [Fault(field: "/person", problem: "is only for referral.answered")]
        }
        var identity = Identity()
        if let birth = person["birth_date"]?.string.flatMap({ CivilDate(iso: $0) }) {
            if let known = call.opened?.identity?.birthDate, known != birth.iso {
                let says = "is not the date of birth that is known: details.changed changes it"
                return [Fault(field: "/person/birth_date", problem: says)]
            }
            identity.birthDate = birth.iso
            fields.age = fields.age ?? birth.age(on: call.opened?.case[.referred] ?? call.today)
        }
        if let text = person["postcode"]?.string {
            guard let postcode = Postcode(text) else {
                return [Fault(field: "/person/postcode", problem: "is no postcode")]
            }
            identity.postcode = postcode.text
            fields.outwardCode = fields.outwardCode ?? postcode.outward
        }
        command.entries[place].body = .referralAnswered(fields)
        command.identity = identity
        return []
    }
}
