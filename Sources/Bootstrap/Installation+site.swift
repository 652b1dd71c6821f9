import Application
import Foundation
import Kernel
import OpenID
import Store
import Synchronization
import Web
import WebAPI
import WebPages

extension Installation {
    /// The pages of this installation, what programs use, and what a machine asks to see whether it
    /// lives.
    func answering(
        _ settings: SiteSettings,
        api apiLimit: RateLimit? = APISettings.usual,
        report: @escaping @Sendable (String) -> Void
    ) async throws -> @Sendable (Request) async -> Response {
        let (goodwork, site) = (goodwork, try await site(settings, report: report))
        let api = api(settings, limit: apiLimit, report: report)
        return { request in
            if API.serves(request.path) { return await api.answer(request) }
            return switch request.path {
            case "/health/live": Self.plain(200, "live")
            case "/health/ready":
                await goodwork.isReady()
                    ? Self.plain(200, "ready")
                    : Self.plain(503, "the database does not answer")
            default: await site.answer(request)
            }
        }
    }

    /// What programs use.
    package func api(
        _ settings: SiteSettings,
        limit: RateLimit? = APISettings.usual,
        report: @escaping @Sendable (String) -> Void
    ) -> API {
        var own = APISettings()
        own.address = settings.address
        own.name = settings.name
        own.limit = limit
        let (goodwork, audience) = (goodwork, own.tokenAddress)
        let check = AssertionCheck()
        return API(
            goodwork: goodwork,
            settings: own,
            prove: { text in
                do {
                    let checked = try await check.check(
                        text,
                        audiences: [audience],
                        now: goodwork.now()
                    ) { try await goodwork.activeClient($0)?.keys.forChecking }
                    return .success(
                        ProvedAssertion(
                            client: checked.client,
                            name: checked.name,
                            endsAt: checked.endsAt
                        )
                    )
                } catch let fault as AssertionFault {
                    return .failure(AssertionDoubt(fault.description))
                }
            },
            report: report
        )
    }

    /// The pages of this installation.
    ///
    /// - Parameters:
    ///   - settings: how it shows itself.
    ///   - report: where what nobody foresaw is written for the operator.
    package func site(
        _ settings: SiteSettings,
        report: @escaping @Sendable (String) -> Void
    ) async throws -> Site {
        let goodwork = goodwork
        let names = NamesKept(goodwork)
        var settings = settings
        settings.demonstration = try await goodwork.demonstrationSignIns()
        if !settings.demonstration.isEmpty, settings.contact == nil {
            settings.contact = "service@demo.example"
        }
        var site = Site(
            goodwork: goodwork,
            settings: settings,
            routes: Site.everyRoute,
            assets: try assets(),
            session: { token in
                try await Self.visitor(goodwork.session(token))
            },
            names: { try await names.now() },
            report: report
        )
        let provider = try OpenIDProvider(
            environment: ProcessInfo.processInfo.environment,
            baseURL: settings.address
        )
        site.openID = provider.map { OpenIDDoor($0) }
        return site
    }

    /// The files that pages load.
    private func assets() throws -> Assets {
        do {
            return try Assets(directory: configuration.assets)
        } catch {
            throw CommandError(
                "The folder \(configuration.assets) does not hold the files that pages load. "
                    + "GOODWORK_ASSETS names another.",
                exit: .usage
            )
        }
    }

    /// What a session is to the pages.
    private static func visitor(_ state: SessionState) -> VisitorState {
        switch state {
        case .none: .none
        case .expired(let account): .ended(account: account.text)
        case .live(let signedIn):
            switch signedIn.stage {
            case .secondFactorNeeded: .halfway(path: "/sign-in/code")
            case .passwordMustChange: .halfway(path: "/account/password")
            case .secondFactorMustBeSetUp: .halfway(path: "/account/second-factor")
            case .full:
                .signedIn(
                    Visitor(actor: signedIn.actor, name: signedIn.account.name)
                )
            }
        }
    }

    private static func plain(_ status: Int, _ words: String) -> Response {
        Response(
            status: status,
            headers: [
                ("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"),
            ],
            body: Array((words + "\n").utf8)
        )
    }
}

/// What accounts and organisations are called, looked up anew after some seconds.
private final class NamesKept: Sendable {
    private static let seconds = 5
    private let goodwork: Goodwork
    private let kept = Mutex<(names: Names, until: ContinuousClock.Instant)?>(nil)

    init(_ goodwork: Goodwork) { self.goodwork = goodwork }

    func now() async throws -> Names {
        let now = ContinuousClock.now
        if let known = kept.withLock({ $0 }), now < known.until { return known.names }
        let organisations = try await goodwork.organisations().map { ($0.id, $0.name) }
        let staff = try await goodwork.staffNames()
        let names = Names(
            accounts: staff.merging(try await goodwork.clientNames()) { name, _ in name },
            organisations: Dictionary(organisations) { first, _ in first }
        )
        kept.withLock { $0 = (names, now + .seconds(Self.seconds)) }
        return names
    }
}

extension OpenIDDoor {
    /// One client for the life of the process, since it keeps the issuer's documents.
    fileprivate init(_ provider: OpenIDProvider) {
        let client = OpenIDClient(provider: provider, now: { Installation.now() })
        self.init(
            name: provider.name,
            begin: {
                try await Self.plainly {
                    let (url, pending) = try await client.begin()
                    return (url, pending.text)
                }
            },
            finish: { query, text in
                guard let pending = OpenIDPending(text: text) else {
                    throw ServiceError(.forbidden, "This sign-in cannot be read any more.")
                }
                return try await Self.plainly {
                    let identity = try await client.finish(query: query, pending: pending)
                    return Identity(
                        issuer: identity.issuer,
                        subject: identity.subject,
                        verifiedEmail: identity.email
                    )
                }
            }
        )
    }

    /// What failed as a sentence for the person, and what it was for the log.
    private static func plainly<Value: Sendable>(
        _ body: @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await body()
        } catch let error as OpenIDError {
            throw ServiceError(.forbidden, error.publicMessage, context: error.description)
        }
    }
}

extension ClientKeys {
    fileprivate var forChecking: AssertionKeys {
        switch self {
        case .uploaded(let text): .uploaded(text)
        case .address(let text): .address(text)
        }
    }
}
