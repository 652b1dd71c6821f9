import Casework
import FHIRModel
import Kernel

/// How long what is sent may be: as on the pages and by the JSON API, and no longer.
enum TextLimits {
    /// Of any text of an entry.
    static let text = 4_000
    /// Of a code, and of a part of the sender's own identifier.
    static let word = 200
    /// Of an address by which something is named.
    static let address = 500

    /// What is too long in a referral, at the elements that it was read from.
    ///
    /// - Parameters:
    ///   - person: the place of the Patient.
    ///   - request: the place of the ServiceRequest.
    static func issues(
        of referral: ReferralReceived,
        note: String?,
        person: String,
        request: String
    ) -> [FHIRIssue] {
        let known = referral.identity
        let fields: [(String?, Int, String, String)] = [
            (known.givenName, 100, "\(person).name.given", "The first name"),
            (known.familyName, 100, "\(person).name.family", "The last name"),
            (known.phone, 40, "\(person).telecom", "The phone number"),
            (known.email, 200, "\(person).telecom", "The email address"),
            (known.address, 300, "\(person).address", "The address"),
            (referral.condition, word, "\(request).reasonCode", "The main condition"),
            (note, text, "\(request).note", "The note"),
        ]
        return fields.compactMap { value, max, place, what in
            value.flatMap { issue($0, max: max, at: place, what) }
        }
    }

    /// What is too long in a command that a resource asks for.
    static func issues(of command: Command, asked type: String) -> [FHIRIssue] {
        var issues: [FHIRIssue] = []
        for entry in command.entries {
            let encoded = entry.body.encoded()
            for bytes in [encoded.payload, encoded.sealed] where !bytes.isEmpty {
                let members = (try? JSONValue(parsing: bytes))?.object?.members ?? []
                for (name, value) in members {
                    for said in texts(of: value) {
                        let place = elements[type]?[name].map { "\(type).\($0)" } ?? type
                        issues += [issue(said, max: text, at: place, "A text")].compactMap(\.self)
                    }
                }
            }
        }
        issues += command.voids.compactMap { void in
            void.text.flatMap { issue($0, max: text, at: "\(type).note", "A text") }
        }
        return issues
    }

    /// What is too long in an identifier of the sender's own.
    static func issue(of identifier: PlacerIdentifier, at place: String) -> FHIRIssue? {
        issue(identifier.value, max: word, at: "\(place).value", "The identifier")
            ?? identifier.system.flatMap {
                issue($0, max: address, at: "\(place).system", "The identifier's system")
            }
    }

    private static func issue(
        _ said: String,
        max: Int,
        at place: String,
        _ what: String
    ) -> FHIRIssue? {
        // Counting bytes is quick, and most texts are short.
        if said.utf8.count <= max || said.count <= max { return nil }
        let says = "\(what) has \(grouped(said.count)) characters, and may have \(grouped(max))."
        return FHIRIssue(.tooLong, at: place, says)
    }

    private static func texts(of value: JSONValue) -> [String] {
        switch value {
        case .string(let said): [said]
        case .array(let items): items.flatMap(texts)
        case .object(let object): object.members.flatMap { texts(of: $0.value) }
        default: []
        }
    }

    /// Where long texts of commands come from.
    private static let elements: [String: [String: String]] = [
        "Communication": ["text": "payload"],
        "Goal": ["text": "description", "goal": "identifier"],
        "Appointment": ["where": "comment", "appointment": "identifier"],
        "Task": ["text": "statusReason", "instead": "statusReason", "reason": "statusReason"],
        "ServiceRequest": ["text": "note"],
        "QuestionnaireResponse": ["answers": "item"],
    ]
}
