/// The tables that an attacker cannot tell from the true ones, as far as they have been found.
///
/// Several releases of one report stand in order of the day that they describe. A *move* changes some
/// counts by one, up or down, in some of the releases, so that every sum still holds, and everything
/// that was shown stays as it was shown. Each move that can be made gives other tables that fit what
/// was published; the values that a count takes on the way are values that it may have, for all that
/// anyone can prove.
struct MoveSpace {
    /// A part that a cell plays in a sum: `sign` is 1 for the total and -1 for a part.
    struct Link {
        var sum: Int
        var sign: Int
    }

    /// A cell of a sum, with its sign there.
    struct Member {
        var cell: Int
        var sign: Int
    }

    let count: Int
    let sums: Int
    /// The release that can still be changed.
    let now: Int
    let prints: [Int]
    let methods: [DisclosureMethod]
    /// The true counts, release after release; `absent` where a release lacks the cell.
    let truth: [Int]
    /// Whether each count is hidden, release after release.
    var isHidden: [Bool]
    /// Whether each count is withheld: readers do not know that it is not naught.
    var isWithheld: [Bool]
    /// The cells that are as they are in the release that can be changed.
    let isFrozen: [Bool]
    /// Other counts that fit, release after release.
    var witness: [Int]
    let links: [[Link]]
    let members: [[Member]]
    /// The cell of each sum that is in no other and is not printed; -1 if there is none.
    let slack: [Int]
    /// Whether each sum is known to hold, release after release.
    let holds: [Bool]

    static let absent = Int.min

    init(_ system: CountSystem, _ releases: [CountRelease], now: Int, frozen: [Bool] = []) {
        count = system.cells.count
        sums = system.sums.count
        self.now = now
        prints = system.cells.map(\.prints)
        methods = releases.map(\.method)
        truth = releases.flatMap { $0.values.map { $0 ?? MoveSpace.absent } }
        isHidden = releases.flatMap(\.isHidden)
        isWithheld = releases.flatMap(\.isWithheld)
        isFrozen = frozen + Array(repeating: false, count: max(0, count - frozen.count))
        witness = truth
        var links = Array(repeating: [Link](), count: count)
        for (place, sum) in system.sums.enumerated() {
            links[sum.total].append(Link(sum: place, sign: 1))
            for part in sum.parts { links[part].append(Link(sum: place, sign: -1)) }
        }
        members = system.sums.map { sum in
            [Member(cell: sum.total, sign: 1)] + sum.parts.map { Member(cell: $0, sign: -1) }
        }
        slack = system.sums.map { sum in
            sum.parts.first { system.cells[$0].prints == 0 && links[$0].count == 1 } ?? -1
        }
        holds = releases.flatMap { release in
            system.sums.map { sum in
                ([sum.total] + sum.parts).allSatisfy { release.values[$0] != nil }
            }
        }
        self.links = links
    }

    var releases: Int { methods.count }

    /// By how much a count can move in one release, taken alone.
    ///
    /// - Parameter opening: taking it that the cell is hidden in the release that can be changed.
    func room(_ cell: Int, _ release: Int, up: Bool, opening: Bool) -> Int {
        let place = release * count + cell
        let value = witness[place]
        if value == MoveSpace.absent { return .max }
        if prints[cell] == 0 { return up ? .max : value }
        if isWithheld[place] { return up ? .max : value }
        if truth[place] == 0 { return 0 }
        if isHidden[place] || opening && release == now && !isFrozen[cell] {
            // Naught is shown, so what is hidden is at least one.
            return up ? .max : value - 1
        }
        let range = methods[release].range(of: truth[place])
        return up ? range.upperBound - value : value - range.lowerBound
    }

    /// The nearest release after others, or before them, that has a cell.
    func neighbour(_ cell: Int, of range: ClosedRange<Int>, after: Bool) -> Int? {
        after
            ? (range.upperBound + 1..<releases).first { has(cell, $0) }
            : (0..<range.lowerBound).last { has(cell, $0) }
    }

    func has(_ cell: Int, _ release: Int) -> Bool {
        truth[release * count + cell] != MoveSpace.absent
    }

    /// How far a count lies above that of an earlier release, if it is taken never to fall.
    ///
    /// A printed count that has not fallen may be known never to fall; one that has fallen is not.
    func gap(_ cell: Int, from earlier: Int, to later: Int) -> Int {
        let (from, to) = (earlier * count + cell, later * count + cell)
        guard prints[cell] > 0, truth[to] >= truth[from] else { return .max }
        return witness[to] - witness[from]
    }

    /// How often a move can be made, all its steps at once.
    func room(for steps: [Move.Step], opening: Bool) -> Int {
        var changes: [Int: Int] = [:]
        for step in steps {
            for release in step.range where has(step.cell, release) {
                changes[release * count + step.cell, default: 0] += step.up ? 1 : -1
            }
        }
        var room = Int.max
        for (place, change) in changes where change != 0 {
            let (release, cell) = place.quotientAndRemainder(dividingBy: count)
            let own = self.room(cell, release, up: change > 0, opening: opening)
            room = min(room, own / abs(change))
            for after in [false, true] {
                guard let other = neighbour(cell, of: release...release, after: after) else {
                    continue
                }
                let closing = change - (changes[other * count + cell] ?? 0)
                guard after ? closing > 0 : closing < 0 else { continue }
                let gap = gap(cell, from: min(release, other), to: max(release, other))
                room = min(room, gap / abs(closing))
            }
        }
        return room
    }

    /// Makes a move a number of times.
    mutating func make(_ move: Move, times: Int) {
        for step in move.steps {
            for release in step.range where has(step.cell, release) {
                witness[release * count + step.cell] += step.up ? times : -times
            }
        }
    }

    /// Goes back to the true counts.
    mutating func takeBack(_ move: Move) {
        for step in move.steps {
            for release in step.range {
                let place = release * count + step.cell
                witness[place] = truth[place]
            }
        }
    }
}

/// Counts that change by one together.
struct Move {
    /// A cell that goes up or down in neighbouring releases.
    struct Step {
        var cell: Int
        var up: Bool
        var range: ClosedRange<Int>
    }

    var steps: [Step]
    /// How often it can be made.
    var room: Int
    /// What is lost by hiding the cells that it needs hidden.
    var cost: Int
    /// The cells that must be hidden for it.
    var opens: [Int]
}
