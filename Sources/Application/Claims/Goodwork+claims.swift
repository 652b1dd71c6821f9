import Casework
import Funding
import Kernel
import Programmes
import SQL
import Store

extension Goodwork {
    /// The claims that somebody may see, the latest first.
    package func claims(
        programme: String? = nil,
        by actor: Actor
    ) async throws -> [ClaimFile] {
        try await authorise(actor, .readClaims, on: programme ?? "claims")
        let store = store
        return try await store.database.read { transaction in
            var events: [ClaimID: [StoredClaimEvent]] = [:]
            for event in try store.claimEvents(programme: nil, in: transaction) {
                events[event.claim, default: []].append(event)
            }
            return try store.everyClaim(in: transaction).filter { claim in
                (programme == nil || claim.programme == programme) && sees(claim, actor)
            }
            .map { try file($0, events[$0.id] ?? [], actor, in: transaction) }
        }
    }

    /// One claim, by its id or its name.
    package func claim(_ name: String, by actor: Actor) async throws -> ClaimFile {
        let claim = try await opened(name, .readClaims, actor)
        let store = store
        return try await store.database.read { transaction in
            let events = try store.events(of: claim.id, in: transaction)
            return try file(claim, events, actor, in: transaction)
        }
    }

    /// Some lines of a claim, in order.
    package func lines(
        of name: String,
        from first: Int = 1,
        to last: Int = .max,
        by actor: Actor
    ) async throws -> [ClaimLine] {
        let claim = try await opened(name, .readClaims, actor)
        let store = store
        return try await store.database.read { transaction in
            try store.lines(of: claim.id, from: first, to: last, in: transaction)
        }
    }

    /// The lines of a claim, added up by payment and kind.
    package func sums(of name: String, by actor: Actor) async throws -> [ClaimSum] {
        let claim = try await opened(name, .readClaims, actor)
        let store = store
        return try await store.database.read { try store.sums(of: claim.id, in: $0) }
    }

    /// Every line of a claim, on its way out.
    package func exportLines(
        of name: String,
        by actor: Actor,
        reason: String?
    ) async throws -> (file: ClaimFile, lines: [ClaimLine]) {
        let claim = try await opened(name, .readClaims, actor, reason: reason ?? "export")
        let store = store
        return try await store.database.read { transaction in
            let events = try store.events(of: claim.id, in: transaction)
            let lines = try store.lines(of: claim.id, in: transaction)
            return (try file(claim, events, actor, in: transaction), lines)
        }
    }

    /// The events that prove a line: what happened and when, without names or words.
    package func evidence(
        of name: String,
        line number: Int,
        by actor: Actor
    ) async throws -> (line: ClaimLine, events: [CaseEvent], reference: String?) {
        let claim = try await opened(name, .readClaims, actor)
        let store = store
        return try await store.database.read { transaction in
            let found = try store.lines(of: claim.id, from: number, to: number, in: transaction)
            guard let line = found.first else {
                throw ServiceError(.notFound, "This claim has no line \(number).")
            }
            guard let id = line.caseID, let header = try store.header(id: id, in: transaction)
            else { return (line, [], nil) }
            let history = try store.history(header, key: nil, in: transaction)
            return (
                line, history.events.filter { line.evidence.contains($0.id) }, header.reference
            )
        }
    }

    /// A name for a person that says nothing of them, the same in every claim of a programme.
    package func pseudonym(_ person: PersonID, in programme: String) -> String {
        let hex = Array("0123456789abcdef")
        return store.vault.index("claims of \(programme)", person.text).prefix(8)
            .map { "\(hex[Int($0 >> 4)])\(hex[Int($0 & 15)])" }.joined()
    }

    /// The claim of a name, if the actor may do this with it; the look is written down.
    func opened(
        _ name: String,
        _ action: Action,
        _ actor: Actor,
        reason: String? = nil
    ) async throws -> StoredClaim {
        let store = store
        let found = try await store.database.read { try store.claim(name, in: $0) }
        guard let found else {
            try await authorise(actor, action, on: "claim")
            throw ServiceError(.notFound, "There is no such claim.")
        }
        let resource = Resource.claim(ClaimParties(found))
        try await authorise(actor, action, on: found.name, resource: resource, reason: reason)
        return found
    }

    private func sees(_ claim: StoredClaim, _ actor: Actor) -> Bool {
        let resource = Resource.claim(ClaimParties(claim))
        return Access.decide(actor, .readClaims, on: resource) == .allowed
    }

    func file(
        _ claim: StoredClaim,
        _ events: [StoredClaimEvent],
        _ actor: Actor,
        in transaction: any Transaction
    ) throws -> ClaimFile {
        let state = try ClaimState(events)
        var rejected: [Int: (amount: Pence, rejection: ClaimLedger.Rejection)] = [:]
        for event in events where event.move == .reject {
            guard let number = event.line,
                let line = try store.lines(
                    of: claim.id,
                    from: number,
                    to: number,
                    in: transaction
                ).first
            else { continue }
            rejected[number] = (line.amount, event.rejection ?? .claimAgain)
        }
        let resource = Resource.claim(ClaimParties(claim))
        return ClaimFile(
            claim: claim,
            state: state,
            events: events,
            rejected: rejected,
            moves: state.moves.filter { move in
                ClaimMove.asked.contains(move)
                    && Access.decide(actor, move.action, on: resource) == .allowed
            }
        )
    }
}
