import Application
import Casework
import Kernel
import Programmes

/// What an entry of each kind may say, taken from the one listing of an event's fields.
enum EntrySchema {
    /// The kinds that can be told of a case; a referral opens one, and the rest follow from others.
    static let kinds = EventKind.allCases.filter { !$0.actions.isEmpty }

    static let schema = Schema.named("Entry", Schema(.tagged(by: "type", kinds.map(variant))))

    static func variant(_ kind: EventKind) -> Schema.Variant {
        Schema.Variant(
            tag: kind.rawValue,
            name: "Entry." + kind.rawValue,
            members: [
                .must("type", .choice([kind.rawValue])),
                .must("on", .date.saying("The day on which it happened.")),
                .may("replaces", .id.saying("The withdrawn entry in whose place this one stands.")),
            ] + fields(of: kind),
            says: kind.says
        )
    }

    private static func fields(of kind: EventKind) -> [Schema.Member] {
        var visitor = FieldSchemas(kind: kind)
        // A visitor that only looks never throws.
        try? kind.visitFields(&visitor)
        return visitor.members.filter { !isOurs($0.name, of: kind) }
    }

    /// What the service guide says of a service is written by the server, whoever refers on.
    private static func isOurs(_ name: String, of kind: EventKind) -> Bool {
        kind == .onwardSent && ["name", "organisation"].contains(name)
    }

    /// The entry that a value, found to be of the schema, stands for.
    static func entry(_ value: JSONValue) throws(EventFault) -> Command.Entry {
        guard let day = value["on"]?.string.flatMap({ CivilDate(iso: $0) }) else {
            throw EventFault(field: "on", problem: "is no date")
        }
        let bytes = Array(value.text.utf8)
        // A reader takes coded fields from the one, and those that are sealed from the other.
        let body = try bytes.withUnsafeBufferPointer { (payload) throws(EventFault) in
            try EventBody(type: value["type"]?.string ?? "", payload: payload, sealed: bytes)
        }
        let replaced = value["replaces"]?.string.flatMap { EventID($0) }
        return Command.Entry(body: body, on: day, replaces: replaced)
    }
}

/// Makes a schema's member of each field of an event.
private struct FieldSchemas: FieldVisitor {
    let kind: EventKind
    var members: [Schema.Member] = []
    private var values: [String]?

    private static let numbers = Schema.whole(-1_000_000...1_000_000_000)
    private static let texts = Schema.map(Schema.text, max: 200)
    private static let onwardReason = Schema.text.saying(
        "Why it was declined or ended; reports count "
            + OnwardReason.allCases.map(\.rawValue).joined(separator: ", ") + "."
    )

    init(kind: EventKind) {
        self.kind = kind
    }

    private mutating func text(_ name: String) -> Schema {
        defer { values = nil }
        if let values { return .choice(values) }
        switch name {
        case "employment_status": return .choice(EmploymentStatus.self)
        case "gender": return .choice(Gender.self)
        case "ethnicity": return .choice(EthnicCategory.self)
        case "reason" where kind == .onwardMoved: return Self.onwardReason
        default: return .text
        }
    }

    mutating func expect<E: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        among type: E.Type
    ) {
        values = E.allCases.map(\.rawValue)
    }

    mutating func field(_ name: String, _ value: inout String) {
        members.append(.must(name, text(name)))
    }

    mutating func field(_ name: String, _ value: inout String?) {
        members.append(.may(name, text(name)))
    }

    mutating func field(_ name: String, _ value: inout Int) {
        members.append(.must(name, Self.numbers))
    }

    mutating func field(_ name: String, _ value: inout Int?) {
        members.append(.may(name, Self.numbers))
    }

    mutating func field(_ name: String, _ value: inout Bool?) {
        members.append(.may(name, .truth))
    }

    mutating func field(_ name: String, _ value: inout CivilDate) {
        members.append(.must(name, .date))
    }

    mutating func field(_ name: String, _ value: inout CivilDate?) {
        members.append(.may(name, .date))
    }

    mutating func field(_ name: String, _ value: inout [String]) {
        members.append(.may(name, .list(.text, max: 200)))
    }

    mutating func field(_ name: String, _ value: inout [String: String]) {
        members.append(.may(name, Self.texts))
    }

    mutating func sealed(_ name: String, _ value: inout String?) {
        let says = "Free text, or what identifies somebody: kept under the person's own key."
        members.append(.may(name, .text(1...4_000, says)))
    }

    mutating func sealed(_ name: String, _ value: inout [String: String]) {
        members.append(.may(name, Self.texts.saying("Kept under the person's own key.")))
    }
}
