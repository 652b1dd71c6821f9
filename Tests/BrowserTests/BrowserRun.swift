import Foundation
import TestSupport
import Web
import WebPages

/// One run of `check/check.py`: a real server, a real browser, a line for each check.
enum BrowserRun {
    /// The run that all tests of this suite read; it begins when the first one asks.
    static let shared = Task { try await run() }

    /// So long the checks may take in all, on a machine that does other things as well.
    private static let limitSeconds = 900

    /// The patterns of all pages.
    static let patterns = Array(Set(Site.everyRoute.filter { $0.method == .get }.map(\.pattern)))
        .sorted()

    private static func run() async throws -> ScriptRun {
        try await withTemporaryDirectory { folder in
            let routes = URL(fileURLWithPath: folder + "/routes.json")
            try JSONEncoder().encode(patterns).write(to: routes)
            return try await ScriptRun.of(
                "Tests/BrowserTests/check/check.py",
                routes.path,
                limitSeconds: limitSeconds
            )
        }
    }
}
