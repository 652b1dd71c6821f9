import Casework
import Kernel
import Programmes
import SQL
import Store

/// Somebody who waits, and what must be known to take them.
package struct WaitingReferral: Sendable {
    package var row: CaseRow
    /// What the rules say for the strand that the case is in now.
    package var verdict: Verdict
    /// The sentences of the rules that are not met, or not known.
    package var says: [String]
    /// The questions that have no answer yet.
    package var missing: [String]
    package var daysWaiting: Int
    /// The running clock that is due first.
    package var clock: ClockReading?
    package var priority: WaitingPriority?
    /// Completed years on the day of referral.
    package var age: Int?
    /// Whether the person was an adult then; nil where the age is not known.
    package var isAdult: Bool?
    /// Open cases in the programme that may be the same person's, of those the actor may see.
    package var twins: [CaseRow] = []
}

/// Why somebody is seen before others, 1 being the first.
package struct WaitingPriority: Sendable, Hashable {
    package var rank: Int
    package var says: String

    package init(rank: Int, says: String) {
        self.rank = rank
        self.says = says
    }

    /// What the programme file says of who comes first; nil in the order of referral.
    static func of(_ waiting: Case, in programme: Programme) -> WaitingPriority? {
        programme.priority(of: waiting).map { Self(rank: $0.rank, says: $0.says) }
    }
}

extension Goodwork {
    /// Those who wait at a team, in the order in which they are to be seen.
    ///
    /// - Parameter isToAccept: only referrals that nobody has accepted, with possible duplicates.
    package func waitingList(
        of team: Team,
        isToAccept: Bool,
        by actor: Actor
    ) async throws -> [WaitingReferral] {
        let rows = isToAccept ? team.toAccept : team.waiting
        let store = store
        let waiting = try await store.database.read { transaction in
            try rows.map { row in
                var waiting = try self.waiting(row, on: team.today, in: transaction)
                if isToAccept { waiting.twins = try twins(of: row, by: actor, in: transaction) }
                return waiting
            }
        }
        return waiting.sorted { $0.place < $1.place }
    }

    private func waiting(
        _ row: CaseRow,
        on today: CivilDate,
        in transaction: any Transaction
    ) throws -> WaitingReferral {
        let (history, programme) = try told(of: row.header, in: transaction)
        let folded = history.fold()
        let decided = folded.verdict(forStrand: folded.strand, in: programme)
        let running = folded.clocks(in: programme).filter { $0.state == .running }
        return WaitingReferral(
            row: row,
            verdict: decided?.verdict ?? .notKnown,
            says: decided?.says ?? [],
            missing: (decided?.missing ?? []).map(programme.answerID(ofMissing:)),
            daysWaiting: today - (row.referredOn ?? today),
            clock: running.min { ($0.dueOn, $0.clock.id) < ($1.dueOn, $1.clock.id) },
            priority: .of(folded, in: programme),
            age: folded.referral?.age,
            isAdult: folded.referral?.isAdult
        )
    }

    /// Open cases in the same programme of whoever has the same NHS number, or the same name and
    /// birth date.
    ///
    /// That two records are one person's says who somebody is: so the actor must be one who may
    /// see that of both.
    private func twins(
        of row: CaseRow,
        by actor: Actor,
        in transaction: any Transaction
    ) throws -> [CaseRow] {
        func maySee(_ row: CaseRow) -> Bool {
            Access.decide(actor, .readIdentity, on: .case(CaseRelations(row))) == .allowed
        }
        guard maySee(row), let person = try store.person(row.header.person, in: transaction),
            let identity = try person.identity()
        else { return [] }
        let indexes = PersonIndexes(identity, vault: store.vault)
        var people = Set(try store.records(of: person.id, in: transaction) + [person.id])
        for kind in [PersonIndexes.Kind.nhs, .name] {
            people.formUnion(
                try store.people(like: indexes, by: kind, in: transaction).map(\.id)
            )
        }
        return try people.sorted().flatMap { id in
            try store.caseRows(.person(id), in: transaction).filter { other in
                other.header.id != row.header.id && other.closedOn == nil
                    && other.header.programme == row.header.programme && maySee(other)
            }
        }
    }
}

extension WaitingReferral {
    /// By priority, then by the day of referral.
    fileprivate var place: (Int, Int, String) {
        (priority?.rank ?? .max, -daysWaiting, row.header.reference)
    }
}

extension Case {
    /// What the rules say of this person, were the case in a strand.
    func verdict(forStrand strand: String?, in programme: Programme) -> EligibilityDecided? {
        guard var referral else { return nil }
        if strand == referral.strand, let eligibility { return eligibility }
        referral.strand = strand
        return Eligibility.decide(referral, programme: programme)
    }
}
