/// Access log, broken glass, merges, copies, erasure, retention.
package enum GovernancePages {
    package static let routes: [PageRoute] = []
}
