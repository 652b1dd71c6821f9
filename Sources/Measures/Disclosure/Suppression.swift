/// Decides which counts of a table are hidden.
///
/// Small counts are hidden, and counts that moved a little since an earlier release. Then further
/// counts are hidden, the least costly first, until enough values are possible for each hidden
/// count and each small difference, whatever an attacker works out from totals and earlier releases.
/// A value counts as possible only when tables that have it, and fit all that was shown, were found.
package struct Suppression {
    /// A count, or a difference of a count between two releases, of which enough must stay unknown.
    struct Target {
        var cell: Int
        var release: Int
        /// The release that it is compared with.
        var earlier: Int?
        var width: Int
    }

    /// Which of the table's counts are hidden.
    package private(set) var isHidden: [Bool]
    /// Which of them are withheld with their row.
    package private(set) var isWithheld: [Bool]
    /// Counts for which not enough possible values would be found if nothing more were shown.
    ///
    /// It is rare; an earlier release may have given them away. What they have left stays.
    package private(set) var unproven: [Int] = []

    /// Whether it was given up, for all that is not frozen to be withheld.
    package private(set) var isTooOpen = false
    private let system: CountSystem
    private let isPatient: Bool
    private let rows: [[Int]]
    private let rowsOf: [Int: [Int]]
    private var withheldRows: Set<Int> = []
    var space: MoveSpace
    /// The lowest and the highest value found for each count, release after release.
    var low: [Int]
    var high: [Int]
    private var targets: [Target] = []
    /// Whether searches that found nothing are made again with more patience.
    var isThorough = false

    /// Judges a table.
    ///
    /// - Parameters:
    ///   - table: the table to be released; what it hides is decided here, but for the frozen cells.
    ///   - earlier: releases that its readers know, of days that are not after its own, in order.
    ///   - later: releases that its readers know, of later days, in order.
    ///   - further: releases that stand too far off for all that follows from them to be worked
    ///     out; only what each of their counts gives away by itself is looked at.
    ///   - frozen: the cells of the table that are decided: hidden or not, they stay so.
    ///   - rows: cells that may be withheld together where hiding them is not enough. Then readers do
    ///     not even see which of them are naught.
    ///   - unprovenMax: with more unproven counts than this it is given up.
    ///   - secondary: whether to hide further counts; only tests of attacks do without.
    ///   - isPatient: whether a search that found nothing is made again with more patience before all
    ///     round a count is hidden; without it more is hidden, in less time.
    package init(
        _ system: CountSystem,
        _ table: CountRelease,
        earlier: [CountRelease] = [],
        later: [CountRelease] = [],
        further: [CountRelease] = [],
        frozen: [Bool] = [],
        rows: [[Int]] = [],
        unprovenMax: Int = .max,
        secondary: Bool = true,
        isPatient: Bool = true
    ) {
        self.system = system
        self.isPatient = isPatient
        self.rows = rows
        var rowsOf: [Int: [Int]] = [:]
        for (row, cells) in rows.enumerated() {
            for cell in cells { rowsOf[cell, default: []].append(row) }
        }
        self.rowsOf = rowsOf
        space = MoveSpace(
            system,
            earlier + [table] + later,
            now: earlier.count,
            frozen: frozen
        )
        low = space.truth
        high = space.truth
        isHidden = []
        isWithheld = []
        hideSmall()
        for release in earlier + later + further { hideChanged(since: release) }
        if secondary {
            listTargets()
            var next = 0
            while next < targets.count, !isTooOpen {
                protect(targets[next])
                next += 1
                isTooOpen = unproven.count > unprovenMax
            }
        }
        let first = space.now * space.count
        isHidden = Array(space.isHidden[first..<(first + space.count)])
        isWithheld = Array(space.isWithheld[first..<(first + space.count)])
    }

    func place(_ cell: Int, _ release: Int) -> Int { release * space.count + cell }

    /// How many values must stay possible for a count.
    private func width(_ cell: Int, _ release: Int) -> Int {
        max(space.methods[release].smallMax, system.cells[cell].smallMax)
    }

    /// Whether it is still to be decided if a count of the table is hidden.
    private func isOpen(_ cell: Int) -> Bool { space.prints[cell] > 0 && !space.isFrozen[cell] }

    private func isSmall(_ difference: Int, _ cell: Int, _ release: Int) -> Bool {
        (1...width(cell, release)).contains(abs(difference))
    }

    /// Hides counts for their size.
    private mutating func hideSmall() {
        for cell in 0..<space.count where isOpen(cell) {
            let place = place(cell, space.now)
            space.isHidden[place] = isSmall(max(0, space.truth[place]), cell, space.now)
        }
    }

    /// Hides counts that differ a little from what another release showed.
    private mutating func hideChanged(since other: CountRelease) {
        for cell in 0..<space.count where isOpen(cell) && !other.isHidden[cell] {
            let place = place(cell, space.now)
            guard space.truth[place] > 0, let value = other.values[cell] else { continue }
            if isSmall(space.truth[place] - value, cell, space.now) { space.isHidden[place] = true }
        }
    }

    /// Whether a printed count is hidden and must stay unknown: one that is withheld, if it is small.
    private func isKept(_ cell: Int, _ release: Int) -> Bool {
        let place = place(cell, release)
        guard space.isHidden[place] else { return false }
        return !space.isWithheld[place] || isSmall(space.truth[place], cell, release)
    }

    private mutating func listTargets() {
        for release in 0..<space.releases {
            for cell in 0..<space.count {
                let value = space.truth[place(cell, release)]
                guard value > 0 else { continue }
                let counts =
                    space.prints[cell] > 0
                    ? isKept(cell, release)
                    : isSmall(value, cell, release)
                if counts {
                    targets.append(
                        Target(cell: cell, release: release, width: width(cell, release))
                    )
                }
                guard release != space.now, space.prints[cell] > 0 else { continue }
                let here = space.truth[place(cell, space.now)]
                if here != MoveSpace.absent, isSmall(here - value, cell, space.now) {
                    targets.append(
                        Target(
                            cell: cell,
                            release: space.now,
                            earlier: release,
                            width: width(cell, space.now)
                        )
                    )
                }
            }
        }
        // The table itself first, smallest counts first.
        let order = targets.map { target in
            (
                target.release == space.now ? 0 : 1, target.earlier ?? -1,
                space.truth[place(target.cell, target.release)], target.cell
            )
        }
        targets = targets.indices.sorted { order[$0] < order[$1] }.map { targets[$0] }
    }

    /// Hides what must be hidden for enough values of a target to stay possible.
    private mutating func protect(_ target: Target) {
        if target.earlier == nil, space.prints[target.cell] > 0,
            !isKept(target.cell, target.release)
        {
            return
        }
        var range = 0...0
        var target = target
        for thorough in isPatient ? [false, true] : [false] {
            isThorough = thorough
            defer { isThorough = false }
            if widen(target, &range) { return }
            // Asked in the last pass alone: it is the longest search, and nothing hangs on it before.
            if thorough || !isPatient {
                let most = most(of: target)
                if most < target.width {
                    unproven.append(target.cell)
                    // What earlier releases gave away is not paid for.
                    if target.release != space.now { target.width = most }
                    if range.count >= target.width { return }
                }
            }
            while let move = cheapest(target, range) {
                if move.opens.isEmpty {
                    // A move that the quicker search had missed.
                    let before = range
                    stretch(target, &range, by: move)
                    if range == before { break }
                } else {
                    hide(move.opens)
                }
                if widen(target, &range) { return }
            }
        }
        // What is left is to hide all round it, further and further.
        var near = [target.cell]
        while near.count < space.count {
            let wider = near.flatMap { space.links[$0] }.flatMap { space.members[$0.sum] }
            let cells = Array(Set(wider.map(\.cell)))
            if cells.count <= near.count { break }
            near = cells.sorted()
            if hide(near), widen(target, &range) { return }
            if withhold(near), widen(target, &range) { return }
        }
    }

    /// How many values would be found for a target if all that is open were withheld.
    private func most(of target: Target) -> Int {
        var other = self
        other.isThorough = true
        for cell in 0..<space.count where isOpen(cell) {
            let place = place(cell, space.now)
            other.space.isHidden[place] = true
            other.space.isWithheld[place] = rowsOf[cell] != nil
        }
        var range = 0...0
        _ = other.widen(target, &range)
        return range.count
    }

    /// Hides counts of the table, and has them protected in their turn.
    ///
    /// - Returns: whether there were any to hide.
    @discardableResult
    private mutating func hide(_ cells: [Int]) -> Bool {
        let before = targets.count
        for cell in cells where isOpen(cell) {
            let place = place(cell, space.now)
            guard space.truth[place] > 0, !space.isHidden[place] else { continue }
            space.isHidden[place] = true
            targets.append(
                Target(cell: cell, release: space.now, width: width(cell, space.now))
            )
        }
        return targets.count > before
    }

    /// Withholds the rows that some counts are in.
    ///
    /// A count that stands in another row besides, where it is not naught, is hidden only.
    ///
    /// - Returns: whether there were any to withhold.
    private mutating func withhold(_ cells: [Int]) -> Bool {
        let fresh = Set(cells.flatMap { rowsOf[$0] ?? [] }).subtracting(withheldRows)
        withheldRows.formUnion(fresh)
        for cell in Set(fresh.flatMap { rows[$0] }).sorted() where isOpen(cell) {
            hide([cell])
            let own = rowsOf[cell] ?? []
            space.isWithheld[place(cell, space.now)] = own.allSatisfy(withheldRows.contains)
        }
        return !fresh.isEmpty
    }
}
