import Casework
import Kernel
import SQL
import Store

extension Goodwork {
    /// Everything held on the person of a case.
    ///
    /// - Parameter reason: why; kept in the access log.
    package func copy(
        personOf header: CaseHeader,
        reason: String,
        by actor: Actor
    ) async throws -> PersonCopy {
        try await copy(of: header.person, reason: reason, by: actor)
    }

    /// Everything held on a person, in whichever of their records.
    package func copy(
        of person: PersonID,
        reason: String,
        by actor: Actor
    ) async throws -> PersonCopy {
        let store = store
        let kept = try await store.database.read { try store.keptPerson(person, in: $0) }
        try await authorise(
            actor,
            .copyRecord,
            on: kept.text,
            resource: .case(CaseRelations(person: kept)),
            reason: reason
        )
        return try await store.database.read { transaction in
            guard try store.person(kept, in: transaction) != nil else {
                throw ServiceError(.notFound, "There is no such person.")
            }
            var copy = PersonCopy(
                madeAt: now(),
                person: kept,
                records: [],
                cases: [],
                looks: [],
                glass: [],
                merges: [],
                asked: [],
                names: try copyNames(in: transaction)
            )
            let records = try store.records(of: kept, in: transaction)
            for id in records { try gather(id, into: &copy, in: transaction) }
            // Of records that were joined after all it is of nobody else.
            copy.apart.removeAll { records.contains($0.one) && records.contains($0.other) }
            try gatherAccounts(into: &copy, in: transaction)
            copy.looks.sort { $0.at < $1.at }
            copy.merges.sort { ($0.saidAt, $0.id) < ($1.saidAt, $1.id) }
            return copy
        }
    }

    private func gather(
        _ id: PersonID,
        into copy: inout PersonCopy,
        in transaction: any Transaction
    ) throws {
        let person = try store.person(id, in: transaction)
        copy.records.append(
            PersonCopy.Record(
                id: id,
                identity: try person?.identity(),
                erasedAt: person?.erasedAt
            )
        )
        copy.looks += try store.accessLog(of: id.text, in: transaction)
        copy.asked += try store.copiesAsked(of: id, in: transaction)
        copy.practices += try practiceRecords(of: id, in: transaction)
        copy.claims += try store.claimed(for: id, in: transaction)
        let merges = try store.pairs(.joined, of: id, in: transaction)
        copy.merges += merges.filter { merge in !copy.merges.contains { $0.id == merge.id } }
        copy.apart += try store.pairs(.apart, of: id, in: transaction)
        for header in try store.headers(person: id, in: transaction) {
            let (history, programme) = try told(of: header, key: person?.key, in: transaction)
            let withdrawals = history.withdrawals
            let folded = history.fold()
            let events = history.events.sorted { History.precedes($0, $1) }
            let parts = StoryParts(events.lazy.map(\.body), in: programme)
            let names = copy.names
            copy.cases.append(
                PersonCopy.HeldCase(
                    header: header,
                    programme: programme,
                    case: folded,
                    state: folded.state(in: programme),
                    lines: try events.map { event in
                        try PersonCopy.Line(event, voidedAt: withdrawals[event.id]) {
                            $0.sentence(in: programme, names: { names[$0] }, parts: parts)
                        }
                    },
                    workItems: folded.workItems(in: programme, isErased: person?.erasedAt != nil)
                        .sorted { $0.dueOn < $1.dueOn },
                    messages: try store.messages(of: header.id, in: transaction)
                )
            )
            copy.looks += try store.accessLog(of: header.id.text, in: transaction)
            copy.glass += try store.glass(of: header.id, in: transaction)
        }
    }

    /// What the person signs in with, what was done to it, and what they did with it.
    private func gatherAccounts(
        into copy: inout PersonCopy,
        in transaction: any Transaction
    ) throws {
        for record in copy.records {
            guard let stored = try store.account(of: record.id, in: transaction) else { continue }
            let identity = try store.identity(of: stored, in: transaction)
            copy.accounts.append(PersonCopy.HeldAccount(stored, identity))
        }
        let ids = copy.accounts.map(\.id.text)
        // What they did to their own record is there already.
        let told = Set(copy.records.map(\.id.text) + copy.cases.map(\.header.id.text) + ids)
        for id in ids {
            copy.looks += try store.accessLog(of: id, in: transaction)
            copy.looks += try store.accessLog(by: id, in: transaction)
                .filter { !told.contains($0.subject) }
        }
    }

    /// Staff by their roles, and organisations by their names.
    private func copyNames(in transaction: any Transaction) throws -> CopyNames {
        var names = CopyNames()
        for organisation in try store.organisations(in: transaction) {
            names.organisations[organisation.id] = organisation.name
        }
        for account in try store.accounts(in: transaction) {
            let roles = account.roles.split(separator: " ").map { $0.replacing("-", with: " ") }
            names.roles[account.id.text] = roles.joined(separator: ", ")
            names.places[account.id.text] = account.organisation
        }
        return names
    }

    // MARK: - Copies that were asked for

    /// The copies asked for and not given, the oldest first, with references of their cases.
    package func copiesAsked(
        by actor: Actor
    ) async throws -> [(asked: CopyAsked, references: [String])] {
        try await authorise(actor, .readAccessLog, on: "copies")
        let store = store
        return try await store.database.read { transaction in
            try store.copiesAsked(in: transaction).map { asked in
                let records = try store.records(of: asked.person, in: transaction)
                let headers = try records.flatMap {
                    try store.headers(person: $0, in: transaction)
                }
                return (asked, headers.map(\.reference))
            }
        }
    }

    /// Keeps that a copy was given.
    package func answerCopy(_ id: String, by actor: Actor) async throws {
        let (store, now) = (store, now())
        try await authorise(actor, .readAccessLog, on: "copies")
        let asked = try await store.database.read { try store.copyAsked(id, in: $0) }
        guard let asked else { throw ServiceError(.notFound, "There is no such wish.") }
        try await authorise(
            actor,
            .copyRecord,
            on: asked.person.text,
            resource: .case(CaseRelations(person: asked.person)),
            because: .code("the copy was given")
        )
        let isNew = try await store.committer.submit { transaction in
            try store.answerCopy(id, by: actor.user, at: now, in: transaction)
        }
        guard isNew else { throw ServiceError(.conflict, "This copy was given already.") }
    }
}
