import Kernel
import Programmes

/// The rules of casework.
///
/// Everything that changes a case passes through `decide`.
package enum Casework {
    /// Decides a command on a case.
    ///
    /// A case's history, in the order in which things happened, must satisfy the rules at each
    /// step. So an entry is judged where it belongs in time, and a correction is judged with all
    /// that comes after it.
    ///
    /// - Returns: the events to append, numbered after the last one. Empty when nothing changes.
    /// - Throws: `Refusal`, with the place of the entry that was refused.
    package static func decide(
        _ command: Command,
        history: History,
        programme: Programme,
        context: inout Context
    ) throws(Refusal) -> [CaseEvent] {
        var draft = Draft(history: history, programme: programme)
        for void in command.voids { try draft.void(void, context: &context) }
        for (place, entry) in command.entries.enumerated() {
            try draft.add(entry, place: place, context: &context)
        }
        try draft.walk(context: &context)
        return draft.new
    }
}

/// A history with a command's changes drawn into it, not yet judged.
private struct Draft {
    let history: History
    let programme: Programme
    var holding: [CaseEvent]
    /// New events in the order in which they will be numbered.
    var new: [CaseEvent] = []
    /// The place of each new event among the command's entries.
    var places: [EventID: Int] = [:]
    /// Events that no longer hold.
    var fallen: [CaseEvent] = []
    /// Those of them in whose place a new one stands, by that one.
    var replaced: [EventID: CaseEvent] = [:]
    var order: History.Order

    init(history: History, programme: Programme) {
        self.history = history
        self.programme = programme
        holding = history.effective()
        order = History.Order(history.events)
    }

    mutating func void(_ void: Command.Void, context: inout Context) throws(Refusal) {
        guard let target = holding.first(where: { $0.id == void.event }) else {
            let known = history.events.contains { $0.id == void.event }
            throw known
                ? Refusal(.alreadyVoided, "This entry has been withdrawn already.")
                : Refusal(.notFound, subject: "entry", "This case has no such entry.")
        }
        if target.cause != nil {
            throw Refusal(
                .notAnEntry,
                "This follows from another entry, and falls with it: withdraw that one."
            )
        }
        if let text = void.text, text.isBlank { throw .blank("text") }
        let falling = holding.filter { $0.id == void.event || $0.cause == void.event }
        holding.removeAll { $0.id == void.event || $0.cause == void.event }
        fallen += falling
        for event in falling {
            var fields = Voided()
            fields.event = event.id.text
            fields.reason = event.id == void.event ? void.reason : "follows-from"
            fields.text = event.id == void.event ? void.text : nil
            append(.voided(fields), on: event.occurredOn, key: nil, cause: nil, context: &context)
        }
    }

    mutating func add(
        _ entry: Command.Entry,
        place: Int,
        context: inout Context
    ) throws(Refusal) {
        let event = append(
            entry.body.completed(in: programme),
            on: entry.on,
            key: entry.key,
            cause: nil,
            context: &context
        )
        places[event.id] = place
        holding.append(event)
        guard let id = entry.replaces else { return }
        guard let old = fallen.first(where: { $0.id == id }),
            !replaced.values.contains(where: { $0.id == id })
        else {
            var refusal = Refusal(
                .notFound,
                subject: "entry",
                "An entry replaces one that is withdrawn with it, and that nothing else replaces."
            )
            refusal.entry = place
            throw refusal
        }
        replaced[event.id] = old
        order.put(event.id, inPlaceOf: old)
        for index in new.indices {
            if case .voided(var fields) = new[index].body, fields.event == id.text {
                fields.replacement = event.id.text
                new[index].body = .voided(fields)
            }
        }
    }

    @discardableResult
    mutating func append(
        _ body: EventBody,
        on day: CivilDate,
        key: String?,
        cause: EventID?,
        context: inout Context
    ) -> CaseEvent {
        let event = CaseEvent(
            id: context.ids.make(at: context.now),
            sequence: history.version + new.count + 1,
            occurredOn: day,
            recordedAt: context.now,
            by: context.by,
            key: key,
            cause: cause,
            body: body
        )
        new.append(event)
        return event
    }

