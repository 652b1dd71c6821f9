import Crypto
import Foundation

/// The files that pages load, held in memory, each at a path that names its content.
package struct Assets: Sendable {
    /// One file as it is served.
    package struct File: Sendable {
        /// Such as `/assets/goodwork.0badcafe.css`: other content has another path.
        package var path: String
        package var type: String
        package var body: [UInt8]
    }

    package var files: [File] = []
    /// Paths of the style sheets, in the order in which they apply.
    package var styles: [String] { files.filter { $0.type.hasPrefix("text/css") }.map(\.path) }
    /// The path of the icon.
    package var icon: String? { files.first { $0.type == "image/svg+xml" }?.path }

    /// The path of the script that fills the referral form from a deep link.
    package var referScript: String? { files.first { $0.type.hasPrefix("text/javascript") }?.path }

    package init() {}

    /// Reads the files of a folder that pages load.
    ///
    /// - Throws: when one cannot be read; an installation without its looks must not start.
    package init(directory: String) throws {
        for (name, ending, type) in Self.served {
            let path = "\(directory)/\(name).\(ending)"
            let body = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            add(name, ending, type: type, body)
        }
    }

    /// The files, the base style sheet before our own.
    private static let served = [
        ("nhsuk", "css", "text/css; charset=utf-8"),
        ("goodwork", "css", "text/css; charset=utf-8"),
        ("icon", "svg", "image/svg+xml"),
        ("refer", "js", "text/javascript; charset=utf-8"),
    ]

    private mutating func add(_ name: String, _ ending: String, type: String, _ body: [UInt8]) {
        let hash = SHA256.hash(data: body).prefix(4)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        files.append(File(path: "/assets/\(name).\(hash).\(ending)", type: type, body: body))
    }

    /// The files of the repository that this was built from, for tests; none where it is gone.
    package static let ofRepository: Assets = {
        var root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 1...4 { root.deleteLastPathComponent() }
        do {
            return try Assets(directory: root.appendingPathComponent("Assets").path)
        } catch {
            return Assets()
        }
    }()
}
