import Casework
import Funding
import Kernel
import Measures
import Programmes

/// A made-up programme over its quarters: people, cases and their corrections, and the claims made.
///
/// Everything follows from the seed. Cases change only by `Casework.decide`.
struct World {
    let programme: Programme
    var random: RandomGenerator
    private var ids: IDMaker
    private(set) var histories: [History] = []
    private var people: [PersonID] = []
    /// Records that were joined into another.
    private(set) var kept: [PersonID: PersonID] = [:]
    private(set) var today: CivilDate
    /// What was done, for the test that the worlds are various.
    private(set) var done: [String: Int] = [:]

    init(_ programme: Programme, seed: UInt64) {
        self.programme = programme
        random = RandomGenerator(seed: seed)
        ids = IDMaker(seed: seed)
        today = day("2024-10-01")
    }

    /// Lets things happen in a quarter, and ends ten days after it.
    mutating func live(through quarter: Quarter) {
        for _ in 0..<45 {
            let length = quarter.lastDay - quarter.firstDay
            today = quarter.firstDay.adding(days: random.below(length + 11))
            act()
        }
        today = quarter.lastDay.adding(days: 10)
    }

    /// Lets corrections and merges happen without time passing.
    mutating func correct() { for _ in 0..<8 { act(onlyCorrections: true) } }

    private mutating func act(onlyCorrections: Bool = false) {
        switch random.below(onlyCorrections ? 7 : 20) {
        case 0, 1: void(replaced: false)
        case 2, 3: void(replaced: true)
        case 4: changeStrand()
        case 5: merge()
        case 6: part()
        case 7, 8: transfer()
        case 9, 10, 11: work()
        case 12, 13, 14, 15: start()
        default: refer()
        }
    }

    private mutating func note(_ what: String) { done[what, default: 0] += 1 }

    private mutating func refer() {
        let isKnown = !people.isEmpty && random.below(4) == 0
        let who: PersonID = isKnown ? random.pick(people) ?? ids.make(at: now) : ids.make(at: now)
        if !isKnown { people.append(who) }
        let header = CaseHeader(
            id: ids.make(at: now),
            programme: programme.id,
            programmeVersion: programme.version,
            reference: "R\(histories.count)",
            person: who
        )
        histories.append(History(header: header))
        tell(histories.count - 1, Command(.referralReceived(referral()), on: past(20)), "referred")
        if random.below(3) > 0 { start(histories.count - 1) }
    }

    private mutating func referral() -> ReferralReceived {
        var referral = ReferralReceived()
        referral.source = "gp"
        referral.strand = random.below(2) == 0 ? "north" : "south"
        referral.outwardCode = random.below(4) == 0 ? "M33" : "M1"
        return referral
    }

    private mutating func start(_ place: Int? = nil) {
        guard let place = place ?? anyCase() else { return }
        tell(place, Command(.supportStarted(Plain()), on: past(15)), "started")
    }

    private mutating func work() {
        guard let place = anyCase() else { return }
        let open = histories[place].fold().spells.last { $0.to == nil }
        if let open, random.below(2) == 0 {
            var fields = JobEnded()
            fields.spell = open.id
            tell(place, Command(.jobEnded(fields), on: past(5)), "job ended")
        } else {
            var fields = JobStarted()
            fields.spell = "s\(histories[place].version)"
            fields.hoursPerWeek = 16
            tell(place, Command(.jobStarted(fields), on: past(30)), "job started")
        }
    }

    private mutating func transfer() {
        guard let place = anyCase() else { return }
        let other = histories[place].fold().provider == "west-cic" ? "south-cic" : "west-cic"
        var fields = Transfer()
        fields.provider = other
        tell(place, Command(.transferAsked(fields), on: today), "asked")
        tell(place, Command(.transferAccepted(fields), on: today), "moved to a provider")
        if random.below(2) == 0 {
            var fields = Rerouted()
            fields.strand = random.below(2) == 0 ? "north" : "south"
            tell(place, Command(.referralRerouted(fields), on: today), "rerouted")
        }
    }

    private mutating func void(replaced: Bool) {
        guard let place = anyCase() else { return }
        let entries = histories[place].effective().filter { $0.cause == nil }
        guard let event = random.pick(entries) else { return }
        var command = Command(voids: [Command.Void(event: event.id, reason: "entered-in-error")])
        if replaced {
            let on = min(today, event.occurredOn.adding(days: random.below(60) - 30))
            command.entries = [Command.Entry(body: event.body, on: on, replaces: event.id)]
        }
        tell(place, command, replaced ? "entered again" : "voided")
    }

    /// The referral was to the other strand all along.
    private mutating func changeStrand() {
        guard let place = anyCase(),
            let event = histories[place].effective().first(where: {
                $0.body.kind == .referralReceived
            }), case .referralReceived(var fields) = event.body
        else { return }
        fields.strand = fields.strand == "north" ? "south" : "north"
        let entry = Command.Entry(
            body: .referralReceived(fields),
            on: event.occurredOn,
            replaces: event.id
        )
        let void = Command.Void(event: event.id, reason: "entered-in-error")
        tell(place, Command(entries: [entry], voids: [void]), "strand corrected")
    }