    /// Judges every event in its place; what follows from a new one is added behind it.
    mutating func walk(context: inout Context) throws(Refusal) {
        order.sort(&holding)
        // One value for all events: copying a case and a programme for each would cost more than
        // the judging.
        var rules = Rules(
            case: Case(header: history.header),
            programme: programme,
            today: context.today
        )
        var judging = !fallen.isEmpty
        var withdrawal: Int?
        var answer: Int?
        var index = 0
        while index < holding.count {
            let event = holding[index]
            let place = places[event.id]
            // Before the first change nothing can have become wrong.
            judging = judging || place != nil
            if judging, event.cause == nil {
                do {
                    rules.isRecorded = place == nil
                    rules.replaced = replaced[event.id]?.body
                    rules.isBeforeWithdrawal = isTold(event, before: withdrawal)
                    rules.isBeforeAnswer = isTold(event, before: answer)
                    try rules.judge(event.body, on: event.occurredOn)
                } catch {
                    throw located(error, event: event, place: place)
                }
            }
            follow(&withdrawal, event, on: rules.case)
            follow(answer: &answer, event, on: rules.case)
            rules.case.evolve(event)
            index += 1
            guard place != nil else {
                if judging { redecide(event, rules.case, at: index, context: &context) }
                continue
            }
            for body in Consequences.of(event, on: rules.case, programme: programme) {
                let follower = append(
                    body,
                    on: event.occurredOn,
                    key: nil,
                    cause: event.id,
                    context: &context
                )
                order.put(follower.id, inPlaceOf: event)
                let at = holding[index...].firstIndex { order.precedes(follower, $0) }
                holding.insert(follower, at: at ?? holding.count)
            }
        }
        try judgeWithdrawn(rules.case)
        try judgeCorrected(rules.case)
        try judgeShared(&rules)
    }

    /// Keeps where we were told of the withdrawal of consent that closes the case, until it is
    /// reopened.
    private func follow(_ withdrawal: inout Int?, _ event: CaseEvent, on folded: Case) {
        switch event.body {
        case .consentWithdrawn(let fields) where fields.scope == .referral && folded.isOpen:
            withdrawal = order.place(of: event)
        case .reopened: withdrawal = nil
        default: break
        }
    }

    /// Keeps where we were told the answer by which the person is not eligible, until another makes
    /// them so again.
    ///
    /// It is decided anew here: of two answers of one day both come before what follows from them.
    private func follow(answer: inout Int?, _ event: CaseEvent, on folded: Case) {
        guard case .referralAnswered = event.body else { return }
        var answered = folded
        answered.evolve(event)
        if !isIneligible(answered) {
            answer = nil
        } else if !isIneligible(folded) {
            answer = order.place(of: event)
        }
    }

    /// Whether the rules are known not to be met for the strand that the case is in.
    private func isIneligible(_ folded: Case) -> Bool {
        guard var referral = folded.referral else { return false }
        referral.strand = folded.strand
        return Eligibility.decide(referral, programme: programme).verdict == .notMet
    }

    /// Whether an event was told, by an earlier command than this, before something else was: a
    /// withdrawal of consent, or an answer.
    ///
    /// One that replaces another counts as told when that was.
    private func isTold(_ event: CaseEvent, before other: Int?) -> Bool {
        guard let other else { return false }
        let place = order.place(of: event)
        return place <= history.version && place < other
    }

    /// Refuses a new withdrawal of consent that a reopening, told of before and dated after it, would
    /// undo: whoever reopened the case did not know that the person no longer agreed.
    ///
    /// - Parameter folded: the case as it ends.
    private func judgeWithdrawn(_ folded: Case) throws(Refusal) {
        guard folded.isOpen, folded.consents[.referral] == .consentWithdrawn else { return }
        for event in new {
            guard case .consentWithdrawn(let fields) = event.body, fields.scope == .referral,
                order.place(of: event) > history.version,
                let reopened = holding.last(where: { isReopening($0, after: event) })
            else { continue }
            let refusal = Refusal(
                .wrongOrder,
                field: "on",
                "The case was reopened on \(reopened.occurredOn.uk): withdraw that first, or date "
                    + "this on or after it."
            )
            throw located(refusal, event: event, place: places[event.id])
        }
    }

    /// Whether an event is a reopening that an earlier command told, and that happened after
    /// another event.
    private func isReopening(_ event: CaseEvent, after other: CaseEvent) -> Bool {
        event.body.kind == .reopened && order.place(of: event) <= history.version
            && order.precedes(other, event)
    }

