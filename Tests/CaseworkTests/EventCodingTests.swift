import Kernel
import Programmes
import Testing

@testable import Casework

@Suite("How events are stored") struct EventCodingTests {
    static func filled(_ kind: EventKind) throws -> EventBody {
        var body = EventBody(kind)
        var filler = FieldFiller()
        try body.visit(&filler)
        return body
    }

    static func read(_ type: String, _ payload: [UInt8], sealed: [UInt8]?) throws -> EventBody {
        try payload.withUnsafeBufferPointer {
            try EventBody(type: type, payload: $0, sealed: sealed)
        }
    }

    @Test("Every kind of event is read as it was written", arguments: EventKind.allCases)
    func roundTrip(_ kind: EventKind) throws {
        for body in [EventBody(kind), try Self.filled(kind)] {
            #expect(body.kind == kind)
            let encoded = body.encoded()
            let read = try Self.read(kind.rawValue, encoded.payload, sealed: encoded.sealed)
            #expect(read == body)
            #expect(read.encoded() == encoded)
        }
    }

    @Test("Sealed fields are never among the coded ones", arguments: EventKind.allCases)
    func sealedStaysApart(_ kind: EventKind) throws {
        let encoded = try Self.filled(kind).encoded()
        #expect(!String(decoding: encoded.payload, as: UTF8.self).contains("cret"))
        let sealed = String(decoding: encoded.sealed, as: UTF8.self)
        #expect(sealed.isEmpty || sealed.contains("Sécret"))
        // A journal line is one line.
        #expect(!encoded.payload.contains(10))
    }

    @Test("Without the sealed part sealed fields come back blank", arguments: EventKind.allCases)
    func withoutTheKey(_ kind: EventKind) throws {
        let encoded = try Self.filled(kind).encoded()
        let read = try Self.read(kind.rawValue, encoded.payload, sealed: nil)
        #expect(read.encoded().sealed == [])
        #expect(read.encoded().payload == encoded.payload)
        #expect(try Self.read(kind.rawValue, encoded.payload, sealed: []) == read)
    }

    @Test("The types of events and their fields are a fixed list, because they are stored")
    func storedContract() throws {
        let lines = try EventKind.allCases.map { kind in
            let encoded = try Self.filled(kind).encoded()
            let sealed = try JSONObject(encoded.sealed).keys
            return "\(kind.rawValue) | \(String(decoding: encoded.payload, as: UTF8.self))"
                + (sealed.isEmpty ? "" : " | \(sealed.joined(separator: " "))")
        }
        let golden = StoredEvents.golden.split(separator: "\n").map(String.init)
        for (line, stored) in zip(lines.sorted(), golden) { #expect(line == stored) }
        #expect(lines.count == golden.count)
    }

    @Test("The words that stored events choose from are a fixed list")
    func storedWords() {
        #expect(
            ContactOutcome.allCases.map(\.rawValue) == [
                "reached", "left-message", "no-answer", "wrong-number", "declined",
            ]
        )
        #expect(
            ConsentScope.allCases.map(\.rawValue) == [
                "referral", "share-with-referrer", "gp-record", "employer", "evaluation",
            ]
        )
        #expect(
            OnwardStatus.allCases.map(\.rawValue) == [
                "sent", "received", "pending", "accepted", "started", "declined", "ended",
            ]
        )
        #expect(ReopeningPurpose.allCases.map(\.rawValue) == ["tracking", "support"])
        #expect(Verdict.allCases.map(\.rawValue) == ["met", "not-met", "not-known"])
    }

    /// A type, its payload, and the fault.
    static let faulty = """
        type           | payload                                      | fault
        plan.agred     | {}                                           | plan.agred is not a type of event
        plan.agreed    | {}                                           | plan: is missing
        plan.agreed    | {"plan":1}                                   | plan: expected a text
        plan.agreed    | []                                           | not a JSON object
        plan.agreed    | {"plan":"a"                                  | not JSON at byte 11
        consent.given  | {"scope":"all"}                              | scope: all is not one of referral
        case.discharged | {"improved":"yes"}                          | improved: expected true or false
        work.job-started | {"spell":"a","kind":"job","since":"2025-02-30"} | since: 2025-02-30 is not a date
        work.job-started | {"spell":"a","kind":"job","hours_per_week":1.5} | hours_per_week: expected a whole number
        assessment.completed | {"barriers":[1]}                       | barriers: expected a list of texts
        assessment.completed | {"barriers":"debt"}                    | barriers: expected a list of texts
        measure.taken  | {"instrument":"a","occasion":"exit","answers":{"q":1}} | answers: expected texts
        measure.taken  | {"instrument":"a","occasion":"exit","answers":[]} | answers: expected an object of texts
        """

    @Test("A damaged event says what is wrong and where", arguments: TextTable(faulty).rows)
    func faults(_ row: TextTable.Row) throws {
        let fault = #expect(throws: EventFault.self) {
            _ = try Self.read(row["type"], Array(row["payload"].utf8), sealed: nil)
        }
        #expect(fault?.description.hasPrefix(row["fault"]) == true, "\(fault?.description ?? "")")
    }

    @Test("A damaged sealed part is a fault, and a field that nobody knows is not")
    func sealedFaults() throws {
        for sealed in ["{", "[]", "{\"text\":1}"] {
            #expect(throws: EventFault.self) {
                _ = try Self.read("note.written", Array("{}".utf8), sealed: Array(sealed.utf8))
            }
        }
        let known = Array(#"{"plan":"a","why":1}"#.utf8)
        let plan = try Self.read("plan.agreed", known, sealed: nil)
        #expect(plan == (try EntryWords.body("plan a")))
    }

    @Test("An identity is read as it was written")
    func identity() throws {
        var identity = Identity()
        #expect(identity.encoded() == Array("{}".utf8))
        #expect(try Identity(encoded: identity.encoded()) == identity)
        identity.givenName = "Zoë \"Z\""
        identity.nhsNumber = "9434765919"
        identity.birthDate = "1980-02-29"
        #expect(try Identity(encoded: identity.encoded()) == identity)
        var filler = FieldFiller()
        try identity.visit(&filler)
        let read = try Identity(encoded: identity.encoded())
        #expect(read == identity)
        let keys = try JSONObject(identity.encoded()).keys.joined(separator: " ")
        #expect(
            keys == "given_name family_name birth_date nhs_number postcode address phone email"
        )
        for bytes in ["", "[]", "{\"email\":1}"] {
            #expect(throws: EventFault.self) { _ = try Identity(encoded: Array(bytes.utf8)) }
        }
    }
}

extension JSONObject {
    /// The object that the bytes hold; an empty one where there are none.
    init(_ bytes: [UInt8]) throws {
        self.init()
        if bytes.isEmpty { return }
        let value = try bytes.withUnsafeBufferPointer { try JSONValue(parsing: $0) }
        if case .object(let object) = value { self = object }
    }
}
