import FHIRModel
import Kernel
import Programmes

/// A service of the service guide, as FHIR has it.
package struct DirectoryService: Sendable {
    /// A UUID, as in the guide.
    package var id: String
    package var name: String
    package var says: String?
    package var isActive: Bool
    /// The organisation here that gives it; nil where it is none of this installation.
    package var organisation: String?
    package var organisationName: String?
    package var phone: String?
    package var email: String?
    /// Whom it is for, in sentences, each by its rule.
    package var eligibility: [EligibilityRule]

    package init(
        id: String,
        name: String,
        says: String?,
        isActive: Bool,
        organisation: String?,
        organisationName: String?,
        phone: String?,
        email: String?,
        eligibility: [EligibilityRule]
    ) {
        self.id = id
        self.name = name
        self.says = says
        self.isActive = isActive
        self.organisation = organisation
        self.organisationName = organisationName
        self.phone = phone
        self.email = email
        self.eligibility = eligibility
    }

    package var view: FHIRView {
        let provider = organisation.flatMap {
            JSONValue.reference("Organization", $0, organisationName)
        }
        let named = organisationName.map { JSONValue.built(("display", .text($0))) }
        let telecom = [("phone", phone), ("email", email)].map { system, value in
            value.map { JSONValue.built(("system", .value(system)), ("value", .text($0))) }
        }
        return FHIRView(
            "HealthcareService",
            id,
            built(
                ("identifier", .list([.identifier(Systems.identifier("guide-service"), id)])),
                ("active", .bool(isActive)),
                ("providedBy", provider ?? named),
                ("name", .text(name)),
                ("comment", .text(says)),
                ("telecom", .list(telecom)),
                ("eligibility", .list(eligibility.map(Programme.eligibility)))
            )
        )
    }
}
