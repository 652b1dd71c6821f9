import FHIRModel
import Kernel

/// One look or deed of the access log.
package struct AuditRecord: Sendable, Hashable {
    /// Where it stands in the log.
    package var position: Int
    package var at: Instant
    package var user: String
    package var organisation: String
    /// The action of the access rules: `read-case`.
    package var action: String
    /// What it was on: a case or a person, by its id; something else by its name.
    package var subject: String
    package var isRefused: Bool
    package var name: String?

    package init(
        position: Int,
        at: Instant,
        user: String,
        organisation: String,
        action: String,
        subject: String,
        isRefused: Bool,
        name: String? = nil
    ) {
        self.position = position
        self.at = at
        self.user = user
        self.organisation = organisation
        self.action = action
        self.subject = subject
        self.isRefused = isRefused
        self.name = name
    }

    /// The entry as an AuditEvent.
    ///
    /// - Parameter subjectType: `EpisodeOfCare` for a case, `Patient` for a person, nil for the rest.
    package func view(subjectType: String?) -> FHIRView {
        let isLook = ["read", "list", "find", "open"].contains { action.hasPrefix($0) }
        let what = subjectType.flatMap { JSONValue.reference($0, subject) }
        // Something of which nobody knew what it would be on is on nothing.
        let words = what == nil ? JSONValue.text(subject) : nil
        let entity: JSONValue? =
            what == nil && words == nil
            ? nil : JSONValue.built(("what", what), ("name", words))
        return FHIRView(
            "AuditEvent",
            "\(position)",
            built(
                (
                    "type",
                    .code("http://terminology.hl7.org/CodeSystem/audit-event-type", "rest")
                ),
                ("subtype", .list([.code(Systems.code("action"), action)])),
                ("action", .value(isLook ? "R" : "E")),
                ("recorded", .moment(at)),
                ("outcome", .value(isRefused ? "8" : "0")),
                (
                    "agent",
                    .list([
                        .built(
                            ("who", .reference("Practitioner", user, name)),
                            ("name", .text(name)),
                            ("requestor", .bool(true)),
                            ("policy", nil)
                        )
                    ])
                ),
                (
                    "source",
                    .built(
                        ("site", .text(organisation)),
                        ("observer", .reference("Organization", organisation))
                    )
                ),
                ("entity", .list([entity]))
            )
        )
    }
}
