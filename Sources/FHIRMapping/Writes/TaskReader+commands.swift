import Casework
import FHIRModel
import Kernel
import Programmes

extension TaskReader {
    /// The command of a move that is allowed.
    func command(
        _ state: TaskState,
        _ to: TaskStatus,
        _ party: TaskParty
    ) throws(FHIRIssues) -> Command {
        switch (to, party) {
        case (.accepted, _): return try acceptance()
        case (.rejected, _): return try rejection()
        case (.inProgress, _):
            return state.status == .onHold ? resumption() : contact()
        case (.onHold, _): return try pause()
        case (.completed, _): return try completion()
        case (.failed, _): return try closure(usually: nil)
        case (.cancelled, .requester): return view.takenBack(reasonWords, on: today)
        case (.cancelled, .provider):
            // A cancellation that was asked for is confirmed.
            if view.folded.cancellationAskedOn != nil, reasonCode == nil {
                return Command(.referralWithdrawn(confirmed), on: today)
            }
            return try closure(usually: .noLongerWanted)
        case (.inError, _): return try taken()
        case (.draft, _), (.requested, _):
            throw refused(.businessRule, "status", "A referral is sent once, as requested.")
        }
    }

    /// Accepts; a Task that nobody owned is claimed for the sender's strand.
    private func acceptance() throws(FHIRIssues) -> Command {
        var entries = [Command.Entry(body: .referralAccepted(Plain()), on: today)]
        guard view.parties.provider == nil else { return Command(entries: entries) }
        let own = view.programme.strands.filter { $0.provider == organisation }
        let named = task["owner"]?.referredID
        let strand = own.first { "\(view.programme.id).\($0.id)" == named } ?? own.first
        guard let strand, own.count == 1 || "\(view.programme.id).\(strand.id)" == named else {
            let says = "Name your service as the owner, as HealthcareService."
            throw refused(.required, "owner", says)
        }
        var rerouted = Rerouted()
        rerouted.strand = strand.id
        entries.insert(Command.Entry(body: .referralRerouted(rerouted), on: today), at: 0)
        return Command(entries: entries)
    }

    private func rejection() throws(FHIRIssues) -> Command {
        guard reasonCode != nil || reasonWords != nil else {
            throw refused(.required, "statusReason", "Say why, and what happens instead.")
        }
        var returned = ReferralReturned()
        returned.reason = try reason(usually: .notAccepted)
        guard let words = reasonWords else {
            throw refused(.required, "statusReason.text", "Say in words what happens instead.")
        }
        returned.instead = words
        return Command(.referralReturned(returned), on: today)
    }

    private func contact() -> Command {
        Command(.contactAttempted(ContactAttempted()), on: today)
    }

    /// Every clock that this reason may pause stands still.
    private func pause() throws(FHIRIssues) -> Command {
        let clocks = view.programme.clocks
        let known = Set(clocks.flatMap(\.pauses)).sorted().joined(separator: ", ")
        guard let reason = reasonCode else {
            let says = "Say why, as one of \(known.isEmpty ? "none" : known)."
            throw refused(.required, "statusReason", says)
        }
        let paused = clocks.filter { $0.pauses.contains(reason) }
        if paused.isEmpty {
            let says = "Nothing waits for \(reason), but for \(known.isEmpty ? "nothing" : known)."
            throw refused(.codeInvalid, "statusReason", says, detail: "unknown-value")
        }
        return Command(
            entries: paused.map { clock in
                var fields = ClockPaused()
                fields.clock = clock.id
                fields.reason = reason
                return Command.Entry(body: .clockPaused(fields), on: today)
            }
        )
    }

    private func resumption() -> Command {
        Command(
            entries: view.folded.pauses.filter { $0.to == nil }.map { pause in
                var fields = ClockResumed()
                fields.clock = pause.clock
                return Command.Entry(body: .clockResumed(fields), on: today)
            }
        )
    }

