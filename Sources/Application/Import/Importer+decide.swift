import Casework
import Kernel
import Programmes

extension Importer {
    /// Decides what a listed case says that is not known yet.
    ///
    /// The rules refuse one entry at a time. So that every fault is told at once, a refused one is
    /// passed over, and the rest is judged again, as long as nothing else hangs on it.
    func decide(_ plan: inout Plan, ids: inout IDMaker) {
        var listed = plan.listed
        while true {
            let (command, entries) = ListDifference.command(
                from: plan.history,
                to: listed,
                silence: silence
            )
            var context = Context(
                now: now,
                today: now.civilDateUK,
                by: Recorder(user: actor.user, organisation: actor.organisation),
                ids: ids
            )
            do {
                let events = try Casework.decide(
                    command,
                    history: plan.history,
                    programme: plan.rules,
                    context: &context
                )
                ids = context.ids
                plan.events = plan.faults.isEmpty ? events : []
                return
            } catch {
                ids = context.ids
                let refused = error.entry.map { entries[$0] }
                let fault =
                    (refused ?? listed.entries.first)?.fault(error, in: files)
                    ?? Fault(line: listed.line, problem: error.description)
                // One cell may give several entries their day.
                if !plan.faults.contains(fault) { plan.faults.append(fault) }
                guard let refused, listed.passOver(refused, error, plan.rules) else { return }
            }
        }
    }
}

extension ListedCase {
    /// Takes out what was refused, unless other entries may hang on it.
    ///
    /// - Returns: whether anything was taken out.
    fileprivate mutating func passOver(
        _ refused: ListedEntry,
        _ refusal: Refusal,
        _ programme: Programme
    ) -> Bool {
        let place = entries.firstIndex { $0.key == refused.key && $0.origin == refused.origin }
        guard let place else { return false }
        switch refused.body {
        case .referralReceived(var fields):
            guard fields.blank(refusal, programme) else { return false }
            entries[place].body = .referralReceived(fields)
        case .assessmentCompleted(var fields):
            guard refusal.field == "intensity", fields.intensity != nil else { return false }
            fields.intensity = nil
            entries[place].body = .assessmentCompleted(fields)
        case .referralAccepted, .supportStarted, .planAgreed, .discharged, .onwardSent, .jobStarted:
            return false
        default: entries.remove(at: place)
        }
        return true
    }
}

extension ReferralReceived {
    /// Puts a value that will do in the place of one that is not known.
    fileprivate mutating func blank(_ refusal: Refusal, _ programme: Programme) -> Bool {
        let before = self
        switch refusal.field {
        case "source": source = programme.referral.sources.first?.id ?? source
        case "strand": strand = nil
        case "gender": gender = nil
        case "ethnicity": ethnicity = nil
        case "employment_status": employmentStatus = nil
        case "gp_practice": practice = nil
        case "jobcentre": jobcentre = nil
        default: break
        }
        return self != before && refusal.reason == .unknownValue
    }
}
