import Casework
import Kernel
import Programmes

extension CasePeople {
    /// Where a case has been held, from each day on; empty if it never changed hands.
    ///
    /// A payment is claimed where the case was held on the day it fell due, wherever it is now.
    package static func moves(
        of history: History,
        in programme: Programme
    ) -> [(from: CivilDate, place: HeldPlace)] {
        var folded = Case(header: history.header)
        var moves: [(from: CivilDate, place: HeldPlace)] = []
        for event in history.effective() {
            folded.evolve(event)
            let provider = programme.strands.first { $0.id == folded.strand }?.provider
            let area = folded.referral?.outwardCode.flatMap { outward in
                programme.areas.first { $0.holds(outward: outward) }?.id
            }
            let place = HeldPlace(
                strand: folded.strand,
                provider: folded.provider ?? provider,
                locality: area
            )
            guard moves.last?.place != place else { continue }
            moves.append((event.occurredOn, place))
        }
        return moves.count > 1 ? moves : []
    }
}
