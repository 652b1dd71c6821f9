import Application
import Casework
import FHIRMapping
import FHIRModel
import Kernel
import Web

/// Whom a referral that was there already is of, and who is sent.
extension Referring {
    /// What a condition found is answered for the same person alone.
    static func check(
        _ id: CaseID,
        isOf resource: FHIRResource,
        on condition: Form,
        _ call: FHIRCall
    ) async throws {
        let identity = SentReferral(resource).identity(on: call.today)
        let parts = condition["identifier"]?.split(separator: "|").map(String.init) ?? []
        let placer = parts.last.map { value in
            PlacerIdentifier(system: parts.count == 2 ? parts[0] : nil, value: value)
        }
        try await check(id, isOf: identity, named: nil, by: placer, call)
    }

    /// A case that is there already is answered for the same person alone: anybody else who is sent
    /// would be lost.
    ///
    /// - Throws: 422, which tells nothing of whom the case is of.
    static func check(
        _ id: CaseID,
        isOf identity: Identity?,
        named person: PersonID?,
        by placer: PlacerIdentifier?,
        _ call: FHIRCall
    ) async throws {
        let isOther = try await call.goodwork.isCase(id, ofAnotherThan: identity, named: person)
        guard isOther else { return }
        let name = [placer?.value, placer?.system].compactMap(\.self).joined(separator: " of ")
        let says =
            "The identifier \(name) is of another person's referral already: nobody was referred. "
            + "Give each referral an identifier of its own."
        throw FHIRFault(422, .businessRule, says, at: "ServiceRequest.identifier")
    }
}
