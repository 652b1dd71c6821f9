import Casework
import Funding
import Kernel
import Programmes
import Testing

/// Claims over random histories, held to the ledger and to what is due computed from scratch.
///
/// Each failure names the seed of its history.
@Suite("Claims reconcile to the penny") struct ReconciliationTests {
    static let seeds: [UInt64] = (1...40).map { $0 }

    static let strands = """
          - {id: north, name: North, provider: north-cic, target: 12, funding: 2000, localities: [{id: trafford, target: 3}]}
          - {id: south, name: South, provider: south-cic, partners: [west-cic], target: 40, funding: 4000.01}
        """

    /// Odd seeds have no cap that binds, so that the sum can be counted by hand.
    static func rules(_ seed: UInt64) throws -> Programme {
        let caps =
            seed % 2 == 0
            ? "{all: 7000, strands: {north: 1900.50}}"
            : "{all: 1000000, strands: {north: 500000, south: 500000}}"
        return try programme(
            """
            total: 6000.01
            shares: {guaranteed: 60, performance: 40}
            caps: \(caps)
            payments:
              - id: fixed
                instalments: [2024-Q4, 2025-Q1, 2025-Q2, 2025-Q3, 2025-Q4, 2026-Q1]
                once: {population: supported}
              - {id: supported, share: 100, for: supported}
              - {id: start, price: 75, for: supported}
              - {id: lasting, price: 333.33, for: {all: [supported, {outcome: thirteen}]}, after_rejection: final}
            """,
            strands: strands
        )
    }

    @Test("The worlds are various enough to prove something") func various() throws {
        var done: [String: Int] = [:]
        var books = Books()
        for seed in Self.seeds {
            let run = try Run(Self.rules(seed), seed: seed)
            done.merge(run.world.done, uniquingKeysWith: +)
            books.merge(run.books)
        }
        let wanted = [
            "referred", "started", "voided", "entered again", "strand corrected", "merged",
            "parted", "moved to a provider", "job started", "job ended",
        ]
        for what in wanted { #expect(done[what, default: 0] > 20, "\(what)") }
        #expect(books.clawbacks > 100)
        #expect(books.topUps > 20)
        #expect(books.rejections > 50)
        #expect(books.finalRejections > 5)
        #expect(books.waits > 20)
        #expect(books.queries > 50)
    }

    @Test("Accepted claims are the ledger, and the ledger is what is due", arguments: seeds)
    func reconciles(_ seed: UInt64) throws {
        let run = try Run(Self.rules(seed), seed: seed)
        let place = "seed \(seed)"
        #expect(run.faults == [], "\(place)")
        let last = run.programme.quarters[run.programme.quarters.count - 1]
        let ledger = run.books.ledger(run.world.kept)
        let due = run.world.due(last, after: ledger)
        #expect(run.books.accepted == ledger.total, "\(place)")
        #expect(ledger.total == due.total, "\(place)")
        for rule in ["fixed", "supported", "start", "lasting"] {
            let sum = due.due.filter { $0.key.rule == rule }.map(\.amount).reduce(.zero, +)
            #expect(ledger.total(rule: rule) == sum, "\(place), \(rule)")
        }
        for claimant in ["north-cic", "south-cic"] {
            let sum = due.due.filter { $0.claimant == claimant }.map(\.amount).reduce(.zero, +)
            #expect(ledger.total(of: claimant) == sum, "\(place), \(claimant)")
        }
        #expect(ledger.duplicates == [], "\(place)")
        let keys = due.due.map(\.key.anywhere).filter { $0.person != nil }
        #expect(Set(keys).count == keys.count, "\(place)")
        if seed % 2 == 1 {
            let refused = run.books.refusedByHand(run.world.kept)
            #expect(due.total == run.world.dueByHand(last, refused: refused), "\(place)")
        }
    }

    @Test("The same seed makes the same claims") func repeatable() throws {
        let one = try Run(Self.rules(3), seed: 3).books.claims
        #expect(one == (try Run(Self.rules(3), seed: 3).books.claims))
    }
}

/// The claims of a world, as a payer keeps them.
struct Books {
    struct Claim: Hashable {
        var id: ClaimID
        var draft: ClaimDraft
        var state = ClaimState.drafted
        var rejected: [Int: ClaimLedger.Rejection] = [:]
        /// The lines as they were submitted.
        var submitted: [ClaimLine] = []

        var total: Pence {
            draft.lines.filter { rejected[$0.number] == nil }.map(\.amount).reduce(.zero, +)
        }
    }

    var claims: [Claim] = []
    var clawbacks = 0
    var topUps = 0
    var rejections = 0
    var finalRejections = 0
    var waits = 0
    var queries = 0

    mutating func merge(_ other: Books) {
        clawbacks += other.clawbacks
        topUps += other.topUps
        rejections += other.rejections
        finalRejections += other.finalRejections
        waits += other.waits
        queries += other.queries
    }

    /// What was accepted in all.
    var accepted: Pence {
        claims.filter { $0.state == .accepted || $0.state == .paid }.map(\.total)
            .reduce(.zero, +)
    }

    func ledger(_ kept: [PersonID: PersonID]) -> ClaimLedger {
        ClaimLedger(entries, kept: kept)
    }

