/// The organisations with a part in a claim: all that access to it depends on.
package struct ClaimParties: Sendable, Hashable {
    /// Who claims.
    package var claimant: String
    /// Who pays.
    package var payer: String
    /// Who passes the money on, and claims what belongs to no strand.
    package var host: String

    package init(claimant: String, payer: String, host: String) {
        self.claimant = claimant
        self.payer = payer
        self.host = host
    }

    /// Whether somebody with the role for it may do this with this claim.
    ///
    /// A claim is submitted by its claimant and settled by whoever pays it: the payer, or the host
    /// for all but its own.
    func allow(_ actor: Actor, _ action: Action) -> Bool {
        let own = actor.organisation
        switch action {
        case .submitClaim:
            return own == claimant
        case .settleClaim:
            return own != claimant && (own == payer || own == host)
        default:
            return [claimant, payer, host].contains(own)
        }
    }
}
