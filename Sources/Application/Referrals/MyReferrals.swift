import Casework
import Kernel
import SQL
import Store

/// The referrals of an account or of its organisation, told apart by what they wait for.
package struct MyReferrals: Sendable {
    /// Which of them a list shows.
    package enum Shelf: String, Sendable, CaseIterable {
        /// The referrer is to do something.
        case needsMe = "needs-me"
        /// Nobody has been in contact with the person yet.
        case waiting
        case support
        case closed
    }

    package struct Entry: Sendable {
        package var row: CaseRow
        package var sight: ReferralStatus.Sight
        package var next: NextStep?
        package var isMissingAnswers: Bool

        package var step: ReferralStatus.Step { ReferralStatus.Step(row.state, sight) }

        package func isOn(_ shelf: Shelf) -> Bool {
            switch shelf {
            case .needsMe: next?.owner == .referrer
            case .waiting: row.state.isBeforeContact
            case .support: row.closedOn == nil && !isOn(.waiting)
            case .closed: row.closedOn != nil
            }
        }
    }

    /// Those with the soonest next step first.
    package var entries: [Entry]

    package func count(_ shelf: Shelf) -> Int { entries.count { $0.isOn(shelf) } }
}

extension Goodwork {
    /// What an account, or its whole organisation, referred.
    package func referrals(ofAll: Bool, by actor: Actor) async throws -> MyReferrals {
        let scope: CaseScope =
            ofAll ? .organisation(actor.organisation, .referrer) : .referredBy(actor.user)
        let rows = try await rows(scope, as: .listReferrals, by: actor)
        let store = store
        let (toAnswer, erased) = try await store.database.read { transaction in
            (
                try store.casesToAnswer(by: actor.organisation, in: transaction),
                try store.casesOfErased(by: actor.organisation, in: transaction)
            )
        }
        return MyReferrals(
            entries: rows.map { row in
                let sees = Access.decide(actor, .readOutcome, on: .case(CaseRelations(row)))
                let isAgreed = row.consents[.referral] != false
                let sight: ReferralStatus.Sight =
                    sees == .allowed && isAgreed ? .outcome : .referrer
                let answersDueOn = toAnswer[row.header.id]
                return MyReferrals.Entry(
                    row: row,
                    sight: sight,
                    next: NextStep(
                        row.next,
                        state: row.state,
                        sight: sight,
                        isErased: erased.contains(row.header.id),
                        answersDueOn: answersDueOn
                    ),
                    isMissingAnswers: answersDueOn != nil
                )
            }
        )
    }
}
