import Application
import Web

/// Who a page is for.
package enum Guard: Sendable, Hashable {
    /// Anybody, signed in or not.
    case anyone
    /// Anybody who is signed in.
    case signedIn
    /// Those who may do this; it is not about one case.
    case action(Action)
    /// Those who may do this to the case that `:case` in the path names.
    case onCase(Action)
}

/// One page, or one form sent: every way in is one of these.
package struct PageRoute: Sendable {
    package typealias Handler = @Sendable (Visit) async throws -> Response

    package var method: Request.Method
    package var pattern: String
    package var `guard`: Guard
    package var handle: Handler

    package static func get(
        _ pattern: String,
        _ `guard`: Guard,
        _ handle: @escaping Handler
    ) -> PageRoute {
        PageRoute(method: .get, pattern: pattern, guard: `guard`, handle: handle)
    }

    package static func post(
        _ pattern: String,
        _ `guard`: Guard,
        _ handle: @escaping Handler
    ) -> PageRoute {
        PageRoute(method: .post, pattern: pattern, guard: `guard`, handle: handle)
    }
}
