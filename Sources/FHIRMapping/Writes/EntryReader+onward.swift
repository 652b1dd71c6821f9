import Casework
import FHIRModel
import Kernel
import Programmes

extension EntryReader {
    /// A Task that is `partOf` a case's: the case is referred on to its owner.
    mutating func onward() -> Command? {
        let status = resource["status"]
        if let status, status.text != "requested" {
            incoming.fault(.businessRule, status, "What is referred on is requested.")
        }
        let request = incoming.resolve(resource["focus"])
        incoming.add([resource.urgency, request?.urgency].compactMap(\.self))
        if let request { check(request) }
        guard let owner = resource["owner"] ?? request?.all("performer").first else {
            let says = "Say to which service: a HealthcareService."
            incoming.fault(.required, resource, "owner", says)
            return nil
        }
        guard let service = service(owner) else {
            let all = view.programme.pathway.onward.map { view.programme.resource(ofOnward: $0.id) }
            let list = all.isEmpty ? "none" : all.joined(separator: ", ")
            let says = "Name a HealthcareService: \(list), or one of the guide by its UUID."
            incoming.fault(.notFound, owner, says)
            return nil
        }
        var sent = OnwardSent()
        sent.onward = unusedName("onward", among: view.folded.onward.map(\.id))
        sent.service = service
        let on = day(resource["authoredOn"] ?? request?["authoredOn"])
        return Command(.onwardSent(sent), on: on)
    }

    /// The ServiceRequest that came with the Task: it asks for the same, for the same person.
    private mutating func check(_ request: FHIRElement) {
        guard request.type == "ServiceRequest" else {
            let says = "The Task's focus is a ServiceRequest."
            return incoming.fault(.value, resource["focus"], says)
        }
        if let status = request["status"], status.text != "active" {
            incoming.fault(.businessRule, status, "What is referred on is active.")
        }
        if let not = request["doNotPerform"], not.bool == true {
            incoming.fault(.businessRule, not, "A referral asks for something to be done.")
        }
        for reference in request.all("basedOn") {
            guard let named = reference["reference"]?.text.flatMap({ FHIRReference($0) }),
                let other = CaseReference.caseID(in: named.id), other.text != view.id
            else { continue }
            incoming.fault(.value, reference, "It is based on another case's ServiceRequest.")
        }
        // The server has found that the Task is for the person of the case.
        let subject = request["subject"]?["reference"]?.text.flatMap { FHIRReference($0) }
        if let subject, subject.type == "Patient",
            ![view.person, resource["for"]?.referredID].contains(subject.id)
        {
            incoming.fault(.businessRule, request["subject"], "The case is of another Patient.")
        }
    }

    /// What an onward referral calls the service of a reference.
    private func service(_ owner: FHIRElement) -> String? {
        guard let id = owner.referredID else { return nil }
        let offered = view.programme.pathway.onward
        if owner["reference"]?.text?.contains("HealthcareService/") == true {
            let own = offered.first { view.programme.resource(ofOnward: $0.id) == id }
            // One of the guide goes by its own id; whether it is there is asked of the guide.
            return own?.id ?? (id.utf8.count == 36 && !id.contains(".") ? id : nil)
        }
        let answered = offered.filter { $0.organisation == id }
        return answered.count == 1 ? answered[0].id : nil
    }
}

extension Programme {
    /// The id of the HealthcareService that stands for an onward service.
    func resource(ofOnward service: String) -> String { "\(id).onward.\(service)" }
}
