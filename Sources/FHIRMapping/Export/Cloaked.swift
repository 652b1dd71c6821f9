import FHIRModel
import Kernel

/// Records of which nobody can tell whose they are: what the evaluation gets.
///
/// What stays are codes, dates, figures and links. Words that somebody typed, names, identifiers of
/// others and people at work go. It is a list of what is left out, held against every record that
/// random stories make by a test; free text is not in what it is given, since that stays sealed.
package enum Cloaked {
    /// The types that are exported so; notes and who told us what are not among them.
    package static let types: Set<String> = [
        "Appointment", "CarePlan", "Condition", "Consent", "EpisodeOfCare", "Goal", "Observation",
        "Patient", "Procedure", "QuestionnaireResponse", "ServiceRequest", "Task",
        "HealthcareService", "Location", "Organization", "Questionnaire",
    ]

    /// A person: the year of birth, what was coded of them, and the first half of the postcode.
    package static func patient(
        _ name: String,
        birthYear: String?,
        gender: String?,
        ethnicity: String?,
        outwardCode: String?,
        hasDied: Bool,
        updatedAt: Instant
    ) -> FHIRVersion {
        var record = PersonRecord(
            id: PersonID(high: 0, low: 0),
            identity: nil,
            gender: gender,
            ethnicity: ethnicity,
            hasDied: hasDied,
            updatedAt: updatedAt
        )
        record.number = 1
        var body = record.version.view?.body ?? JSONObject()
        body["active"] = nil
        body["birthDate"] = .text(birthYear)
        body["address"] = outwardCode.map { .array([.built(("postalCode", .value($0)))]) }
        return FHIRVersion(
            number: 1,
            lastUpdated: updatedAt,
            view: FHIRView("Patient", name, body)
        )
    }

    /// A record of a case, without what could say whose it is.
    ///
    /// - Parameters:
    ///   - person: whose it is.
    ///   - name: what they are called instead.
    package static func record(
        _ version: FHIRVersion,
        of person: String,
        as name: String
    ) -> FHIRVersion {
        let cloak = (person: "Patient/\(person)", name: "Patient/\(name)")
        func cloaked(_ view: FHIRView) -> FHIRView {
            FHIRView(view.type, view.id, object(view.body, in: view.type, cloak))
        }
        return FHIRVersion(
            number: version.number,
            lastUpdated: version.lastUpdated,
            view: version.view.map(cloaked),
            last: version.last.map(cloaked)
        )
    }

    private static let dropped: Set<String> = [
        "identifier", "text", "note", "comment", "description", "title", "name", "valueString",
        "contained", "telecom", "address", "contact", "patientInstruction", "instruction",
        "payload", "careManager",
    ]

    private static func object(
        _ json: JSONObject,
        in type: String,
        _ cloak: (person: String, name: String)
    ) -> JSONObject {
        var kept = JSONObject()
        for (key, value) in json.members {
            if type == "Goal", key == "description" {
                kept[key] = masked
                continue
            }
            if dropped.contains(key) { continue }
            if let value = self.value(value, cloak) { kept[key] = value }
        }
        return kept
    }

    private static func value(
        _ value: JSONValue,
        _ cloak: (person: String, name: String)
    ) -> JSONValue? {
        switch value {
        case .array(let all):
            let kept = all.compactMap { self.value($0, cloak) }
            return kept.isEmpty ? nil : .array(kept)
        case .object(let inner):
            if let reference = inner["reference"]?.string {
                // People at work are nobody's to count.
                if reference.hasPrefix("Practitioner") { return nil }
                let isPerson = reference == cloak.person
                return .built(("reference", .value(isPerson ? cloak.name : reference)))
            }
            if let url = inner["url"]?.string, !url.hasPrefix(Systems.base) { return nil }
            let kept = object(inner, in: "", cloak)
            // Somebody's part in something goes with them.
            if inner["actor"] != nil, kept["actor"] == nil { return nil }
            return kept.isEmpty ? nil : .object(kept)
        default: return value
        }
    }

    /// Something that must be there, and is not for this reader.
    private static let masked = JSONValue.built(
        (
            "extension",
            .list([
                .built(
                    ("url", .value("http://hl7.org/fhir/StructureDefinition/data-absent-reason")),
                    ("valueCode", .value("masked"))
                )
            ])
        )
    )
}
