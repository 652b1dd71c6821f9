import Application
import Kernel
import Web

/// The interfaces that programs use, of one installation.
package struct API: Sendable {
    /// Proves whose an assertion is, or says why not.
    ///
    /// - Returns: the assertion; else a sentence for whoever wrote the client.
    /// - Throws: what kept it from being looked at, which is no fault of the client's.
    package typealias Prove =
        @Sendable (String) async throws -> Result<ProvedAssertion, AssertionDoubt>

    package var goodwork: Goodwork
    package var settings: APISettings
    package let routes: [APIRoute]
    let table: RouteTable<APIRoute>
    package let fhirRoutes: [FHIRRoute]
    let fhirTable: RouteTable<FHIRRoute>
    /// What keeps a client from asking without end; nil where nothing does.
    let limiter: Limiter?
    let prove: Prove
    /// Where an unforeseen error is written for the operator.
    let report: @Sendable (String) -> Void

    package init(
        goodwork: Goodwork,
        settings: APISettings = APISettings(),
        routes: [APIRoute] = API.everyRoute,
        fhirRoutes: [FHIRRoute] = API.everyFHIRRoute,
        prove: @escaping Prove,
        report: @escaping @Sendable (String) -> Void
    ) {
        self.goodwork = goodwork
        self.settings = settings
        self.routes = routes
        limiter = settings.limit.map { Limiter($0) }
        self.prove = prove
        self.report = report
        var table = RouteTable<APIRoute>()
        for route in routes { table.add(route.method, route.pattern, route) }
        self.table = table
        self.fhirRoutes = fhirRoutes
        var fhirTable = RouteTable<FHIRRoute>()
        for route in fhirRoutes { fhirTable.add(route.method, route.path, route) }
        self.fhirTable = fhirTable
    }

    /// Whether a path is one of programs', and not a page.
    package static func serves(_ path: String) -> Bool {
        path == DirectoryRoutes.path
            || ["/api/", "/oauth/", "/.well-known/", "/fhir/", "/directory/"]
                .contains { path.hasPrefix($0) }
    }
}

/// Why an assertion proves nothing.
package struct AssertionDoubt: Error, Sendable, Hashable {
    package var says: String

    package init(_ says: String) { self.says = says }
}

/// How the interfaces of one installation show themselves.
package struct APISettings: Sendable {
    /// Where the installation is reached, without a slash at the end.
    package var address = "http://127.0.0.1:8080"
    /// What it is called.
    package var name = "Goodwork"
    /// How often one client may ask; nil is without end.
    package var limit: RateLimit? = APISettings.usual
    package var isSecure: Bool { address.hasPrefix("https://") }
    package var tokenAddress: String { address + TokenEndpoint.path }
    /// The base of FHIR, without a slash at the end.
    package var fhirAddress: String { address + FHIRRoute.base }

    /// Ten requests a second, and fifteen hundred at once after a rest.
    package static var usual: RateLimit {
        var limit = RateLimit()
        limit.perMinute = 600
        return limit
    }

    package init() {}
}
