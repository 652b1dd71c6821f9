import Casework
import Kernel
import Store

/// What happens next on a referral, as whoever referred may know it.
///
/// Risks, actions of the plan, appointments and other services are the case team's: of them a
/// referrer learns only that the service goes on.
package struct NextStep: Sendable, Hashable {
    package enum Owner: Sendable, Hashable {
        case referrer
        case provider
    }

    package var says: String
    package var owner: Owner
    package var dueOn: CivilDate?

    package init(says: String, owner: Owner, dueOn: CivilDate? = nil) {
        self.says = says
        self.owner = owner
        self.dueOn = dueOn
    }

    /// Of all that is to be done on a case.
    init?(
        _ items: [WorkItem],
        state: CaseState,
        sight: ReferralStatus.Sight,
        isMissingAnswers: Bool
    ) {
        let soonest = items.sorted { ($0.dueOn, $0.subject) < ($1.dueOn, $1.subject) }
        let shown =
            soonest.first { $0.owner == "referrer" }
            ?? soonest.first { $0.isShown(state, sight) }
        self.init(shown, state: state, sight: sight, isMissingAnswers: isMissingAnswers)
    }

    /// Of the one thing that a list's row tells.
    package init?(
        _ item: WorkItem?,
        state: CaseState,
        sight: ReferralStatus.Sight,
        isMissingAnswers: Bool
    ) {
        if state == .closed { return nil }
        if isMissingAnswers {
            self.init(
                says: "Give the answers that are missing",
                owner: .referrer,
                dueOn: item.flatMap { $0.kind == .missingAnswer ? $0.dueOn : nil }
            )
            return
        }
        guard let item, item.isShown(state, sight) || item.owner == "referrer" else {
            self.init(says: Self.usually(state, sight), owner: .provider)
            return
        }
        let isOwn = item.owner == "referrer"
        // Which questions are open may tell of the person: whoever has only a link is not told.
        let isAsking = sight == .coarse && item.kind == .missingAnswer
        let says = isAsking ? "Give the answers that are missing" : item.says
        self.init(says: says, owner: isOwn ? .referrer : .provider, dueOn: item.dueOn)
    }

    private static func usually(_ state: CaseState, _ sight: ReferralStatus.Sight) -> String {
        switch state {
        case .referred: "Answer the referral"
        case .accepted: "Contact the person"
        case .discharged, .tracking: sight == .outcome ? "Follow up" : "Go on with the person"
        default: "Go on with the person"
        }
    }
}

extension WorkItem {
    /// Whether a referrer may know of it: their answer, and a promise about time until contact.
    ///
    /// Later promises tell of assessment and plan, so they need the person's leave.
    fileprivate func isShown(_ state: CaseState, _ sight: ReferralStatus.Sight) -> Bool {
        if kind == .acceptance { return true }
        guard kind == .clock else { return false }
        return sight == .outcome || state == .referred || state == .accepted
    }
}
