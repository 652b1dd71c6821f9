import AsyncHTTPClient
import Kernel
import NIOCore
import NIOHTTP1

/// Requests to the issuer, with a limit of time and a limit of size.
///
/// No redirect is followed: an address is either in the issuer's documents or it is not.
struct LimitedRequest: Sendable {
    /// What the issuer answered.
    struct Answer: Sendable {
        let status: Int
        let json: JSONValue?
    }

    /// How long one request may take, to the last byte of its answer.
    var timeLimit: Duration = .seconds(10)

    /// The most bytes that an answer may have.
    var sizeMax = 262_144

    /// Kept for the life of the process, as connections are.
    private static let http = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: configuration
    )

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(5)
        return configuration
    }

    /// Fetches a document, with a bearer token if there is one.
    func get(_ address: SafeAddress, bearer: String? = nil) async throws(OpenIDError) -> Answer {
        var request = HTTPClientRequest(url: address.text)
        if let bearer { request.headers.add(name: "Authorization", value: "Bearer \(bearer)") }
        return try await send(request, to: address)
    }

    /// Posts a form, with an `Authorization` header if there is one.
    func post(
        _ form: [(String, String)],
        authorization: String?,
        to address: SafeAddress
    ) async throws(OpenIDError) -> Answer {
        var request = HTTPClientRequest(url: address.text)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        request.body = .bytes(ByteBuffer(string: FormText.encode(form)))
        return try await send(request, to: address)
    }

    private func send(
        _ request: HTTPClientRequest,
        to address: SafeAddress
    ) async throws(OpenIDError) -> Answer {
        var request = request
        request.headers.add(name: "Accept", value: "application/json")
        do {
            return try await inTime { [request, sizeMax] in
                let response = try await Self.http.execute(request, deadline: .distantFuture)
                let body = try await response.body.collect(upTo: sizeMax)
                let json = try? JSONValue(parsing: Array(body.readableBytesView))
                return Answer(status: Int(response.status.code), json: json)
            }
        } catch is NIOTooManyBytesError {
            throw OpenIDError(
                .unusableAnswer,
                "\(address.text) answered more than \(sizeMax) bytes"
            )
        } catch is TimeUp {
            throw OpenIDError(.unreachable, "\(address.text) did not answer within \(timeLimit)")
        } catch let error as HTTPClientError {
            // Its long description can hold the headers, and so a token.
            throw OpenIDError(.unreachable, "\(address.text): \(error.shortDescription)")
        } catch {
            // Errors of the connection name hosts and codes.
            throw OpenIDError(.unreachable, "\(address.text): \(error)")
        }
    }

    private struct TimeUp: Error {}

    /// Does some work, or throws when the time is up.
    ///
    /// The client's own deadline ends at the head of an answer, so it would let an issuer send the
    /// rest for ever.
    private func inTime(
        _ work: @escaping @Sendable () async throws -> Answer
    ) async throws -> Answer {
        try await withThrowingTaskGroup(of: Answer.self) { [timeLimit] group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: timeLimit)
                throw TimeUp()
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw TimeUp() }
            return answer
        }
    }
}
