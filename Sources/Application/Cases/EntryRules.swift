import Casework
import Kernel
import Programmes
import SQL
import Store

/// What a command must heed beside the rules of casework, whoever tells it and by whatever way.
///
/// A page's form offers only what is right; a program sends what it likes, so it is asked here.
struct EntryRules {
    let file: CaseFile
    let actor: Actor
    let action: Action
    /// The ids of the coaches who can be given cases; looked up only when one is named.
    let coaches: Set<String>

    func faults(_ command: Command) -> [Fault] {
        var faults: [Fault] = []
        for (place, entry) in command.entries.enumerated() {
            guard let (field, says) = fault(entry.body, in: command) else { continue }
            let pointer = "/entries/\(place)" + (field.map { "/\($0)" } ?? "")
            faults.append(Fault(field: pointer, problem: says))
        }
        for (place, void) in command.voids.enumerated() where !mayWithdraw(void.event) {
            faults.append(
                Fault(
                    field: "/voids/\(place)/event",
                    problem: "there is no such entry that can be withdrawn"
                )
            )
        }
        return faults
    }

    private func fault(_ body: EventBody, in command: Command) -> (String?, String)? {
        switch body {
        case .referralAnswered(let fields):
            if fields.corrects.isEmpty || file.may.contains(.changeCase) { return nil }
            return ("corrects", "is for the case team: ask the service to put it right")
        case .referralWithdrawn:
            if file.state.isBeforeContact { return nil }
            // Whoever holds the case confirms what the referrer asked for.
            let isAsked = file.case.cancellationAskedOn != nil
            if isAsked, file.relations.provider == actor.organisation { return nil }
            return (nil, "the service is in contact already: ask it to end the support")
        case .referralAccepted: return acceptance(command)
        case .referralReturned(let fields):
            if fields.reason == .completed { return ("reason", "a return is no good end") }
            return (fields.instead ?? "").isEmpty ? ("instead", "is missing") : nil
        case .coachAssigned(let fields): return assignment(fields, command)
        case .transferAsked(let fields):
            let others = file.programme.strands.flatMap { [$0.provider] + $0.partners }
            if others.contains(fields.provider), fields.provider != file.relations.provider {
                return nil
            }
            return ("provider", "is no other provider of this programme")
        case .transferAccepted(let fields):
            return fields.provider == actor.organisation ? nil : ("provider", "is not you")
        case .transferDeclined(let fields):
            if fields.provider != actor.organisation { return ("provider", "is not you") }
            return (fields.text ?? "").isEmpty ? ("text", "is missing: say why") : nil
        case .onwardMoved(let fields) where action == .answerOnward: return answer(fields)
        default: return nil
        }
    }

    /// A case that nobody holds is taken into one of the provider's own strands.
    private func acceptance(_ command: Command) -> (String?, String)? {
        let isHeldByNobody = !file.case.parties(in: file.programme).unassigned.isEmpty
        guard isHeldByNobody else { return nil }
        let own = file.programme.strands.filter { $0.provider == actor.organisation }.map(\.id)
        let chooses = command.entries.contains { entry in
            if case .referralRerouted(let fields) = entry.body {
                own.contains(fields.strand)
            } else {
                false
            }
        }
        if chooses { return nil }
        return (nil, "nobody holds this case: send referral.rerouted to a strand of yours with it")
    }

    private func assignment(
        _ fields: CoachAssigned,
        _ command: Command
    ) -> (String?, String)? {
        if action == .answerTransfer {
            let takes = command.entries.contains { $0.body.kind == .transferAccepted }
            if !takes { return (nil, "accept the transfer first, or with it") }
        }
        return coaches.contains(fields.coach)
            ? nil : ("coach", "is no coach of your organisation")
    }

    private func answer(_ fields: OnwardMoved) -> (String?, String)? {
        let open = file.case.openOnward(to: actor.organisation, in: file.programme)
        guard open.contains(where: { $0.id == fields.onward }) else {
            return ("onward", "is no open onward referral to your organisation")
        }
        guard fields.to.isOver else { return nil }
        if fields.reason == nil { return ("reason", "is missing: say why") }
        let reason = fields.reason.flatMap { OnwardReason(rawValue: $0) }
        let isOdd = fields.to == .declined && reason?.mayDecline == false
        return isOdd ? ("reason", "what was declined was not completed") : nil
    }

    /// What follows from another entry falls with that one; what the reader may not see, they
    /// cannot withdraw.
    private func mayWithdraw(_ id: EventID) -> Bool {
        guard let line = file.lines.first(where: { $0.event.id == id }) else { return false }
        return file.mayWithdraw(line)
    }
}

extension CaseFile {
    /// Whether an entry may be withdrawn by whoever reads it.
    ///
    /// What follows from another falls with that one, and a referral stands. Details are changed
    /// anew: what they were before, another case may have told.
    package func mayWithdraw(_ line: Line) -> Bool {
        let standing: [EventKind] = [.referralReceived, .detailsChanged]
        return line.event.cause == nil && !standing.contains(line.event.body.kind) && shows(line)
    }

    /// Whether the reader may see an entry.
    ///
    /// Notes, measures and risks are for the case team; what withdraws an entry stands beside it.
    package func shows(_ line: Line) -> Bool {
        let kind = line.event.body.kind
        return kind != .voided && (!kind.isClinical || may.contains(.readClinical))
    }
}

extension Goodwork {
    /// Carries out a command that a program sent, whichever kinds of entry are in it.
    ///
    /// - Parameters:
    ///   - file: the case, opened for the actor.
    ///   - version: the version the actor decided on.
    /// - Throws: `ServiceError`: forbidden where the actor may not tell such entries, faults where
    ///   they cannot be told together.
    package func tell(
        _ command: Command,
        on file: CaseFile,
        by actor: Actor,
        version: Int?,
        key: String?,
        seed: UInt64
    ) async throws -> Change {
        let actions = command.actions
        guard !actions.isEmpty else {
            throw ServiceError(
                .faults,
                code: "entries-apart",
                """
                These entries are not told by one and the same party: send them apart.
                """
            )
        }
        guard let action = actions.first(where: file.may.contains) else {
            throw ServiceError(.forbidden, "This is not the client's to tell of this case.")
        }
        var coaches: Set<String> = []
        if command.entries.contains(where: { $0.body.kind == .coachAssigned }) {
            coaches = Set(try await self.coaches(by: actor).map(\.id))
        }
        let rules = EntryRules(file: file, actor: actor, action: action, coaches: coaches)
        let faults = rules.faults(command)
        // A command that was carried out before is answered as it was then.
        if !faults.isEmpty, try await !hasAnswer(key) {
            throw ServiceError(.faults, "Nothing was done: see the faults.", faults: faults)
        }
        return try await change(
            file.header,
            command,
            by: actor,
            as: action,
            version: version,
            idempotencyKey: key,
            seed: seed
        )
    }

    /// Whether something was carried out under a key before.
    package func hasAnswer(_ key: String?) async throws -> Bool {
        guard let key else { return false }
        let store = store
        return try await store.database.read { try store.hasAnswer(toKey: key, in: $0) }
    }
}