    /// Discharges whoever was supported; closes the case of whoever was not.
    private func completion() throws(FHIRIssues) -> Command {
        guard view.folded[.started] != nil else {
            return try closure(usually: .completed)
        }
        var discharged = Discharged()
        discharged.status = output("discharge-status")?.code(of: Systems.code("discharge-status"))
        discharged.improved = output("improved")?.bool
        let statuses = view.programme.pathway.dischargeStatus.map(\.id)
        if discharged.status == nil, !statuses.isEmpty {
            let says =
                "Say the status at discharge, as an output discharge-status: "
                + statuses.joined(separator: ", ") + "."
            throw refused(.required, "output", says, detail: "status-missing-value")
        }
        return Command(.discharged(discharged), on: today)
    }

    private func closure(usually: ClosureReason?) throws(FHIRIssues) -> Command {
        var closed = Closed()
        closed.reason = try reason(usually: usually)
        return Command(.closed(closed), on: today)
    }

    private func reason(usually: ClosureReason?) throws(FHIRIssues) -> ClosureReason {
        let known = view.programme.pathway.closureReasons
        if let code = reasonCode {
            guard let reason = ClosureReason(rawValue: code), known.contains(reason) else {
                let list = known.map(\.rawValue).joined(separator: ", ")
                let says = "\(code) is not one of \(list)."
                throw refused(.codeInvalid, "statusReason", says, detail: "unknown-value")
            }
            if view.folded.canClose(for: reason) { return reason }
            let says =
                "Send a Consent of status inactive, for the purpose referral: it closes the case by "
                + "itself."
            throw refused(.businessRule, "statusReason", says, detail: "wrong-order")
        }
        guard let usually else {
            let list = known.map(\.rawValue).joined(separator: ", ")
            throw refused(.required, "statusReason", "Say why, as one of \(list).")
        }
        return usually
    }

    /// What a cancellation that was asked for becomes: an error stays one.
    private var confirmed: TakenBack {
        var taken = TakenBack()
        for event in view.events {
            if case .cancellationAsked(let asked) = event.body { taken.inError = asked.inError }
        }
        return taken
    }

    /// The referral is taken back as an error, with what its sender told beside it.
    private func taken() throws(FHIRIssues) -> Command {
        let status = view.taskState.status
        if status.isOver {
            let says = "This referral is over: it is \(status.rawValue)."
            throw refused(.businessRule, "status", says, detail: "already-over")
        }
        return view.takenBack(reasonWords, isInError: true, on: today)
    }

    // MARK: - Onward referrals

    /// What another service answers to being referred on to.
    mutating func read(_ onward: OnwardReferral) throws(FHIRIssues) -> TaskUpdate {
        let from = onward.status.task.status
        let text = task["status"]?.text ?? ""
        guard let to = TaskStatus(sent: text) else {
            throw refused(.codeInvalid, "status", "\(text) is no status of a Task.")
        }
        if to == from { return TaskUpdate(Command(), to) }
        // Where nobody here answers for the service, whoever referred on writes its answer down.
        let owner = onward.organisation(in: view.programme) ?? view.parties.provider
        _ = try party(
            from,
            to,
            isRequester: view.parties.provider == organisation,
            isProvider: owner == organisation,
            among: [.accepted, .inProgress, .rejected, .completed, .failed, .cancelled]
        )
        var moved = OnwardMoved()
        moved.onward = onward.id
        moved.reason = reasonCode ?? reasonWords?.asCode
        switch to {
        case .accepted: moved.to = .accepted
        case .inProgress: moved.to = .started
        case .rejected: moved.to = .declined
        case .completed, .failed, .cancelled: moved.to = .ended
        case .draft, .requested, .onHold, .inError:
            let says = "An onward referral is accepted, declined, started or ended."
            throw refused(.businessRule, "status", says)
        }
        if moved.to == .declined, moved.reason == nil {
            throw refused(.required, "statusReason", "Say why.")
        }
        return TaskUpdate(Command(.onwardMoved(moved), on: today), to)
    }
}
