import Casework
import FHIRModel
import Kernel
import Programmes

/// An organisation as the directory has it.
package struct DirectoryOrganisation: Sendable, Hashable {
    /// An ODS code where it has the form of one, otherwise a short code of ours.
    package var id: String
    package var name: String
    /// `referrer`, `provider`, `commissioner`, `evaluator`, `host`.
    package var kinds: [String]

    package init(id: String, name: String, kinds: [String]) {
        self.id = id
        self.name = name
        self.kinds = kinds
    }

    package var view: FHIRView {
        FHIRView(
            "Organization",
            id,
            built(
                ("identifier", .list([.identifier(Systems.ofOrganisation(id), id)])),
                ("active", .bool(true)),
                (
                    "type",
                    .list(kinds.map { .concept(.code(Systems.code("organization-kind"), $0)) })
                ),
                ("name", .text(name))
            )
        )
    }
}

/// Somebody who works with cases, by their account.
package struct DirectoryWorker: Sendable, Hashable {
    package var id: String
    package var name: String
    package var organisation: String
    package var organisationName: String?
    package var roles: [String]
    package var isActive: Bool

    package init(
        id: String,
        name: String,
        organisation: String,
        organisationName: String? = nil,
        roles: [String],
        isActive: Bool = true
    ) {
        self.id = id
        self.name = name
        self.organisation = organisation
        self.organisationName = organisationName
        self.roles = roles
        self.isActive = isActive
    }

    package var practitioner: FHIRView {
        FHIRView(
            "Practitioner",
            id,
            built(
                ("identifier", .list([.identifier(Systems.ofWorkers, id)])),
                ("active", .bool(isActive)),
                ("name", .list([.built(("text", .text(name)))]))
            )
        )
    }

    package var role: FHIRView {
        FHIRView(
            "PractitionerRole",
            id,
            built(
                ("active", .bool(isActive)),
                ("practitioner", .reference("Practitioner", id, name)),
                ("organization", .reference("Organization", organisation, organisationName)),
                ("code", .list(roles.map { .concept(.code(Systems.code("role"), $0)) }))
            )
        )
    }
}

extension Programme {
    /// The programme as a service, and each of its strands as one that belongs to its provider.
    package func services(names: [String: String] = [:]) -> [FHIRView] {
        let code = JSONValue.concept(.code(Systems.code("programme"), id, name), words: name)
        let whole = FHIRView(
            "HealthcareService",
            id,
            built(
                ("identifier", .list([.identifier(Systems.identifier("service"), id)])),
                ("active", .bool(true)),
                ("name", .text(name)),
                ("program", .list([code])),
                ("eligibility", .list(eligibility.map(Self.eligibility)))
            )
        )
        let parts = strands.map { strand in
            FHIRView(
                "HealthcareService",
                "\(id).\(strand.id)",
                built(
                    (
                        "identifier",
                        .list([.identifier(Systems.identifier("service"), "\(id).\(strand.id)")])
                    ),
                    ("active", .bool(true)),
                    (
                        "providedBy",
                        .reference("Organization", strand.provider, names[strand.provider])
                    ),
                    (
                        "type",
                        .list([
                            .concept(.code(Systems.code("strand"), strand.id), words: strand.name)
                        ])
                    ),
                    ("name", .text(strand.name)),
                    ("program", .list([code])),
                    ("eligibility", .list((eligibility + strand.eligibility).map(Self.eligibility)))
                )
            )
        }
        return [whole] + parts + onwardServices(code, names)
    }

    /// The services that cases are referred on to.
    private func onwardServices(_ code: JSONValue, _ names: [String: String]) -> [FHIRView] {
        pathway.onward.compactMap { service in
            let id = resource(ofOnward: service.id)
            // No resource has a longer id; an Organization names such a service too.
            guard id.utf8.count <= 64 else { return nil }
            let rule = service.require.map {
                EligibilityRule(id: service.id, require: $0, says: service.says ?? "")
            }
            return FHIRView(
                "HealthcareService",
                id,
                built(
                    ("identifier", .list([.identifier(Systems.identifier("service"), id)])),
                    ("active", .bool(true)),
                    (
                        "providedBy",
                        .reference(
                            "Organization",
                            service.organisation,
                            names[service.organisation]
                        )
                    ),
                    ("name", .text(service.name)),
                    ("program", .list([code])),
                    ("eligibility", .list([rule].compactMap { $0 }.map(Self.eligibility))),
                    (
                        "notAvailable",
                        .list(
                            [service.takes.from, service.takes.to].contains { $0 != nil }
                                ? [Self.notAvailable(service)] : []
                        )
                    )
                )
            )
        }
    }

    /// The days on which it takes nobody, in words.
    private static func notAvailable(_ service: OnwardService) -> JSONValue {
        let from = service.takes.from.map { "before \($0.iso)" }
        let to = service.takes.to.map { "after \($0.iso)" }
        let says = [from, to].compactMap { $0 }.joined(separator: " and ")
        return .built(("description", .text("It takes nobody \(says).")))
    }

    static func eligibility(_ rule: EligibilityRule) -> JSONValue {
        .built(
            ("code", .concept(.code(Systems.code("eligibility-rule"), rule.id))),
            ("comment", .text(rule.says))
        )
    }
}

extension Area {
    /// The area as a place that services are for.
    package func location(in programme: Programme) -> FHIRView {
        FHIRView(
            "Location",
            "\(programme.id).\(id)",
            built(
                (
                    "identifier",
                    .list([.identifier(Systems.identifier("area"), "\(programme.id).\(id)")])
                ),
                ("status", .value("active")),
                ("name", .text(name)),
                ("mode", .value("kind")),
                (
                    "description",
                    .text(outward.isEmpty ? nil : "Postcodes \(outward.joined(separator: ", "))")
                )
            )
        )
    }
}

extension Instrument {
    /// The instrument as a Questionnaire, in its published words; nil where it has no questions.
    package var questionnaire: FHIRView? {
        if items.isEmpty { return nil }
        let questions = items.map { item in
            JSONValue.built(
                ("linkId", .value(item.id)),
                ("text", .text(item.question)),
                ("type", .value(isNumbers(item) ? "integer" : "choice")),
                ("required", .bool(isSummed)),
                (
                    "answerOption",
                    .list(item.answers.map { answer in option(answer, of: item) })
                )
            )
        }
        let lead = stem.map { stem in
            JSONValue.built(
                ("linkId", .value("\(id)-stem")),
                ("text", .text(stem)),
                ("type", .value("display"))
            )
        }
        return FHIRView(
            "Questionnaire",
            id,
            built(
                ("url", .value(Systems.questionnaire(id))),
                ("name", .text(String(id.map { $0 == "-" ? "_" : $0 }))),
                ("title", .text(name)),
                ("status", .value("active")),
                ("subjectType", .list([.value("Patient")])),
                ("item", .list([lead] + questions))
            )
        )
    }

    private func isNumbers(_ item: Question) -> Bool {
        item.answers.allSatisfy { Int($0) != nil }
    }

    private func option(_ answer: String, of item: Question) -> JSONValue {
        if isNumbers(item), let number = Int(answer) {
            return .built(("valueInteger", .int(number)))
        }
        let score = item.score(of: answer).map { score in
            JSONValue.built(
                ("url", .value("http://hl7.org/fhir/StructureDefinition/ordinalValue")),
                ("valueDecimal", .int(score))
            )
        }
        return .built(
            ("extension", .list([score])),
            ("valueCoding", .code(Systems.code("answer"), answer, Words.capital(answer)))
        )
    }
}
