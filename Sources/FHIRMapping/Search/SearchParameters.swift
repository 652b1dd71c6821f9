/// The search parameters of each resource, as data: what is searched, what the CapabilityStatement
/// says, and what the server turns into queries.
package enum SearchParameters {
    /// How a parameter's values are matched (search.html).
    package enum Kind: String, Sendable, CaseIterable {
        case token, reference, date, string, uri
    }

    /// One parameter of one type of resource.
    package struct Parameter: Sendable, Hashable {
        package var name: String
        package var kind: Kind
        /// The elements that it looks at, each a path from the resource.
        package var paths: [[String]]
        /// The types that a reference may lead to.
        package var targets: [String] = []

        /// Whether what it leads to may have no id of FHIR's, and is named by an identifier then.
        var hasIdentifiers: Bool {
            !Set(targets).isDisjoint(with: ["HealthcareService", "Organization", "Practitioner"])
        }
    }

    /// Every resource has these.
    static let common = """
        _id token id
        _lastUpdated date meta.lastUpdated
        identifier token identifier
        """

    /// `name kind path,path`; of references the types that may be included follow.
    static let table = """
        ServiceRequest
          authored date authoredOn
          category token category
          code token code
          intent token intent
          occurrence date occurrence
          patient reference subject Patient
          performer reference performer HealthcareService,Organization
          requester reference requester Organization,Patient
          status token status
          subject reference subject Patient
        Task
          authored-on date authoredOn
          based-on reference basedOn ServiceRequest
          business-status token businessStatus
          code token code
          focus reference focus ServiceRequest
          intent token intent
          modified date lastModified
          output reference output.value CarePlan
          owner reference owner HealthcareService,Organization
          part-of reference partOf Task
          patient reference for Patient
          period date executionPeriod
          requester reference requester Organization,Patient
          status token status
          subject reference for Patient
        Patient
          active token active
          address-postalcode string address.postalCode
          birthdate date birthDate
          email token telecom
          family string name.family
          gender token gender
          general-practitioner reference generalPractitioner Organization
          given string name.given
          name string name.family,name.given,name.text
          phone token telecom
          telecom token telecom
        Consent
          category token category
          date date dateTime
          patient reference patient Patient
          scope token scope
          status token status
        Condition
          category token category
          clinical-status token clinicalStatus
          code token code
          patient reference subject Patient
          recorded-date date recordedDate
          subject reference subject Patient
        Observation
          based-on reference basedOn ServiceRequest
          category token category
          code token code
          date date effective
          derived-from reference derivedFrom QuestionnaireResponse
          patient reference subject Patient
          performer reference performer Organization
          status token status
          subject reference subject Patient
          value-concept token value
        QuestionnaireResponse
          authored date authored
          based-on reference basedOn ServiceRequest
          patient reference subject Patient
          questionnaire uri questionnaire
          source reference source Patient
          status token status
          subject reference subject Patient
        CarePlan
          category token category
          condition reference addresses Condition
          date date period
          goal reference goal Goal
          intent token intent
          patient reference subject Patient
          status token status
          subject reference subject Patient
        Goal
          lifecycle-status token lifecycleStatus
          patient reference subject Patient
          start-date date start
          subject reference subject Patient
        Appointment
          actor reference participant.actor Patient,Practitioner
          based-on reference basedOn ServiceRequest
          date date start
          patient reference participant.actor Patient
          practitioner reference participant.actor Practitioner
          service-type token serviceType
          status token status
        Communication
          based-on reference basedOn ServiceRequest
          category token category
          patient reference subject Patient
          recipient reference recipient Organization,Patient
          sender reference sender Organization
          sent date sent
          status token status
          subject reference subject Patient
        EpisodeOfCare
          care-manager reference careManager Practitioner
          condition reference diagnosis.condition Condition
          date date period
          incoming-referral reference referralRequest ServiceRequest
          organization reference managingOrganization Organization
          patient reference patient Patient
          status token status
          type token type
        Procedure
          based-on reference basedOn ServiceRequest
          code token code
          date date performed
          patient reference subject Patient
          performer reference performer.actor Organization
          status token status
          subject reference subject Patient
        Provenance
          agent reference agent.who Practitioner
          recorded date recorded
          target reference target EpisodeOfCare
          when date occurred
        AuditEvent
          action token action
          agent reference agent.who Practitioner
          date date recorded
          entity reference entity.what EpisodeOfCare,Patient
          outcome token outcome
          type token type
        Organization
          active token active
          name string name
          type token type
        HealthcareService
          active token active
          name string name
          organization reference providedBy Organization
          program token program
          service-type token type
        Location
          address-postalcode string address.postalCode
          name string name
          organization reference managingOrganization Organization
          status token status
        Practitioner
          active token active
          family string name.family,name.text
          name string name.family,name.given,name.text
        PractitionerRole
          active token active
          organization reference organization Organization
          practitioner reference practitioner Practitioner
          role token code
        Questionnaire
          name string name
          status token status
          title string title
          url uri url
          version token version
        Group
          actual token actual
          code token code
          type token type
        Subscription
          criteria string criteria
          status token status
          type token channel.type
          url uri channel.endpoint
        """

    /// The parameters of each type, its own first.
    package static let all: [String: [Parameter]] = {
        let shared = common.split(separator: "\n").compactMap { parameter($0[...]) }
        var all: [String: [Parameter]] = [:]
        var type = ""
        for line in table.split(separator: "\n") {
            if !line.hasPrefix(" ") {
                type = String(line)
                all[type] = []
            } else if let parameter = parameter(line) {
                all[type]?.append(parameter)
            }
        }
        let unidentified: Set = [
            "Provenance", "AuditEvent", "Subscription", "Consent", "Condition",
        ]
        for type in all.keys {
            all[type, default: []] += shared.filter { parameter in
                parameter.name != "identifier" || !unidentified.contains(type)
            }
        }
        return all
    }()

    /// The types that can be searched, in order.
    package static let types = all.keys.sorted()

    /// A parameter of a type.
    package static func parameter(_ name: String, of type: String) -> Parameter? {
        all[type]?.first { $0.name == name }
    }

    private static func parameter(_ line: Substring) -> Parameter? {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 3, let kind = Kind(rawValue: words[1]) else { return nil }
        return Parameter(
            name: words[0],
            kind: kind,
            paths: words[2].split(separator: ",").map { path in
                path.split(separator: ".").map(String.init)
            },
            targets: words.count > 3 ? words[3].split(separator: ",").map(String.init) : []
        )
    }
}
