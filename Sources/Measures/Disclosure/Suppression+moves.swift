extension Suppression {
    /// The windows in which a move changes a target.
    private func windows(_ target: Target) -> [ClosedRange<Int>] {
        var windows: [ClosedRange<Int>] = []
        for first in 0..<space.releases {
            for last in first..<space.releases {
                let window = first...last
                let changes = window.contains(target.release)
                let compares = target.earlier.map(window.contains) ?? false
                if changes != compares { windows.append(window) }
            }
        }
        return windows.sorted { $0.count < $1.count }
    }

    /// Whether a window moves the target's own release, and not the one it is compared with.
    private func isUp(_ target: Target, _ window: ClosedRange<Int>, rising: Bool) -> Bool {
        window.contains(target.release) == rising
    }

    /// How far a target is from the truth among the other counts that fit.
    private func distance(_ target: Target) -> Int {
        func change(_ release: Int) -> Int {
            let place = place(target.cell, release)
            return space.witness[place] - space.truth[place]
        }
        return change(target.release) - (target.earlier.map(change) ?? 0)
    }

    /// Finds other values for a target among the tables that fit what is shown.
    ///
    /// - Parameter range: how far from the truth it was found to go, down and up.
    /// - Returns: whether enough values are possible.
    mutating func widen(_ target: Target, _ range: inout ClosedRange<Int>) -> Bool {
        func isEnough() -> Bool { range.upperBound - range.lowerBound + 1 >= target.width }
        if target.earlier == nil {
            let place = place(target.cell, target.release)
            range = (low[place] - space.truth[place])...(high[place] - space.truth[place])
        }
        if isEnough() { return true }
        let windows = windows(target)
        for rising in [true, false] {
            var moves: [Move] = []
            var reached = 0
            defer { for move in moves { space.takeBack(move) } }
            while !isEnough() {
                let found = rising ? range.upperBound : -range.lowerBound
                let need = target.width - (range.upperBound - range.lowerBound + 1)
                let step = found + need - reached
                guard step > 0, let move = move(target, windows, rising, step) else { break }
                space.make(move, times: min(move.room, step))
                moves.append(move)
                note(move)
                let distance = rising ? distance(target) : -distance(target)
                guard distance > reached else { break }
                reached = distance
                if reached > found {
                    range = rising ? range.lowerBound...reached : -reached...range.upperBound
                }
            }
            if isEnough() { return true }
        }
        return false
    }

    /// Widens what was found for a target by one move from the truth.
    mutating func stretch(
        _ target: Target,
        _ range: inout ClosedRange<Int>,
        by move: Move
    ) {
        space.make(move, times: min(move.room, target.width))
        note(move)
        let distance = distance(target)
        range = min(range.lowerBound, distance)...max(range.upperBound, distance)
        space.takeBack(move)
    }

    /// A move of a target, one that goes far if there is one.
    private func move(
        _ target: Target,
        _ windows: [ClosedRange<Int>],
        _ rising: Bool,
        _ need: Int
    ) -> Move? {
        for least in need > 1 ? [need, 1] : [1] {
            for window in windows {
                var search = MoveSearch(
                    space,
                    least: least,
                    opening: false,
                    tries: isThorough ? 4_000 : 400
                )
                let up = isUp(target, window, rising: rising)
                if let move = search.move(target.cell, up: up, in: window) { return move }
            }
        }
        return nil
    }

    /// The least costly move of a target for which further counts must be hidden.
    ///
    /// All its searches share so many tries: the more releases are known, the more windows there are,
    /// and where nothing is found in time more is hidden.
    func cheapest(_ target: Target, _ range: ClosedRange<Int>) -> Move? {
        let need = target.width - (range.upperBound - range.lowerBound + 1)
        let windows = windows(target)
        var tries = isThorough ? 160_000 : 16_000
        for least in need > 1 ? [need, 1] : [1] {
            var best: Move?
            for window in windows {
                for rising in [true, false] {
                    // How far it must go from the truth, beyond what it is known to reach.
                    let reached = rising ? range.upperBound : -range.lowerBound
                    var search = MoveSearch(
                        space,
                        least: reached + least,
                        opening: true,
                        tries: min(tries, isThorough ? 40_000 : 4_000)
                    )
                    let before = search.tries
                    let up = isUp(target, window, rising: rising)
                    let found = search.move(target.cell, up: up, in: window)
                    tries -= before - search.tries
                    guard let move = found else { continue }
                    if move.cost < best?.cost ?? .max { best = move }
                }
            }
            if let best { return best }
        }
        return nil
    }

    /// Remembers the values that a move gave to the counts that it changed.
    private mutating func note(_ move: Move) {
        for step in move.steps {
            for release in step.range {
                let place = place(step.cell, release)
                low[place] = min(low[place], space.witness[place])
                high[place] = max(high[place], space.witness[place])
            }
        }
    }
}
