import Application
import Kernel

/// The places in the menu, each for those whose role it is.
package struct Navigation: Sendable {
    package var words: String
    package var path: String
    package var action: Action?
    package var role: Role?

    package static let entries = [
        Navigation(words: "Today", path: "/today", action: .listCases),
        Navigation(words: "Caseload", path: "/caseload", action: .listCases),
        Navigation(words: "Team", path: "/team", action: .listQueue),
        Navigation(words: "Refer", path: "/refer", action: .refer),
        Navigation(words: "My referrals", path: "/referrals", action: .listReferrals),
        Navigation(words: "Our practice", path: "/practice", action: .readPractice),
        Navigation(words: "Referred on to us", path: "/onward", action: .listOnward),
        Navigation(words: "My plan", path: "/my", role: .resident),
        Navigation(words: "Reports", path: "/reports", action: .report),
        Navigation(words: "Practices", path: "/practices", action: .comparePractices),
        Navigation(words: "Dashboards", path: "/dashboards", action: .report),
        Navigation(words: "Facts", path: "/facts", action: .exportFacts),
        Navigation(words: "Claims", path: "/claims", action: .readClaims),
        Navigation(words: "Records", path: "/governance", action: .readAccessLog),
        Navigation(words: "Administration", path: "/admin", action: .manageAccounts),
        Navigation(words: "Service guide", path: "/guide", action: .manageGuide),
    ]

    func isFor(_ visit: Visit) -> Bool {
        // Hospitals and jobcentres refer too, and have no list of patients.
        if action == .readPractice, ODSCode(visit.actor.organisation)?.looksLikePractice != true {
            return false
        }
        if let action { return visit.may(action) }
        return role.map(visit.actor.roles.contains) ?? true
    }
}
