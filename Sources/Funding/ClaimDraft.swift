import Kernel

/// The lines that one organisation would claim now.
package struct ClaimDraft: Sendable, Hashable {
    package var claimant: String
    package var lines: [ClaimLine]

    package init(claimant: String, lines: [ClaimLine]) {
        self.claimant = claimant
        self.lines = lines
    }

    package var total: Pence { lines.map(\.amount).reduce(.zero, +) }
}

extension ClaimLedger {
    /// The differences between what is due and what stands claimed, by organisation.
    ///
    /// What somebody else still has standing for the same person and payment waits until it is given
    /// back, so that nobody is claimed for twice even for a day.
    ///
    /// - Returns: a draft for each organisation that has a line, in the order of their names, and how
    ///   many lines wait.
    package func drafts(
        _ entitlements: Entitlements,
        programmeVersion: Int
    ) -> (drafts: [ClaimDraft], waiting: Int) {
        var due: [Account: Entitlement] = [:]
        for one in entitlements.due {
            due[Account(claimant: one.claimant, key: one.key)] = one
        }
        let keys = Set(due.keys).union(accounts.keys)
        var lines: [String: [ClaimLine]] = [:]
        var waiting = 0
        for account in keys {
            let standing = standing(account)
            let one = due[account]
            let difference = (one?.amount ?? .zero) - standing
            guard difference != .zero else { continue }
            if difference > .zero, anywhere[account.key.anywhere, default: .zero] > standing {
                waiting += 1
                continue
            }
            let line =
                difference > .zero
                ? one.map { claimed($0, difference, account, standing, programmeVersion) }
                : givenBack(difference, account, one, programmeVersion)
            if let line { lines[account.claimant, default: []].append(line) }
        }
        let drafts = lines.map { claimant, lines in
            ClaimDraft(claimant: claimant, lines: Self.numbered(lines))
        }
        return (drafts.sorted { $0.claimant < $1.claimant }, waiting)
    }

    private func claimed(
        _ one: Entitlement,
        _ amount: Pence,
        _ account: Account,
        _ standing: Pence,
        _ version: Int
    ) -> ClaimLine {
        ClaimLine(
            number: 0,
            kind: standing == .zero ? .new : .topUp,
            key: account.key,
            amount: amount,
            day: one.day,
            caseID: one.caseID,
            provider: one.provider,
            locality: one.locality,
            programmeVersion: version,
            corrects: standing == .zero ? nil : accounts[account]?.last?.at,
            note: one.figure
        )
    }

    private func givenBack(
        _ amount: Pence,
        _ account: Account,
        _ one: Entitlement?,
        _ version: Int
    ) -> ClaimLine? {
        let entries = accounts[account, default: []].filter { $0.amount > .zero }
        // Of two records of one person, that which is not paid for.
        let other = entries.last { $0.caseID != one?.caseID } ?? entries.last
        guard let entry = other else { return nil }
        let isTwice = one != nil && entries.count > 1 && entry.caseID != one?.caseID
        let why =
            isTwice
            ? "The same person was claimed for twice."
            : one == nil ? "It is no longer due." : "The amount due is less."
        return ClaimLine(
            number: 0,
            kind: .clawback,
            // Under the record that it was claimed under, should the records be parted again.
            key: entry.key,
            amount: amount,
            day: one?.day ?? entry.day,
            caseID: entry.caseID,
            programmeVersion: version,
            corrects: entry.at,
            note: why
        )
    }

    /// The lines in order and numbered: what is given back first, then by payment, day and case.
    private static func numbered(_ lines: [ClaimLine]) -> [ClaimLine] {
        var sorted = lines.sorted { a, b in
            if (a.kind == .clawback) != (b.kind == .clawback) { return a.kind == .clawback }
            if (a.key.person == nil) != (b.key.person == nil) { return a.key.person == nil }
            if a.day != b.day { return a.day < b.day }
            return a.key < b.key
        }
        for index in sorted.indices { sorted[index].number = index + 1 }
        return sorted
    }
}

extension ClaimLedger {
    /// Why a draft may not be submitted as it is, because others claimed since; nil if it may.
    package func objection(to draft: ClaimDraft) -> ClaimRefusal? {
        var seen: Set<ClaimKey> = []
        for line in draft.lines {
            let key = following(line.key)
            let account = Account(claimant: draft.claimant, key: key)
            let standing = standing(account)
            if line.kind == .clawback {
                guard standing + line.amount < .zero else { continue }
                return ClaimRefusal(
                    .overtaken,
                    "Line \(line.number) gives back what no longer stands. Make the claim again."
                )
            }
            let elsewhere = anywhere[key.anywhere, default: .zero] > standing
            let isNew = line.kind == .new && standing > .zero
            if elsewhere || isNew || !seen.insert(key.anywhere).inserted {
                return ClaimRefusal(
                    .overtaken,
                    "Line \(line.number) has been claimed for since. Make the claim again."
                )
            }
        }
        return nil
    }

    /// Why a line may not be rejected; nil if it may.
    ///
    /// A clawback names one line, and may give back what several hold. So what stands must be enough
    /// as well, by the records as they were claimed under and as they are joined now.
    ///
    /// - Parameters:
    ///   - entries: those of the whole programme.
    ///   - kept: records that were joined into another, each with that one.
    package static func objection(
        toRejecting line: ClaimLine,
        of claim: ClaimID,
        among entries: [Entry],
        kept: [PersonID: PersonID] = [:]
    ) -> ClaimRefusal? {
        guard line.amount > .zero else {
            return ClaimRefusal(
                .clawbackStands,
                "Line \(line.number) gives money back, and is not rejected. Query it instead."
            )
        }
        let at = LineReference(claim: claim, line: line.number)
        let claimant = entries.first { $0.at == at }?.claimant
        let same = entries.filter {
            $0.rejection == nil && $0.claimant == claimant && $0.key.rule == line.key.rule
        }
        func stands(_ kept: [PersonID: PersonID]) -> Pence {
            let key = line.key.following(kept)
            return same.filter { $0.key.following(kept) == key }.map(\.amount)
                .reduce(.zero, +)
        }
        let isCorrected = entries.contains { $0.corrects == at && $0.amount < .zero }
        let isShort = claimant != nil && min(stands([:]), stands(kept)) < line.amount
        guard isCorrected || isShort else { return nil }
        return ClaimRefusal(
            .clawbackStands,
            "Line \(line.number) has been given back since. Rejecting it would take it back twice."
        )
    }
}
