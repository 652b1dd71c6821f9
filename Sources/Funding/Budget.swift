import Kernel
import Programmes

/// A programme's money, divided to the penny: what each strand and part has, and of which share.
package struct Budget: Sendable, Hashable {
    /// One strand's money.
    package struct Line: Sendable, Hashable {
        package var strand: String
        package var name: String
        package var provider: String
        package var target: Int?
        package var funding: Pence
        /// What is paid whatever happens, and what by performance; together the funding.
        package var guaranteed: Pence
        package var performance: Pence
    }

    package var total: Pence?
    /// The shares of the total, parts included.
    package var guaranteed: Pence
    package var performance: Pence
    package var lines: [Line]
    package var parts: [FundingPart]

    /// Divides a programme's money; nil if its file does not say what is paid for.
    ///
    /// What the parts leave of the performance share goes to the strands in proportion to their
    /// funding, by largest remainder; the rest of each strand's funding is guaranteed.
    package init?(_ programme: Programme) {
        guard let rules = programme.funding else { return nil }
        total = rules.total
        parts = rules.parts
        let shares = rules.shares ?? FundingShares(guaranteed: 0, performance: 0)
        let halves = (rules.total ?? .zero).split(by: [shares.guaranteed, shares.performance])
        guaranteed = halves[0]
        performance = halves[1]
        let taken = rules.parts.filter { $0.from == .performance }.map(\.amount)
        let divided = performance - taken.reduce(.zero, +)
        let fundings = programme.strands.map { $0.funding ?? .zero }
        let perform = divided.split(by: fundings.map { Int($0.value) })
        lines = zip(programme.strands, perform).map { strand, perform in
            let funding = strand.funding ?? .zero
            return Line(
                strand: strand.id,
                name: strand.name,
                provider: strand.provider,
                target: strand.target,
                funding: funding,
                guaranteed: rules.shares == nil ? .zero : funding - perform,
                performance: rules.shares == nil ? .zero : perform
            )
        }
    }

    /// The line of a strand.
    package func line(_ strand: String) -> Line? { lines.first { $0.strand == strand } }
}
