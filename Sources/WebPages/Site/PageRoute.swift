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
    /// Whether a form of another site may be sent here, so that it needs no token of ours.
    ///
    /// Only for a form that changes nothing but what the next page shows to whoever sent it: a
    /// clinical system hands a person over to the referral page. Used for nothing else.
    package var isOpen = false

    /// Whether it is a page of those who work here, which is in English only.
    var isInEnglish: Bool {
        switch self.guard {
        case .anyone: false
        // Residents have pages with this guard; breaking the glass is for staff.
        case .signedIn: pattern.hasSuffix("/glass")
        case .action, .onCase: true
        }
    }

    package static func get(
        _ pattern: String,
        _ `guard`: Guard,
        _ handle: @escaping Handler
    ) -> PageRoute {
        PageRoute(method: .get, pattern: pattern, guard: `guard`, handle: handle)
    }

    /// A form that another site's page may send; see `isOpen`.
    package static func openPost(_ pattern: String, _ handle: @escaping Handler) -> PageRoute {
        var route = post(pattern, .anyone, handle)
        route.isOpen = true
        return route
    }

    package static func post(
        _ pattern: String,
        _ `guard`: Guard,
        _ handle: @escaping Handler
    ) -> PageRoute {
        PageRoute(method: .post, pattern: pattern, guard: `guard`, handle: handle)
    }
}
