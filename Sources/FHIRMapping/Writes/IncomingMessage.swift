import Casework
import FHIRModel
import Kernel

/// A message of BaRS's shape, for `$process-message`.
package enum IncomingMessage: Sendable {
    /// To be read as any other that is sent: `SentReferral`.
    case referral
    case cancellation(Cancellation)

    /// A referral that its sender takes back.
    package struct Cancellation: Sendable, Hashable {
        /// Identifiers of the ServiceRequest: its id, and `system|value` of each.
        package var id: String?
        package var identifiers: [String]
        /// The keys by which the referral may have been entered.
        package var keys: [String]
        package var isInError: Bool
        package var reason: String?
        /// Where it stands in what was sent.
        package var path: String
    }

    /// - Throws: why it is no message that is taken, with its place.
    package init(_ resource: FHIRResource) throws(FHIRIssues) {
        let root = resource.root
        guard resource.type == "Bundle", root["type"]?.text == "message" else {
            throw FHIRIssues(FHIRIssue(.value, at: "Bundle.type", "Send a Bundle of type message."))
        }
        var incoming = Incoming(resource)
        guard let header = incoming.resources.first, header.type == "MessageHeader" else {
            let says = "A message begins with its MessageHeader."
            throw FHIRIssues(FHIRIssue(.required, at: "Bundle.entry[0].resource", says))
        }
        let event = header["event"]
        let name = event?["code"]?.text ?? event?.text
        guard name == "servicerequest-request" else {
            let says = "Only servicerequest-request is taken."
            throw FHIRIssues(FHIRIssue(.notSupported, at: event?.path ?? header.path, says))
        }
        let reason = header["reason"]?.codings.first?.code ?? "new"
        guard let request = incoming.first("ServiceRequest") else {
            incoming.fault(.required, nil, "entry", "Send the ServiceRequest.")
            throw FHIRIssues(incoming.issues)
        }
        let status = request["status"]?.text
        if status == "revoked" || status == "entered-in-error" {
            self = .cancellation(
                Cancellation(request, isInError: status == "entered-in-error")
            )
            return
        }
        guard reason == "new" else {
            let says =
                "An update is taken only where it cancels: status revoked or entered-in-error."
            throw FHIRIssues(FHIRIssue(.businessRule, at: request["status"]?.path, says))
        }
        self = .referral
    }
}

extension IncomingMessage.Cancellation {
    init(_ request: FHIRElement, isInError: Bool) {
        id = request["id"]?.text
        let given = request.all("identifier").map { ($0["system"]?.text, $0["value"]?.text) }
        identifiers = given.compactMap { system, value in value.map { "\(system ?? "")|\($0)" } }
        keys = given.compactMap { system, value in
            value.map { PlacerIdentifier(system: system, value: $0).key }
        }
        self.isInError = isInError
        reason = request["note"]?["text"]?.text ?? request["reasonCode"]?["text"]?.text
        path = request.path
    }
}
