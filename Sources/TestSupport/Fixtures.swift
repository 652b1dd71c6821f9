import Foundation

/// The repository's own files, wherever the tests are run from.
package enum Fixtures {
    /// The programmes whose client lists stand under `fixtures/`.
    package static let ids = [
        "kickstarter", "fit-for-work-in-work", "fit-for-work-out-of-work", "working-well",
    ]

    /// The root of the repository.
    package static let root: String = {
        var file = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 1...3 { file.deleteLastPathComponent() }
        return file.path
    }()

    /// The folder of programme files.
    package static var programmes: String { root + "/programmes" }

    /// The folder of a programme's client list.
    package static func list(_ id: String) -> String { "\(root)/fixtures/\(id)" }

    /// The table that a list adds up to: row, numerator, denominator, text shown.
    package static func expected(_ id: String) throws -> [[String]] {
        Array(try ClientList.table("\(list(id))/expected.csv").dropFirst())
    }
}
