import Casework
import Kernel
import Programmes

/// What another version of a programme would make of the cases that are open.
///
/// It is only worked out: a case keeps the version that it was decided under.
package struct ProgrammeEffect: Sendable, Hashable {
    /// Something that would come out otherwise, and the cases for which it would.
    package struct Change: Sendable, Hashable {
        /// What is told as one change: its words, or the rule that refuses.
        fileprivate var kind: String
        /// The words of the first case.
        package var says: String
        /// Whether the words of other cases differ, by their day or their name.
        package var isExample = false
        package var references: [String] = []
    }

    /// For how many years a closed case is kept, now and under the other version.
    package struct Retention: Sendable, Hashable {
        package var was: Int
        package var becomes: Int

        package init(was: Int, becomes: Int) {
            self.was = was
            self.becomes = becomes
        }
    }

    package var openCases = 0
    /// Nil where it stays as it is.
    package var retention: Retention?
    /// Ids of organisations that the other version names and that are not here.
    package var unknownOrganisations: [String] = []
    package var verdicts: [Change] = []
    package var dueDays: [Change] = []
    package var refusals: [Change] = []

    package var isNone: Bool {
        verdicts.isEmpty && dueDays.isEmpty && refusals.isEmpty && retention == nil
    }

    /// Adds a case, decided under the version that it has and under the other one.
    mutating func add(
        _ history: History,
        was old: Programme,
        becomes new: Programme,
        today: CivilDate
    ) {
        openCases += 1
        let reference = history.header.reference
        let folded = history.fold()
        if let referral = folded.referral {
            let before = Eligibility.decide(referral, programme: old).verdict
            let after = Eligibility.decide(referral, programme: new).verdict
            if before != after {
                Self.note("\(before.words), then \(after.words)", reference, in: &verdicts)
            }
        }
        for says in Self.dueDays(of: folded, old, new) {
            Self.note(says, reference, in: &dueDays)
        }
        if let refusal = history.refusal(under: new, today: today),
            history.refusal(under: old, today: today) == nil
        {
            Self.note(refusal.says, reference, as: refusal.rule, in: &refusals)
        }
    }

    /// The most cases first.
    mutating func sort() {
        let order: (Change, Change) -> Bool = {
            ($1.references.count, $0.says) < ($0.references.count, $1.says)
        }
        verdicts.sort(by: order)
        dueDays.sort(by: order)
        refusals.sort(by: order)
    }

    private static func note(
        _ says: String,
        _ reference: String,
        as kind: String? = nil,
        in changes: inout [Change]
    ) {
        let kind = kind ?? says
        let known = changes.firstIndex { $0.kind == kind }
        if known == nil { changes.append(Change(kind: kind, says: says)) }
        let place = known ?? changes.endIndex - 1
        changes[place].references.append(reference)
        if changes[place].says != says { changes[place].isExample = true }
    }

    /// What is to be done on another day, or no more, or newly.
    private static func dueDays(
        of folded: Case,
        _ old: Programme,
        _ new: Programme
    ) -> [String] {
        let before = folded.workItems(in: old)
        let after = folded.workItems(in: new)
        var says: [String] = []
        for item in before {
            let same = after.first { $0.kind == item.kind && $0.subject == item.subject }
            guard let same else {
                says.append("\(item.name): not to be done any more")
                continue
            }
            let days = same.dueOn - item.dueOn
            if days != 0 {
                let count = abs(days)
                says.append(
                    "\(item.name): due \(count) day\(count == 1 ? "" : "s") "
                        + (days > 0 ? "later" : "earlier")
                )
            }
        }
        for item in after
        where !before.contains(where: { $0.kind == item.kind && $0.subject == item.subject }) {
            says.append("\(item.name): newly to be done")
        }
        return says
    }
}

extension Programme {
    /// Ids of the organisations to which its cases and its money go.
    ///
    /// An onward service that names no organisation has its own id in its place, and is none.
    var organisationIDs: Set<String> {
        var ids: Set<String> = []
        for strand in strands {
            ids.insert(strand.provider)
            ids.formUnion(strand.partners)
        }
        for service in pathway.onward where service.organisation != service.id {
            ids.insert(service.organisation)
        }
        if let funding {
            ids.formUnion([funding.payer, funding.host])
            ids.formUnion(funding.incentives.map(\.provider))
        }
        return ids
    }
}

extension WorkItem {
    /// A clock is named; other work is named by its kind, for its subject is one case's own.
    fileprivate var name: String {
        kind == .clock ? subject : kind.rawValue.replacing("-", with: " ")
    }
}

extension Verdict {
    fileprivate var words: String {
        switch self {
        case .met: "eligible"
        case .notMet: "not eligible"
        case .notKnown: "not known"
        }
    }
}

extension History {
    private static func capital(_ kind: EventKind) -> String {
        kind.words.prefix(1).uppercased() + kind.words.dropFirst()
    }

    /// Why what has happened would not have been let happen; nil when it would.
    fileprivate func refusal(
        under programme: Programme,
        today: CivilDate
    ) -> (rule: String, says: String)? {
        let entries = effective().filter { $0.cause == nil }.map { event in
            Command.Entry(body: event.body, on: event.occurredOn, key: event.key)
        }
        let now = Instant(midnightUTC: today)
        var context = Context(
            now: now,
            today: today,
            by: Recorder(user: "preview", organisation: "preview"),
            ids: IDMaker(seed: 1)
        )
        do {
            _ = try Casework.decide(
                Command(entries: entries),
                history: History(header: header),
                programme: programme,
                context: &context
            )
            return nil
        } catch {
            let entry = error.entry.map { Self.capital(entries[$0].body.kind) + ": " } ?? ""
            return ("\(entry)\(error.code)", entry + error.says)
        }
    }
}
