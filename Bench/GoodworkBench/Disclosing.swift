import Kernel
import Measures

/// Keeps small counts back in a table of 50 rows and 20 columns with all its totals.
enum Disclosing {
    static let rows = 50
    static let columns = 20

    static func run() -> Figures {
        var figures = Figures()
        let (system, values) = table()
        for method in DisclosureMethod.allCases {
            func hide() -> Suppression {
                Suppression(system, CountRelease(method: method, values: values))
            }
            figures["\(method)_seconds"] = Stopwatch.median(of: 5, after: 1) { _ = hide() }
            figures["\(method)_hidden"] = Double(hide().isHidden.count { $0 })
        }
        return figures
    }

    /// Counts from 0 to 12, a quarter of them naught, each row and each column with its total.
    private static func table() -> (CountSystem, [Int?]) {
        var random = RandomGenerator(seed: 1)
        let width = columns + 1
        var values = Array(repeating: 0, count: (rows + 1) * width)
        for row in 0..<rows {
            for column in 0..<columns {
                let count = random.below(4) == 0 ? 0 : random.below(13)
                values[row * width + column] = count
                values[row * width + columns] += count
                values[rows * width + column] += count
                values[rows * width + columns] += count
            }
        }
        let across = (0...rows).map { row in
            CountSystem.Sum(
                total: row * width + columns,
                parts: (0..<columns).map { row * width + $0 }
            )
        }
        let down = (0..<width).map { column in
            CountSystem.Sum(
                total: rows * width + column,
                parts: (0..<rows).map { $0 * width + column }
            )
        }
        let cells = Array(repeating: CountSystem.Cell(prints: 1), count: values.count)
        return (CountSystem(cells: cells, sums: across + down), values)
    }
}
