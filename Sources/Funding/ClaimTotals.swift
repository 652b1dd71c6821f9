import Kernel
import Measures

/// What claims come to, for those who may see totals and not lines: people and money by strand.
///
/// The money of a strand is so much a head, so it says how many people there were. It is shown only
/// where their number is.
package struct ClaimTotals: Sendable, Hashable {
    package struct Row: Sendable, Hashable {
        /// The strand's id; nil for money that is in no strand, and for all of it.
        package var strand: String?
        /// Nil where it is kept back.
        package var people: Int?
        package var amount: Pence?
    }

    package var rows: [Row]
    package var total: Row
    package var keptBack: KeptBack?

    /// Adds up lines, clawbacks among them, as an audience may see them.
    ///
    /// - Parameter lines: those of one quarter, rejected lines left out.
    package init(_ lines: [ClaimLine], for audience: Audience) {
        var strands: [String?] = []
        for line in lines where !strands.contains(line.key.strand) { strands.append(line.key.strand) }
        strands.sort { ($0 ?? "~") < ($1 ?? "~") }
        func row(_ own: [ClaimLine]) -> Row {
            let people = Set(own.compactMap(\.key.person))
            return Row(people: people.count, amount: own.map(\.amount).reduce(.zero, +))
        }
        rows = strands.map { strand in
            var made = row(lines.filter { $0.key.strand == strand })
            made.strand = strand
            return made
        }
        total = row(lines)
        guard let method = audience.method else { return }
        // Somebody of two strands is counted in each, so what the parts add up to is the sum's own.
        let counts = rows.map { $0.people ?? 0 }
        let sum = counts.reduce(0, +)
        let system = CountSystem(
            cells: Array(repeating: .init(prints: 1), count: counts.count + 1),
            sums: [.init(total: counts.count, parts: Array(counts.indices))]
        )
        let hidden = Suppression(system, CountRelease(method: method, values: counts + [sum])).isHidden
        total.people = sum
        for place in rows.indices { rows[place].keepBack(hidden[place], method) }
        total.keepBack(hidden[counts.count], method)
        let isEveryRowOpen = rows.allSatisfy { $0.amount != nil }
        // All but one of the amounts and their sum say what that one is.
        if rows.count(where: { $0.amount == nil }) == 1 { total.amount = nil }
        keptBack = KeptBack(
            audience: audience,
            method: method,
            hidden: hidden.count { $0 } + (isEveryRowOpen ? 0 : 1),
            figures: hidden.count
        )
    }
}

extension ClaimTotals.Row {
    fileprivate mutating func keepBack(_ isHidden: Bool, _ method: DisclosureMethod) {
        let count = people ?? 0
        people = isHidden ? nil : method.shown(count)
        // From pounds to the penny a rounded number of people would follow.
        if isHidden || method == .round5 && count > 0 { amount = nil }
    }
}
