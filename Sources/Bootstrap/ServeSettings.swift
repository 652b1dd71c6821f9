import Foundation
import Server
import Web
import WebAPI
import WebPages

/// How an installation is served, from options and the environment.
public struct ServeSettings: Sendable {
    var server = Server.Settings()
    var site = SiteSettings()
    /// How often one client may ask; nil is without end.
    var apiLimit: RateLimit? = APISettings.usual

    /// Reads the environment: `GOODWORK_HOST`, `GOODWORK_PORT`, `GOODWORK_ADDRESS`,
    /// `GOODWORK_TLS_CERTIFICATE`, `GOODWORK_TLS_KEY`, `GOODWORK_TRUST_PROXY`, `GOODWORK_NAME`, `GOODWORK_CONTACT`,
    /// `GOODWORK_FORMS_PER_MINUTE`, `GOODWORK_API_PER_MINUTE`.
    ///
    /// - Throws: `CommandError` when a setting cannot be used.
    public init(
        host: String? = nil,
        port: Int? = nil,
        environment: [String: String]? = nil
    ) throws {
        let all = environment ?? ProcessInfo.processInfo.environment
        // A setting that is there and blank is one that is not there.
        let environment = all.filter { !$0.value.isEmpty }
        server.host = host ?? environment["GOODWORK_HOST"] ?? server.host
        server.port = try port ?? Self.port(environment["GOODWORK_PORT"]) ?? server.port
        guard (0...65_535).contains(server.port) else {
            throw CommandError("A port is 0 to 65535, not \(server.port).", exit: .usage)
        }
        server.certificate = environment["GOODWORK_TLS_CERTIFICATE"]
        server.key = environment["GOODWORK_TLS_KEY"]
        guard (server.certificate == nil) == (server.key == nil) else {
            throw CommandError(
                "TLS needs both GOODWORK_TLS_CERTIFICATE and GOODWORK_TLS_KEY.",
                exit: .usage
            )
        }
        for path in [server.certificate, server.key].compactMap({ $0 }) {
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw CommandError("The file \(path) cannot be read.", exit: .usage)
            }
        }
        server.trustsProxy = try Self.flag("GOODWORK_TRUST_PROXY", environment)
        site.name = environment["GOODWORK_NAME"] ?? site.name
        site.contact = environment["GOODWORK_CONTACT"]
        site.limit = try Self.limit("GOODWORK_FORMS_PER_MINUTE", environment, RateLimit())
        apiLimit = try Self.limit("GOODWORK_API_PER_MINUTE", environment, APISettings.usual)
        site.address = try Self.address(environment["GOODWORK_ADDRESS"]) ?? ownAddress(server.port)
    }

    /// The address by which this machine's own browser reaches it.
    func ownAddress(_ port: Int) -> String {
        let scheme = server.certificate == nil ? "http" : "https"
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        return "\(scheme)://\(host):\(port)"
    }

    /// Whether only this machine can reach it.
    var isLocal: Bool { ["127.0.0.1", "::1", "localhost"].contains(server.host) }

    private static func port(_ text: String?) throws -> Int? {
        guard let text else { return nil }
        guard let port = Int(text) else {
            throw CommandError("GOODWORK_PORT is a number, not \(text).", exit: .usage)
        }
        return port
    }

    /// How often something may be asked; 0 is without end.
    private static func limit(
        _ name: String,
        _ environment: [String: String],
        _ usual: RateLimit
    ) throws -> RateLimit? {
        guard let text = environment[name] else { return usual }
        guard let number = Int(text), (0...100_000).contains(number) else {
            throw CommandError("\(name) is a number, 0 to 100000, not \(text).", exit: .usage)
        }
        var limit = usual
        limit.perMinute = number
        return number == 0 ? nil : limit
    }

    private static func flag(_ name: String, _ environment: [String: String]) throws -> Bool {
        switch environment[name]?.lowercased() {
        case nil, "no", "0", "false": return false
        case "yes", "1", "true": return true
        case .some(let text):
            throw CommandError("\(name) is yes or no, not \(text).", exit: .usage)
        }
    }

    private static func address(_ text: String?) throws -> String? {
        guard let text else { return nil }
        guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else {
            throw noAddress(text)
        }
        var place = text.dropFirst(scheme.count)
        while place.hasSuffix("/") { place.removeLast() }
        guard isPlace(place) else { throw noAddress(text) }
        return scheme + place
    }

    /// Whether it is a host, perhaps with a port, and nothing else.
    private static func isPlace(_ text: Substring) -> Bool {
        if text.contains(where: { "/?#@ ".contains($0) }) { return false }
        let end =
            text.hasPrefix("[")
            ? text.firstIndex(of: "]").map { text.index(after: $0) }
            : text.firstIndex(of: ":") ?? text.endIndex
        guard let end, end > text.startIndex else { return false }
        let port = text[end...]
        return port.isEmpty || port.first == ":" && (UInt16(port.dropFirst()) ?? 0) > 0
    }

    private static func noAddress(_ text: String) -> CommandError {
        CommandError(
            "GOODWORK_ADDRESS is https:// and a name, perhaps with a port, without a path, not "
                + "\(text).",
            exit: .usage
        )
    }
}
