import Casework
import FHIRModel
import Kernel
import Programmes

/// What is changed in a ServiceRequest or a Task, and would be lost.
///
/// Nobody is told that a change was made which is not kept. What was referred may be sent along as
/// it was: a system may send its own copy.
extension CaseView {
    /// Of a ServiceRequest that is not taken back: of one that is, its note is kept, and what else it
    /// says does not matter any more.
    func unkept(_ request: FHIRResource) -> [FHIRIssue] {
        let root = request.root
        var issues = unkeptReasons(Incoming(request), root) + [root.urgency].compactMap(\.self)
        if let authored = root["authoredOn"], let day = authored.day, day != opening?.occurredOn {
            issues.append(unkept(authored, "The day of a referral stays as it was sent."))
        }
        let says = "A note is kept where a referral is sent or taken back, and not with this."
        issues += newNotes(of: root).map { unkept($0, says) }
        let asked = (folded.referral ?? opening?.body.referral)?.strand
        let known = services.union([asked.map { "\(programme.id).\($0)" }].compactMap(\.self))
        issues += root.all("performer").filter { !$0.isOrganisation(among: known) }.map {
            unkept($0, "The service reroutes a case: who is asked stays as it is.")
        }
        return issues
    }

    /// Of a Task.
    ///
    /// - Parameters:
    ///   - id: of the case's own Task, or of an onward referral's.
    ///   - isMoved: whether it asks for something; then an owner may be named.
    ///   - isTakenBack: whether it is cancelled; then how soon it was wanted does not matter.
    func unkept(
        _ task: FHIRElement,
        id: String,
        isMoved: Bool,
        isTakenBack: Bool
    ) -> [FHIRIssue] {
        let says = "A note is not kept with a Task: send a Communication, or give a statusReason."
        var issues = newNotes(of: task).map { unkept($0, says) }
        if !isTakenBack { issues += [task.urgency].compactMap(\.self) }
        if let owner = task["owner"], id == self.id, !isMoved,
            !owner.isOrganisation(among: services)
        {
            issues.append(unkept(owner, "The owner follows from the case: accept it, or reroute."))
        }
        return issues
    }

    private func unkept(_ element: FHIRElement, _ says: String) -> FHIRIssue {
        FHIRIssue(.businessRule, at: element.path, says)
    }

    /// Notes that whoever referred has not told already.
    private func newNotes(of element: FHIRElement) -> [FHIRElement] {
        let referrer = parties.referrer
        let told = events.compactMap { event -> String? in
            guard case .noteWritten(let note) = event.body, event.by.organisation == referrer else {
                return nil
            }
            return note.text
        }
        return element.all("note").filter { note in
            guard let text = note["text"]?.text else { return false }
            return !told.contains { $0.contains(text) }
        }
    }

    /// Reasons that are not the main condition of the referral.
    private func unkeptReasons(_ incoming: Incoming, _ request: FHIRElement) -> [FHIRIssue] {
        let says = "The main condition stays as it was referred."
        var concepts = request.all("reasonCode")
        // A sender's own copy points to a Condition of its own: what did not come along says nothing.
        for found in request.all("reasonReference").compactMap({ incoming.resolve($0) }) {
            concepts += found.type == "Condition" ? found.all("code") : []
        }
        guard let first = concepts.first, ReferralReader.condition(of: concepts) != condition
        else { return [] }
        return [unkept(first, says)]
    }

    /// What a reference may call the service that has the case.
    private var services: Set<String> {
        var names: Set<String> = [programme.id]
        if let provider = parties.provider { names.insert(provider) }
        if let strand = folded.strand { names.insert("\(programme.id).\(strand)") }
        return names
    }
}

extension FHIRElement {
    /// Whether a reference leads to one of these, or to nothing that could be an organisation here.
    fileprivate func isOrganisation(among known: Set<String>) -> Bool {
        let named = self["reference"]?.text.flatMap { FHIRReference($0) }
        guard let named, ["HealthcareService", "Organization"].contains(named.type) else {
            return true
        }
        return known.contains(named.id)
    }
}
