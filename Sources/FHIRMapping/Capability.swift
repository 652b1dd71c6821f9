import FHIRModel
import Kernel

/// What this server can do, as data: the routes are made from it, and so is the statement of it.
package enum Capability {
    /// What can be done with a resource (type-restful-interaction).
    package enum Interaction: String, Sendable, CaseIterable {
        case read, vread
        case historyInstance = "history-instance"
        case searchType = "search-type"
        case create, update, patch, delete
    }

    /// One type of resource: what can be done with it.
    package struct Resource: Sendable, Hashable {
        package var type: String
        package var interactions: [Interaction]
        package var conditionalCreate = false
        /// Operations of the type or of one resource, by their names without the dollar.
        package var operations: [String] = []
    }

    private static let reading: [Interaction] = [.read, .searchType]
    private static let versioned: [Interaction] = [.read, .vread, .historyInstance, .searchType]

    /// Every type that the server serves, in order of the alphabet.
    package static let resources: [Resource] = [
        Resource(type: "Appointment", interactions: versioned + [.create, .update, .patch]),
        Resource(type: "AuditEvent", interactions: reading),
        Resource(type: "CarePlan", interactions: versioned + [.create]),
        Resource(type: "Communication", interactions: versioned + [.create]),
        Resource(type: "Condition", interactions: versioned),
        Resource(type: "Consent", interactions: versioned + [.create, .update]),
        Resource(type: "EpisodeOfCare", interactions: versioned),
        Resource(type: "Goal", interactions: versioned + [.create, .update, .patch]),
        Resource(type: "Group", interactions: reading, operations: ["export"]),
        Resource(type: "HealthcareService", interactions: reading),
        Resource(type: "Location", interactions: reading),
        Resource(type: "Observation", interactions: versioned + [.create]),
        Resource(type: "Organization", interactions: reading),
        Resource(
            type: "Patient",
            interactions: reading,
            operations: ["everything", "export"]
        ),
        Resource(type: "Practitioner", interactions: reading),
        Resource(type: "PractitionerRole", interactions: reading),
        Resource(type: "Procedure", interactions: versioned + [.create]),
        Resource(type: "Provenance", interactions: reading),
        Resource(type: "Questionnaire", interactions: reading),
        Resource(type: "QuestionnaireResponse", interactions: versioned + [.create]),
        Resource(
            type: "ServiceRequest",
            interactions: versioned + [.create, .update],
            conditionalCreate: true
        ),
        Resource(
            type: "Subscription",
            interactions: reading + [.create, .update, .delete],
            operations: ["status"]
        ),
        Resource(
            type: "Task",
            interactions: versioned + [.create, .update, .patch],
            conditionalCreate: true
        ),
    ]

    /// The types of which each version can be read.
    static let versionedTypes = Set(
        resources.filter { $0.interactions.contains(.vread) }.map(\.type)
    )

    /// Operations of the whole server, by their names without the dollar.
    package static let operations = ["export", "process-message"]

    /// The CapabilityStatement.
    ///
    /// - Parameters:
    ///   - date: when it was last changed.
    ///   - address: the base that clients use.
    ///   - tokens: where tokens are given; libraries look for it here.
    package static func statement(
        version: String,
        date: CivilDate,
        address: String,
        tokens: String? = nil
    ) -> JSONObject {
        var json: JSONObject = ["resourceType": .string("CapabilityStatement")]
        let rest = built(
            (
                "resourceType", nil
            ),
            ("status", .value("active")),
            ("date", .value(date.iso)),
            ("kind", .value("instance")),
            ("software", .built(("name", .value("Goodwork")), ("version", .text(version)))),
            (
                "implementation",
                .built(
                    (
                        "description",
                        .value("Referrals to work-and-health programmes, and their loop")
                    ),
                    ("url", .value(address))
                )
            ),
            ("fhirVersion", .value("4.0.1")),
            ("format", .list([.value("application/fhir+json"), .value("json")])),
            (
                "patchFormat",
                .list([
                    .value("application/merge-patch+json")
                ])
            ),
            ("rest", .list([server(address, tokens)]))
        )
        for (key, value) in rest.members { json[key] = value }
        return json
    }

    /// Where a token is had, as SMART has it in a CapabilityStatement.
    private static func oauth(_ tokens: String?) -> JSONValue? {
        guard let tokens else { return nil }
        let names = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"
        let token = JSONValue.built(("url", .value("token")), ("valueUri", .value(tokens)))
        return .list([.built(("extension", .list([token])), ("url", .value(names)))])
    }

    private static func server(_ address: String, _ tokens: String?) -> JSONValue {
        .built(
            ("mode", .value("server")),
            (
                "security",
                .built(
                    ("extension", oauth(tokens)),
                    (
                        "service",
                        .list([
                            .concept(
                                .code(
                                    "http://terminology.hl7.org/CodeSystem/restful-security-service",
                                    "SMART-on-FHIR"
                                )
                            )
                        ])
                    ),
                    ("description", .value("SMART Backend Services, private_key_jwt"))
                )
            ),
            ("resource", .list(resources.map(json))),
            (
                "interaction",
                .list([
                    .built(("code", .value("transaction"))), .built(("code", .value("batch"))),
                ])
            ),
            ("operation", .list(operations.map(operation)))
        )
    }

    /// Whether what refers to a resource can be asked for beside it (`_revinclude`).
    ///
    /// What refers to an organisation, a service or somebody at work may be the whole installation,
    /// so of those only one another come along.
    static func canComeAlong(
        _ source: String,
        _ parameter: SearchParameters.Parameter,
        with type: String
    ) -> Bool {
        let ofCases = Set(CaseView.makers.map(\.type))
        return parameter.kind == .reference && parameter.targets.contains(type)
            && source != "AuditEvent" && source != "Patient"
            && (!ofCases.contains(source) || ofCases.contains(type) || type == "Patient")
    }

    private static func json(_ resource: Resource) -> JSONValue {
        let parameters = SearchParameters.all[resource.type] ?? []
        let includes = parameters.filter { $0.kind == .reference }
            .map { JSONValue.string("\(resource.type):\($0.name)") }
        let reverse = SearchParameters.types.flatMap { type in
            (SearchParameters.all[type] ?? [])
                .filter { canComeAlong(type, $0, with: resource.type) }
                .map { JSONValue.string("\(type):\($0.name)") }
        }
        let isVersioned = resource.interactions.contains(.vread)
        let writes = resource.interactions.contains(.update)
        let topics = SubscriptionTopic.all.map { topic in
            JSONValue.built(
                ("url", .value(Backport.topicCanonical)),
                ("valueCanonical", .value(topic.canonical))
            )
        }
        return .built(
            ("extension", resource.type == "Subscription" ? .list(topics) : nil),
            ("type", .value(resource.type)),
            (
                "interaction",
                .list(resource.interactions.map { .built(("code", .value($0.rawValue))) })
            ),
            (
                "versioning",
                .value(!isVersioned ? "no-version" : writes ? "versioned-update" : "versioned")
            ),
            ("readHistory", .bool(isVersioned)),
            ("updateCreate", .bool(false)),
            ("conditionalCreate", .bool(resource.conditionalCreate)),
            ("conditionalRead", .value("not-match")),
            ("searchInclude", .list(includes)),
            ("searchRevInclude", .list(reverse)),
            (
                "searchParam",
                .list(
                    parameters.map {
                        .built(("name", .value($0.name)), ("type", .value($0.kind.rawValue)))
                    }
                )
            ),
            ("operation", .list(resource.operations.map(operation)))
        )
    }

    /// Where the operations are defined: by the standard, by bulk data, or by us.
    private static func operation(_ name: String) -> JSONValue {
        let definition =
            switch name {
            case "everything": "http://hl7.org/fhir/OperationDefinition/Patient-everything"
            case "export": "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export"
            case "process-message":
                "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message"
            case "status":
                "http://hl7.org/fhir/uv/subscriptions-backport/OperationDefinition/backport-subscription-status"
            default: "\(Systems.base)/OperationDefinition/\(name)"
            }
        return .built(("name", .value(name)), ("definition", .value(definition)))
    }
}