    /// Refuses new corrections of the referral of a case that stood closed and stays so, whatever day
    /// they are of: what was counted of it would change.
    ///
    /// - Parameter folded: the case as it ends.
    private func judgeCorrected(_ folded: Case) throws(Refusal) {
        guard !folded.isOpen else { return }
        for event in new {
            guard case .referralAnswered(let fields) = event.body, !fields.corrects.isEmpty,
                let closed = history.fold()[.closed]
            else { continue }
            let refusal = Refusal(
                .caseClosed,
                field: "corrects",
                "This case was closed on \(closed.uk). Reopen it first."
            )
            throw located(refusal, event: event, place: places[event.id])
        }
    }

    /// Refuses new notes to the referrer unless the person agrees now, whatever day they are of:
    /// they are read from today.
    ///
    /// - Parameter rules: with the case as it ends.
    private func judgeShared(_ rules: inout Rules) throws(Refusal) {
        rules.isRecorded = false
        for event in new {
            guard case .noteWritten(let fields) = event.body else { continue }
            do {
                try rules.judgeNote(fields)
            } catch {
                throw located(error, event: event, place: places[event.id])
            }
        }
    }

    /// Decides eligibility anew where answers stand on a referral that has been corrected.
    private mutating func redecide(
        _ event: CaseEvent,
        _ folded: Case,
        at index: Int,
        context: inout Context
    ) {
        guard case .referralAnswered = event.body,
            let old = holding.firstIndex(where: { $0.cause == event.id }), old >= index,
            let body = Consequences.of(event, on: folded, programme: programme).first,
            holding[old].body != body
        else { return }
        let stale = holding.remove(at: old)
        var fields = Voided()
        fields.event = stale.id.text
        fields.reason = "follows-from"
        append(.voided(fields), on: stale.occurredOn, key: nil, cause: nil, context: &context)
        let follower = append(
            body,
            on: event.occurredOn,
            key: nil,
            cause: event.id,
            context: &context
        )
        order.put(follower.id, inPlaceOf: event)
        holding.insert(follower, at: old)
    }

    /// Names the entry at fault, or the earlier one that a correction would break.
    private func located(_ refusal: Refusal, event: CaseEvent, place: Int?) -> Refusal {
        var located = refusal
        located.entry = place
        if place == nil {
            located.says =
                "With this change the entry of \(event.occurredOn.uk) "
                + "(\(event.body.kind.words)) would no longer hold: \(refusal.says)"
        }
        return located
    }
}

extension EventBody {
    /// The body with what follows from its own words.
    fileprivate func completed(in programme: Programme) -> EventBody {
        switch self {
        case .measureTaken(var fields):
            fields.complete(in: programme)
            return .measureTaken(fields)
        case .detailsChanged(var fields):
            fields.complete()
            return .detailsChanged(fields)
        default: return self
        }
    }
}

/// What follows from an event without anyone having to say so.
enum Consequences {
    static func of(_ event: CaseEvent, on folded: Case, programme: Programme) -> [EventBody] {
        switch event.body {
        case .referralReceived(let referral):
            return [.eligibilityDecided(Eligibility.decide(referral, programme: programme))]
        case .referralAnswered:
            // With all that is known by then, and for the strand that the referral asked for.
            guard let referral = folded.referral else { return [] }
            return [.eligibilityDecided(Eligibility.decide(referral, programme: programme))]
        case .measureTaken(let fields):
            return safetyStep(fields, on: event.occurredOn, programme: programme)
        case .referralReturned(let fields): return [closed(fields.reason)]
        case .referralWithdrawn: return [closed(.noLongerWanted)]
        case .consentWithdrawn(let fields):
            return fields.scope == .referral ? [closed(.consentWithdrawn)] : []
        case .trackingEnded: return [closed(.completed)]
        default: return []
        }
    }

    /// A risk for whoever answered that they may come to harm; it falls with the measure.
    ///
    /// It is decided here, while the answers are open, and stands as an event of its own: the
    /// answers are sealed, and whoever reads the case without them still sees the risk. The name is
    /// made of the instrument and the day, so that a measure entered again raises the same risk.
    private static func safetyStep(
        _ fields: MeasureTaken,
        on day: CivilDate,
        programme: Programme
    ) -> [EventBody] {
        guard let instrument = programme.instrument(fields.instrument),
            instrument.isAlarming(fields.allAnswers)
        else { return [] }
        var risk = RiskRaised()
        risk.risk = "\(instrument.id)-\(day.iso)"
        risk.about = RiskSubject.suicide.rawValue
        risk.measure = instrument.id
        return [.riskRaised(risk)]
    }

    private static func closed(_ reason: ClosureReason) -> EventBody {
        var fields = Closed()
        fields.reason = reason
        return .closed(fields)
    }
}
