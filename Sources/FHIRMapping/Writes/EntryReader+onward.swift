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
        guard let owner = resource["owner"] else {
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
        return Command(.onwardSent(sent), on: day(resource["authoredOn"]))
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
