import Kernel
import Programmes

/// The organisations with a part in a case, and what the person agreed to.
package struct CaseParties: Sendable, Hashable {
    /// The organisation that referred; nil when it was not said.
    package var referrer: String?
    /// The organisation that holds the case.
    package var provider: String?
    /// The organisation that was asked to take it over, while it has not answered and the case is
    /// open.
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
        // A closed case is not handed over; reopened, it waits for the answer again.
        parties.asked = isOpen ? transferAskedTo : nil
        let open = onward.filter { !$0.status.isOver }
        parties.onward = Set(open.compactMap { $0.organisation(in: programme) }).sorted()
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
                && referral.organisation(in: programme) == organisation
        }
    }
}

extension OnwardReferral {
    /// The organisation that answers for it; nil where nobody here does, and the coach asks.
    ///
    /// A service that the programme no longer names stands for itself.
    package func organisation(in programme: Programme) -> String? {
        if guideName != nil { return guideOrganisation }
        return programme.pathway.onward.first { $0.id == service }?.organisation ?? service
    }

    /// What the service is called.
    package func name(in programme: Programme) -> String {
        guideName ?? programme.name(ofOnward: service)
    }
}

extension Programme {
    /// What an onward service is called: its name, or its words where the file no longer has it.
    package func name(ofOnward service: String) -> String {
        pathway.onward.first { $0.id == service }?.name ?? Words.capital(service)
    }
}
