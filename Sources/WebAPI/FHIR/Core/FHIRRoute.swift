import Application
import FHIRMapping
import Web

/// Who a way in is for, before the case that it is about is opened.
package enum FHIRGuard: Sendable, Hashable {
    /// Anybody, with a token or without.
    case anyone
    /// Any client, for what is no secret: organisations, services, questionnaires.
    case client
    /// Whoever may do one of these; it is not about one case.
    case action([Action])
    /// Whoever may do this to the case, or one of the cases, that the address or the body names.
    case onCase(Action)
}

/// One thing that can be asked by FHIR.
///
/// What can be done with a type of resource is made from `Capability`, so the CapabilityStatement
/// says what is routed and nothing else.
package struct FHIRRoute: Sendable {
    package typealias Handler = @Sendable (FHIRCall) async throws -> Response

    /// What it is in the words of the standard.
    package enum Deed: Sendable, Hashable {
        case capabilities
        case interaction(Capability.Interaction, of: String)
        /// A transaction or a batch.
        case bundle
        /// By its name without the dollar; the type is nil where it is of the whole server.
        case operation(String, of: String?)
    }

    /// What a body may be.
    package enum Content: Sendable, Hashable {
        case none, resource, patch, form
    }

    static let base = "/fhir/R4"

    package var method: Request.Method
    /// Below the base, with `:name` for one part.
    package var pattern: String
    package var deed: Deed
    package var `guard`: FHIRGuard
    /// The scopes that the token must have, each a letter of `cruds` and a type of resource.
    package var scopes: [(letter: Character, type: String)]
    package var takes: Content
    /// Whether it answers with a file of lines, and not with a resource.
    package var givesLines: Bool
    package var handle: Handler

    package init(
        _ method: Request.Method,
        _ pattern: String,
        _ deed: Deed,
        _ `guard`: FHIRGuard,
        scopes: [(letter: Character, type: String)] = [],
        takes: Content = .none,
        givesLines: Bool = false,
        handle: @escaping Handler
    ) {
        self.method = method
        self.pattern = pattern
        self.deed = deed
        self.guard = `guard`
        self.scopes = scopes
        self.takes = takes
        self.givesLines = givesLines
        self.handle = handle
    }

    package var path: String { Self.base + pattern }

    /// The type of resource that it is about, if it is about one.
    package var type: String? {
        switch deed {
        case .interaction(_, let type): type
        case .operation(_, let type): type
        case .capabilities, .bundle: nil
        }
    }
}
