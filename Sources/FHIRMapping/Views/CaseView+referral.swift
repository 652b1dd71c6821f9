import Casework
import Kernel
import Programmes

extension CaseView {
    /// The request itself; its status is the referrer's.
    var serviceRequestView: FHIRView {
        let code = Codes.referral(to: programme)
        return FHIRView(
            "ServiceRequest",
            id,
            built(
                ("identifier", identifiers),
                ("status", .value(requestStatus)),
                ("intent", .value("order")),
                (
                    "category",
                    .list([
                        .concept(
                            .code(
                                Systems.referralCategory,
                                "employment-status",
                                "Employment Status"
                            )
                        )
                    ])
                ),
                (
                    "code",
                    .concept(
                        .code(Systems.snomed, code.code, code.display),
                        .code(Systems.code("programme"), programme.id, programme.name),
                        words: programme.name
                    )
                ),
                ("subject", patient),
                ("authoredOn", .day(opening?.occurredOn)),
                ("requester", requester),
                ("performer", .list([service])),
                (
                    "reasonReference",
                    condition == nil ? nil : .list([.reference("Condition", id)])
                ),
                (
                    "supportingInfo",
                    .list(shownConsents.map { .reference("Consent", consentID($0)) })
                )
            )
        )
    }

    /// The status of the ServiceRequest, as it is read.
    var requestStatus: String {
        if isInError || withdrawal?.inError == true { return "entered-in-error" }
        if withdrawal != nil { return "revoked" }
        return folded.closure != nil || taskState.status == .completed ? "completed" : "active"
    }

    /// Ours first, and the sender's own, which came with the referral.
    var identifiers: JSONValue? {
        var identifiers = [filler]
        if let placer = PlacerIdentifier(key: opening?.key) {
            identifiers.append(
                .built(
                    (
                        "type",
                        .concept(
                            .code(
                                "http://terminology.hl7.org/CodeSystem/v2-0203",
                                "PLAC",
                                "Placer Identifier"
                            )
                        )
                    ),
                    ("system", .text(placer.system)),
                    ("value", .string(placer.value))
                )
            )
        }
        return .list(identifiers)
    }

    var filler: JSONValue? {
        .identifier(Systems.identifier("case"), history.header.reference)
    }

    /// The referral, as far as its reader may know it.
    ///
    /// Whoever referred reads what they said, with the referral or in answers since, and never what
    /// the case team told later. Of a case that came by list, the list told it for them: what a
    /// corrected list says in the place of the referral is its own telling, and is what they read.
    var referral: ReferralReceived? {
        if sight == .team { return folded.referral ?? opening?.body.referral }
        let referrer = parties.referrer
        var said = opening?.body.referral
        for event in events {
            guard case .referralAnswered(let answered) = event.body, answered.corrects.isEmpty,
                event.by.organisation == referrer
            else { continue }
            said?.fill(from: answered)
        }
        return said
    }

    /// The main condition, as far as its reader may know it.
    var condition: String? { referral?.condition }

    var conditionViews: [FHIRView] {
        guard !isInError, let condition else { return [] }
        return [
            FHIRView(
                "Condition",
                id,
                built(
                    (
                        "clinicalStatus",
                        .concept(.code(Systems.conditionClinical, "active"))
                    ),
                    (
                        "category",
                        .list([
                            .concept(.code(Systems.conditionCategory, "problem-list-item"))
                        ])
                    ),
                    (
                        "code",
                        .concept(
                            .code(Systems.code("condition"), condition),
                            words: Words.capital(condition)
                        )
                    ),
                    ("subject", patient),
                    ("recordedDate", .day(opening?.occurredOn))
                )
            )
        ]
    }

    /// The scopes on which there is a word that the reader may know.
    private var shownConsents: [ConsentScope] {
        ConsentScope.allCases.filter { scope in
            folded.consents[scope] != nil
                && (sight >= .team || scope == .referral || scope == .shareWithReferrer)
        }
    }

    private func consentID(_ scope: ConsentScope) -> String { "\(id).\(scope.rawValue)" }

    /// The last word on each scope.
    var consentViews: [FHIRView] {
        shownConsents.compactMap { scope -> FHIRView? in
            guard let kind = folded.consents[scope] else { return nil }
            let isGiven = kind == .consentGiven
            let status = isGiven ? "active" : kind == .consentRefused ? "rejected" : "inactive"
            let recorder = events.last { $0.body.consent?.scope == scope }?.by.organisation
            return FHIRView(
                "Consent",
                consentID(scope),
                built(
                    ("status", .value(status)),
                    (
                        "scope",
                        .concept(
                            .code(Systems.consentScope, "patient-privacy", "Privacy Consent")
                        )
                    ),
                    (
                        "category",
                        .list([
                            .concept(
                                .code(Systems.actCode, "IDSCL", "information disclosure")
                            )
                        ])
                    ),
                    ("patient", patient),
                    ("dateTime", .day(folded.consentDays[scope])),
                    ("organization", .list([organisation(recorder)])),
                    (
                        "policyRule",
                        .concept(.code(Systems.actCode, isGiven ? "OPTIN" : "OPTOUT"))
                    ),
                    (
                        "provision",
                        .built(
                            ("type", .value(isGiven ? "permit" : "deny")),
                            (
                                "purpose",
                                .list([
                                    .code(
                                        Systems.code("consent-scope"),
                                        scope.rawValue,
                                        scope.words
                                    )
                                ])
                            )
                        )
                    )
                )
            )
        }
    }
}

extension EventBody {
    /// The consent that was given, refused or withdrawn, if the event is one.
    var consent: Consent? {
        switch self {
        case .consentGiven(let fields), .consentRefused(let fields), .consentWithdrawn(let fields):
            fields
        default: nil
        }
    }
}

/// The sender's own identifier of a referral, as it is kept in the key of the entry.
package struct PlacerIdentifier: Sendable, Hashable {
    package var system: String?
    package var value: String

    package init(system: String?, value: String) {
        self.system = system
        self.value = value
    }

    /// From `fhir:system|value`.
    package init?(key: String?) {
        guard let key, key.hasPrefix("fhir:") else { return nil }
        let parts = key.dropFirst(5).split(
            separator: "|",
            maxSplits: 1,
            omittingEmptySubsequences: false
        )
        guard parts.count == 2 else { return nil }
        system = parts[0].isEmpty ? nil : String(parts[0])
        value = String(parts[1])
    }

    package var key: String { "fhir:\(system ?? "")|\(value)" }
}
