import Kernel
import Programmes

/// The organisations with a part in a case, and what the person agreed to.
package struct CaseParties: Sendable, Hashable {
    /// The organisation that referred; nil when it was not said.
    package var referrer: String?
    /// The organisation that holds the case.
    package var provider: String?
    /// The organisation that was asked to take it over, while it has not answered.
    package var asked: String?
    /// Organisations with an onward referral that is not over, in order.
    package var onward: [String] = []
    /// The providers of the programme, in order, while nobody has said which strand the case is in:
    /// any of them may choose.
    package var unassigned: [String] = []
    /// The last word on each scope: given, or refused or withdrawn.
    package var consents: [ConsentScope: Bool] = [:]

    package init() {}
}

extension Case {
    /// Who has a part in the case now.
    package func parties(in programme: Programme) -> CaseParties {
        var parties = CaseParties()
        parties.referrer = referral?.referrer
        parties.provider = provider ?? programme.strands.first { $0.id == strand }?.provider
        parties.asked = transferAskedTo
        let open = onward.filter { !$0.status.isOver }
        parties.onward = Set(open.map { programme.organisation(ofOnward: $0.service) }).sorted()
        if parties.provider == nil, isOpen {
            parties.unassigned = Set(programme.strands.map(\.provider)).sorted()
        }
        parties.consents = consents.mapValues { $0 == .consentGiven }
        return parties
    }
}

extension Case {
    /// Onward referrals to an organisation that are not over.
    package func openOnward(
        to organisation: String,
        in programme: Programme
    ) -> [OnwardReferral] {
        onward.filter { referral in
            !referral.status.isOver
                && programme.organisation(ofOnward: referral.service) == organisation
        }
    }
}

extension Programme {
    /// The organisation that answers for an onward service.
    ///
    /// A service that the programme no longer names stands for itself.
    package func organisation(ofOnward service: String) -> String {
        pathway.onward.first { $0.id == service }?.organisation ?? service
    }
}
