import Application
import Foundation
import Kernel
import OpenID
import Synchronization
import WebPages

extension Installation {
    /// The pages of this installation.
    ///
    /// - Parameters:
    ///   - settings: how it shows itself.
    ///   - report: where what nobody foresaw is written for the operator.
    package func site(
        _ settings: SiteSettings,
        report: @escaping @Sendable (String) -> Void
    ) throws -> Site {
        let directory = Recent(seconds: 5) { [goodwork] in try await goodwork.directory() }
        let goodwork = goodwork
        var site = Site(
            goodwork: goodwork,
            settings: settings,
            routes: Site.everyRoute,
            assets: try Assets(directory: configuration.assets),
            session: { try await goodwork.visitor($0) },
            names: {
                let known = try await directory.value()
                return Names(
                    accounts: Dictionary(
                        known.accounts.map { ($0.id.text, $0.name) },
                        uniquingKeysWith: { $1 }
                    ),
                    organisations: Dictionary(
                        known.organisations.map { ($0.id, $0.name) },
                        uniquingKeysWith: { $1 }
                    )
                )
            },
            report: report
        )
        let environment = ProcessInfo.processInfo.environment
        let provider = try OpenIDProvider(environment: environment, baseURL: settings.address)
        site.openID = provider.map { OpenIDDoor($0) }
        return site
    }
}

extension Goodwork {
    /// Whom a session's cookie stands for.
    fileprivate func visitor(_ token: String) async throws -> VisitorState {
        switch try await session(token) {
        case .none: return .none
        case .expired(let account): return .ended(account: account.text)
        case .live(let signedIn):
            switch signedIn.stage {
            case .full:
                return .signedIn(Visitor(actor: signedIn.actor, name: signedIn.account.name))
            case .secondFactorNeeded: return .halfway(path: "/sign-in/code")
            case .passwordMustChange: return .halfway(path: "/account/password")
            case .secondFactorMustBeSetUp: return .halfway(path: "/account/second-factor")
            }
        }
    }
}

extension OpenIDDoor {
    /// One client for the life of the process, since it keeps the issuer's documents.
    fileprivate init(_ provider: OpenIDProvider) {
        let client = OpenIDClient(provider: provider, now: { Installation.now() })
        self.init(
            name: provider.name,
            begin: {
                let (url, pending) = try await client.begin()
                return (url, pending.text)
            },
            finish: { query, text in
                guard let pending = OpenIDPending(text: text) else {
                    throw ServiceError(.forbidden, "This sign-in cannot be read any more.")
                }
                do {
                    let identity = try await client.finish(query: query, pending: pending)
                    return Identity(
                        issuer: identity.issuer,
                        subject: identity.subject,
                        verifiedEmail: identity.email
                    )
                } catch let error as OpenIDError {
                    throw ServiceError(
                        .forbidden,
                        error.publicMessage,
                        context: error.description
                    )
                }
            }
        )
    }
}

/// A value that is read again once it is some seconds old.
private final class Recent<Value: Sendable>: Sendable {
    private let milliseconds: Int64
    private let read: @Sendable () async throws -> Value
    private let kept = Mutex<(value: Value, at: Instant)?>(nil)

    init(seconds: Int64, _ read: @escaping @Sendable () async throws -> Value) {
        milliseconds = seconds * 1_000
        self.read = read
    }

    func value() async throws -> Value {
        let now = Installation.now()
        let fresh = kept.withLock { kept in
            kept.flatMap { now < $0.at.adding(milliseconds: milliseconds) ? $0.value : nil }
        }
        if let fresh { return fresh }
        let value = try await read()
        kept.withLock { $0 = (value, now) }
        return value
    }
}
