import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import UnixSignals
import Web

/// Serves pages over HTTP/1.1, by TLS where a certificate is given.
package struct Server: Sendable {
    package typealias Answer = @Sendable (Web.Request) async -> Web.Response

    /// Where and how it listens.
    package struct Settings: Sendable {
        package var host = "127.0.0.1"
        /// 0 takes a free port.
        package var port = 8080
        /// Files of a certificate chain and its key, as PEM; both or neither.
        package var certificate: String?
        package var key: String?
        /// Whether a proxy in front tells the visitor's address in `X-Forwarded-For`.
        package var trustsProxy = false

        package init() {}
    }

    /// Another program listens where this one was to.
    package struct PortTaken: Error {}

    /// What TLS cannot be spoken with.
    package enum UnusableTLS: Error {
        /// The file of the certificate chain has none.
        case certificate
        /// The file of the key has none.
        case key
        /// Each can be read, and they are not of one another.
        case pair
    }

    /// The most bytes that a request may bring.
    static let bodyMax = 2 * 1_024 * 1_024
    /// How long a connection may stand still, and how long a request may take to arrive.
    static let idleSeconds: Int64 = 30

    /// The threads that move bytes.
    ///
    /// They do little for each request, and fewer of them are woken less often: on two cores one
    /// costs a twentieth less CPU than two. They live as long as the process.
    private static let network = MultiThreadedEventLoopGroup(
        numberOfThreads: max(1, System.coreCount / 2)
    )

    private let settings: Settings
    private let answer: Answer

    package init(_ settings: Settings, answer: @escaping Answer) {
        self.settings = settings
        self.answer = answer
    }

    /// Serves until the process is told to stop (SIGINT, SIGTERM); what is being answered is
    /// answered first.
    ///
    /// - Parameter ready: told the port once it listens.
    package func run(ready: @escaping @Sendable (Int) async -> Void) async throws {
        var logger = Logger(label: "goodwork")
        logger.logLevel = .warning
        let application = Application(
            responder: Responder(answer: answer, trustsProxy: settings.trustsProxy),
            server: try builder(),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                backlog: 1_024
            ),
            onServerRunning: { channel in await ready(channel.localAddress?.port ?? 0) },
            eventLoopGroupProvider: .shared(Self.network),
            logger: logger
        )
        do {
            try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw PortTaken()
        }
    }

    private func builder() throws -> HTTPServerBuilder {
        let plain = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(Self.idleSeconds))
        )
        guard let certificate = settings.certificate, let key = settings.key else { return plain }
        let chain = (try? NIOSSLCertificate.fromPEMFile(certificate)) ?? []
        guard !chain.isEmpty else { throw UnusableTLS.certificate }
        guard let ownKey = try? NIOSSLPrivateKey(file: key, format: .pem) else {
            throw UnusableTLS.key
        }
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) },
            privateKey: .privateKey(ownKey)
        )
        tls.minimumTLSVersion = .tlsv12
        guard (try? NIOSSLContext(configuration: tls)) != nil else { throw UnusableTLS.pair }
        return try .tls(plain, tlsConfiguration: tls)
    }
}

/// What a request brings beside itself: the address that it came from.
private struct Connection: RequestContext {
    var coreContext: CoreRequestContextStorage
    let remote: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remote = source.channel.remoteAddress?.ipAddress ?? "unknown"
    }
}

/// Turns what Hummingbird hands over into a request of ours, and the answer back.
private struct Responder: HTTPResponder {
    let answer: Server.Answer
    let trustsProxy: Bool
    let compression = Compression()
    let timeLimits = TimeLimits()

    func respond(
        to request: Hummingbird.Request,
        context: Connection
    ) async throws -> Hummingbird.Response {
        guard let method = method(request.method) else {
            return hummingbird(
                Web.Response(
                    status: 405,
                    headers: [("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")]
                )
            )
        }
        var ours = Web.Request(method, request.uri.path)
        for field in request.headers {
            let name = field.name.canonicalName
            // Cookies may come in several fields (RFC 9113, 8.2.3).
            let separator = name == "cookie" ? "; " : ", "
            ours.headers[name] =
                ours.headers[name].map { $0 + separator + field.value }
                ?? field.value
        }
        ours.remote = remote(ours, context)
        guard let query = URLEncoding.decode((request.uri.query ?? "").utf8) else {
            return hummingbird(Web.Response(status: 400))
        }
        ours.query = query
        if method != .get {
            do {
                ours.body = try await body(request)
            } catch is NIOTooManyBytesError {
                return hummingbird(Web.Response(status: 413))
            }
            guard let form = form(ours.body, ours.headers["content-type"]) else {
                return hummingbird(Web.Response(status: 400))
            }
            ours.form = form
        }
        let response = hummingbird(compression.compress(await answer(ours), to: ours))
        // Its length is told all the same (RFC 9110, 8.6).
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func method(_ method: HTTPRequest.Method) -> Web.Request.Method? {
        switch method {
        case .get, .head: .get
        case .post: .post
        case .put: .put
        case .patch: .patch
        case .delete: .delete
        case .options: .options
        default: nil
        }
    }

    /// The last address that the proxy in front added is the one that it saw.
    private func remote(_ request: Web.Request, _ context: Connection) -> String {
        guard trustsProxy, let told = request.headers["x-forwarded-for"],
            let last = told.split(separator: ",").last
        else { return context.remote }
        return String(last).trimmed
    }

    private func body(_ request: Hummingbird.Request) async throws -> [UInt8] {
        let buffer = try await timeLimits.within(seconds: Server.idleSeconds) {
            try await request.body.collect(upTo: Server.bodyMax)
        }
        return Array(buffer.readableBytesView)
    }

    /// The fields of a form; blank where the body is no form, nil where it is a broken one.
    private func form(_ bytes: [UInt8], _ type: String?) -> Form? {
        let kind = type?.lowercased() ?? "application/x-www-form-urlencoded"
        if kind.hasPrefix("multipart/form-data") {
            return Multipart.decode(bytes, contentType: type ?? "")
        }
        guard kind.hasPrefix("application/x-www-form-urlencoded") else { return Form() }
        return URLEncoding.decode(bytes)
    }

    private func hummingbird(_ response: Web.Response) -> Hummingbird.Response {
        var fields = HTTPFields()
        // Room for the length too, which is put in last.
        fields.reserveCapacity(response.headers.count + 1)
        for header in response.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        return Hummingbird.Response(
            status: HTTPResponse.Status(code: response.status),
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: response.body))
        )
    }
}
