import Application
import Foundation
import Kernel
import SQL
import Server
import Store
import Web
import WebPages

/// Where and how an installation is served.
public struct ServeOptions: Sendable {
    /// The address to listen on.
    public var host: String
    /// The port to listen on; 0 takes a free one.
    public var port: Int
    /// Where browsers reach it; nil is where it listens.
    public var address: String?
    /// What it is called on its pages.
    public var name: String
    var certificate: String?
    var key: String?
    var trustsProxy: Bool

    /// Reads `GOODWORK_HOST`, `GOODWORK_PORT`, `GOODWORK_ADDRESS`, `GOODWORK_NAME`,
    /// `GOODWORK_TLS_CERTIFICATE`, `GOODWORK_TLS_KEY` and `GOODWORK_TRUST_PROXY`.
    public init(host: String? = nil, port: Int? = nil, environment: [String: String]? = nil) {
        let environment = environment ?? ProcessInfo.processInfo.environment
        self.host = host ?? environment["GOODWORK_HOST"] ?? "127.0.0.1"
        self.port = port ?? environment["GOODWORK_PORT"].flatMap { Int($0) } ?? 8080
        address = environment["GOODWORK_ADDRESS"]
        name = environment["GOODWORK_NAME"] ?? "Goodwork"
        certificate = environment["GOODWORK_TLS_CERTIFICATE"]
        key = environment["GOODWORK_TLS_KEY"]
        trustsProxy = ["1", "yes", "true"].contains(environment["GOODWORK_TRUST_PROXY"] ?? "")
    }
}

extension Commands {
    /// Serves an installation until it is told to stop.
    public static func serve(
        _ configuration: Configuration,
        _ options: ServeOptions,
        _ terminal: Terminal
    ) async throws {
        let installation = try await Installation.open(configuration)
        try await serve(installation, options, terminal)
    }

    static func serve(
        _ installation: Installation,
        _ options: ServeOptions,
        _ terminal: Terminal,
        ready: @escaping @Sendable (String) async -> Void = { _ in }
    ) async throws {
        var settings = Server.Settings()
        settings.host = options.host
        settings.port = options.port
        settings.certificate = options.certificate
        settings.key = options.key
        settings.trustsProxy = options.trustsProxy
        guard (options.certificate == nil) == (options.key == nil) else {
            throw CommandError(
                "Give both GOODWORK_TLS_CERTIFICATE and GOODWORK_TLS_KEY, or neither.",
                exit: .usage
            )
        }
        let scheme = options.certificate == nil ? "http" : "https"
        var shown = SiteSettings()
        shown.name = options.name
        shown.address = options.address ?? "\(scheme)://\(options.host):\(options.port)"
        let site = try installation.site(shown) { terminal.say($0) }
        let database = installation.goodwork.store.database
        let server = Server(settings) { request in
            switch request.path {
            case "/health/live": return .plain("live")
            case "/health/ready": return await readiness(of: database)
            default: return await site.answer(request)
            }
        }
        do {
            try await server.run { port in
                let address = options.address ?? "\(scheme)://\(options.host):\(port)"
                terminal.say("Serving at \(address)")
                await ready(address)
            }
        } catch  where "\(error)".contains("EADDRINUSE") {
            throw CommandError(
                "Port \(options.port) of \(options.host) is taken. Choose another with --port.",
                exit: .conflict
            )
        }
        try await installation.close()
    }

    /// Whether the database answers.
    private static func readiness(of database: any Database) async -> Web.Response {
        let answer = try? await database.read { transaction in
            try transaction.first("SELECT 1") { try $0.int(0) }
        }
        return answer == 1 ? .plain("ready") : .plain("the database does not answer", status: 503)
    }
}

extension Web.Response {
    fileprivate static func plain(_ words: String, status: Int = 200) -> Web.Response {
        Web.Response(
            status: status,
            headers: [
                ("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"),
            ],
            body: Array((words + "\n").utf8)
        )
    }
}
