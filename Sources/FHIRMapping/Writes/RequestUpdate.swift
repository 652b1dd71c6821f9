import Casework
import FHIRModel
import Kernel

/// What whoever referred does with their ServiceRequest, read as a command.
///
/// They may take it back: before anybody has accepted it that ends the case; after that the
/// provider is asked to cancel, and confirms or says what came of it.
package enum RequestUpdate {
    /// Of a ServiceRequest that was changed.
    package static func command(
        _ request: FHIRResource,
        of record: CaseRecord,
        by organisation: String,
        on today: CivilDate
    ) throws(FHIRIssues) -> Command {
        let status = request.root["status"]?.text ?? ""
        let words = request.root["note"]?["text"]?.text
        switch status {
        case CaseView(record).requestStatus: return Command()
        case "active", "completed":
            let says = "The status follows from the Task; you may set revoked, entered-in-error."
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
        if state.status == .cancelled || view.isInError { return Command() }
        if state.status.isOver {
            let says = "This referral is over: it is \(state.status.rawValue)."
            throw FHIRIssues(FHIRIssue(.businessRule, at: path, says, detail: "already-over"))
        }
        if isInError { return Command(voids: view.entriesOfReferrer(words)) }
        if state.status == .requested { return Command(.referralWithdrawn(Plain()), on: today) }
        if view.folded.cancellationAskedOn != nil { return Command() }
        var asked = CancellationAsked()
        asked.text = words
        return Command(.cancellationAsked(asked), on: today)
    }
}

extension CaseView {
    /// The referral and what its sender told beside it, to be withdrawn as an error.
    func entriesOfReferrer(_ words: String?) -> [Command.Void] {
        guard let opening else { return [] }
        return events.filter { event in
            event.cause == nil && event.by.organisation == opening.by.organisation
        }.map { Command.Void(event: $0.id, reason: "entered-in-error", text: words) }
    }
}
