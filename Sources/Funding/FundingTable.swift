import Kernel
import Programmes

/// A programme's money as a table: what each strand has, for how many people, and by which share.
package struct FundingTable: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        package var name: String
        /// Nil where no people belong to the row.
        package var people: Int?
        package var amount: Pence
        package var guaranteed: Pence
        package var performance: Pence
        /// The amount for one person, to the nearest penny.
        package var perHead: Pence?
        /// How many of the people should be of each employment status.
        package var mix: [MixPeople]
    }

    /// So many people of one employment status.
    package struct MixPeople: Sendable, Hashable {
        package var status: String
        package var people: Int
    }

    package var programme: String
    package var programmeVersion: Int
    package var rows: [Row]
    package var total: Row

    /// The table; nil if the programme's file does not say what is paid for.
    package init?(_ programme: Programme) {
        guard let budget = Budget(programme) else { return nil }
        self.programme = programme.id
        programmeVersion = programme.version
        let strands = zip(programme.strands, budget.lines).map { strand, line in
            let shares = Pence(Int64(line.target ?? 0)).split(by: strand.mix.map(\.percent))
            return Row(
                name: line.name,
                people: line.target,
                amount: line.funding,
                guaranteed: line.guaranteed,
                performance: line.performance,
                perHead: line.target.flatMap { Self.perHead(line.funding, $0) },
                mix: zip(strand.mix, shares).map {
                    MixPeople(status: $0.status, people: Int($1.value))
                }
            )
        }
        let parts = budget.parts.map { part in
            Row(
                name: part.name,
                people: nil,
                amount: part.amount,
                guaranteed: part.from == .guaranteed ? part.amount : .zero,
                performance: part.from == .performance ? part.amount : .zero,
                perHead: nil,
                mix: []
            )
        }
        rows = strands + parts
        total = Row(
            name: "Total",
            people: strands.compactMap(\.people).reduce(0, +),
            amount: rows.map(\.amount).reduce(.zero, +),
            guaranteed: rows.map(\.guaranteed).reduce(.zero, +),
            performance: rows.map(\.performance).reduce(.zero, +),
            perHead: nil,
            mix: []
        )
    }

    private static func perHead(_ amount: Pence, _ people: Int) -> Pence? {
        guard people > 0 else { return nil }
        return Pence((amount.value * 2 + Int64(people)) / Int64(people * 2))
    }
}
