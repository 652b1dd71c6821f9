import Casework
import FHIRModel
import Kernel
import Programmes

/// A change of a Task, read as the command that it asks for.
///
/// The server checks beside it that the sender may do what the command does, as for a page.
package struct TaskUpdate: Sendable {
    /// Empty when the Task says what is so already.
    package var command: Command
    package var to: TaskStatus

    /// Reads a Task that was changed.
    ///
    /// - Parameters:
    ///   - id: the Task's id, which may be that of an onward referral.
    ///   - record: the case as the sender may know it.
    ///   - organisation: whoever sends.
    /// - Throws: why it cannot be, with its place.
    package init(
        _ task: FHIRResource,
        id: String,
        of record: CaseRecord,
        by organisation: String,
        on today: CivilDate
    ) throws(FHIRIssues) {
        let view = CaseView(record)
        var reader = TaskReader(task.root, view, organisation, today)
        if id == view.id {
            self = try reader.read()
        } else if let onward = view.onward(ofTask: id) {
            self = try reader.read(onward)
        } else {
            throw FHIRIssues(FHIRIssue(.notFound, at: "Task.id", "There is no Task \(id)."))
        }
        let unkept = view.unkept(
            task.root,
            id: id,
            isMoved: !command.entries.isEmpty,
            isTakenBack: to == .cancelled || to == .inError
        )
        if !unkept.isEmpty { throw FHIRIssues(unkept) }
        let long = TextLimits.issues(of: command, asked: "Task")
        if !long.isEmpty { throw FHIRIssues(long) }
    }

    init(_ command: Command, _ to: TaskStatus) {
        self.command = command
        self.to = to
    }
}

extension CaseView {
    /// The onward referral whose Task has an id.
    func onward(ofTask id: String) -> OnwardReferral? {
        for event in events {
            if case .onwardSent(let sent) = event.body, self.id(of: event) == id {
                return folded.onward.first { $0.id == sent.onward }
            }
        }
        return nil
    }
}

/// Reads what a changed Task asks for.
struct TaskReader {
    let task: FHIRElement
    let view: CaseView
    let organisation: String
    let today: CivilDate

    init(_ task: FHIRElement, _ view: CaseView, _ organisation: String, _ today: CivilDate) {
        self.task = task
        self.view = view
        self.organisation = organisation
        self.today = today
    }

    func refused(
        _ code: FHIRIssue.Code,
        _ element: String,
        _ says: String,
        detail: String? = nil
    ) -> FHIRIssues {
        FHIRIssues(FHIRIssue(code, at: "Task.\(element)", says, detail: detail))
    }

    /// The status that is asked for; missing is a fault of the resource, found before.
    private func asked() throws(FHIRIssues) -> TaskStatus {
        let text = task["status"]?.text ?? ""
        guard let status = TaskStatus(sent: text) else {
            throw refused(.codeInvalid, "status", "\(text) is no status of a Task.")
        }
        return status
    }

    mutating func read() throws(FHIRIssues) -> TaskUpdate {
        let state = view.taskState
        let to = try asked()
        let isRequester = view.parties.referrer == organisation
        let isProvider =
            view.parties.provider == organisation || view.parties.unassigned.contains(organisation)
        let business = task["businessStatus"]?.code(of: Systems.businessStatus)
        if to == state.status { return try unchanged(state, business, isRequester) }
        let party = try party(state.status, to, isRequester: isRequester, isProvider: isProvider)
        return TaskUpdate(try command(state, to, party), to)
    }

    /// Checks that the move is one of the table, and that the sender may make it.
    ///
    /// - Parameter offered: what such a Task can become at all.
    func party(
        _ from: TaskStatus,
        _ to: TaskStatus,
        isRequester: Bool,
        isProvider: Bool,
        among offered: [TaskStatus] = TaskStatus.allCases
    ) throws(FHIRIssues) -> TaskParty {
        var own: [TaskParty] = []
        if isProvider { own.append(.provider) }
        if isRequester { own.append(.requester) }
        guard let first = own.first else {
            throw refused(.forbidden, "status", "Your organisation has no part in this Task.")
        }
        guard let edge = TaskEdges.edge(from, to) else {
            let next = own.flatMap { TaskEdges.next(from, for: $0) }
                .filter(offered.contains).map(\.rawValue)
            let list = next.isEmpty ? "nothing" : Set(next).sorted().joined(separator: ", ")
            throw refused(
                .businessRule,
                "status",
                "A Task that is \(from.rawValue) cannot become \(to.rawValue); you may set \(list).",
                detail: "wrong-order"
            )
        }
        guard let party = own.first(where: { edge.parties.contains($0) }) else {
            let whose = first == .requester ? "the provider" : "whoever referred"
            let says = "Only \(whose) may set \(to.rawValue)."
            throw refused(.forbidden, "status", says, detail: "wrong-party")
        }
        return party
    }

    /// The same status: a cancellation asked for, or nothing.
    private func unchanged(
        _ state: TaskState,
        _ business: String?,
        _ isRequester: Bool
    ) throws(FHIRIssues) -> TaskUpdate {
        guard let business, business != state.business.rawValue else {
            return TaskUpdate(Command(), state.status)
        }
        guard business == BusinessStatus.cancellationRequested.rawValue else {
            let says =
                "The business status follows from what happened: send the Appointment, or the status."
            throw refused(.businessRule, "businessStatus", says)
        }
        guard isRequester else {
            let says = "Only whoever referred may ask to cancel."
            throw refused(.forbidden, "businessStatus", says, detail: "wrong-party")
        }
        if state.status.isOver {
            let says = "This referral is over: it is \(state.status.rawValue)."
            throw refused(.businessRule, "businessStatus", says, detail: "already-over")
        }
        var fields = TakenBack()
        fields.text = task["statusReason"]?["text"]?.text
        return TaskUpdate(Command(.cancellationAsked(fields), on: today), state.status)
    }

    /// The reason's code, of our own system; one that stood there before is none for this.
    var reasonCode: String? {
        let code = task["statusReason"]?.code(of: Systems.code("status-reason"))
        return code == view.taskState.reason ? nil : code
    }

    /// The reason in words.
    var reasonWords: String? {
        let words = task["statusReason"]?["text"]?.text
        return words == view.taskState.reasonWords ? nil : words
    }

    /// A code of our own in an output of a type.
    func output(_ type: String) -> FHIRElement? {
        task.all("output").first {
            $0["type"]?.code(of: Systems.code("output")) == type
        }?["value"]
    }
}
