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
        isOf sent: SentReferral,
        on condition: Form,
        _ call: FHIRCall
    ) async throws {
        let key = condition["identifier"].flatMap { sent.key(of: $0) }
        let placer = PlacerIdentifier(key: key)
        try await check(id, isOf: sent, named: nil, by: placer, call)
    }

    /// A case that is there already is answered for the same person alone: anybody else who is sent
    /// would be lost.
    ///
    /// - Throws: 422, which tells nothing of whom the case is of.
    static func check(
        _ id: CaseID,
        isOf sent: SentReferral,
        named person: PersonID?,
        by placer: PlacerIdentifier?,
        _ call: FHIRCall
    ) async throws {
        let identity = sent.identity(on: call.today)
        let isOther = try await call.goodwork.isCase(id, ofAnotherThan: identity, named: person)
        guard isOther else { return }
        let name = [placer?.value, placer?.system].compactMap(\.self).joined(separator: " of ")
        let what = name.isEmpty ? "What the condition finds" : "The identifier \(name)"
        let says =
            "\(what) is of another person's referral already: nobody was referred. "
            + "Give each referral an identifier of its own."
        throw FHIRFault(422, .businessRule, says, at: sent.path(of: placer))
    }
}