    /// What was rejected for good and has nothing standing, counted apart from the ledger.
    func refusedByHand(_ kept: [PersonID: PersonID]) -> Set<ClaimKey> {
        var rejected: Set<ClaimKey> = []
        var standing: [ClaimKey: Pence] = [:]
        for entry in entries {
            var key = entry.key.anywhere
            if let person = key.person { key.person = kept[person] ?? person }
            if entry.rejection == nil { standing[key, default: .zero] += entry.amount }
            if entry.rejection == .final, entry.amount > .zero { rejected.insert(key) }
        }
        return rejected.filter { standing[$0, default: .zero] <= .zero }
    }

    var entries: [ClaimLedger.Entry] {
        claims.filter(\.state.stands).flatMap { claim in
            claim.draft.lines.map { line in
                ClaimLedger.Entry(
                    claimant: claim.draft.claimant,
                    at: LineReference(claim: claim.id, line: line.number),
                    key: line.key,
                    caseID: line.caseID,
                    day: line.day,
                    amount: line.amount,
                    corrects: line.corrects,
                    rejection: claim.rejected[line.number]
                )
            }
        }
    }
}

/// One world, with a claim made each quarter.
struct Run {
    let programme: Programme
    var world: World
    var books = Books()
    var faults: [String] = []

    init(_ programme: Programme, seed: UInt64) throws {
        self.programme = programme
        world = World(programme, seed: seed)
        for quarter in programme.quarters {
            world.live(through: quarter)
            make(quarter)
            world.correct()
            try handle(quarter, everything: false)
        }
        // At last all is claimed and accepted, until nothing is left to claim.
        let last = programme.quarters[programme.quarters.count - 1]
        for round in 1... {
            make(last)
            let isDone = !books.claims.contains { $0.state == .drafted }
            try handle(last, everything: true)
            if isDone { break }
            if round > 6 {
                faults.append("claims do not come to an end")
                break
            }
        }
        for claim in books.claims where claim.state.stands && claim.submitted != claim.draft.lines {
            faults.append("a submitted claim has changed")
        }
    }

    /// Drafts the claims of a quarter; drafts that were not submitted make way.
    private mutating func make(_ quarter: Quarter) {
        books.claims.removeAll { $0.state == .drafted }
        let ledger = books.ledger(world.kept)
        let due = world.due(quarter, after: ledger)
        let made = ledger.drafts(due, programmeVersion: programme.version)
        books.waits += made.waiting
        for draft in made.drafts {
            let id = claimID(1 + (books.claims.last.map { Int($0.id.low) } ?? 0))
            books.claims.append(Books.Claim(id: id, draft: draft))
            books.clawbacks += draft.lines.count { $0.kind == .clawback }
            books.topUps += draft.lines.count { $0.kind == .topUp }
            if draft.lines.map(\.number) != Array(1...draft.lines.count) {
                faults.append("lines are not numbered")
            }
        }
    }

    private mutating func handle(_ quarter: Quarter, everything: Bool) throws {
        for place in books.claims.indices {
            if books.claims[place].state == .drafted {
                // Some providers forget, and what others claimed meanwhile may stand in the way.
                if !everything, world.random.below(4) == 0 { continue }
                let ledger = books.ledger(world.kept)
                if ledger.objection(to: books.claims[place].draft) != nil { continue }
                try take(.submit, place)
                books.claims[place].submitted = books.claims[place].draft.lines
                // Only a merge can leave somebody claimed for twice, until one line is given back.
                let twice = Set(books.ledger(world.kept).duplicates)
                if !twice.subtracting(ledger.duplicates).isEmpty {
                    faults.append("somebody is claimed for twice in \(quarter)")
                }
            }
            if !everything, world.random.below(3) == 0 { continue }
            try settle(place, rejecting: !everything)
        }
    }

    private mutating func settle(_ place: Int, rejecting: Bool) throws {
        if books.claims[place].state == .submitted, world.random.below(3) == 0 {
            try take(.query, place)
            try take(.answer, place)
            books.queries += 1
        }
        guard [.submitted, .answered].contains(books.claims[place].state) else { return }
        if rejecting, world.random.below(2) == 0 { try reject(place) }
        try take(.accept, place)
        if world.random.below(2) == 0 { try take(.pay, place) }
    }

    private mutating func reject(_ place: Int) throws {
        _ = try books.claims[place].state.after(.reject)
        let entries = books.entries
        let lines = books.claims[place].draft.lines.filter { line in
            ClaimLedger.objection(
                toRejecting: line,
                of: books.claims[place].id,
                among: entries,
                kept: world.kept
            ) == nil
        }
        guard let line = world.random.pick(lines) else { return }
        let rule = programme.funding?.payments.first { $0.id == line.key.rule }
        let isFinal = rule?.afterRejection == .final
        books.claims[place].rejected[line.number] = isFinal ? .final : .claimAgain
        books.rejections += 1
        if isFinal { books.finalRejections += 1 }
    }

    private mutating func take(_ move: ClaimMove, _ place: Int) throws {
        books.claims[place].state = try books.claims[place].state.after(move)
    }
}
