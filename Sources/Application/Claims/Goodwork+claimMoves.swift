import Funding
import Kernel
import Programmes
import SQL
import Store

extension Goodwork {
    /// Takes a step with a claim: submit, query, answer, accept or pay.
    ///
    /// - Parameter words: what is asked or answered; for a payment, its reference.
    package func move(
        claim name: String,
        _ move: ClaimMove,
        words: String? = nil,
        by actor: Actor
    ) async throws -> ClaimFile {
        try await step(name, move, line: nil, words: words, by: actor)
    }

    /// Rejects a line of a claim that is not yet accepted.
    package func reject(
        claim name: String,
        line: Int,
        words: String,
        by actor: Actor
    ) async throws -> ClaimFile {
        try await step(name, .reject, line: line, words: words, by: actor)
    }

    private func step(
        _ name: String,
        _ move: ClaimMove,
        line: Int?,
        words: String?,
        by actor: Actor
    ) async throws -> ClaimFile {
        let claim = try await opened(name, move.action, actor)
        guard ClaimMove.asked.contains(move) else {
            throw ServiceError(
                ClaimRefusal(.wrongState, "Only a later draft takes the place of a claim's draft.")
            )
        }
        let words = move.needsWords ? try stated(words ?? "") : words.flatMap { try? stated($0) }
        let rules = try await reportProgramme(claim.programme)
        let (store, now) = (store, now())
        return try await store.committer.submit { transaction in
            // Whoever submits anything of the programme waits for the others here.
            try store.lockClaims(in: transaction)
            var events = try store.events(of: claim.id, in: transaction)
            let state = try ClaimState(events)
            var rejection: ClaimLedger.Rejection?
            do {
                _ = try state.after(move)
                if move == .submit || move == .accept {
                    try checkLines(of: claim, isNew: move == .submit, in: transaction)
                }
                if move == .reject, let line {
                    rejection = try checkRejection(of: line, in: claim, events, rules, transaction)
                }
            } catch let refusal as ClaimRefusal {
                throw ServiceError(refusal)
            }
            let event = StoredClaimEvent(
                claim: claim.id,
                sequence: events.count + 1,
                move: move,
                at: now,
                by: actor.user,
                organisation: actor.organisation,
                line: line,
                rejection: rejection,
                words: words
            )
            guard try store.add(event, in: transaction) else {
                throw ServiceError(
                    .conflict,
                    "Somebody else works on this claim. Look at it again."
                )
            }
            events.append(event)
            return try file(claim, events, actor, in: transaction)
        }
    }

    /// The lines are those that were drafted, and nobody has claimed them meanwhile.
    private func checkLines(
        of claim: StoredClaim,
        isNew: Bool,
        in transaction: any Transaction
    ) throws {
        let lines = try store.lines(of: claim.id, in: transaction)
        guard lines.digest == claim.digest else {
            throw StoreError.damaged(
                "the lines of claim \(claim.name) are not those it was made of"
            )
        }
        guard isNew else { return }
        let ledger = ClaimLedger(
            try store.ledgerEntries(of: claim.programme, in: transaction),
            kept: try store.keptPersons(in: transaction)
        )
        let draft = ClaimDraft(claimant: claim.claimant, lines: lines)
        if let refusal = ledger.objection(to: draft) { throw refusal }
    }

    private func checkRejection(
        of number: Int,
        in claim: StoredClaim,
        _ events: [StoredClaimEvent],
        _ rules: Programme,
        _ transaction: any Transaction
    ) throws -> ClaimLedger.Rejection {
        let found = try store.lines(of: claim.id, from: number, to: number, in: transaction)
        guard let line = found.first else {
            throw ClaimRefusal(.notALine, "This claim has no line \(number).")
        }
        if events.contains(where: { $0.move == .reject && $0.line == number }) {
            throw ClaimRefusal(.notALine, "Line \(number) has been rejected already.")
        }
        let entries = try store.ledgerEntries(of: claim.programme, in: transaction)
        let refusal = ClaimLedger.objection(
            toRejecting: line,
            of: claim.id,
            among: entries,
            kept: try store.keptPersons(in: transaction)
        )
        if let refusal { throw refusal }
        return rules.funding?.afterRejection(of: line.key.rule) == .final ? .final : .claimAgain
    }
}

extension FundingRules {
    /// Whether a line of a payment, a part or a measure may be claimed again when rejected.
    fileprivate func afterRejection(of rule: String) -> AfterRejection {
        if let payment = payments.first(where: { $0.id == rule }) { return payment.afterRejection }
        let scheme = incentives.first { $0.measures.contains { $0.id == rule } }
        return scheme?.afterRejection ?? .claimAgain
    }
}
