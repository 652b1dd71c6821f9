import Funding
import Testing

@Suite("The states of a claim") struct StateTests {
    /// From a state, each step that may be taken and where it leads; all others are refused.
    static let table: [(ClaimState, [ClaimMove: ClaimState])] = [
        (.drafted, [.submit: .submitted, .withdraw: .replaced]),
        (.submitted, [.query: .queried, .reject: .submitted, .accept: .accepted]),
        (.queried, [.answer: .answered, .reject: .queried]),
        (.answered, [.query: .queried, .reject: .answered, .accept: .accepted]),
        (.accepted, [.pay: .paid]),
        (.paid, [:]),
        (.replaced, [:]),
    ]

    @Test("Every step in every state") func steps() {
        #expect(Self.table.map(\.0) == ClaimState.allCases)
        for (state, moves) in Self.table {
            for move in ClaimMove.allCases {
                #expect((try? state.after(move)) == moves[move], "\(state) \(move)")
            }
            #expect(Set(state.moves) == Set(moves.keys))
        }
        #expect(Set(ClaimMove.allCases).subtracting(ClaimMove.asked) == [.withdraw])
        #expect(ClaimState.allCases.filter { !$0.stands } == [.drafted, .replaced])
    }
}
