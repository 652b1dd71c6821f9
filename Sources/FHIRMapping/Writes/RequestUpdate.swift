import Casework
import FHIRModel
import Kernel

/// What whoever referred does with their ServiceRequest, read as a command.
///
/// They may take it back, which does what cancelling the Task does.
package enum RequestUpdate {
    /// Of a ServiceRequest that was changed.
    package static func command(
        _ request: FHIRResource,
        of record: CaseRecord,
        by organisation: String,
        on today: CivilDate
    ) throws(FHIRIssues) -> Command {
        let status = request.root["status"]?.text ?? ""
        let command = try command(status, request, of: record, by: organisation, on: today)
        if ["revoked", "entered-in-error"].contains(status) { return command }
        let unkept = CaseView(record).unkept(request)
        if !unkept.isEmpty { throw FHIRIssues(unkept) }
        return command
    }

    private static func command(
        _ status: String,
        _ request: FHIRResource,
        of record: CaseRecord,
        by organisation: String,
        on today: CivilDate
    ) throws(FHIRIssues) -> Command {
        let words = request.root["note"]?["text"]?.text
        let view = CaseView(record)
        switch status {
        case view.requestStatus: return Command()
        case "active", "completed":
            let next = view.taskState.status.isOver ? "nothing" : "revoked, entered-in-error"
            let says = "The status follows from the Task; you may set \(next)."
            throw FHIRIssues(FHIRIssue(.businessRule, at: "ServiceRequest.status", says))
        case "revoked", "entered-in-error":
            return try command(
                isInError: status == "entered-in-error",
                words: words,
                at: "ServiceRequest.status",
                of: record,
                by: organisation,
                on: today
            )
        default:
            let says = "A referral is active, revoked or entered-in-error."
            throw FHIRIssues(FHIRIssue(.businessRule, at: "ServiceRequest.status", says))
        }
    }

    /// Of a message that takes a referral back.
    package static func command(
        _ cancellation: IncomingMessage.Cancellation,
        of record: CaseRecord,
        by organisation: String,
        on today: CivilDate
    ) throws(FHIRIssues) -> Command {
        try command(
            isInError: cancellation.isInError,
            words: cancellation.reason,
            at: "\(cancellation.path).status",
            of: record,
            by: organisation,
            on: today
        )
    }

    private static func command(
        isInError: Bool,
        words: String?,
        at path: String,
        of record: CaseRecord,
        by organisation: String,
        on today: CivilDate
    ) throws(FHIRIssues) -> Command {
        let command = try read(
            isInError: isInError,
            words: words,
            at: path,
            of: record,
            by: organisation,
            on: today
        )
        let long = TextLimits.issues(of: command, asked: "ServiceRequest")
        if !long.isEmpty { throw FHIRIssues(long) }
        return command
    }

    private static func read(
        isInError: Bool,
        words: String?,
        at path: String,
        of record: CaseRecord,
        by organisation: String,
        on today: CivilDate
    ) throws(FHIRIssues) -> Command {
        let view = CaseView(record)
        guard view.parties.referrer == organisation else {
            let says = "Only whoever referred may take a referral back."
            throw FHIRIssues(FHIRIssue(.forbidden, at: path, says, detail: "wrong-party"))
        }
        let state = view.taskState
        if state.status == .inError || state.status == .cancelled && !isInError {
            return Command()
        }
        if state.status.isOver {
            let says = "This referral is over: it is \(state.status.rawValue)."
            throw FHIRIssues(FHIRIssue(.businessRule, at: path, says, detail: "already-over"))
        }
        return view.takenBack(words, isInError: isInError, on: today)
    }
}

extension CaseView {
    /// What it does that whoever referred takes the referral back: while nobody was in contact
    /// that ends it; after that the provider is asked to cancel, once.
    ///
    /// One that was entered in error says so: what opened a case stays in its journal.
    func takenBack(_ words: String?, isInError: Bool = false, on today: CivilDate) -> Command {
        var taken = TakenBack()
        taken.inError = isInError ? true : nil
        taken.text = words
        if folded.state(in: programme).isBeforeContact {
            return Command(.referralWithdrawn(taken), on: today)
        }
        if folded.cancellationAskedOn != nil { return Command() }
        return Command(.cancellationAsked(taken), on: today)
    }
}
