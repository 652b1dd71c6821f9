import Kernel

@testable import Measures

/// Tables of counts at random, with totals, sub-totals and releases before them.
struct RandomTables {
    /// What a table is like.
    struct Shape {
        var rows: Int
        var columns: Int
        /// Whether the rows are in two parts, each with a sub-total.
        var hasSubtotals = false
        /// Whether the last rows count part of the first, the rest of which is not printed.
        var hasRest = false
        var countMax = 12
    }

    /// A table and those before it, as they were released.
    struct Case {
        var system: CountSystem
        var releases: [CountRelease]
        var unproven = 0
        /// At most so many counts are attacked; nil for all.
        var attacksMax: Int?
    }

    var random: RandomGenerator

    init(seed: UInt64) { random = RandomGenerator(seed: seed) }

    mutating func shape() -> Shape {
        Shape(
            rows: 2 + random.below(4),
            columns: 2 + random.below(4),
            hasSubtotals: random.below(3) == 0,
            hasRest: random.below(3) == 0,
            countMax: [6, 12, 30][random.below(3)]
        )
    }

    /// How the cells of a shape hang together: each row's columns add to its total, the rows to theirs.
    static func system(_ shape: Shape) -> CountSystem {
        let width = shape.columns + 1
        var cells: [CountSystem.Cell] = []
        var sums: [CountSystem.Sum] = []
        func line(prints: Int) -> Int {
            cells += Array(repeating: .init(prints: prints), count: width)
            return cells.count - width
        }
        func addAcross(_ line: Int) {
            sums.append(
                .init(total: line + shape.columns, parts: Array(line..<line + shape.columns))
            )
        }
        func addDown(_ total: Int, _ parts: [Int]) {
            for column in 0..<width {
                sums.append(.init(total: total + column, parts: parts.map { $0 + column }))
            }
        }
        let rows = (0..<shape.rows).map { _ in line(prints: 1) }
        rows.forEach(addAcross)
        if shape.hasSubtotals, rows.count > 3 {
            let halves = [line(prints: 1), line(prints: 1)]
            addDown(halves[0], Array(rows[..<2]))
            addDown(halves[1], Array(rows[2...]))
            addDown(line(prints: 1), halves)
        } else {
            addDown(line(prints: 1), rows)
        }
        if shape.hasRest {
            let total = cells.count - width
            let part = line(prints: 1)
            addAcross(part)
            let rest = line(prints: 0)
            addDown(total, [part, rest])
        }
        return CountSystem(cells: cells, sums: sums)
    }

    /// Counts that fit the shape; at least those of an earlier table, but for a few corrections.
    mutating func counts(_ shape: Shape, after earlier: [Int]? = nil) -> [Int] {
        let width = shape.columns + 1
        func padded(_ line: [Int]) -> [Int] { line + [line.reduce(0, +)] }
        func sum(_ lines: [[Int]]) -> [Int] {
            (0..<width).map { column in lines.reduce(0) { $0 + $1[column] } }
        }
        var rows: [[Int]] = []
        for row in 0..<shape.rows {
            rows.append(
                padded(
                    (0..<shape.columns).map { column in
                        guard let earlier else {
                            return random.below(4) == 0 ? 0 : random.below(shape.countMax + 1)
                        }
                        let before = earlier[row * width + column]
                        let change = random.below(3) == 0 ? 0 : random.below(shape.countMax)
                        return random.below(12) == 0 ? max(0, before - change) : before + change
                    }
                )
            )
        }
        var lines = rows
        if shape.hasSubtotals, rows.count > 3 {
            lines += [sum(Array(rows[..<2])), sum(Array(rows[2...]))]
        }
        let total = sum(rows)
        lines.append(total)
        if shape.hasRest {
            let part = padded((0..<shape.columns).map { random.below(total[$0] + 1) })
            lines += [part, (0..<width).map { total[$0] - part[$0] }]
        }
        return lines.flatMap { $0 }
    }

    /// A table that was released after up to three others, each kept back as it was released.
    mutating func released(secondary: Bool = true) -> Case {
        let shape = shape()
        let method = random.below(2) == 0 ? DisclosureMethod.below5 : .round5
        let system = Self.system(shape)
        var result = Case(system: system, releases: [])
        var counts: [Int]?
        for _ in 0...random.below(4) {
            counts = self.counts(shape, after: counts)
            var release = CountRelease(method: method, values: counts ?? [])
            let suppression = Suppression(
                system,
                release,
                earlier: result.releases,
                secondary: secondary
            )
            release.isHidden = suppression.isHidden
            result.unproven += suppression.unproven.count
            result.releases.append(release)
        }
        return result
    }
}
