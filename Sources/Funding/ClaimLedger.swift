import Kernel

/// What stands claimed: for whom, by which rule, by which organisation, and where it was claimed.
///
/// Lines of submitted claims stand until they are rejected. Drafts stand for nothing.
package struct ClaimLedger: Sendable {
    /// A line that was submitted.
    package struct Entry: Sendable, Hashable {
        package var claimant: String
        package var at: LineReference
        package var key: ClaimKey
        package var caseID: CaseID?
        package var day: CivilDate
        package var amount: Pence
        /// The line of an earlier claim that this one corrects.
        package var corrects: LineReference?
        package var rejection: Rejection?

        package init(
            claimant: String,
            at: LineReference,
            key: ClaimKey,
            caseID: CaseID?,
            day: CivilDate,
            amount: Pence,
            corrects: LineReference? = nil,
            rejection: Rejection? = nil
        ) {
            self.claimant = claimant
            self.at = at
            self.key = key
            self.caseID = caseID
            self.day = day
            self.amount = amount
            self.corrects = corrects
            self.rejection = rejection
        }
    }

    /// Whether a line that was rejected may be claimed again.
    package enum Rejection: String, Sendable {
        case claimAgain = "claim-again"
        case final
    }

    /// What one organisation has claimed by one key.
    struct Account: Hashable {
        var claimant: String
        var key: ClaimKey
    }

    /// The entries by account, in the order of claiming.
    private(set) var accounts: [Account: [Entry]] = [:]
    /// What is claimed by a key in whatever strand, by whomever.
    private(set) var anywhere: [ClaimKey: Pence] = [:]
    /// What was rejected for good, where nothing stands by that key.
    package private(set) var refused: Set<ClaimKey> = []
    /// What stands by keys of which only a part was rejected for good.
    ///
    /// A rejected line takes nothing from the others of its key; no more than they hold is due.
    package private(set) var limits: [ClaimKey: Pence] = [:]
    private let kept: [PersonID: PersonID]

    /// - Parameters:
    ///   - entries: in the order in which they were submitted.
    ///   - kept: records that were joined into another, each with that one.
    package init(_ entries: [Entry], kept: [PersonID: PersonID] = [:]) {
        self.kept = kept
        var rejected: Set<ClaimKey> = []
        for entry in entries {
            let key = entry.key.following(kept)
            if entry.rejection == .final, entry.amount > .zero { rejected.insert(key.anywhere) }
            guard entry.rejection == nil else { continue }
            let account = Account(claimant: entry.claimant, key: key)
            accounts[account, default: []].append(entry)
            anywhere[key.anywhere, default: .zero] += entry.amount
        }
        for key in rejected {
            let standing = anywhere[key, default: .zero]
            if standing > .zero { limits[key] = standing } else { refused.insert(key) }
        }
    }

    /// What stands claimed in all.
    package var total: Pence { anywhere.values.reduce(.zero, +) }

    /// The people for whom money stands claimed.
    package var people: Set<PersonID> {
        Set(anywhere.filter { $0.value > .zero }.keys.compactMap(\.person))
    }

    /// What stands claimed by one organisation.
    package func total(of claimant: String) -> Pence {
        accounts.filter { $0.key.claimant == claimant }.values.joined().map(\.amount)
            .reduce(.zero, +)
    }

    /// What stands claimed by a rule of the programme file.
    package func total(rule: String) -> Pence {
        anywhere.filter { $0.key.rule == rule }.values.reduce(.zero, +)
    }

    func standing(_ account: Account) -> Pence {
        accounts[account, default: []].map(\.amount).reduce(.zero, +)
    }

    /// Keys for which money stands claimed by more than one organisation or in more than one strand.
    package var duplicates: [ClaimKey] {
        var holders: [ClaimKey: Int] = [:]
        for (account, entries) in accounts where account.key.person != nil {
            let sum = entries.map(\.amount).reduce(.zero, +)
            if sum > .zero { holders[account.key.anywhere, default: 0] += 1 }
        }
        return holders.filter { $0.value > 1 }.keys.sorted()
    }

    /// The key as it is kept here: that of the record which a person's record was joined into.
    package func following(_ key: ClaimKey) -> ClaimKey { key.following(kept) }
}