    private mutating func merge() {
        guard let one = random.pick(people), let other = random.pick(people) else { return }
        let into = kept[other] ?? other
        guard one != into, kept[one] == nil else { return }
        kept[one] = into
        for (person, root) in kept where root == one { kept[person] = into }
        note("merged")
    }

    private mutating func part() {
        guard let one = random.pick(kept.keys.sorted()) else { return }
        kept[one] = nil
        note("parted")
    }

    private mutating func tell(_ place: Int, _ command: Command, _ what: String) {
        var context = Context(
            now: now,
            today: today,
            by: Recorder(user: "dee", organisation: "north-cic"),
            ids: ids
        )
        let events = try? Casework.decide(
            command,
            history: histories[place],
            programme: programme,
            context: &context
        )
        ids = context.ids
        guard let events, !events.isEmpty else { return }
        histories[place].append(events)
        note(what)
    }

    private var now: Instant { Instant(midnightUTC: today).adding(milliseconds: 43_200_000) }
    private mutating func anyCase() -> Int? {
        histories.isEmpty ? nil : random.below(histories.count)
    }
    private mutating func past(_ days: Int) -> CivilDate {
        max(day("2024-10-01"), today.adding(days: -random.below(days)))
    }
}

extension World {
    /// What is due by a quarter's end, by what is known now.
    func due(_ quarter: Quarter, after ledger: ClaimLedger) -> Entitlements {
        var table = FactTable()
        var persons: [CaseID: PersonID] = [:]
        var people = CasePeople(persons: [:])
        for history in histories {
            guard let facts = history.facts(programme: programme, asAt: quarter.lastDay) else {
                continue
            }
            table.append(facts)
            persons[facts.caseID] = kept[history.header.person] ?? history.header.person
            let moves = CasePeople.moves(of: history, in: programme)
            if !moves.isEmpty { people.moves[facts.caseID] = moves }
        }
        people.persons = persons
        let achieved = Achievement.find(programme, in: table, of: people, asAt: quarter.lastDay)
        return Entitlements.compute(
            programme,
            quarter: quarter,
            achievements: achieved,
            refused: ledger.refused,
            limits: ledger.limits
        )
    }

    /// The same sum, counted from the cases by hand.
    func dueByHand(_ quarter: Quarter, refused: Set<ClaimKey>) -> Pence {
        struct Start {
            var day: CivilDate
            var caseID: CaseID
            var person: PersonID
            var strand: String
        }
        var starts: [Start] = []
        var workers: Set<PersonID> = []
        for history in histories {
            let folded = history.fold(asAt: quarter.lastDay)
            let person = kept[history.header.person] ?? history.header.person
            guard let on = folded[.started] else { continue }
            let strand = history.fold(asAt: on).strand ?? ""
            starts.append(
                Start(day: on, caseID: history.header.id, person: person, strand: strand)
            )
            let rule = programme.outcomes[1]
            if let met = folded.outcomeDate(rule), met <= quarter.lastDay { workers.insert(person) }
        }
        starts.sort { ($0.day, $0.caseID) < ($1.day, $1.caseID) }
        var sum = Pence.zero
        var first: [PersonID: Start] = [:]
        for start in starts where first[start.person] == nil { first[start.person] = start }
        for (person, _) in first {
            let key = ClaimKey(rule: "start", person: person, ordinal: 1)
            if !refused.contains(key) { sum += Pence(75_00) }
        }
        for person in workers {
            let key = ClaimKey(rule: "lasting", person: person, ordinal: 1)
            if !refused.contains(key) { sum += Pence(333_33) }
        }
        // Of £6,000.01, 40% by performance; a third of the money is the north's.
        for (strand, pot, target) in [("north", 800_00, 12), ("south", 1600_00, 40)] {
            let eligible = first.values.filter { start in
                let key = ClaimKey(rule: "supported", person: start.person, ordinal: 1)
                return start.strand == strand && !refused.contains(key)
            }
            let paid = min(eligible.count, target)
            sum += Pence(Int64(paid * (pot / target) + min(paid, pot % target)))
            if !first.values.filter({ $0.strand == strand }).isEmpty {
                let guaranteed = strand == "north" ? 1200_00 : 2400_01
                let parts = Pence(Int64(guaranteed)).split(by: [1, 1, 1, 1, 1, 1])
                let quarters = programme.quarters.filter { $0 <= quarter }.count
                sum += parts.prefix(quarters).reduce(.zero, +)
            }
        }
        return sum
    }
}

extension Programme {
    /// The quarters of its run.
    var quarters: [Quarter] {
        var list = [quarter("2024-Q4")]
        while let last = list.last, last < quarter("2026-Q1") { list.append(last.next) }
        return list
    }
}
