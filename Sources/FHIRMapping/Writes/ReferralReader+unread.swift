import FHIRModel

extension ReferralReader {
    /// Types that a referral is read from, or that others in it may point to.
    private static let known: Set<String> = [
        "Consent", "HealthcareService", "Location", "Organization", "Practitioner",
        "PractitionerRole", "Task",
    ]

    /// What a transaction asks to be made, and a referral does not read.
    ///
    /// A transaction does all that is asked for, or nothing: an entry that would be lost is a fault.
    /// A message asks for nothing of the kind, and what else stands in it is passed over.
    func unread(_ request: FHIRElement, _ person: FHIRElement?) -> [FHIRIssue] {
        guard incoming.root["type"]?.text == "transaction" else { return [] }
        let conditions = request.all("reasonReference").compactMap { incoming.resolve($0)?.path }
        let severity: FHIRIssue.Severity = sender.isLenient ? .warning : .error
        return incoming.root.all("entry").compactMap { entry in
            guard let resource = entry["resource"] else {
                // One of a type that is not served here is not read at all.
                let says = "A referral holds no such resource: leave it out."
                let place = "\(entry.path).resource"
                return FHIRIssue(.notSupported, at: place, says, severity: severity)
            }
            let says: String
            switch resource.type {
            case let type where Self.known.contains(type): return nil
            case "ServiceRequest": return nil
            case "Patient":
                if person == nil || resource.path == person?.path { return nil }
                says = "The ServiceRequest is for another Patient: send one alone."
            case "Condition", "QuestionnaireResponse":
                let isMeant = resource.type != "Condition" || conditions.contains(resource.path)
                if isMeant, holds(resource) { return nil }
                says =
                    isMeant
                    ? "This does not hold, by its own status: leave it out."
                    : "Point to this by reasonReference of the ServiceRequest."
            case "Observation":
                if isStatus(resource) { return nil }
                says =
                    "A referral tells the employment status alone: send this once the case is "
                    + "there."
            case let type:
                says =
                    "A referral holds no \(type): leave it out, or send it once the case is there."
            }
            return FHIRIssue(.notSupported, at: resource.path, says, severity: severity)
        }
    }

    /// Whether an Observation tells an employment status, and stands.
    func isStatus(_ observation: FHIRElement) -> Bool {
        if ["entered-in-error", "cancelled"].contains(observation["status"]?.text) { return false }
        let codes = observation["code"]?.codings ?? []
        return codes.contains { ["74165-2", "224362002"].contains($0.code) }
            && observation["value"] != nil
    }

    /// Whether a Condition, or answers, hold by their own status.
    ///
    /// What is in remission may still be what somebody needs help with.
    func holds(_ resource: FHIRElement) -> Bool {
        switch resource.type {
        case "Condition":
            let verified = resource["verificationStatus"]?.codings.map { $0.code } ?? []
            let clinical = resource["clinicalStatus"]?.codings.map { $0.code } ?? []
            return !verified.contains { ["refuted", "entered-in-error"].contains($0) }
                && !clinical.contains { ["inactive", "resolved"].contains($0) }
        default: return resource["status"]?.text != "entered-in-error"
        }
    }

    /// Nothing of a referral is about another person than whom it is for.
    mutating func checkPerson(_ patient: FHIRElement) {
        let places = [
            "Condition": "subject", "Consent": "patient", "Observation": "subject",
            "QuestionnaireResponse": "subject", "Task": "for",
        ]
        for (type, place) in places {
            for resource in incoming.all(type) {
                guard let reference = resource[place], let text = reference["reference"]?.text
                else { continue }
                // One that leads nowhere within the bundle, and to no Patient, says nothing.
                let found = incoming.resolve(reference)?.path
                let isOther = found.map { $0 != patient.path } ?? (FHIRReference(text) != nil)
                guard isOther else { continue }
                let says = "This is not the Patient whom the ServiceRequest is for."
                incoming.fault(.businessRule, reference, says)
            }
        }
    }
}
