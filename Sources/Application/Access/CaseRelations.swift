import Casework
import Kernel
import Store

/// What ties organisations and people to a case: all that access to it depends on.
package struct CaseRelations: Sendable, Hashable {
    package var person: PersonID
    /// The organisation that referred.
    package var referrer: String?
    /// The organisation that holds the case.
    package var provider: String?
    /// The organisation that was asked to take it over.
    package var asked: String?
    /// Organisations with an onward referral that is not over.
    package var onward: Set<String>
    /// Organisations that may choose the strand, while the case is in none and nobody holds it.
    package var unassigned: Set<String>
    /// The last word on each scope, where there is one: given, or not.
    package var consents: [ConsentScope: Bool]
    /// Whether whoever asks has broken the glass on this case within four hours.
    package var isGlassBroken = false

    package init(
        person: PersonID,
        referrer: String? = nil,
        provider: String? = nil,
        asked: String? = nil,
        onward: Set<String> = [],
        unassigned: Set<String> = [],
        consents: [ConsentScope: Bool] = [:],
        isGlassBroken: Bool = false
    ) {
        self.person = person
        self.referrer = referrer
        self.provider = provider
        self.asked = asked
        self.onward = onward
        self.unassigned = unassigned
        self.consents = consents
        self.isGlassBroken = isGlassBroken
    }

    /// From the row that lists are made of.
    package init(_ row: CaseRow) {
        self.init(
            person: row.header.person,
            referrer: row.referrer,
            provider: row.provider,
            asked: row.asked,
            onward: Set(row.onward),
            unassigned: Set(row.unassigned),
            consents: row.consents
        )
    }

    /// Whether the person took back, or never gave, leave to be referred.
    var isConsentRefused: Bool { consents[.referral] == false }
}
