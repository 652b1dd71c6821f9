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
    ///
    /// - Parameter isErased: whether the person was erased: nothing more is promised.
    init?(
        _ items: [WorkItem],
        state: CaseState,
        sight: ReferralStatus.Sight,
        isErased: Bool,
        isMissingAnswers: Bool
    ) {
        let soonest = items.sorted { ($0.dueOn, $0.subject) < ($1.dueOn, $1.subject) }
        let shown =
            soonest.first { $0.owner == "referrer" }
            ?? soonest.first { $0.isShown(state, sight) }
            ?? soonest.first { $0.kind != .risk }
        let asked = isMissingAnswers ? soonest.first { $0.kind == .missingAnswer } : nil
        self.init(
            shown,
            state: state,
            sight: sight,
            isErased: isErased,
            answersDueOn: asked?.dueOn
        )
    }

    /// Of the one thing that a list's row tells.
    ///
    /// - Parameters:
    ///   - isErased: whether the person was erased: nothing more is promised.
    ///   - answersDueOn: by when the referrer is to give the answers that are missing; nil where
    ///     none is.
    package init?(
        _ item: WorkItem?,
        state: CaseState,
        sight: ReferralStatus.Sight,
        isErased: Bool,
        answersDueOn: CivilDate?
    ) {
        if state == .closed || isErased { return nil }
        if let answersDueOn {
            let says = "Give the answers that are missing"
            self.init(says: says, owner: .referrer, dueOn: answersDueOn)
            return
        }
        guard let item, item.isShown(state, sight) || item.owner == "referrer" else {
            // The day tells when the service is to do something, and not what.
            let day = item.flatMap { sight == .outcome && $0.kind != .risk ? $0.dueOn : nil }
            self.init(says: Self.usually(state, sight), owner: .provider, dueOn: day)
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
        return sight == .outcome || state.isBeforeContact
    }
}
