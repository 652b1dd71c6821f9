/// Looks for the move that changes a cell at the least cost.
///
/// A state of the search is the list of sums that do not hold yet, each off by one in one release.
/// The sum that went off last is put right first. Where every count is in two sums, as in a table with
/// totals, this is Dijkstra's shortest path; where counts are in more, it is the same over
/// sets of sums. A count that may not pass that of the next release takes that one with it.
struct MoveSearch {
    private struct State {
        /// The sums that are off: twice their number, and 1 more if they are one too high.
        var off: [Int32]
        var parent: Int
        var step: Move.Step
        var cost: Int
        /// A bit for each cell that was moved on the way; cells share bits.
        var marks: UInt64

        init(off: [Int32], after parent: Int, _ step: Move.Step, cost: Int, marks: UInt64) {
            self.off = off
            self.parent = parent
            self.step = step
            self.cost = cost
            self.marks = marks | Self.mark(of: step.cell)
        }

        static func mark(of cell: Int) -> UInt64 { 1 << UInt64(cell & 63) }

        /// Whether the cell may have been moved on the way.
        func mayHold(_ cell: Int) -> Bool { marks & Self.mark(of: cell) != 0 }
    }

    let space: MoveSpace
    /// The move must be possible so many times.
    let least: Int
    /// Whether cells of the release that can be changed may be hidden for it.
    let opening: Bool
    private var states: [State] = []
    private var heap = CostHeap()
    private var seen: Set<[Int32]> = []

    /// How many more states are looked at before giving up.
    private(set) var tries: Int

    init(_ space: MoveSpace, least: Int, opening: Bool, tries: Int) {
        self.space = space
        self.tries = tries
        self.least = least
        self.opening = opening
    }

    /// The least costly move that takes a cell up, or down, in some releases; nil if none was found.
    mutating func move(_ cell: Int, up: Bool, in range: ClosedRange<Int>) -> Move? {
        guard let (step, cost) = step(cell, up: up, in: range), let off = turned([], by: step)
        else { return nil }
        let first = State(off: off, after: -1, step, cost: cost, marks: 0)
        if let move = enter(first) { return move }
        while tries > 0, let place = heap.popFirst() {
            tries -= 1
            let state = states[place]
            guard let last = state.off.last else {
                if let move = finished(place) { return move }
                continue
            }
            if opening, !seen.insert(state.off).inserted { continue }
            let (release, sum) = Int(last >> 1).quotientAndRemainder(dividingBy: space.sums)
            let ranges = ranges(of: last, in: state.off, around: release)
            for member in space.members[sum] {
                // What is too high comes down by a lower total or a higher part.
                let up = (member.sign > 0) != (last & 1 == 1)
                for range in ranges {
                    guard let (step, cost) = self.step(member.cell, up: up, in: range),
                        !passes(step, place),
                        let off = turned(state.off, by: step)
                    else { continue }
                    let next = State(
                        off: off,
                        after: place,
                        step,
                        cost: state.cost + cost,
                        marks: state.marks
                    )
                    if let move = enter(next) { return move }
                }
            }
        }
        return nil
    }

    /// The releases for which a sum can be put right at once, and the one release alone.
    private func ranges(
        of code: Int32,
        in off: [Int32],
        around release: Int
    ) -> [ClosedRange<Int>] {
        guard space.releases > 1 else { return [0...0] }
        let stride = Int32(2 * space.sums)
        func isOff(_ other: Int) -> Bool {
            (0..<space.releases).contains(other)
                && off.contains(code + Int32(other - release) * stride)
        }
        var (first, last) = (release, release)
        while isOff(first - 1) { first -= 1 }
        while isOff(last + 1) { last += 1 }
        return first == last ? [release...release] : [first...last, release...release]
    }

    /// A step of a cell with the releases that it takes along, and its cost; nil if it cannot be made.
    private func step(
        _ cell: Int,
        up: Bool,
        in range: ClosedRange<Int>
    ) -> (step: Move.Step, cost: Int)? {
        var range = range
        while space.releases > 1,
            let other = space.neighbour(cell, of: range, after: up),
            let edge = up
                ? range.last(where: { space.has(cell, $0) })
                : range.first(where: { space.has(cell, $0) }),
            space.gap(cell, from: min(edge, other), to: max(edge, other)) < least
        {
            range = up ? range.lowerBound...other : other...range.upperBound
        }
        var cost = 1
        for release in range where space.room(cell, release, up: up, opening: false) < least {
            guard opening, release == space.now,
                space.room(cell, release, up: up, opening: true) >= least
            else { return nil }
            cost = 32 * (space.truth[release * space.count + cell] + 1) * space.prints[cell]
        }
        return (Move.Step(cell: cell, up: up, range: range), cost)
    }

