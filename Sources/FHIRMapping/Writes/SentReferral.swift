import Casework
import FHIRModel
import Kernel

/// What was sent to refer somebody, looked through once: a transaction, a message, or a
/// ServiceRequest with what it contains.
package struct SentReferral: Sendable {
    /// By what one that may have come before is known.
    package struct Repeated: Sendable {
        /// The key of its entry.
        package let key: String
        /// What the person agrees to, and what they do not.
        package let consents: [ConsentScope: Bool]
    }

    /// The type of what was sent.
    package let type: String
    private let incoming: Incoming

    package init(_ resource: FHIRResource) {
        type = resource.type
        incoming = Incoming(resource)
    }

    /// The reference to whom it is for, where that leads to nothing that was sent along.
    package var patient: String? {
        guard let request = incoming.all("ServiceRequest").first,
            incoming.resolve(request["subject"]) == nil
        else { return nil }
        return request["subject"]?["reference"]?.text
    }

    /// Who the Patient says that they are who was sent along; nil where none was.
    package func identity(on today: CivilDate) -> Identity? {
        guard let request = incoming.all("ServiceRequest").first,
            let patient = incoming.resolve(request["subject"]), patient.type == "Patient"
        else { return nil }
        var (reading, referral) = (incoming, ReferralReceived())
        reading.read(patient, into: &referral, on: today, today: today)
        return referral.identity
    }

    /// The key of an identifier that it has, as a search names it: `system|value`, or a value of
    /// any system; nil where it has none such.
    package func key(of identifier: String) -> String? {
        guard case .token(let system, let value?) = SearchValue(identifier, .token) else {
            return nil
        }
        let all = ["ServiceRequest", "Task"].flatMap(incoming.all)
        for given in all.flatMap({ $0.all("identifier") }) where given["value"]?.text == value {
            let own = given["system"]?.text
            guard system == nil || system == own ?? "" else { continue }
            return PlacerIdentifier(system: own, value: value).key
        }
        return nil
    }

    /// Where an identifier stands in what was sent.
    package func path(of identifier: PlacerIdentifier?) -> String {
        let all = ["ServiceRequest", "Task"].flatMap(incoming.all)
        let found = all.flatMap { $0.all("identifier") }.first { given in
            guard let value = given["value"]?.text else { return false }
            return PlacerIdentifier(system: given["system"]?.text, value: value) == identifier
        }
        return found?.path ?? path(of: "ServiceRequest.identifier")
    }

    /// Where an element stands in what was sent: the first resource of its type has it.
    package func path(of expression: String) -> String {
        guard let kind = expression.split(separator: ".").first.map(String.init), kind != type,
            let resource = incoming.all(kind).first
        else { return expression }
        return resource.path + expression.dropFirst(kind.count)
    }

    /// By what it is known where it is sent again, before it is judged how old its words are.
    ///
    /// - Parameter named: the key that a condition asks for; else it is that of the sender's own
    ///   identifier.
    /// - Returns: nil where there is no key, and where more is said than that somebody who agrees is
    ///   referred: that has to be read, and must not be lost.
    package func repeated(from sender: ReferralSender, named: String? = nil) -> Repeated? {
        var reader = ReferralReader(incoming, sender)
        let requests = incoming.all("ServiceRequest")
        let tasks = incoming.all("Task")
        guard let request = requests.first, requests.count == 1, tasks.count < 2,
            request["status"]?.text == "active", request["doNotPerform"]?.bool != true,
            tasks.allSatisfy({ TaskStatus(sent: $0["status"]?.text ?? "") == .requested }),
            (requests + tasks).allSatisfy({ $0.urgency == nil })
        else { return nil }
        let unread = reader.unread(request, incoming.resolve(request["subject"]))
        guard sender.isLenient || unread.isEmpty else { return nil }
        let consents = reader.consents(request)
        // A period that was yet to end has ended meanwhile; all else was said anew.
        let isOfTime = reader.incoming.issues.allSatisfy {
            $0.expression?.contains(".provision.period.") ?? false
        }
        guard isOfTime, consents[.referral] == true else { return nil }
        return (named ?? reader.placer(request)).map { Repeated(key: $0, consents: consents) }
    }

    /// The referral that it makes.
    ///
    /// - Parameter patient: the one of this system whom it names, as it is read from here.
    /// - Throws: every fault, each with its place.
    package func read(
        from sender: ReferralSender,
        beside patient: FHIRResource? = nil
    ) throws(FHIRIssues) -> IncomingReferral {
        var reader = ReferralReader(incoming, sender)
        if let patient { reader.incoming.add(beside: patient) }
        guard var read = reader.read() else { throw FHIRIssues(reader.incoming.issues) }
        read.person = (patient?.root["id"]?.text).flatMap { PersonID($0) }
        return read
    }
}
