import Casework
import FHIRModel
import Kernel

extension PersonRecord {
    /// The person as a Patient; of one who is erased, only that there was somebody.
    package var version: FHIRVersion {
        FHIRVersion(number: number, lastUpdated: updatedAt, view: view)
    }

    private var view: FHIRView {
        FHIRView(
            "Patient",
            id.text,
            built(
                ("extension", .list([ethnicityExtension])),
                ("identifier", .list([nhsNumber])),
                ("active", .bool(identity != nil && !hasDied)),
                ("name", .list([name])),
                (
                    "telecom",
                    .list([contact("phone", identity?.phone), contact("email", identity?.email)])
                ),
                ("gender", gender.flatMap { Gender(rawValue: $0) }.map { .value($0.rawValue) }),
                ("birthDate", .text(identity?.birthDate)),
                ("deceasedBoolean", hasDied ? .bool(true) : nil),
                ("address", .list([address])),
                (
                    "generalPractitioner",
                    .list([
                        practice.map { code in
                            .built(
                                ("type", .value("Organization")),
                                ("identifier", .identifier(Systems.odsCode, code))
                            )
                        }
                    ])
                ),
                (
                    "link",
                    .list(
                        others.map { other in
                            .built(
                                ("other", .reference("Patient", other.text)),
                                ("type", .value("seealso"))
                            )
                        }
                    )
                )
            )
        )
    }

    private var name: JSONValue? {
        guard identity?.familyName != nil || identity?.givenName != nil else { return nil }
        return .built(
            ("use", .value("official")),
            ("family", .text(identity?.familyName)),
            ("given", .list([.text(identity?.givenName)]))
        )
    }

    /// The number, with that nobody has traced it.
    private var nhsNumber: JSONValue? {
        guard let digits = identity?.nhsNumber else { return nil }
        let status = built(
            ("url", .value(Systems.verificationExtension)),
            (
                "valueCodeableConcept",
                .concept(.code(Systems.verification, "02", "Number present but not traced"))
            )
        )
        return .built(
            ("extension", .list([.object(status)])),
            ("system", .value(Systems.nhsNumber)),
            ("value", .value(digits))
        )
    }

    private func contact(_ system: String, _ value: String?) -> JSONValue? {
        JSONValue.text(value).map {
            .built(("system", .value(system)), ("value", $0))
        }
    }

    private var address: JSONValue? {
        guard identity?.address != nil || identity?.postcode != nil else { return nil }
        return .built(
            ("text", .text(identity?.address)),
            ("postalCode", .text(identity?.postcode))
        )
    }

    private var ethnicityExtension: JSONValue? {
        guard let category = ethnicity.flatMap({ EthnicCategory(rawValue: $0) }) else { return nil }
        return .built(
            ("url", .value(Systems.ethnicCategoryExtension)),
            (
                "valueCodeableConcept",
                .concept(.code(Systems.ethnicCategory, category.rawValue, category.name))
            )
        )
    }
}