    /// Keeps a state, with what the slack of its sums puts right at no cost.
    ///
    /// - Returns: the move, when it ends the search.
    private mutating func enter(_ state: State) -> Move? {
        var state = state
        states.append(state)
        var place = states.count - 1
        for code in state.off {
            let (release, sum) = Int(code >> 1).quotientAndRemainder(dividingBy: space.sums)
            let slack = space.slack[sum]
            // The slack is a part: it goes up where the total is too high.
            let step = Move.Step(cell: slack, up: code & 1 == 1, range: release...release)
            guard slack >= 0, hasRoom(step, place) else { continue }
            let off = state.off.filter { $0 != code }
            state = State(off: off, after: place, step, cost: state.cost, marks: state.marks)
            states.append(state)
            place = states.count - 1
        }
        guard !opening else {
            heap.push(place, cost: state.cost)
            return nil
        }
        if state.off.isEmpty { return finished(place) }
        if seen.insert(state.off).inserted {
            // Any move will do: what is nearly right goes first.
            heap.push(place, cost: state.cost + 3 * state.off.count)
        }
        return nil
    }

    /// The sums that are off after a step; nil if one would be off by two.
    private func turned(_ off: [Int32], by step: Move.Step) -> [Int32]? {
        var off = off
        for link in space.links[step.cell] {
            let isHigh = (link.sign > 0) == step.up
            for release in step.range where space.holds[release * space.sums + link.sum] {
                let sum = release * space.sums + link.sum
                let code = Int32(2 * sum + (isHigh ? 1 : 0))
                if let opposite = off.firstIndex(of: code ^ 1) {
                    off.remove(at: opposite)
                } else if off.contains(code) {
                    return nil
                } else {
                    off.append(code)
                }
            }
        }
        return off
    }

    /// Whether a step's cell was moved already in one of its releases.
    private func passes(_ step: Move.Step, _ place: Int) -> Bool {
        guard states[place].mayHold(step.cell) else { return false }
        var place = place
        while place >= 0 {
            let other = states[place].step
            if other.cell == step.cell, other.range.overlaps(step.range) { return true }
            place = states[place].parent
        }
        return false
    }

    /// Whether slack can make a step: it may take back what it gave way by before.
    private func hasRoom(_ step: Move.Step, _ place: Int) -> Bool {
        var moved = 0
        var place = states[place].mayHold(step.cell) ? place : -1
        while place >= 0 {
            let other = states[place].step
            if other.cell == step.cell, other.range.overlaps(step.range) {
                // What is to be moved stays moved.
                if states[place].parent < 0 { return false }
                moved += other.up ? 1 : -1
            }
            place = states[place].parent
        }
        if moved != 0 { return (moved > 0) != step.up }
        let release = step.range.lowerBound
        return space.room(step.cell, release, up: step.up, opening: false) >= least
    }

    private func finished(_ place: Int) -> Move? {
        var steps: [Move.Step] = []
        var opens: [Int] = []
        var next = place
        while next >= 0 {
            let step = states[next].step
            steps.append(step)
            if step.range.contains(space.now), space.prints[step.cell] > 0,
                space.room(step.cell, space.now, up: step.up, opening: false) < least
            {
                opens.append(step.cell)
            }
            next = states[next].parent
        }
        let room = space.room(for: steps, opening: opening)
        guard room >= least else { return nil }
        return Move(steps: steps, room: room, cost: states[place].cost, opens: opens)
    }
}

/// Places in order of their cost.
struct CostHeap {
    private var entries: [(cost: Int, place: Int)] = []

    mutating func push(_ place: Int, cost: Int) {
        entries.append((cost, place))
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child] < entries[parent] else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    mutating func popFirst() -> Int? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return first.place }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if entries[child] < entries[least] { least = child }
            }
            if least == parent { return first.place }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
