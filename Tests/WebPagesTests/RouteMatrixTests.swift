import Application
import Kernel
import TestSupport
import Testing
import Web
import WebPages

/// Every way in × every role × every relation: what is answered is what the tables say.
@Suite struct RouteMatrixTests {
    /// Forms that change something though every field is blank.
    ///
    /// They have no field, or each has a usual answer. Each is sent about a case of its own.
    static let withoutFields: Set<String> = [
        "/cases/:case/accept", "/cases/:case/transfer/accept", "/cases/:case/start",
        "/cases/:case/withdraw", "/cases/:case/reopen", "/cases/:case/assess",
        "/cases/:case/plan/review", "/cases/:case/appointments/:appointment/cancel",
    ]

    /// Ways in that need a session in the database, which the visitors of a `TestSite` have not.
    static let storedSession: Set<String> = ["/account/sign-out-everywhere"]

    /// Ways in whose own rule is narrower than being signed in.
    static let coachesOnly: Set<String> = ["/glass", "/cases/:case/glass"]

    @Test("Every route answers each role and relation as the tables of access say")
    func matrix() async throws {
        try await withInstallation(.sqlite) { installation in
            let scene = try await RouteScene(installation)
            let routes = Site.everyRoute
            #expect(routes.count > 100)
            var requests = 0
            for route in routes {
                for visitor in RouteVisitor.all {
                    let isBlankChange =
                        route.method == .post && Self.withoutFields.contains(route.pattern)
                    let about = isBlankChange ? try await scene.anotherCase() : scene.header
                    let before = try await installation.count("journal")
                    let response = await scene.send(route, as: visitor, about: about)
                    requests += 1
                    let what: Comment =
                        "\(route.method.rawValue) \(route.pattern) by \(visitor.name)"
                    let expected = Self.expected(route, visitor)
                    let found = Self.found(response, route, where: expected == .allowed)
                    #expect(found == expected, "\(what): \(response.status)")
                    #expect(response.status != 500, what)
                    if !(isBlankChange && expected == .allowed) {
                        #expect(try await installation.count("journal") == before, what)
                    }
                }
            }
            #expect(scene.site.errors == [])
            print(
                "\(requests) requests: \(routes.count) routes × \(RouteVisitor.all.count) visitors"
            )
        }
    }

    enum Answer { case allowed, forbidden, absent, signIn }

    /// What the guard of a route and the tables say, without asking `Access`.
    static func expected(_ route: PageRoute, _ visitor: RouteVisitor) -> Answer {
        switch route.guard {
        case .anyone: return .allowed
        case _ where visitor.role == nil: return .signIn
        // One's own record is for residents.
        case .signedIn where route.pattern == "/my" || route.pattern.hasPrefix("/my/"):
            if visitor.role == .resident { return .allowed }
            return route.pattern.contains(":own") ? .absent : .forbidden
        case .signedIn:
            let isForAll = !coachesOnly.contains(route.pattern)
            return isForAll || visitor.role == .coach || visitor.role == .manager
                ? .allowed : .forbidden
        case .action(let action):
            let row = installationRows[action.rawValue]
            return row?[visitor.role?.rawValue ?? ""] == "yes" ? .allowed : .forbidden
        case .onCase(let action):
            let word = visitor.column.flatMap { caseRows[action.rawValue]?[$0] } ?? ""
            // The person of the scene has agreed to everything.
            if ["yes", "agreed", "agreed/reason", "shared"].contains(word) { return .allowed }
            if visitor.column != nil { return .forbidden }
            // Whoever may with a reason is told to give one.
            let outside = AccessTables.withoutPart[visitor.role?.rawValue ?? ""] ?? []
            return outside.contains(action) ? .forbidden : .absent
        }
    }

    private static func found(
        _ response: Response,
        _ route: PageRoute,
        where isAllowed: Bool
    ) -> Answer {
        let isAboutMore = route.pattern.split(separator: "/").contains {
            $0.hasPrefix(":") && $0 != ":case"
        }
        switch response.status {
        case 403: return route.guard == .anyone ? .allowed : .forbidden
        // A part of a case that is not there is a page that is not there.
        case 404 where isAllowed && isAboutMore: return .allowed
        case 404 where route.guard == .anyone: return .allowed
        case 404: return .absent
        case 303 where response["Location"]?.hasPrefix("/sign-in") == true:
            let mayLead =
                route.guard == .anyone || (isAllowed && storedSession.contains(route.pattern))
            return mayLead ? .allowed : .signIn
        default: return .allowed
        }
    }

    private static let installationRows = rows(AccessTables.ofInstallation)
    private static let caseRows = rows(AccessTables.ofCase)

    private static func rows(_ table: String) -> [String: TextTable.Row] {
        Dictionary(TextTable(table).rows.map { ($0["action"], $0) }) { first, _ in first }
    }
}
