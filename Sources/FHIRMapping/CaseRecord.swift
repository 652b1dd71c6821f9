import Casework
import Kernel
import Programmes

/// How much of a case its reader may know; the server finds it by the access rules.
package enum FHIRSight: Int, Sendable, Comparable, CaseIterable {
    /// Whoever referred, where the person has not agreed that they learn the outcome.
    case referrer
    /// Whoever referred, where the person has agreed.
    case outcome
    /// Whoever holds the case.
    case team

    package static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

/// A case with what reading it by FHIR needs.
package struct CaseRecord: Sendable {
    /// Opened with the person's key where the reader may see free text and answers.
    package var history: History
    package var programme: Programme
    package var sight: FHIRSight
    /// What organisations, accounts and programmes are called, by their ids.
    package var names: [String: String]

    /// The types that say nothing of identity or free text: codes, days and references alone.
    package static let codedTypes: Set = ["Condition", "Consent", "ServiceRequest"]

    package init(
        history: History,
        programme: Programme,
        sight: FHIRSight,
        names: [String: String] = [:]
    ) {
        self.history = history
        self.programme = programme
        self.sight = sight
        self.names = names
    }
}

/// A person with what reading them by FHIR needs.
package struct PersonRecord: Sendable {
    package var id: PersonID
    /// Nil once the person is erased.
    package var identity: Identity?
    package var gender: String?
    package var ethnicity: String?
    /// ODS code of the general practice.
    package var practice: String?
    package var hasDied: Bool
    /// The other records of the same person, where some were joined.
    package var others: [PersonID] = []
    /// How often the record changed, from 1, and when it did last.
    package var number: Int
    package var updatedAt: Instant

    package init(
        id: PersonID,
        identity: Identity?,
        gender: String? = nil,
        ethnicity: String? = nil,
        practice: String? = nil,
        hasDied: Bool = false,
        number: Int = 1,
        updatedAt: Instant
    ) {
        self.id = id
        self.identity = identity
        self.gender = gender
        self.ethnicity = ethnicity
        self.practice = practice
        self.hasDied = hasDied
        self.number = number
        self.updatedAt = updatedAt
    }

    /// With what the person's cases say of them, as far as the reader may know it, the latest case
    /// last, and when they did.
    package mutating func fill(from cases: [CaseRecord]) {
        for record in cases {
            let view = CaseView(record)
            // A referral that was taken back as an error says nothing.
            if !view.isInError, let referral = view.referral {
                gender = referral.gender ?? gender
                ethnicity = referral.ethnicity ?? ethnicity
                practice = referral.practice ?? practice
            }
            hasDied = hasDied || view.folded.closure == .died
            updatedAt = max(updatedAt, record.history.personToldAt ?? updatedAt)
        }
    }
}

extension History {
    /// When something was last told, or withdrawn, of what a case says of its person; nil where
    /// nothing was.
    package var personToldAt: Instant? {
        let told = Set(events.filter(\.body.isAboutPerson).map(\.id.text))
        return events.filter { event in
            if case .voided(let fields) = event.body { return told.contains(fields.event) }
            return event.body.isAboutPerson
        }.map(\.recordedAt).max()
    }
}

extension EventBody {
    fileprivate var isAboutPerson: Bool {
        switch self {
        case .referralReceived, .referralAnswered, .reopened: true
        case .closed(let fields): fields.reason == .died
        default: false
        }
    }
}
