/// Assessment, measures, plan, interventions, onward referrals, work, discharge, tracking.
package enum SupportPages {
    package static let routes: [PageRoute] = []
    package static let sections: [CaseSection] = []
}
