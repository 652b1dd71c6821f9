import Casework
import Kernel

/// Whether something may be done.
package enum AccessDecision: Sendable, Hashable {
    case allowed
    case refused(String)
    /// The case is nobody's whom the actor works for: for them there is no such case.
    case hidden
}

/// What access is asked to.
package enum Resource: Sendable, Hashable {
    case installation
    case `case`(CaseRelations)
    case claim(ClaimParties)
    /// A practice, by its ODS code, which is the id of its organisation too.
    case practice(String)
    /// A service of the guide, by the organisation that wrote it.
    case guideService(owner: String)
    /// The run charts of a provider's own cases, or (nil) all of a programme's.
    case runChart(provider: String?)
}

/// The one place that answers questions of access.
package enum Access {
    /// Whether the actor may do this.
    ///
    /// - Parameter reason: why, in the actor's words; needed to see who somebody is from outside
    ///   the case, and to erase.
    package static func decide(
        _ actor: Actor,
        _ action: Action,
        on resource: Resource = .installation,
        reason: String? = nil
    ) -> AccessDecision {
        let hasReason = reason?.contains { !$0.isWhitespace } == true
        if actor.roles.contains(.operator) { return decideForOperator(action, hasReason) }
        if action == .referOneself { return .allowed }
        if !action.isOfCase {
            guard roles(for: action).contains(where: actor.roles.contains) else {
                return .refused("this is not part of your role")
            }
            if case .claim(let parties) = resource, !parties.allow(actor, action) {
                return .hidden
            }
            // A practice's records are for those who work there.
            if case .practice(let practice) = resource, practice != actor.organisation {
                return .hidden
            }
            // Whoever runs the installation looks after all of the guide; a provider after its own.
            if case .guideService(let owner) = resource, owner != actor.organisation,
                !actor.roles.contains(.administrator)
            {
                return .hidden
            }
            if case .runChart(let provider) = resource {
                // A provider's charts are its own; the programme's are for whoever commissions it.
                if let provider, !actor.manages(provider) { return .hidden }
                if provider == nil, !actor.roles.contains(.commissioner) {
                    return .refused("charts of the whole programme are its commissioner's")
                }
            }
            return needsReason.contains(action) && !hasReason ? .refused("say why") : .allowed
        }
        guard case .case(let relations) = resource else {
            return .refused("this is not part of your role")
        }
        return decide(actor, action, on: relations, hasReason: hasReason)
    }

    /// All that the actor may do to a case without saying why: what `decide` allows, asked at once.
    package static func allowed(_ actor: Actor, on case: CaseRelations) -> Set<Action> {
        if actor.roles.contains(.operator) {
            return Set(Action.ofCases.filter { decideForOperator($0, false) == .allowed })
        }
        let parts = parts(of: actor, in: `case`)
        return Set(
            Action.ofCases.filter { action in
                parts.contains { allows($0, action, `case`) }
            }
        )
    }

    /// The actions for which the reason is kept with the entry of the access log.
    package static let needsReason: Set<Action> = [
        .findPerson, .breakGlass, .copyRecord, .erasePerson,
    ]

    private static func decideForOperator(
        _ action: Action,
        _ hasReason: Bool
    ) -> AccessDecision {
        let asksWhy =
            needsReason.contains(action) || action == .readIdentity || action == .listPatients
        return asksWhy && !hasReason ? .refused("say why, with --reason") : .allowed
    }

    /// Who may do what is not about one case.
    private static func roles(for action: Action) -> [Role] {
        switch action {
        case .refer: [.referrer, .coach, .manager]
        case .listReferrals, .readPractice, .listPatients: [.referrer]
        case .comparePractices: [.commissioner, .analyst]
        case .listCases: [.coach, .manager]
        case .listOnward: [.coach, .manager]
        case .listQueue: [.manager]
        case .manageGuide: [.manager, .administrator]
        case .makeClaim, .submitClaim: [.manager, .commissioner]
        // A line is of one person, so claims are for those who claim, pay or pass the money on.
        case .readClaims: [.manager, .commissioner]
        case .settleClaim: [.commissioner]
        case .report, .exportReport: [.manager, .commissioner, .analyst]
        // The cases behind a count say how many they are: not for those from whom counts are kept.
        case .openFigure: [.manager]
        case .rebaseChart: [.manager, .commissioner]
        case .releaseReport: [.manager, .analyst]
        case .listReleases: [.governance, .commissioner, .analyst]
        case .exportFacts: [.analyst, .evaluator]
        case .keepHooks: [.referrer, .coach, .manager, .administrator]
        case .exportRecords: [.referrer, .coach, .manager, .analyst, .evaluator]
        case .manageAccounts, .manageProgrammes, .translate, .sendMessages: [.administrator]
        case .readAccessLog, .reviewGlass, .mergePeople, .partPeople, .tellPeopleApart,
            .listRetention, .findPerson:
            [.governance]
        default: []
        }
    }

    private static func decide(
        _ actor: Actor,
        _ action: Action,
        on case: CaseRelations,
        hasReason: Bool
    ) -> AccessDecision {
        let parts = parts(of: actor, in: `case`)
        if parts.contains(where: { allows($0, action, `case`) }) { return .allowed }
        if needsReason.contains(action) || action == .readIdentity {
            if mayWithReason(actor, action) {
                return hasReason ? .allowed : .refused("say why")
            }
        }
        if parts.isEmpty { return .hidden }
        let words = "the person has not agreed to it"
        let isForConsent = parts.contains { part in
            var agreed = `case`
            agreed.consents = Dictionary(
                uniqueKeysWithValues: ConsentScope.allCases.map { ($0, true) }
            )
            return allows(part, action, agreed)
        }
        return .refused(isForConsent ? words : "this is not part of your role")
    }

    /// What an actor is to a case.
    private enum Part {
        case resident, referrer, coach, manager, askedCoach, askedManager, onward, unassigned, glass
    }

    private static func parts(of actor: Actor, in case: CaseRelations) -> [Part] {
        var parts: [Part] = []
        let own = actor.organisation
        let isCoach = actor.roles.contains(.coach)
        let isManager = actor.roles.contains(.manager)
        if actor.roles.contains(.resident), actor.person == `case`.person {
            parts.append(.resident)
        }
        if actor.roles.contains(.referrer), `case`.referrer == own { parts.append(.referrer) }
        if `case`.provider == own {
            if isCoach { parts.append(.coach) }
            if isManager { parts.append(.manager) }
        }
        if `case`.asked == own {
            if isCoach { parts.append(.askedCoach) }
            if isManager { parts.append(.askedManager) }
        }
        if isCoach || isManager, `case`.onward.contains(own) { parts.append(.onward) }
        if isManager, `case`.unassigned.contains(own) { parts.append(.unassigned) }
        if isCoach || isManager, `case`.isGlassBroken { parts.append(.glass) }
        return parts
    }

    /// What each part lets its holder do.
    private static func allows(_ part: Part, _ action: Action, _ case: CaseRelations) -> Bool {
        let agreed = !`case`.isConsentRefused
        switch (part, action) {
        case (_, .readStatus): return true
        case (.resident, .useOwnRecord), (.resident, .readOutcome): return true
        case (.resident, .readIdentity): return true
        case (.referrer, .answerReferral): return true
        case (.referrer, .readIdentity): return agreed
        case (.referrer, .readOutcome): return `case`.consents[.shareWithReferrer] == true
        case (.coach, .readCase), (.manager, .readCase): return true
        case (.coach, .readOutcome), (.manager, .readOutcome): return true
        case (.coach, .changeCase), (.manager, .changeCase): return true
        case (.coach, .answerReferral), (.manager, .answerReferral): return true
        case (.manager, .manageCase): return true
        case (.coach, .readIdentity), (.manager, .readIdentity): return agreed
        case (.coach, .changeIdentity), (.manager, .changeIdentity): return agreed
        case (.coach, .readClinical), (.manager, .readClinical): return agreed
        case (.askedCoach, .readCase), (.askedManager, .readCase): return true
        case (.askedManager, .answerTransfer): return true
        case (.onward, .readCase), (.onward, .readIdentity), (.onward, .answerOnward): return agreed
        // Whoever chooses the strand reads what was referred, and no notes or measures.
        case (.unassigned, .readCase), (.unassigned, .manageCase): return true
        case (.unassigned, .readIdentity): return agreed
        // An emergency does not wait for consent; it reads, and changes nothing.
        case (.glass, .readCase), (.glass, .readOutcome): return true
        case (.glass, .readIdentity), (.glass, .readClinical): return true
        default: return false
        }
    }

    /// What those outside the case may do when they say why.
    private static func mayWithReason(_ actor: Actor, _ action: Action) -> Bool {
        switch action {
        case .breakGlass: actor.roles.contains(.coach) || actor.roles.contains(.manager)
        case .readIdentity, .copyRecord, .erasePerson: actor.roles.contains(.governance)
        default: false
        }
    }
}

extension Actor {
    fileprivate func manages(_ provider: String) -> Bool {
        roles.contains(.manager) && organisation == provider
    }
}
